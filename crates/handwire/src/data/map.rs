//! Maps while they are written.

use super::compound::miscounted;
use super::error::{DataError, Step};
use super::key::{KeyWriter, mixed};
use super::put;
use super::serializer::leave_room;
use super::tag;
use super::writer::Writer;
use serde::ser::{self, Serialize};

type Result<T = (), E = DataError> = core::result::Result<T, E>;

/// A map: an object if its first key is a text, a `Map` if it isn't.
pub struct Map<'w> {
    writer: &'w mut Writer,
    at: usize,
    /// Where its keys start among those of all maps under way.
    keys: usize,
    count: usize,
    form: Form,
    said: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Open,
    Object,
    /// With where the count goes.
    Map(usize),
}

impl<'w> Map<'w> {
    #[inline]
    pub(super) fn new(writer: &'w mut Writer, said: Option<usize>) -> Result<Map<'w>> {
        writer.enter()?;
        let (at, keys) = (writer.out.len(), writer.keys.len());
        Ok(Map { writer, at, keys, count: 0, form: Form::Open, said })
    }

    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        if self.form != Form::Open {
            return self.next_key(key);
        }
        if key.serialize(KeyWriter(&mut *self.writer)).is_ok_and(|is_text| is_text) {
            self.writer.start_object();
            self.form = Form::Object;
            return Ok(());
        }
        // What a key that is no text has left there.
        self.writer.keys.truncate(self.keys);
        self.form = Form::Map(leave_room(self.writer, tag::MAP));
        self.next_key(key)
    }

    #[inline]
    fn next_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        if let Form::Map(_) = self.form {
            return key.serialize(&mut *self.writer).map_err(|error| error.within(Step::Index(self.count)));
        }
        if key.serialize(KeyWriter(&mut *self.writer))? { Ok(()) } else { Err(mixed()) }
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        let keys = self.writer.keys.len();
        match value.serialize(&mut *self.writer) {
            Ok(()) => {
                self.count += 1;
                Ok(())
            }
            Err(error) => Err(error.within(self.step(keys))),
        }
    }

    /// The step to the value whose key was written last.
    #[cold]
    fn step(&self, end: usize) -> Step {
        let mut keys = &self.writer.keys[self.keys..end.max(self.keys)];
        let mut last: &[u8] = &[];
        while let (Form::Object, Some((len, rest))) = (self.form, take_length(keys)) {
            (last, keys) = rest.split_at(len.min(rest.len()));
        }
        match core::str::from_utf8(last) {
            Ok(key) if self.form == Form::Object => Step::Key(key.into()),
            _ => Step::Index(self.count),
        }
    }

    fn close(self) -> Result {
        if let Some(said) = self.said
            && said != self.count
        {
            return Err(miscounted(said, self.count));
        }
        match self.form {
            Form::Map(room) => put::put_later(&mut self.writer.out[room..], self.count),
            Form::Open => {
                self.writer.start_object();
                self.writer.end_map(self.at, self.keys, 0);
            }
            Form::Object => self.writer.end_map(self.at, self.keys, self.count as u32),
        }
        self.writer.depth -= 1;
        Ok(())
    }
}

/// A length in front of keys, and what follows it.
fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let length = bytes[..=end].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
    Some((length, &bytes[end + 1..]))
}

impl ser::SerializeMap for Map<'_> {
    type Ok = ();
    type Error = DataError;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.key(key)
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.value(value)
    }

    #[inline]
    fn end(self) -> Result {
        self.close()
    }
}
