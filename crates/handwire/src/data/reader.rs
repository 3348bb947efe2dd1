//! The buffer while it is read: every length, number and address in it is held against what
//! is there before it is used.

use super::error::DataError;
use super::raw::{bad, length, same, word};
use super::tag;
use super::texts::Texts;
use crate::JsValue;
use handwire_abi::Handle;
use heap::vec::Vec;

type Result<T, E = DataError> = core::result::Result<T, E>;

pub(super) struct Reader<'de> {
    pub(super) bytes: &'de [u8],
    pub(super) at: usize,
    /// Where the tables start.
    pub(super) end: usize,
    depth: u32,
    /// How many containers have been seen, which is the number of the next.
    containers: u32,
    /// Texts are UTF-8, as a host has to see to.
    pub(super) trusted: bool,
    /// The shapes of most buffers, which need no allocation, and all of those with more.
    pub(super) few: [Shape; FEW],
    pub(super) shapes: Vec<Shape>,
    pub(super) handles: Vec<Option<JsValue>>,
    /// The texts behind the tables.
    pub(super) texts: Texts,
    /// What the host knows the written value by, or a handle of it.
    source: u32,
    asked: Handle,
}

/// The keys of an object.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) keys: usize,
    pub(super) count: u32,
    /// The fields with which the keys were compared last, by their address, and whether they are the same, in the same order.
    asked: usize,
    ordered: bool,
}

impl Shape {
    pub(super) fn new(keys: usize, count: u32) -> Shape {
        Shape { keys, count, asked: 0, ordered: false }
    }
}

/// So many shapes need no allocation.
pub(super) const FEW: usize = 8;
/// In place of a number of keys: more than any buffer has.
const NO_SHAPE: u32 = u32::MAX;

