//! Elements that are whole in their slots: numbers, booleans, characters and values of the host.

use super::element::array;
use super::{Block, Element, Piece, Scalar, Text};
use crate::JsValue;
use handwire_abi::{OwnedHandle, Slot, element};
use heap::vec::Vec;

/// `type, name, |slot| lifted, |value| slot`, for what is whole in its slot; and for what can be
/// an integer, `|integer| value, |value| integer`.
macro_rules! plain {
    ($($type:ty, $name:literal, |$slot:ident| $lift:expr, |$value:ident| $lower:expr $(, $scalar:ident |$integer:ident| $from:expr, |$own:ident| $into:expr)?;)*) => {$(
        impl Element for $type {
            const TYPE: Text = &[Piece::Str($name)];
            $(
                const SCALAR: Scalar = Scalar::$scalar;

                #[inline(always)]
                fn from_i32($integer: i32) -> $type {
                    $from
                }

                #[inline(always)]
                fn into_i32(self) -> i32 {
                    let $own = self;
                    $into
                }
            )?

            #[inline]
            unsafe fn lift_slot($slot: Slot) -> $type {
                $lift
            }

            #[inline]
            fn lower_slot(self, _block: &mut Block) -> Slot {
                let $value = self;
                $lower
            }
        }
    )*};
}

plain! {
    bool, "bool", |slot| slot.payload() as u32 != 0, |value| Slot::bool(value),
        Integer |integer| integer != 0, |value| value.into();
    char, "char",
        |slot| char::from_u32(f64::from_bits(slot.payload()) as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        |value| Slot::number(u32::from(value).into());
    usize, "usize", |slot| f64::from_bits(slot.payload()) as usize, |value| Slot::number(value as f64),
        Integer |integer| integer as u32 as usize, |value| value as i32;
    JsValue, "js",
        |slot| JsValue::made(OwnedHandle::from_raw(slot.payload() as u32)),
        |value| Slot::handle(value.into_raw().into_raw());
}

/// `type, name, name of a list, element kind, |slot| lifted, |value| slot`: numbers, of which
/// a list is a typed array.
macro_rules! numbers {
    ($($type:ident, $list:literal, $element:ident, |$slot:ident| $lift:expr, |$value:ident| $lower:expr;)*) => {$(
        impl Element for $type {
            const TYPE: Text = &[Piece::Str(stringify!($type))];
            const LIST: Text = &[Piece::Str($list)];
            const ELEMENT: Option<u32> = Some(element::$element);
            const SCALAR: Scalar = match element::$element {
                element::I64 | element::U64 => Scalar::No,
                element::F32 | element::F64 => Scalar::Float,
                _ => Scalar::Integer,
            };

            #[inline(always)]
            fn from_i32(integer: i32) -> $type {
                integer as $type
            }

            #[inline(always)]
            fn into_i32(self) -> i32 {
                self as i32
            }

            #[inline]
            unsafe fn lift_slot($slot: Slot) -> $type {
                $lift
            }

            #[inline]
            fn lower_slot(self, _block: &mut Block) -> Slot {
                let $value = self;
                $lower
            }

            #[inline]
            unsafe fn lift_list(ptr: *const u8, len: usize) -> Vec<$type> {
                // SAFETY: the host wrote so many numbers, aligned.
                unsafe { super::numbers::slice::<$type>(ptr.cast(), len) }.to_vec()
            }

            #[inline]
            fn list_room(list: &[$type]) -> usize {
                Block::size(size_of_val(list))
            }

            fn lower_list(list: Vec<$type>, block: &mut Block) -> Slot {
                let len = list.len();
                let place = block.take(size_of_val(&*list));
                // SAFETY: the place is just so long.
                unsafe { core::ptr::copy_nonoverlapping(list.as_ptr(), place.cast(), len) };
                array(element::$element, 0, place as usize, len)
            }
        }
    )*};
}

numbers! {
    i8, "[i8]", I8, |slot| f64::from_bits(slot.payload()) as i8, |value| Slot::number(value.into());
    u8, "bytes", U8, |slot| f64::from_bits(slot.payload()) as u8, |value| Slot::number(value.into());
    i16, "[i16]", I16, |slot| f64::from_bits(slot.payload()) as i16, |value| Slot::number(value.into());
    u16, "[u16]", U16, |slot| f64::from_bits(slot.payload()) as u16, |value| Slot::number(value.into());
    i32, "[i32]", I32, |slot| f64::from_bits(slot.payload()) as i32, |value| Slot::number(value.into());
    u32, "[u32]", U32, |slot| f64::from_bits(slot.payload()) as u32, |value| Slot::number(value.into());
    f32, "[f32]", F32, |slot| f64::from_bits(slot.payload()) as f32, |value| Slot::number(value.into());
    f64, "[f64]", F64, |slot| f64::from_bits(slot.payload()), |value| Slot::number(value);
    i64, "[i64]", I64, |slot| slot.payload() as i64, |value| Slot::i64(value);
    u64, "[u64]", U64, |slot| slot.payload(), |value| Slot::u64(value);
}
