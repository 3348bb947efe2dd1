//! The way of a result into the return slot, and the buffer that keeps its text.

use crate::{JsError, JsValue};
use core::any::Any;
use core::fmt::Display;
use handwire_abi::{Slot, kind};
use heap::boxed::Box;
use heap::string::{String, ToString};
use heap::vec::Vec;

/// Text and bytes up to this size are kept until the next return; larger ones are handed over.
const KEEP: usize = 64 * 1024;

/// A result that is ready for the return slot.
#[derive(Debug)]
pub struct Returned(Content);

#[derive(Debug)]
enum Content {
    Plain(Slot),
    Value(JsValue),
    Text(Vec<u8>),
    Bytes(Vec<u8>),
}

/// What an export can return through the return slot: every type of the contract's
/// section 10, and `()`.
pub trait Return {
    /// The result, ready for the return slot.
    fn into_returned(self) -> Returned;
}

macro_rules! returns {
    ($($type:ty, |$value:ident| $content:expr;)*) => {$(
        impl Return for $type {
            #[inline]
            fn into_returned(self) -> Returned {
                let $value = self;
                Returned($content)
            }
        }
    )*};
}

returns! {
    (), |_unit| Content::Plain(Slot::NONE);
    bool, |value| Content::Plain(Slot::bool(value));
    i8, |value| Content::Plain(Slot::number(value.into()));
    u8, |value| Content::Plain(Slot::number(value.into()));
    i16, |value| Content::Plain(Slot::number(value.into()));
    u16, |value| Content::Plain(Slot::number(value.into()));
    i32, |value| Content::Plain(Slot::number(value.into()));
    u32, |value| Content::Plain(Slot::number(value.into()));
    usize, |value| Content::Plain(Slot::number(value as f64));
    f32, |value| Content::Plain(Slot::number(value.into()));
    f64, |value| Content::Plain(Slot::number(value));
    char, |value| Content::Plain(Slot::number(u32::from(value).into()));
    i64, |value| Content::Plain(Slot::i64(value));
    u64, |value| Content::Plain(Slot::u64(value));
    String, |text| Content::Text(text.into_bytes());
    &str, |text| Content::Text(text.as_bytes().to_vec());
    Vec<u8>, |bytes| Content::Bytes(bytes);
    JsValue, |value| Content::Value(value);
}

impl Returned {
    /// What an error becomes: a [`JsError`] the value that it holds, any other its text.
    #[inline]
    pub(crate) fn error<E: Display + 'static>(error: E) -> Returned {
        let mut error = Some(error);
        if let Some(thrown) = (&mut error as &mut dyn Any).downcast_mut::<Option<JsError>>()
            && let Some(thrown) = thrown.take()
        {
            return thrown.into_value().into_returned();
        }
        let text = error.as_ref().map_or(String::new(), E::to_string);
        text.into_returned()
    }

    /// Writes the return slot: the last act of an export. Nothing of the user's runs here.
    #[inline]
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn write(self) {
        use crate::exports::{RETURN_SLOT, Shared};

        static KEPT: Shared<Kept> = Shared::new(Kept(Vec::new()));
        // SAFETY: one thread is in this instance, and what runs here doesn't come back here.
        unsafe { *RETURN_SLOT.get() = (*KEPT.get()).lower(self) };
    }

    /// Writes the return slot, which has no reader here.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn write(self) {
        panic!("handwire: there is a host to return to on wasm32 only")
    }
}

/// The text or bytes of the last return.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only tests use it there"))]
struct Kept(Vec<u8>);

#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only tests use it there"))]
impl Kept {
    #[inline]
    fn lower(&mut self, returned: Returned) -> Slot {
        match returned.0 {
            Content::Plain(slot) => slot,
            Content::Value(value) => Slot::handle(value.into_raw().into_raw()),
            Content::Text(text) => self.keep(kind::STRING, text),
            Content::Bytes(bytes) => self.keep(kind::BYTES, bytes),
        }
    }

