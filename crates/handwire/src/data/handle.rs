//! Values of the host inside of data: they cross by handle, as the very values that they are.

use super::error::DataError;
use crate::JsValue;
use core::fmt;
use core::sync::atomic::{AtomicU32, Ordering};
use handwire_abi::{Handle, OwnedHandle};
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{self, Impossible, Serialize, Serializer};

/// The name by which a Serializer of data knows a value of the host.
pub(super) const MARK: &str = "handwire::JsValue";

/// The handle of the value that is being written.
static WRITTEN: AtomicU32 = AtomicU32::new(0);

impl Serialize for JsValue {
    /// By handle, in data. Any other format refuses it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(MARK, &Refused(self))
    }
}

/// To any other format an error, which leaves the handle for the one that knows.
struct Refused<'a>(&'a JsValue);

impl Serialize for Refused<'_> {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        WRITTEN.store(self.0.borrow().raw(), Ordering::Relaxed);
        Err(ser::Error::custom("a value of the host crosses in handwire::data only"))
    }
}

/// A handle of its own for the value that was marked.
pub(super) fn catch<T: Serialize + ?Sized>(marked: &T) -> Result<JsValue, DataError> {
    WRITTEN.store(0, Ordering::Relaxed);
    let refused = marked.serialize(Nothing);
    match WRITTEN.swap(0, Ordering::Relaxed) {
        0 => Err(refused.err().unwrap_or_else(|| DataError::new("no value of the host"))),
        raw => {
            let value = core::mem::ManuallyDrop::new(JsValue::made(OwnedHandle::from_raw(raw)));
            Ok(JsValue::clone(&value))
        }
    }
}

/// A Serializer that nothing is written with.
struct Nothing;

macro_rules! nothing {
    ($($method:ident($($type:ty),*) $(<$generic:ident>)? -> $result:ty;)*) => {$(
        fn $method $(<$generic: Serialize + ?Sized>)? (self, $(_: $type),*) -> Result<$result, DataError> {
            Err(DataError::new("no value of the host"))
        }
    )*};
}

type Never = Impossible<(), DataError>;

impl Serializer for Nothing {
    type Ok = ();
    type Error = DataError;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    nothing! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_some(&T) <T> -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_newtype_struct(&'static str, &T) <T> -> ();
        serialize_newtype_variant(&'static str, u32, &'static str, &T) <T> -> ();
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }
}

impl<'de> Deserialize<'de> for JsValue {
    /// The very value, from data. Any other format has none.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JsValue, D::Error> {
        // As an option, so that a missing field is `undefined`.
        deserializer.deserialize_option(Visitor)
    }
}

/// What a Deserializer of data gives a [`Visitor`] is a handle in this frame.
const FRAME: u128 = 0x6861_6e64_7769_7265_6461_7461 << 32;

/// A handle as a [`Visitor`] takes it.
pub(super) fn framed(value: JsValue) -> u128 {
    FRAME | u128::from(value.into_raw().into_raw())
}

/// Whether it is the visitor of a [`JsValue`].
#[inline(always)]
pub(super) fn is_asked_for<V>() -> bool {
    core::any::type_name::<V>() == core::any::type_name::<Visitor>()
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = JsValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the host, which is in handwire::data only")
    }

    fn visit_u128<E: de::Error>(self, framed: u128) -> Result<JsValue, E> {
        if framed & !u128::from(u32::MAX) != FRAME {
            return Err(E::invalid_type(de::Unexpected::Other("a number"), &self));
        }
        Ok(JsValue::made(OwnedHandle::from_raw(framed as u32)))
    }

    fn visit_none<E>(self) -> Result<JsValue, E> {
        Ok(JsValue::UNDEFINED)
    }

    fn visit_unit<E>(self) -> Result<JsValue, E> {
        Ok(JsValue::NULL)
    }
}

const _: () = assert!(Handle::NONE.raw() == 0, "0 says that nothing was written");

/// The typed family: the value itself, checked.
macro_rules! typed {
    ($($type:ident)*) => {$(
        impl Serialize for crate::$type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value: &JsValue = self.as_ref();
                value.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for crate::$type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = JsValue::deserialize(deserializer)?;
                value.cast().map_err(de::Error::custom)
            }
        }
    )*};
}

typed!(JsObject JsFunction JsArray JsString JsBigInt JsSymbol JsDate JsUint8Array);
