//! What is read piece by piece: arrays, objects, maps, the content of an enum's variant. An
//! error on its way out gets its path here.

use super::error::{DataError, Step};
use super::reader::{Reader, Shape, Value};
use super::tag;
use super::text::Text;
use heap::string::String;
use serde::de::{self, DeserializeSeed, Deserializer, Error, Unexpected, Visitor};

type Result<T, E = DataError> = core::result::Result<T, E>;

/// The values of an array.
pub(super) struct Elements<'r, 'de> {
    reader: &'r mut Reader<'de>,
    count: usize,
    done: usize,
    /// If they are a struct's, the keys at which they stand.
    fields: &'static [&'static str],
}

impl<'r, 'de> Elements<'r, 'de> {
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'de>, count: usize) -> Elements<'r, 'de> {
        Elements { reader, count, done: 0, fields: &[] }
    }

    /// The values of an object whose keys are these, in this order.
    #[inline]
    pub(super) fn of(reader: &'r mut Reader<'de>, fields: &'static [&'static str]) -> Elements<'r, 'de> {
        Elements { reader, count: fields.len(), done: 0, fields }
    }

    /// The key of the next one, if it is there and has one.
    pub(super) fn next_key(&self) -> Option<&'static str> {
        self.fields.get(self.done).copied()
    }

    fn step(&self) -> Step {
        self.next_key().map_or(Step::Index(self.done), |key| Step::Key(key.into()))
    }

    pub(super) fn left(&self) -> usize {
        self.count - self.done
    }
}

impl<'de> de::SeqAccess<'de> for &mut Elements<'_, 'de> {
    type Error = DataError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.done == self.count {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.reader) {
            Ok(value) => {
                self.done += 1;
                Ok(Some(value))
            }
            Err(error) => Err(error.within(self.step())),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left())
    }
}

/// The properties of an object.
pub(super) struct Fields<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// Where the next key is.
    keys: usize,
    left: u32,
    key: &'de str,
    /// Whether what is undefined is left out.
    defined: bool,
}

impl<'r, 'de> Fields<'r, 'de> {
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'de>, shape: Shape, defined: bool) -> Fields<'r, 'de> {
        Fields { reader, keys: shape.keys, left: shape.count, key: "", defined }
    }
}

impl<'de> de::MapAccess<'de> for Fields<'_, 'de> {
    type Error = DataError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        while self.left > 0 {
            self.left -= 1;
            (self.key, self.keys) = self.reader.key(self.keys)?;
            if self.defined && self.reader.peek() == Some(tag::UNDEFINED) {
                self.reader.pass();
                continue;
            }
            return match seed.deserialize(Text(self.key)) {
                Ok(key) => Ok(Some(key)),
                Err(error) => Err(error.within(Step::Key(self.key.into()))),
            };
        }
        Ok(None)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        match seed.deserialize(&mut *self.reader) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.within(Step::Key(self.key.into()))),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left as usize)
    }
}

/// The entries of a map with keys of any kind.
pub(super) struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    left: usize,
    done: usize,
    /// The key that was read last, if it is a text.
    key: Option<String>,
    /// Whether all must be.
    texts: bool,
}

impl<'r, 'de> Entries<'r, 'de> {
    pub(super) fn new(reader: &'r mut Reader<'de>, count: usize, texts: bool) -> Entries<'r, 'de> {
        Entries { reader, left: count, done: 0, key: None, texts }
    }

    /// Steps over what was not asked for.
    pub(super) fn finish(self) -> Result<()> {
        for _ in 0..self.left {
            self.reader.pass_over()?;
            self.reader.pass_over()?;
        }
        Ok(())
    }

    fn step(&mut self) -> Step {
        self.key.take().map_or(Step::Index(self.done - 1), Step::Key)
    }
}

impl<'de> de::MapAccess<'de> for &mut Entries<'_, 'de> {
    type Error = DataError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.done += 1;
        self.key = None;
        // A key that is a text is any text: an integer in digits, as in an object.
        let result = match self.reader.peek_text()? {
            Some(text) => {
                self.key = Some(text.into());
                seed.deserialize(Text(text))
            }
            None if self.texts => Err(DataError::new("a key of this map is no text, and a struct is wanted")),
            None => seed.deserialize(&mut *self.reader),
        };
        result.map(Some).map_err(|error| error.within(self.step()))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        seed.deserialize(&mut *self.reader).map_err(|error| error.within(self.step()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// A variant of an enum with content: an object with one property, or a map with one entry.
pub(super) struct Variant<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// Its name; `None` if it is the next value.
    name: Option<&'de str>,
    /// The properties behind it, which are undefined.
    behind: u32,
}

impl<'r, 'de> Variant<'r, 'de> {
    /// The one property of an object that isn't undefined; the only one, if it is.
    pub(super) fn find(reader: &'r mut Reader<'de>, shape: Shape) -> Result<Variant<'r, 'de>> {
        let mut keys = shape.keys;
        for i in 0..shape.count {
            let (key, after) = reader.key(keys)?;
            keys = after;
            if shape.count == 1 || reader.peek() != Some(tag::UNDEFINED) {
                return Ok(Variant { reader, name: Some(key), behind: shape.count - i - 1 });
            }
            reader.pass();
        }
        Err(Error::invalid_value(Unexpected::Map, &"an object with one property, the variant"))
    }

    pub(super) fn of_map(reader: &'r mut Reader<'de>) -> Variant<'r, 'de> {
        Variant { reader, name: None, behind: 0 }
    }
}

impl<'r, 'de> de::EnumAccess<'de> for Variant<'r, 'de> {
    type Error = DataError;
    type Variant = Variant<'r, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Variant<'r, 'de>)> {
        match self.name {
            Some(name) => Ok((seed.deserialize(Text(name))?, self)),
            None => Ok((seed.deserialize(&mut *self.reader)?, self)),
        }
    }
}

impl<'de> Variant<'_, 'de> {
    /// Ends it: nothing but undefined properties may follow.
    fn end<T>(self, result: Result<T>) -> Result<T> {
        let value = match (result, self.name) {
            (Err(error), Some(name)) => return Err(error.within(Step::Key(name.into()))),
            (result, _) => result?,
        };
        for _ in 0..self.behind {
            match self.reader.next()? {
                Value::Undefined => {}
                _ => return Err(Error::invalid_value(Unexpected::Map, &"an object with one property, the variant")),
            }
        }
        Ok(value)
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = DataError;

    fn unit_variant(self) -> Result<()> {
        let result = de::Deserialize::deserialize(&mut *self.reader);
        self.end(result)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        let result = seed.deserialize(&mut *self.reader);
        self.end(result)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value> {
        let result = self.reader.deserialize_seq(visitor);
        self.end(result)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value> {
        let result = self.reader.deserialize_struct("", fields, visitor);
        self.end(result)
    }
}