    #[inline]
    fn keep(&mut self, kind: u32, content: Vec<u8>) -> Slot {
        if worth_keeping(&content) {
            self.0 = content;
            return Slot::range(kind, 0, self.0.as_ptr() as usize, self.0.len());
        }
        let content = hand_over(content);
        Slot::range(kind, Slot::HANDED_OVER, content.as_ptr() as usize, content.len())
    }
}

/// A small text in a large block is handed over, too: the block must not stay for it. What
/// is empty can't be: there is no block.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only tests use it there"))]
fn worth_keeping(content: &Vec<u8>) -> bool {
    content.capacity() <= KEEP || content.is_empty()
}

/// Gives a block up that is just so long, so that `hw_free` can be told its size.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only tests use it there"))]
fn hand_over(content: Vec<u8>) -> &'static mut [u8] {
    Box::leak(content.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hw_free;
    use handwire_abi::Handle;
    use heap::vec;

    fn lower(value: impl Return) -> (Slot, Vec<u8>) {
        let mut kept = Kept(Vec::new());
        let slot = kept.lower(value.into_returned());
        (slot, kept.0)
    }

    #[test]
    fn scalars_and_handles() {
        assert_eq!(lower(()).0, Slot::NONE);
        assert_eq!(lower(true).0, Slot::bool(true));
        assert_eq!(lower(-0.0).0, Slot::number(-0.0));
        assert_eq!(lower('é').0, Slot::number(233.0));
        assert_eq!(lower(u32::MAX).0, Slot::number(4_294_967_295.0));
        assert_eq!(lower(u64::MAX).0, Slot::u64(u64::MAX));
        assert_eq!(lower(i64::MIN).0, Slot::i64(i64::MIN));
        assert_eq!(lower(JsValue::NULL).0, Slot::handle(Handle::NULL.raw()));
    }

    #[test]
    fn text_stays_in_the_kept_buffer() {
        let (slot, kept) = lower("hé");
        assert_eq!(slot, Slot::range(kind::STRING, 0, kept.as_ptr() as usize, 3));
        assert_eq!(kept, "hé".as_bytes());
        let (slot, kept) = lower(vec![1u8, 2]);
        assert_eq!(slot, Slot::range(kind::BYTES, 0, kept.as_ptr() as usize, 2));
        assert_eq!(lower(String::new()).0.payload() >> 32, 0);
    }

    #[test]
    fn the_next_return_replaces_the_buffer() {
        let mut kept = Kept(Vec::new());
        for text in ["first", "", "third"] {
            kept.lower(text.into_returned());
            assert_eq!(kept.0, text.as_bytes());
        }
        kept.lower(true.into_returned());
        assert_eq!(kept.0, b"third");
    }

    #[test]
    fn both_sides_of_the_threshold() {
        assert!(worth_keeping(&vec![0; KEEP]));
        assert!(!worth_keeping(&vec![0; KEEP + 1]));
        let mut roomy = Vec::with_capacity(KEEP + 1);
        assert!(worth_keeping(&roomy), "what is empty has no block to hand over");
        roomy.push(1);
        assert!(!worth_keeping(&roomy));
    }

    #[test]
    fn what_is_handed_over_can_be_freed_by_its_length() {
        let mut content = Vec::with_capacity(KEEP + 100);
        content.extend_from_slice(b"handed over");
        let block = hand_over(content);
        assert_eq!(block, b"handed over");
        let (ptr, len) = (block.as_mut_ptr(), block.len());
        // SAFETY: the block was handed over, with that length.
        unsafe { hw_free(ptr, len, 1) };
    }

    #[test]
    fn an_error_is_its_value_or_its_text() {
        assert_eq!(lower_error(JsError::from(JsValue::FALSE)).0, Slot::handle(Handle::FALSE.raw()));
        let (slot, text) = lower_error("no such file");
        assert_eq!((slot.kind(), &text[..]), (kind::STRING, &b"no such file"[..]));
        assert_eq!(lower_error(core::fmt::Error).1, core::fmt::Error.to_string().as_bytes());
    }

    fn lower_error(error: impl Display + 'static) -> (Slot, Vec<u8>) {
        let mut kept = Kept(Vec::new());
        let slot = kept.lower(Returned::error(error));
        (slot, kept.0)
    }
}
