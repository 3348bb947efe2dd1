//! The buffer while it is written: values one behind the other, texts that were there before
//! by where they stand, the keys of objects in a table behind all, and texts behind that.

use super::error::DataError;
use super::put::put_length;
use super::tag;
use super::tree::Tree;
use crate::JsValue;
use heap::vec::Vec;

/// How many texts are remembered: each may be replaced by a later one.
pub(super) const TEXTS: usize = 64;
/// The same of those behind the tables, which needn't be forgotten.
pub(super) const FOUND: usize = 256;
/// So many undefined values are no longer counted.
const MANY: u32 = (1 << 24) - 1;
/// How many shapes of maps are remembered in the same way: what is found by it is compared, as it may be of another buffer.
const MAPS: usize = 16;

pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    /// The keys of the maps that are being written, each with its length before it.
    pub(super) keys: Vec<u8>,
    pub(super) depth: u32,
    /// How many undefined values were written, up to `MANY`.
    undefineds: u32,
    /// Whether 64-bit integers are always BigInts.
    pub(super) big: bool,
    /// Whether `None` is `null`.
    pub(super) null: bool,
    /// Whether no other writer's buffers say by a number which shapes they have.
    pub(super) numbered: bool,
    tree: Tree,
    pub(super) texts: [u32; TEXTS],
    /// Texts that are ASCII, one behind the other, and where some of them are: whatever stands there is held against a text before it is referred to.
    pub(super) behind: Vec<u8>,
    pub(super) found: [u32; FOUND],
    maps: [u32; MAPS],
    shapes: Vec<Shape>,
    /// The entries of shapes that are in no tree.
    entries: Vec<u8>,
    handles: Vec<JsValue>,
    buffer: u64,
    /// Whether there is anything in `texts`.
    pub(super) again: bool,
}

/// An entry of the table: of the tree, or a part of `entries`.
enum Shape {
    Node(u32),
    Entry { start: u32, end: u32 },
}

impl Writer {
    pub(super) fn new() -> Writer {
        Writer {
            out: Vec::new(),
            keys: Vec::new(),
            depth: 0,
            undefineds: 0,
            big: false,
            null: false,
            numbered: false,
            tree: Tree::new(),
            texts: [0; TEXTS],
            behind: Vec::new(),
            found: [0; FOUND],
            maps: [0; MAPS],
            shapes: Vec::new(),
            entries: Vec::new(),
            handles: Vec::new(),
            buffer: 0,
            again: false,
        }
    }

    /// A new buffer.
    pub(super) fn start(&mut self, big: bool, null: bool) {
        self.out.clear();
        self.out.extend_from_slice(&[0; tag::HEADER]);
        self.keys.clear();
        self.shapes.clear();
        self.entries.clear();
        self.behind.clear();
        if self.again {
            (self.texts, self.again) = ([0; TEXTS], false);
        }
        (self.depth, self.undefineds) = (0, 0);
        self.buffer += 1;
        (self.big, self.null) = (big, null);
    }

    /// Puts the tables behind the value. The handles are the receiver's from now on.
    pub(super) fn finish(&mut self) -> Result<(), DataError> {
        if self.shapes.len() > tag::SHAPES {
            return Err(DataError::new("more shapes of objects than there are numbers"));
        }
        let tables = self.out.len() as u32;
        self.out[..4].copy_from_slice(&tables.to_le_bytes());
        let number = self.number_tables();
        self.out[4..8].copy_from_slice(&number);
        self.out.extend_from_slice(&(self.handles.len() as u32).to_le_bytes());
        for value in self.handles.drain(..) {
            self.out.extend_from_slice(&value.into_raw().into_raw().to_le_bytes());
        }
        self.out.extend_from_slice(&(self.shapes.len() as u32).to_le_bytes());
        for shape in &self.shapes {
            self.out.extend_from_slice(match *shape {
                Shape::Node(node) => self.tree.entry(node),
                Shape::Entry { start, end } => &self.entries[start as usize..end as usize],
            });
        }
        if !self.behind.is_empty() {
            self.out.extend_from_slice(&(self.behind.len() as u32).to_le_bytes());
            self.out.extend_from_slice(&self.behind);
        }
        Ok(())
    }

