//! The way of a result into the return slot, and the buffer that keeps its text.

use crate::wire::{Block, Element, array};
use crate::{JsError, JsValue};
use core::any::Any;
use core::fmt::Display;
use core::mem::ManuallyDrop;
#[cfg(any(target_arch = "wasm32", test))]
use core::ptr;
use handwire_abi::{Slot, kind};
use heap::alloc::{Layout, dealloc};
use heap::boxed::Box;
use heap::string::{String, ToString};
use heap::vec::Vec;

/// Text and bytes up to this size are kept until the next return; larger ones are handed over.
const KEEP: usize = 64 * 1024;

/// What an export can return through the return slot: every type of the contract's
/// section 10, and `()`. A newtype passes it on to what it wraps.
pub trait Return {
    /// Writes the return slot, as the last act of an export.
    ///
    /// # Panics
    ///
    /// On targets other than wasm32, where there is no host to return to.
    fn write(self);
}

macro_rules! returns {
    ($($type:ty, |$value:ident| $slot:expr;)*) => {$(
        impl Return for $type {
            #[inline]
            fn write(self) {
                let $value = self;
                write_slot($slot);
            }
        }
    )*};
}

returns! {
    (), |_unit| Slot::NONE;
    bool, |value| Slot::bool(value);
    i8, |value| Slot::number(value.into());
    u8, |value| Slot::number(value.into());
    i16, |value| Slot::number(value.into());
    u16, |value| Slot::number(value.into());
    i32, |value| Slot::number(value.into());
    u32, |value| Slot::number(value.into());
    usize, |value| Slot::number(value as f64);
    f32, |value| Slot::number(value.into());
    f64, |value| Slot::number(value);
    char, |value| Slot::number(u32::from(value).into());
    i64, |value| Slot::i64(value);
    u64, |value| Slot::u64(value);
    &'static str, |text| Slot::text(text);
    JsValue, |value| Slot::handle(value.into_raw().into_raw());
}

impl Return for String {
    #[inline]
    fn write(self) {
        write_kept(self.into_bytes(), |aux, address, len| Slot::range(kind::STRING, aux, address, len));
    }
}

impl<T: Element> Return for Vec<T> {
    /// A typed array goes as it is, without a copy; other lists are laid out in a block.
    #[inline]
    fn write(self) {
        match T::ELEMENT {
            Some(element) => write_kept(self, |aux, address, len| array(element, aux, address, len)),
            None => write_block(self),
        }
    }
}

impl<T: Element> Return for Option<T> {
    #[inline]
    fn write(self) {
        write_block(self);
    }
}

/// Lays a value out in a block, which is kept until the next return.
pub fn write_block(value: impl Element) {
    let mut block = Block::new(value.room());
    let slot = value.lower_slot(&mut block);
    with_place(|place, kept| {
        *kept = Kept::new(block.into_room());
        *place = slot;
    });
}

/// Writes what an error becomes: a [`JsError`] the value that it holds, any other its text.
///
/// Which of them it is, is known when this is compiled; a text needs no formatting.
#[inline]
pub(crate) fn write_error<E: Display + 'static>(error: E) {
    let mut error = Some(error);
    if let Some(thrown) = take::<E, JsError>(&mut error) {
        thrown.into_value().write();
    } else if let Some(text) = take::<E, String>(&mut error) {
        text.write();
    } else if let Some(text) = take::<E, &'static str>(&mut error) {
        text.write();
    } else {
        let text = error.as_ref().map_or(String::new(), E::to_string);
        // Its destructor may call the host: before the slot is written, not after.
        drop(error);
        text.write();
    }
}

/// The error as a `T`, if that is what an `E` is.
#[inline]
fn take<E: 'static, T: 'static>(error: &mut Option<E>) -> Option<T> {
    (error as &mut dyn Any).downcast_mut::<Option<T>>()?.take()
}

#[inline]
pub(crate) fn write_slot(slot: Slot) {
    with_place(|place, _| *place = slot);
}

fn write_kept<T>(content: Vec<T>, slot: impl Fn(u32, usize, usize) -> Slot) {
    with_place(|place, kept| {
        *place = if worth_keeping(&content) {
            let (address, len) = (content.as_ptr() as usize, content.len());
            *kept = Kept::new(content);
            slot(0, address, len)
        } else {
            let content = hand_over(content);
            slot(Slot::HANDED_OVER, content.cast::<T>() as usize, content.len())
        }
    });
}

/// A small content in a large allocation is handed over, too: that must not stay for it.
/// What is empty can't be: there is no allocation.
#[inline]
fn worth_keeping<T>(content: &Vec<T>) -> bool {
    content.capacity() * size_of::<T>() <= KEEP || content.is_empty()
}

/// Gives an allocation up that is just so long, so that `hw_free` can be told its size.
#[inline]
fn hand_over<T>(content: Vec<T>) -> *mut [T] {
    Box::into_raw(content.into_boxed_slice())
}

/// The allocation of the last return, of numbers of any size.
struct Kept {
    ptr: *mut u8,
    size: usize,
    align: usize,
}

impl Kept {
    #[cfg(any(target_arch = "wasm32", test))]
    const NONE: Kept = Kept { ptr: ptr::null_mut(), size: 0, align: 1 };

