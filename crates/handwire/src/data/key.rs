//! Keys of maps: those that are texts become keys of an object.

use super::error::DataError;
use super::put;
use super::writer::Writer;
use serde::ser::{Impossible, Serialize, Serializer};

type Result<T = bool, E = DataError> = core::result::Result<T, E>;

/// Writes a key behind those of the maps under way, if it is a text; gives whether it was.
pub(super) struct KeyWriter<'w>(pub(super) &'w mut Writer);

/// `method: type`: what is no text.
macro_rules! others {
    ($($method:ident: $type:ty)*) => {$(
        fn $method(self, _: $type) -> Result {
            Ok(false)
        }
    )*};
}

impl Serializer for KeyWriter<'_> {
    type Ok = bool;
    type Error = DataError;
    type SerializeSeq = Impossible<bool, DataError>;
    type SerializeTuple = Impossible<bool, DataError>;
    type SerializeTupleStruct = Impossible<bool, DataError>;
    type SerializeTupleVariant = Impossible<bool, DataError>;
    type SerializeMap = Impossible<bool, DataError>;
    type SerializeStruct = Impossible<bool, DataError>;
    type SerializeStructVariant = Impossible<bool, DataError>;

    others! {
        serialize_bool: bool
        serialize_i8: i8
        serialize_i16: i16
        serialize_i32: i32
        serialize_i64: i64
        serialize_i128: i128
        serialize_u8: u8
        serialize_u16: u16
        serialize_u32: u32
        serialize_u64: u64
        serialize_u128: u128
        serialize_f32: f32
        serialize_f64: f64
        serialize_bytes: &[u8]
        serialize_unit_struct: &'static str
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result {
        put::put_length(&mut self.0.keys, value.len());
        self.0.keys.extend_from_slice(value.as_bytes());
        Ok(true)
    }

    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result {
        Ok(false)
    }

    fn serialize_unit(self) -> Result {
        Ok(false)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result {
        Ok(false)
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Self::SerializeSeq> {
        Err(mixed())
    }

    fn serialize_tuple(self, _len: usize) -> Result<Self::SerializeTuple> {
        Err(mixed())
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Self::SerializeTupleStruct> {
        Err(mixed())
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(mixed())
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Self::SerializeMap> {
        Err(mixed())
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Self::SerializeStruct> {
        Err(mixed())
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(mixed())
    }
}

#[cold]
pub(super) fn mixed() -> DataError {
    DataError::new("the first key of this map is a text, and a later one isn't")
}
