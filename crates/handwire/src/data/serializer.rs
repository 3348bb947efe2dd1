//! serde's Serializer: what each shape of Rust becomes.

use super::compound::{List, Struct};
use super::error::DataError;
use super::handle;
use super::map::Map;
use super::put;
use super::tag;
use super::tree::Tree;
use super::writer::Writer;
use serde::ser::{Serialize, Serializer};

type Result<T = (), E = DataError> = core::result::Result<T, E>;

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = DataError;
    type SerializeSeq = List<'w>;
    type SerializeTuple = List<'w>;
    type SerializeTupleStruct = List<'w>;
    type SerializeTupleVariant = List<'w>;
    type SerializeMap = Map<'w>;
    type SerializeStruct = Struct<'w>;
    type SerializeStructVariant = Struct<'w>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result {
        self.put(if value { tag::TRUE } else { tag::FALSE });
        Ok(())
    }

    #[inline]
    fn serialize_i8(self, value: i8) -> Result {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_i16(self, value: i16) -> Result {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_i32(self, value: i32) -> Result {
        self.put_i32(value);
        Ok(())
    }

    #[inline]
    fn serialize_i64(self, value: i64) -> Result {
        self.put_i64(value);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result {
        match i64::try_from(value) {
            Ok(value) => self.put_i64(value),
            Err(_) => match u64::try_from(value) {
                Ok(value) => self.put_u64(value),
                Err(_) => self.put_big(value < 0, value.unsigned_abs()),
            },
        }
        Ok(())
    }

    #[inline]
    fn serialize_u8(self, value: u8) -> Result {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_u16(self, value: u16) -> Result {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_u32(self, value: u32) -> Result {
        match i32::try_from(value) {
            Ok(value) => self.put_i32(value),
            Err(_) => self.put_f64(value.into()),
        }
        Ok(())
    }

    #[inline]
    fn serialize_u64(self, value: u64) -> Result {
        self.put_u64(value);
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result {
        match u64::try_from(value) {
            Ok(value) => self.put_u64(value),
            Err(_) => self.put_big(false, value),
        }
        Ok(())
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result {
        self.put_f64(value.into());
        Ok(())
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result {
        self.put_f64(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result {
        self.put_text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result {
        self.put_text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.put_bytes(value);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result {
        if self.null {
            self.put(tag::NULL);
        } else {
            self.put_undefined();
        }
        Ok(())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.put(tag::NULL);
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result {
        if name.len() == handle::MARK.len() && name == handle::MARK {
            self.put_handle(handle::catch(value)?);
            return Ok(());
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let mut outer = Struct::new(self)?;
        outer.field(variant, value)?;
        outer.close();
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, len: Option<usize>) -> Result<List<'w>> {
        List::new(self, len)
    }

    #[inline]
    fn serialize_tuple(self, len: usize) -> Result<List<'w>> {
        List::new(self, Some(len))
    }

    #[inline]
    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<List<'w>> {
        List::new(self, Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<List<'w>> {
        let outer = Struct::new(self)?.variant(variant);
        List::inside(outer, len)
    }

    #[inline]
    fn serialize_map(self, len: Option<usize>) -> Result<Map<'w>> {
        Map::new(self, len)
    }

    #[inline]
    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Struct<'w>> {
        Struct::new(self)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Struct<'w>> {
        Struct::inside(Struct::new(self)?.variant(variant))
    }

    /// As on the wires of JSON and the like: texts in place of bytes.
    fn is_human_readable(&self) -> bool {
        true
    }
}

/// The node of a struct before its first field.
pub(super) const START: u32 = Tree::ROOT;

/// Room for a length that is known later.
pub(super) fn leave_room(writer: &mut Writer, tag: u8) -> usize {
    writer.put(tag);
    let at = writer.out.len();
    writer.out.extend_from_slice(&[0; put::LATER]);
    at
}
