//! The texts behind the tables: one text that all of them are, in turn. Their lengths are in
//! units of UTF-16, which are bytes where all is ASCII, as most is.

use super::error::DataError;
use super::raw::{bad, check};
use super::reader::Reader;
use super::tag;

type Result<T, E = DataError> = core::result::Result<T, E>;

/// Where they are.
#[derive(Default)]
pub(super) struct Texts {
    start: usize,
    /// Where the next one is.
    at: usize,
    end: usize,
    /// Whether a unit is a byte.
    ascii: bool,
}

impl Texts {
    pub(super) fn new(start: usize, end: usize, units: usize) -> Texts {
        Texts { start, at: start, end, ascii: units == end - start }
    }

    /// How many bytes have not been read.
    pub(super) fn left(&self) -> usize {
        self.end - self.at
    }

    /// Steps over the next text, and gives where it was and how many bytes it has; none if there are not so many units, or
    /// a character has more than are left.
    #[inline(always)]
    pub(super) fn next(&mut self, bytes: &[u8], units: usize) -> Option<(usize, usize)> {
        let size = if self.ascii { units } else { self.measure(bytes, units)? };
        if size > self.left() {
            return None;
        }
        let at = self.at;
        self.at += size;
        Some((at, size))
    }

    /// How many bytes so many units take, which are whole characters.
    #[inline]
    fn measure(&self, bytes: &[u8], units: usize) -> Option<usize> {
        let texts = &bytes[self.at..self.end];
        let (mut at, mut left) = (0, units);
        loop {
            // Most of it is ASCII: eight bytes at a time, of which the last are looked at as far as the text goes.
            while let Some(word) = texts.get(at..).and_then(<[u8]>::first_chunk) {
                let word = u64::from_le_bytes(*word) & HIGH;
                if left <= 8 {
                    if left == 0 || word << (8 * (8 - left)) == 0 {
                        return Some(at + left);
                    }
                } else if word == 0 {
                    (at, left) = (at + 8, left - 8);
                    continue;
                }
                let ascii = word.trailing_zeros() as usize / 8;
                (at, left) = (at + ascii, left - ascii);
                break;
            }
            if left == 0 {
                return Some(at);
            }
            let (size, count) = match *texts.get(at)? {
                0..0x80 => (1, 1),
                0x80..0xE0 => (2, 1),
                0xE0..0xF0 => (3, 1),
                0xF0.. => (4, 2),
            };
            at += size;
            left = left.checked_sub(count)?;
        }
    }
}

/// The highest bits of eight bytes: what isn't ASCII has them.
const HIGH: u64 = 0x8080_8080_8080_8080;

impl<'de> Reader<'de> {
    /// The next text behind the tables.
    #[inline]
    pub(super) fn behind(&mut self, units: usize) -> Result<&'de str> {
        let (at, size) = self.texts.next(self.bytes, units).ok_or_else(|| bad("its texts"))?;
        self.slice(at, size)
    }

    /// A text behind the tables that was there before: only where units are bytes can it be found.
    pub(super) fn behind_again(&mut self) -> Result<&'de str> {
        let (offset, size) = (self.length()?, self.length()?);
        let before = self.texts.at - self.texts.start;
        if !self.texts.ascii || size > tag::AGAIN_MOST || offset > before || size > before - offset {
            return Err(bad("a text's address"));
        }
        self.slice(self.texts.start + offset, size)
    }

    /// The text of so many bytes, which are there.
    #[inline]
    fn slice(&self, at: usize, size: usize) -> Result<&'de str> {
        // SAFETY: the caller has held it against the end of the texts, which is that of the buffer.
        let bytes = unsafe { self.bytes.get_unchecked(at..at + size) };
        if !self.trusted {
            check(bytes)?;
        }
        // SAFETY: it was checked, or a host wrote it: then all of it is UTF-8, and this begins and ends with a character.
        Ok(unsafe { core::str::from_utf8_unchecked(bytes) })
    }
}