    /// The number by which the host may know the tables from an earlier buffer: the nodes of up to four shapes, none as 0.
    fn number_tables(&self) -> [u8; 4] {
        let mut number = [0; 4];
        if !self.numbered || !self.handles.is_empty() || self.shapes.len() > number.len() {
            return [0; 4];
        }
        for (byte, shape) in number.iter_mut().zip(&self.shapes) {
            match *shape {
                Shape::Node(node @ 1..=0xFF) => *byte = node as u8,
                _ => return [0; 4],
            }
        }
        number
    }

    /// Whether the buffer holds values of the host.
    pub(super) fn has_handles(&self) -> bool {
        !self.handles.is_empty()
    }

    /// Drops what an unfinished buffer holds.
    pub(super) fn abandon(&mut self) {
        self.handles.clear();
    }

    #[inline(always)]
    pub(super) fn put(&mut self, byte: u8) {
        self.out.push(byte);
    }

    /// A few bytes, without a call.
    #[inline(always)]
    pub(super) fn put_raw<const N: usize>(&mut self, bytes: [u8; N]) {
        let at = self.out.len();
        self.out.reserve(N);
        // SAFETY: there is room for as much behind what is written, and it is written here.
        unsafe {
            self.out.as_mut_ptr().add(at).cast::<[u8; N]>().write_unaligned(bytes);
            self.out.set_len(at + N);
        }
    }

    #[inline(always)]
    fn put_tagged<const N: usize>(&mut self, tag: u8, bytes: [u8; N]) {
        let at = self.out.len();
        self.out.reserve(1 + N);
        // SAFETY: as above.
        unsafe {
            let place = self.out.as_mut_ptr().add(at);
            place.write(tag);
            place.add(1).cast::<[u8; N]>().write_unaligned(bytes);
            self.out.set_len(at + 1 + N);
        }
    }

    #[inline(always)]
    pub(super) fn put_i32(&mut self, value: i32) {
        if (value as u32) < tag::SMALL {
            self.out.push(value as u8);
        } else {
            self.put_larger(value);
        }
    }

    #[inline(never)]
    fn put_larger(&mut self, value: i32) {
        if let Ok(value) = i8::try_from(value) {
            self.put_tagged(tag::I8, value.to_le_bytes());
        } else if let Ok(value) = i16::try_from(value) {
            self.put_tagged(tag::I16, value.to_le_bytes());
        } else {
            self.put_tagged(tag::I32, value.to_le_bytes());
        }
    }

    pub(super) fn put_f64(&mut self, value: f64) {
        self.put_tagged(tag::F64, value.to_le_bytes());
    }

    pub(super) fn put_i64(&mut self, value: i64) {
        if self.big || value.unsigned_abs() > tag::SAFE {
            self.put_tagged(tag::I64, value.to_le_bytes());
        } else if let Ok(value) = i32::try_from(value) {
            self.put_i32(value);
        } else {
            self.put_f64(value as f64);
        }
    }

    pub(super) fn put_u64(&mut self, value: u64) {
        if self.big || value > tag::SAFE {
            self.put_tagged(tag::U64, value.to_le_bytes());
        } else if let Ok(value) = i32::try_from(value) {
            self.put_i32(value);
        } else {
            self.put_f64(value as f64);
        }
    }

    /// An integer beyond 64 bits: its sign, and its magnitude.
    pub(super) fn put_big(&mut self, negative: bool, magnitude: u128) {
        let bytes = magnitude.to_le_bytes();
        let len = bytes.len() - magnitude.leading_zeros() as usize / 8;
        self.out.extend_from_slice(&[tag::BIG, negative.into(), len as u8]);
        self.out.extend_from_slice(&bytes[..len]);
    }

