//! [`Arg`]: one value on its way to the host, as a slot.

use crate::JsValue;
use core::marker::PhantomData;
use handwire_abi::Slot;
use heap::string::String;
use heap::vec::Vec;

/// One value as an argument: a number, a boolean or a text crosses as such, without a
/// handle being made for it; a [`JsValue`] is borrowed.
///
/// An array or slice of these is any number of arguments, of any kinds:
///
/// ```no_run
/// use handwire::{Arg, JsValue};
/// let console = JsValue::global().get("console")?;
/// console.call("log", [Arg::from("x"), Arg::from(1.5), Arg::from(&console)])?;
/// # Ok::<(), handwire::JsError>(())
/// ```
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Arg<'a> {
    slot: Slot,
    content: PhantomData<&'a [u8]>,
}

impl<'a> Arg<'a> {
    /// An absent value: the host takes it as `undefined`.
    pub const NONE: Arg<'static> = Arg::new(Slot::NONE);
    /// `undefined`
    pub const UNDEFINED: Arg<'static> = Arg::new(Slot::UNDEFINED);
    /// `null`
    pub const NULL: Arg<'static> = Arg::new(Slot::NULL);

    // Private: a slot with an address must not outlive what it points to.
    const fn new(slot: Slot) -> Arg<'a> {
        Arg { slot, content: PhantomData }
    }

    /// A value, borrowed.
    #[inline]
    pub const fn value(value: &'a JsValue) -> Arg<'a> {
        Arg::new(Slot::borrowed(value.borrow()))
    }

    /// A text of UTF-16 units, which may hold lone surrogates.
    #[inline]
    pub fn utf16(units: &'a [u16]) -> Arg<'a> {
        Arg::new(Slot::text16(units))
    }

    /// The slot. The text or bytes that it may point to live as long as `'a`.
    #[inline]
    pub const fn slot(self) -> Slot {
        self.slot
    }
}

/// What can be an argument, a property's new value, or an element of an array.
///
/// Numbers up to 32 bits and floats become numbers; `i64` and `u64` BigInts; `&[u8]` a
/// `Uint8Array` with a copy; `None` and `()` `undefined`. Of your own types, a newtype of
/// a value says `Arg::value(&self.0)`.
pub trait ToArg {
    /// The value as an argument that borrows from it.
    fn to_arg(&self) -> Arg<'_>;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

impl ToArg for Arg<'_> {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        *self
    }
}

impl<T: ToArg> ToArg for Option<T> {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::NONE, T::to_arg)
    }
}

/// `(type, |value: &type| slot)`: by reference always, by value where it is `Copy`.
macro_rules! args {
    ($($type:ty, |$value:ident| $slot:expr;)*) => {$(
        impl ToArg for $type {
            #[inline]
            fn to_arg(&self) -> Arg<'_> {
                let $value = self;
                Arg::new($slot)
            }
        }

        impl<'a> From<&'a $type> for Arg<'a> {
            #[inline]
            fn from(value: &'a $type) -> Arg<'a> {
                value.to_arg()
            }
        }
    )*};
    (@copy $($type:ty, |$value:ident| $slot:expr;)*) => {
        args! { $($type, |$value| $slot;)* }
        $(impl From<$type> for Arg<'_> {
            #[inline]
            fn from($value: $type) -> Self {
                let $value = &$value;
                Arg::new($slot)
            }
        })*
    };
}

args! { @copy
    (), |_unit| Slot::UNDEFINED;
    bool, |value| Slot::bool(*value);
    i8, |value| Slot::number((*value).into());
    u8, |value| Slot::number((*value).into());
    i16, |value| Slot::number((*value).into());
    u16, |value| Slot::number((*value).into());
    i32, |value| Slot::number((*value).into());
    u32, |value| Slot::number((*value).into());
    usize, |value| Slot::number(*value as f64);
    f32, |value| Slot::number((*value).into());
    f64, |value| Slot::number(*value);
    i64, |value| Slot::i64(*value);
    u64, |value| Slot::u64(*value);
}

args! {
    str, |text| Slot::text(text);
    String, |text| Slot::text(text);
    [u8], |bytes| Slot::bytes(bytes);
    Vec<u8>, |bytes| Slot::bytes(bytes);
    JsValue, |value| Slot::borrowed(value.borrow());
}

#[cfg(test)]
mod tests {
    use super::*;
    use handwire_abi::{Handle, kind};

    fn slot(value: impl ToArg) -> (u32, u64) {
        let slot = value.to_arg().slot();
        assert_eq!(slot.aux(), 0);
        (slot.kind(), slot.payload())
    }

    #[test]
    fn each_type_has_its_slot() {
        assert_eq!(slot(()), (kind::UNDEFINED, 0));
        assert_eq!(slot(true), (kind::BOOL, 1));
        assert_eq!(slot(-1i8), (kind::NUMBER, (-1f64).to_bits()));
        assert_eq!(slot(u32::MAX), (kind::NUMBER, 4_294_967_295f64.to_bits()));
        assert_eq!(slot(-0.0), (kind::NUMBER, (-0f64).to_bits()));
        assert_eq!(slot(0.1f32), (kind::NUMBER, (0.1f32 as f64).to_bits()));
        assert_eq!(slot(i64::MIN), (kind::I64, i64::MIN as u64));
        assert_eq!(slot(u64::MAX), (kind::U64, u64::MAX));
        assert_eq!(slot(None::<&str>), (kind::NONE, 0));
        assert_eq!(slot(Some(u64::MAX)), (kind::U64, u64::MAX));
        assert_eq!(slot(&JsValue::NULL), (kind::BORROWED, Handle::NULL.raw().into()));
        assert_eq!(Arg::from(2u8).slot(), Slot::number(2.0));
    }

    #[test]
    fn text_and_bytes_are_pointer_and_length() {
        let text = String::from("hé");
        assert_eq!(text.to_arg().slot(), Slot::range(kind::STRING, 0, text.as_ptr() as usize, 3));
        assert_eq!("".to_arg().slot().payload() >> 32, 0);
        let bytes = [1u8, 2];
        assert_eq!(bytes[..].to_arg().slot(), Slot::range(kind::BYTES, 0, bytes.as_ptr() as usize, 2));
        let units = [0xD83Du16];
        assert_eq!(Arg::utf16(&units).slot(), Slot::range(kind::STRING16, 0, units.as_ptr() as usize, 1));
    }
}
