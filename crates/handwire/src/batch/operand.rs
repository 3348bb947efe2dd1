//! [`Operand`]: one value that an operation of a batch uses.

use super::{Recording, Ref};
use crate::{JsType, JsValue, Local, Name};
use handwire_abi::batch;
use heap::string::String;

/// What an operation of a batch can use: as object, key, value or argument.
///
/// Texts and bytes are copied when they are recorded. A [`JsValue`], or another of its
/// family, is borrowed until the batch has run. A [`Ref`] is what an earlier operation
/// gives. `None` and `()` are `undefined`; 64-bit integers are BigInts.
pub trait Operand<'v> {
    /// Adds its words; gives its kind.
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32;
}

/// All arguments of a call: a tuple of up to eight operands, an array or slice of one type.
pub trait Operands<'v> {
    /// Adds their words; gives their number.
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32;
}

impl<'v> Operand<'v> for Ref {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        to.check(*self);
        to.word(self.operation);
        batch::RESULT
    }
}

/// A handle, or what has a kind of its own.
#[inline]
fn put_value(value: &JsValue, to: &mut Recording<'_, '_>) -> u32 {
    to.word(value.borrow().raw());
    batch::HANDLE
}

impl<'v> Operand<'v> for &'v JsValue {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        put_value(self, to)
    }
}

impl<'v, T: JsType> Operand<'v> for &'v T {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        put_value((*self).as_ref(), to)
    }
}

impl<'v> Operand<'v> for &'static Name {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        put_value(self, to)
    }
}

impl<'v, 's: 'v> Operand<'v> for Local<'s> {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        put_value(self, to)
    }
}

impl<'v, T: Operand<'v>> Operand<'v> for Option<T> {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        self.as_ref().map_or(batch::UNDEFINED, |value| value.put(to))
    }
}

/// `type, |value, to| { words; kind }`
macro_rules! operands {
    ($($type:ty, |$value:ident, $to:ident| $put:expr;)*) => {$(
        impl<'v> Operand<'v> for $type {
            #[inline]
            fn put(&self, $to: &mut Recording<'_, 'v>) -> u32 {
                let $value = self;
                $put
            }
        }
    )*};
    (@integer $($type:ty)*) => {
        operands! {$($type, |value, to| {
            to.word(i32::from(*value) as u32);
            batch::INTEGER
        };)*}
    };
    (@number $($type:ty)*) => {
        operands! {$($type, |value, to| {
            to.double((*value as f64).to_bits());
            batch::NUMBER
        };)*}
    };
    (@text $($type:ty)*) => {
        operands! {$($type, |text, to| {
            to.text(text);
            batch::TEXT
        };)*}
    };
}

operands! { @integer i8 u8 i16 u16 i32 }
operands! { @number f32 f64 }
operands! { @text &str String &String }
operands! {
    (), |_unit, _to| batch::UNDEFINED;
    bool, |value, _to| if *value { batch::TRUE } else { batch::FALSE };
    // Most are small, and an index is read faster as an integer.
    u32, |value, to| match i32::try_from(*value) {
        Ok(value) => value.put(to),
        Err(_) => f64::from(*value).put(to),
    };
    usize, |value, to| match i32::try_from(*value) {
        Ok(value) => value.put(to),
        Err(_) => (*value as f64).put(to),
    };
    i64, |value, to| {
        to.double(*value as u64);
        batch::I64
    };
    u64, |value, to| {
        to.double(*value);
        batch::U64
    };
    &[u8], |bytes, to| {
        to.word(bytes.len() as u32);
        to.bytes(bytes);
        batch::BYTES
    };
}

impl<'v, T: Operand<'v>> Operands<'v> for [T] {
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        assert!(self.len() <= batch::MOST_ARGS, "a call in a batch has at most {} arguments", batch::MOST_ARGS);
        for eight in self.chunks(batch::ARGS_A_WORD) {
            let at = to.room();
            let mut kinds = 0;
            for (i, arg) in eight.iter().enumerate() {
                kinds |= arg.put(to) << (i as u32 * batch::KIND_BITS);
            }
            to.fill(at, kinds);
        }
        self.len() as u32
    }
}

impl<'v, T: Operand<'v>, const N: usize> Operands<'v> for [T; N] {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        self[..].put(to)
    }
}

impl<'v, T: Operands<'v> + ?Sized> Operands<'v> for &T {
    #[inline]
    fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
        (**self).put(to)
    }
}

impl<'v> Operands<'v> for () {
    #[inline]
    fn put(&self, _to: &mut Recording<'_, 'v>) -> u32 {
        0
    }
}

macro_rules! tuples {
    ($($count:literal $($name:ident $i:tt)+;)*) => {$(
        impl<'v, $($name: Operand<'v>),+> Operands<'v> for ($($name,)+) {
            #[inline]
            fn put(&self, to: &mut Recording<'_, 'v>) -> u32 {
                let at = to.room();
                let kinds = 0 $(| self.$i.put(to) << ($i * batch::KIND_BITS))+;
                to.fill(at, kinds);
                $count
            }
        }
    )*};
}

tuples! {
    1 A 0;
    2 A 0 B 1;
    3 A 0 B 1 C 2;
    4 A 0 B 1 C 2 D 3;
    5 A 0 B 1 C 2 D 3 E 4;
    6 A 0 B 1 C 2 D 3 E 4 F 5;
    7 A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}