    pub(super) fn put_bytes(&mut self, bytes: &[u8]) {
        self.out.push(tag::BYTES);
        put_length(&mut self.out, bytes.len());
        self.out.extend_from_slice(bytes);
    }

    /// A handle, of which the buffer has one of its own.
    pub(super) fn put_handle(&mut self, value: JsValue) {
        self.out.push(tag::HANDLE);
        put_length(&mut self.out, self.handles.len());
        self.handles.push(value);
    }

    /// One level further in.
    #[inline(always)]
    pub(super) fn enter(&mut self) -> Result<(), DataError> {
        self.depth += 1;
        if self.depth > tag::DEPTH { Err(too_deep()) } else { Ok(()) }
    }

    /// The start of an object, whose shape is known at its end.
    #[inline(always)]
    pub(super) fn start_object(&mut self) -> usize {
        let at = self.out.len();
        // Until then, how many undefined values there were before it.
        let word = u32::from(tag::OBJECT) | self.undefineds << 8;
        self.put_raw(word.to_le_bytes());
        at
    }

    pub(super) fn put_undefined(&mut self) {
        self.put(tag::UNDEFINED);
        self.undefineds = MANY.min(self.undefineds + 1);
    }

    /// Ends the object that started at `at` with the shape of a node.
    #[inline(always)]
    pub(super) fn end_struct(&mut self, at: usize, node: u32) {
        let number = match self.tree.number(node, self.buffer) {
            Some(number) => number,
            None => self.add_node(node),
        };
        self.end_object(at, number);
    }

    /// The node of a struct's next field.
    #[inline(always)]
    pub(super) fn step(&mut self, node: u32, key: &'static str) -> u32 {
        self.tree.step(node, key)
    }

    #[inline(never)]
    fn add_node(&mut self, node: u32) -> u32 {
        let number = self.shapes.len() as u32;
        self.tree.enter(node, self.buffer, number);
        self.shapes.push(Shape::Node(node));
        number
    }

    /// Ends the object that started at `at` with the keys from `start` on, and takes them away.
    pub(super) fn end_map(&mut self, at: usize, start: usize, count: u32) {
        let keys = &self.keys[start..];
        let sum = keys
            .iter()
            .take(8)
            .chain(keys.iter().rev().take(8))
            .fold(count, |sum, &byte| sum.wrapping_mul(31) ^ u32::from(byte));
        let known = &mut self.maps[sum as usize % MAPS];
        let mut number = known.wrapping_sub(1);
        let found = match self.shapes.get(number as usize) {
            Some(&Shape::Entry { start, end }) => self.entries[start as usize + 8..end as usize] == *keys,
            _ => false,
        };
        if !found {
            number = self.shapes.len() as u32;
            *known = number + 1;
            let start = self.entries.len() as u32;
            self.entries.extend_from_slice(&count.to_le_bytes());
            self.entries.extend_from_slice(&(keys.len() as u32).to_le_bytes());
            self.entries.extend_from_slice(keys);
            self.shapes.push(Shape::Entry { start, end: self.entries.len() as u32 });
        }
        self.keys.truncate(start);
        self.end_object(at, number);
    }

    #[inline(always)]
    fn end_object(&mut self, at: usize, number: u32) {
        let undefineds = u32::from(tag::OBJECT) | self.undefineds << 8;
        let place = &mut self.out[at..at + 4];
        let defined = *place == undefineds.to_le_bytes() && self.undefineds < MANY;
        let tag = if defined { tag::DEFINED } else { tag::OBJECT };
        place.copy_from_slice(&(u32::from(tag) | number << 8).to_le_bytes());
    }
}

#[cold]
#[inline(never)]
pub(super) fn too_deep() -> DataError {
    DataError::new(format_args!("more than {} levels deep", tag::DEPTH))
}