    /// Keeps the allocation. What is in it must need no destructor.
    fn new<T>(content: Vec<T>) -> Kept {
        let mut content = ManuallyDrop::new(content);
        Kept { ptr: content.as_mut_ptr().cast(), size: content.capacity() * size_of::<T>(), align: align_of::<T>() }
    }
}

impl Drop for Kept {
    #[inline]
    fn drop(&mut self) {
        if self.size > 0 {
            // SAFETY: a Vec made the allocation, of this size and alignment.
            unsafe { dealloc(self.ptr, Layout::from_size_align_unchecked(self.size, self.align)) }
        }
    }
}

/// The return slot and the text or bytes of the last return. Nothing of the user's may run
/// in `write`.
#[inline]
#[cfg(target_arch = "wasm32")]
fn with_place(write: impl FnOnce(&mut Slot, &mut Kept)) {
    use crate::exports::{RETURN_SLOT, Shared};

    static KEPT: Shared<Kept> = Shared::new(Kept::NONE);
    // SAFETY: one thread is in this instance, and what `write` does never comes back here.
    write(unsafe { &mut *RETURN_SLOT.get() }, unsafe { &mut *KEPT.get() });
}

#[cfg(not(any(target_arch = "wasm32", test)))]
fn with_place(_write: impl FnOnce(&mut Slot, &mut Kept)) {
    panic!("there is a host to return to on wasm32 only")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
use tests::with_place;

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::hw_free;
    use core::cell::RefCell;
    use handwire_abi::Handle;
    use heap::vec;

    std::thread_local! {
        static PLACE: RefCell<(Slot, Kept)> = const { RefCell::new((Slot::NONE, Kept::NONE)) };
    }

    pub(super) fn with_place(write: impl FnOnce(&mut Slot, &mut Kept)) {
        PLACE.with_borrow_mut(|(slot, kept)| write(slot, kept));
    }

    /// The slot, and the first bytes of what is kept: those of the last text or bytes.
    fn place() -> (Slot, Vec<u8>) {
        PLACE.with_borrow(|(slot, kept)| {
            let len = ((slot.payload() >> 32) as usize).min(kept.size);
            // SAFETY: a text was written there.
            (*slot, (0..len).map(|at| unsafe { kept.ptr.add(at).read() }).collect())
        })
    }

    fn written(value: impl Return) -> Slot {
        value.write();
        place().0
    }

    #[test]
    fn scalars_and_handles() {
        assert_eq!(written(()), Slot::NONE);
        assert_eq!(written(true), Slot::bool(true));
        assert_eq!(written(-0.0), Slot::number(-0.0));
        assert_eq!(written('é'), Slot::number(233.0));
        assert_eq!(written(i8::MIN), Slot::number(-128.0));
        assert_eq!(written(u32::MAX), Slot::number(4_294_967_295.0));
        assert_eq!(written(u64::MAX), Slot::u64(u64::MAX));
        assert_eq!(written(i64::MIN), Slot::i64(i64::MIN));
        assert_eq!(written(JsValue::NULL), Slot::handle(Handle::NULL.raw()));
    }

    #[test]
    fn the_next_text_replaces_the_kept_one() {
        for text in ["hé", "", "third"] {
            let address = {
                let text = String::from(text);
                let address = text.as_ptr() as usize;
                text.write();
                address
            };
            assert_eq!(place(), (Slot::range(kind::STRING, 0, address, text.len()), text.into()));
        }
        vec![1u8, 2].write();
        assert_eq!((place().0.kind(), place().1), (kind::BYTES, vec![1, 2]));
        let text = "a text that stays";
        assert_eq!(written(text), Slot::text(text));
    }

    #[test]
    fn both_sides_of_the_threshold() {
        assert!(worth_keeping(&vec![0u8; KEEP]));
        assert!(!worth_keeping(&vec![0u8; KEEP + 1]));
        assert!(worth_keeping(&vec![0f64; KEEP / 8]));
        assert!(!worth_keeping(&vec![0f64; KEEP / 8 + 1]));
        let mut roomy = Vec::<u8>::with_capacity(KEEP + 1);
        assert!(worth_keeping(&roomy), "what is empty has no block to hand over");
        roomy.push(1);
        assert!(!worth_keeping(&roomy));
    }

    #[test]
    fn what_is_handed_over_can_be_freed_by_its_length() {
        let mut content = Vec::with_capacity(KEEP + 100);
        content.extend_from_slice(b"handed over");
        let block = hand_over(content);
        // SAFETY: the block was handed over, with that length.
        unsafe {
            assert_eq!(&*block, b"handed over");
            hw_free(block.cast(), block.len(), 1);
        }
    }

    #[test]
    fn an_error_is_its_value_or_its_text() {
        write_error(JsError::from(JsValue::FALSE));
        assert_eq!(place().0, Slot::handle(Handle::FALSE.raw()));
        write_error(String::from("no such file"));
        assert_eq!(place().1, b"no such file");
        write_error("literal");
        assert_eq!(place().0, Slot::text("literal"));
        write_error(core::fmt::Error);
        assert_eq!(place().1, core::fmt::Error.to_string().as_bytes());
    }
}
