//! The tags of a data buffer, as section 13 of the contract has them.

/// Where the tables start, and the handle of what was written.
pub(super) const HEADER: usize = 8;
/// How deep containers stand in each other at most.
pub(super) const DEPTH: u32 = 128;

/// Integers below this are their own tag.
pub(super) const SMALL: u32 = 0x80;
/// A text of 0 to 31 bytes, which are added.
pub(super) const SHORT_TEXT: u8 = 0x80;
/// An array of 0 to 31 values, which are added.
pub(super) const SHORT_ARRAY: u8 = 0xA0;
/// What the low bits of those hold.
pub(super) const SHORT: usize = 31;
pub(super) const UNDEFINED: u8 = 0xC0;
pub(super) const NULL: u8 = 0xC1;
pub(super) const FALSE: u8 = 0xC2;
pub(super) const TRUE: u8 = 0xC3;
pub(super) const I8: u8 = 0xC4;
pub(super) const I16: u8 = 0xC5;
pub(super) const I32: u8 = 0xC6;
pub(super) const F64: u8 = 0xC7;
pub(super) const I64: u8 = 0xC8;
pub(super) const U64: u8 = 0xC9;
pub(super) const BIG: u8 = 0xCA;
pub(super) const TEXT: u8 = 0xCB;
pub(super) const AGAIN: u8 = 0xCC;
pub(super) const BYTES: u8 = 0xCD;
pub(super) const NUMBERS: u8 = 0xCE;
pub(super) const ARRAY: u8 = 0xCF;
pub(super) const MAP: u8 = 0xD0;
pub(super) const OBJECT: u8 = 0xD1;
pub(super) const DATE: u8 = 0xD2;
pub(super) const HANDLE: u8 = 0xD3;
pub(super) const BEHIND: u8 = 0xD4;
pub(super) const BEHIND_AGAIN: u8 = 0xD5;
/// As `OBJECT`, and none of its values is undefined.
pub(super) const DEFINED: u8 = 0xD6;
/// The next text behind the tables, of 0 to 31 units, which are added.
pub(super) const SHORT_BEHIND: u8 = 0xE0;

/// A text that is referred to again has so many bytes at most, so that a short reference never stands for much.
pub(super) const AGAIN_MOST: usize = 255;
/// Beyond so many bytes texts go behind the tables, which a host reads faster if there are many, and are written once if they are the same.
pub(super) const MUCH: usize = 512;
/// A text that is written behind the tables has so many bytes at most: what is longer is read by itself as fast.
pub(super) const BEHIND_MOST: usize = 255;

/// The largest integer that a number holds exactly with all below it.
pub(super) const SAFE: u64 = (1 << 53) - 1;
/// How many shapes of objects a buffer can have.
pub(super) const SHAPES: usize = 1 << 24;
