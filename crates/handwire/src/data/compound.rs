//! What is written piece by piece: lists, structs, maps.

use super::error::{DataError, Step};
use super::put;
use super::serializer::{START, leave_room};
use super::tag;
use super::writer::Writer;
use serde::ser::{self, Serialize};

type Result<T = (), E = DataError> = core::result::Result<T, E>;

/// The object around the content of an enum's variant: where it starts, and its shape.
pub struct Outer {
    at: usize,
    node: u32,
}

impl Outer {
    fn close(&self, writer: &mut Writer) {
        writer.end_struct(self.at, self.node);
        writer.depth -= 1;
    }
}

/// A sequence or a tuple: an array.
pub struct List<'w> {
    writer: &'w mut Writer,
    /// How many were announced; where the length goes, if none were.
    said: Option<usize>,
    room: usize,
    count: usize,
    outer: Option<Outer>,
}

impl<'w> List<'w> {
    #[inline]
    pub(super) fn new(writer: &'w mut Writer, said: Option<usize>) -> Result<List<'w>> {
        writer.enter()?;
        let mut room = 0;
        match said {
            Some(len) if len <= tag::SHORT => writer.put(tag::SHORT_ARRAY + len as u8),
            Some(len) => {
                writer.put(tag::ARRAY);
                put::put_length(&mut writer.out, len);
            }
            None => room = leave_room(writer, tag::ARRAY),
        }
        Ok(List { writer, said, room, count: 0, outer: None })
    }

    pub(super) fn inside((writer, outer): (&'w mut Writer, Outer), len: usize) -> Result<List<'w>> {
        let mut list = List::new(writer, Some(len))?;
        list.outer = Some(outer);
        Ok(list)
    }

    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        if let Err(error) = value.serialize(&mut *self.writer) {
            return Err(error.within(Step::Index(self.count)));
        }
        self.count += 1;
        Ok(())
    }

    #[inline]
    fn close(self) -> Result {
        match self.said {
            Some(said) if said != self.count => return Err(miscounted(said, self.count)),
            Some(_) => {}
            None => put::put_later(&mut self.writer.out[self.room..], self.count),
        }
        self.writer.depth -= 1;
        if let Some(outer) = self.outer {
            outer.close(self.writer);
        }
        Ok(())
    }
}

#[cold]
#[inline(never)]
pub(super) fn miscounted(said: usize, gave: usize) -> DataError {
    DataError::new(format_args!("{said} elements were announced, and {gave} came"))
}

/// `trait, method`: a list by each of its names.
macro_rules! lists {
    ($($interface:ident $method:ident)*) => {$(
        impl ser::$interface for List<'_> {
            type Ok = ();
            type Error = DataError;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.element(value)
            }

            #[inline]
            fn end(self) -> Result {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

/// A struct: an object.
pub struct Struct<'w> {
    writer: &'w mut Writer,
    at: usize,
    node: u32,
    outer: Option<Outer>,
}

impl<'w> Struct<'w> {
    #[inline]
    pub(super) fn new(writer: &'w mut Writer) -> Result<Struct<'w>> {
        writer.enter()?;
        let at = writer.start_object();
        Ok(Struct { writer, at, node: START, outer: None })
    }

    pub(super) fn inside((writer, outer): (&'w mut Writer, Outer)) -> Result<Struct<'w>> {
        let mut inner = Struct::new(writer)?;
        inner.outer = Some(outer);
        Ok(inner)
    }

    /// The object of a variant, whose content follows.
    pub(super) fn variant(self, variant: &'static str) -> (&'w mut Writer, Outer) {
        let node = self.writer.step(self.node, variant);
        (self.writer, Outer { at: self.at, node })
    }

    #[inline]
    pub(super) fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        self.node = self.writer.step(self.node, key);
        match value.serialize(&mut *self.writer) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.within(Step::Key(key.into()))),
        }
    }

    #[inline]
    pub(super) fn close(self) {
        self.writer.end_struct(self.at, self.node);
        self.writer.depth -= 1;
        if let Some(outer) = self.outer {
            outer.close(self.writer);
        }
    }
}

macro_rules! structs {
    ($($interface:ident)*) => {$(
        impl ser::$interface for Struct<'_> {
            type Ok = ();
            type Error = DataError;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
                self.field(key, value)
            }

            #[inline]
            fn end(self) -> Result {
                self.close();
                Ok(())
            }
        }
    )*};
}

structs!(SerializeStruct SerializeStructVariant);