/// One value, or the start of one.
pub(super) enum Value<'de> {
    Undefined,
    Null,
    Bool(bool),
    Int(i32),
    Float(f64),
    I64(i64),
    U64(u64),
    Big { negative: bool, magnitude: &'de [u8] },
    Text(&'de str),
    Bytes(&'de [u8]),
    Numbers { element: u32, bytes: &'de [u8] },
    Array(usize),
    Map(usize),
    Object(Shape),
    Date(f64),
    Handle(u32),
}

impl<'de> Reader<'de> {
    /// Reads the tables. With `trusted`, texts are taken for UTF-8.
    ///
    /// # Safety
    ///
    /// If `trusted`, a host wrote the buffer as the contract says.
    pub(super) unsafe fn new(bytes: &'de [u8], trusted: bool) -> Result<Reader<'de>> {
        let end = word(bytes, 0)? as usize;
        // What others wrote names no value of this host.
        let source = if trusted { word(bytes, 4)? } else { 0 };
        let mut reader = Reader {
            bytes,
            at: end,
            end: bytes.len(),
            depth: 0,
            containers: 0,
            trusted,
            few: [Shape::new(0, NO_SHAPE); FEW],
            shapes: Vec::new(),
            handles: Vec::new(),
            texts: Texts::default(),
            source,
            asked: Handle::NONE,
        };
        if end < tag::HEADER || end > bytes.len() {
            return Err(bad("where its tables start"));
        }
        reader.read_tables()?;
        (reader.at, reader.end) = (tag::HEADER, end);
        Ok(reader)
    }

    /// The key at an address, and where the next one is.
    #[inline]
    pub(super) fn key(&self, at: usize) -> Result<(&'de str, usize)> {
        let mut start = at;
        let length = length(self.bytes, &mut start)?;
        let bytes = start.checked_add(length).and_then(|end| self.bytes.get(start..end));
        let bytes = bytes.ok_or_else(|| bad("a key"))?;
        // SAFETY: keys were checked when the tables were read, or a host wrote them.
        Ok((unsafe { core::str::from_utf8_unchecked(bytes) }, start + length))
    }

    #[inline(always)]
    pub(super) fn left(&self) -> usize {
        self.end - self.at
    }

    #[inline(always)]
    pub(super) fn take(&mut self, size: usize) -> Result<&'de [u8]> {
        if size > self.left() {
            return Err(bad("a length"));
        }
        // SAFETY: so much is left before the end, which is within the buffer.
        let bytes = unsafe { self.bytes.get_unchecked(self.at..self.at + size) };
        self.at += size;
        Ok(bytes)
    }

    #[inline(always)]
    pub(super) fn chunk<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    #[inline(always)]
    pub(super) fn byte(&mut self) -> Result<u8> {
        match self.peek() {
            Some(byte) => {
                self.at += 1;
                Ok(byte)
            }
            None => Err(bad("its end")),
        }
    }

    pub(super) fn word(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.chunk()?))
    }

    #[inline]
    pub(super) fn length(&mut self) -> Result<usize> {
        length(&self.bytes[..self.end], &mut self.at)
    }

    /// A number of values, of which each takes a byte at least.
    fn count(&mut self, each: usize) -> Result<usize> {
        let count = self.length()?;
        if count > self.left() / each { Err(bad("a count")) } else { Ok(count) }
    }

    /// The tag of the next value, which stays the next.
    #[inline(always)]
    pub(super) fn peek(&self) -> Option<u8> {
        // SAFETY: the end is within the buffer.
        if self.at < self.end { Some(unsafe { *self.bytes.get_unchecked(self.at) }) } else { None }
    }

    /// Steps over a tag that was looked at.
    #[inline(always)]
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// The next value. The content of a container follows.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Value<'de>> {
        Ok(match self.byte()? {
            small @ 0..tag::SHORT_TEXT => Value::Int(small.into()),
            short @ tag::SHORT_TEXT..tag::SHORT_ARRAY => Value::Text(self.text(usize::from(short - tag::SHORT_TEXT))?),
            short @ tag::SHORT_ARRAY..tag::UNDEFINED => {
                self.containers += 1;
                Value::Array(usize::from(short - tag::SHORT_ARRAY))
            }
            tag::UNDEFINED => Value::Undefined,
            tag::NULL => Value::Null,
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::I8 => Value::Int(i8::from_le_bytes(self.chunk()?).into()),
            tag::I16 => Value::Int(i16::from_le_bytes(self.chunk()?).into()),
            tag::I32 => Value::Int(i32::from_le_bytes(self.chunk()?)),
            tag::F64 => Value::Float(f64::from_le_bytes(self.chunk()?)),
            tag::TEXT => {
                let size = self.length()?;
                Value::Text(self.text(size)?)
            }
            tag::AGAIN => Value::Text(self.again()?),
            short @ tag::SHORT_BEHIND.. => Value::Text(self.behind(usize::from(short - tag::SHORT_BEHIND))?),
            other => self.rare(other)?,
        })
    }

    fn rare(&mut self, tag: u8) -> Result<Value<'de>> {
        Ok(match tag {
            tag::BEHIND => {
                let units = self.length()?;
                Value::Text(self.behind(units)?)
            }
            tag::BEHIND_AGAIN => Value::Text(self.behind_again()?),
            tag::I64 => Value::I64(i64::from_le_bytes(self.chunk()?)),
            tag::U64 => Value::U64(u64::from_le_bytes(self.chunk()?)),
            tag::BIG => {
                let negative = self.byte()? & 1 != 0;
                let size = self.length()?;
                Value::Big { negative, magnitude: self.take(size)? }
            }
            tag::HANDLE => {
                let number = self.length()?;
                if number >= self.handles.len() {
                    return Err(bad("a handle's number"));
                }
                Value::Handle(number as u32)
            }
            container => {
                self.containers += 1;
                self.container(container)?
            }
        })
    }

    fn container(&mut self, tag: u8) -> Result<Value<'de>> {
        Ok(match tag {
            tag::OBJECT | tag::DEFINED => Value::Object(*self.shape()?),
            tag::ARRAY => Value::Array(self.count(1)?),
            tag::MAP => Value::Map(self.count(2)?),
            tag::BYTES => {
                let size = self.length()?;
                Value::Bytes(self.take(size)?)
            }
            tag::NUMBERS => {
                let element = self.byte()?.into();
                let size = super::numbers::size(element).ok_or_else(|| bad("an element kind"))?;
                let count = self.length()?;
                let size = count.checked_mul(size).ok_or_else(|| bad("a count"))?;
                Value::Numbers { element, bytes: self.take(size)? }
            }
            tag::DATE => Value::Date(f64::from_le_bytes(self.chunk()?)),
            _ => return Err(bad("a tag")),
        })
    }

    /// The shape of an object whose tag was read.
    #[inline]
    fn shape(&mut self) -> Result<&mut Shape> {
        let [low, middle, high] = self.chunk()?;
        let number = u32::from_le_bytes([low, middle, high, 0]) as usize;
        let left = self.left();
        let shapes = if self.shapes.is_empty() { &mut self.few[..] } else { &mut self.shapes[..] };
        let shape = shapes.get_mut(number).ok_or_else(|| bad("a shape's number"))?;
        if shape.count as usize > left { Err(bad("a count")) } else { Ok(shape) }
    }

    /// The next value, if it is an object without undefined values; anything else stays the next. With its shape, whether its keys
    /// are these, in this order: what was found out stays with the shape.
    #[inline]
    pub(super) fn defined(&mut self, fields: &'static [&'static str]) -> Result<Option<(Shape, bool)>> {
        if self.peek() != Some(tag::DEFINED) {
            return Ok(None);
        }
        self.at += 1;
        self.containers += 1;
        let shape = self.shape()?;
        if shape.count as usize == fields.len() && shape.asked == fields.as_ptr() as usize {
            return Ok(Some((*shape, shape.ordered)));
        }
        let Shape { keys, count, .. } = *shape;
        let ordered = count as usize == fields.len() && self.are(keys, fields)?;
        self.at -= 3;
        let shape = self.shape()?;
        (shape.asked, shape.ordered) = (fields.as_ptr() as usize, ordered);
        Ok(Some((*shape, ordered)))
    }

    /// Whether the keys at an address are these, as far as these go.
    fn are(&self, mut keys: usize, fields: &[&str]) -> Result<bool> {
        for field in fields {
            let (key, after) = self.key(keys)?;
            if !same(key.as_bytes(), field.as_bytes()) {
                return Ok(false);
            }
            keys = after;
        }
        Ok(true)
    }

    #[inline(always)]
    pub(super) fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > tag::DEPTH { Err(super::writer::too_deep()) } else { Ok(()) }
    }

    #[inline(always)]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// The value of a handle in the table, each of which stands in one place.
    pub(super) fn handle(&mut self, number: u32) -> Result<JsValue> {
        self.handles.get_mut(number as usize).and_then(Option::take).ok_or_else(|| bad("a handle"))
    }

    /// The container whose start was read last, by itself.
    pub(super) fn part(&self) -> Result<JsValue> {
        if self.source == 0 && self.asked == Handle::NONE {
            return Err(bad("an object by handle, and nothing that says of what"));
        }
        super::exchange::part(self.asked, self.source, self.containers - 1)
    }

    /// Says what the buffer was written from.
    pub(super) fn of(self, asked: Handle) -> Reader<'de> {
        Reader { asked, ..self }
    }

    /// Nothing may follow the value, and no text may be left.
    pub(super) fn finish(&self) -> Result<()> {
        if self.left() > 0 || self.texts.left() > 0 { Err(bad("its end")) } else { Ok(()) }
    }
}
