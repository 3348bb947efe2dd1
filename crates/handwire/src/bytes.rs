//! The typed arrays: bytes and numbers in bulk, copied in one go.

use crate::typed::typed;
use crate::{FromJs, JsType, JsValue, Result, buffer};
use handwire_abi::{self as abi, class, element};
use heap::vec::Vec;

/// `Name, "Name in JavaScript", Rust type, element kind`
macro_rules! typed_arrays {
    ($($name:ident, $label:literal, $type:ident, $element:ident;)*) => {$(
        typed! {
            #[doc = concat!("A `", $label, "`, copied from and to slices of `", stringify!($type), "`.")]
            pub struct $name: JsObject; $label,
            |value| abi::value_class(value.borrow()) == class::TYPED_ARRAY + element::$element
        }

        impl $name {
            /// How many elements it has.
            #[inline]
            pub fn len(&self) -> usize {
                abi::bytes_length(self.borrow())
            }

            /// Whether it has none.
            #[inline]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// A copy of its content.
            pub fn to_vec(&self) -> Vec<$type> {
                let size = size_of::<$type>();
                buffer::read_long(self.len(), |ptr: *mut $type, capacity| {
                    // SAFETY: the buffer is writable, and so long. Every content is a number.
                    unsafe { abi::bytes_write(self.borrow(), ptr.cast(), capacity * size) / size }
                })
            }

            /// Copies its content to the start of `target`, and says how many elements
            /// that were; `None`, and nothing is written, if it doesn't fit.
            pub fn copy_to(&self, target: &mut [$type]) -> Option<usize> {
                let capacity = size_of_val(target);
                // SAFETY: the slice is writable, and so long. Every content is a number.
                let len = unsafe { abi::bytes_write(self.borrow(), target.as_mut_ptr().cast(), capacity) };
                if len <= capacity { Some(len / size_of::<$type>()) } else { None }
            }

            /// Copies `source` over its content, from element `offset` on; `false`, and
            /// nothing is written, if it doesn't fit.
            #[must_use = "false says that it didn't fit"]
            pub fn copy_from(&self, offset: usize, source: &[$type]) -> bool {
                let Some(offset) = offset.checked_mul(size_of::<$type>()) else { return false };
                // SAFETY: pointer and length are those of a slice.
                unsafe { abi::bytes_set(self.borrow(), offset, source.as_ptr().cast(), size_of_val(source)) != 0 }
            }
        }

        impl From<&[$type]> for $name {
            #[inline]
            fn from(source: &[$type]) -> $name {
                // SAFETY: pointer and length are those of a slice.
                let handle = unsafe { abi::bytes_new(element::$element, source.as_ptr().cast(), source.len()) };
                $name::unchecked_from(JsValue::made(handle))
            }
        }

        impl From<&Vec<$type>> for $name {
            #[inline]
            fn from(source: &Vec<$type>) -> $name {
                $name::from(&source[..])
            }
        }

        impl<const N: usize> From<&[$type; N]> for $name {
            #[inline]
            fn from(source: &[$type; N]) -> $name {
                $name::from(&source[..])
            }
        }

        impl FromIterator<$type> for $name {
            fn from_iter<I: IntoIterator<Item = $type>>(source: I) -> $name {
                $name::from(&source.into_iter().collect::<Vec<_>>())
            }
        }

        impl From<&$name> for Vec<$type> {
            #[inline]
            fn from(array: &$name) -> Vec<$type> {
                array.to_vec()
            }
        }
    )*};
}

typed_arrays! {
    JsInt8Array, "Int8Array", i8, I8;
    JsUint8Array, "Uint8Array", u8, U8;
    JsUint8ClampedArray, "Uint8ClampedArray", u8, U8_CLAMPED;
    JsInt16Array, "Int16Array", i16, I16;
    JsUint16Array, "Uint16Array", u16, U16;
    JsInt32Array, "Int32Array", i32, I32;
    JsUint32Array, "Uint32Array", u32, U32;
    JsFloat32Array, "Float32Array", f32, F32;
    JsFloat64Array, "Float64Array", f64, F64;
    JsBigInt64Array, "BigInt64Array", i64, I64;
    JsBigUint64Array, "BigUint64Array", u64, U64;
}

/// `Vec` of a number from its typed array.
macro_rules! vectors {
    ($($type:ident $name:ident;)*) => {$(
        impl FromJs for Vec<$type> {
            fn from_value(value: JsValue) -> Result<Vec<$type>> {
                Ok($name::from_value(value)?.to_vec())
            }
        }
    )*};
}

vectors! {
    i8 JsInt8Array;
    u8 JsUint8Array;
    i16 JsInt16Array;
    u16 JsUint16Array;
    i32 JsInt32Array;
    u32 JsUint32Array;
    f32 JsFloat32Array;
    f64 JsFloat64Array;
    i64 JsBigInt64Array;
    u64 JsBigUint64Array;
}
