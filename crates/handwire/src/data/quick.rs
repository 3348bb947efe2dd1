//! The values that are there most, read without a look at all that they could be.

use super::error::DataError;
use super::raw::{bad, check};
use super::reader::{Reader, Value};
use super::tag;

type Result<T, E = DataError> = core::result::Result<T, E>;

impl<'de> Reader<'de> {
    /// The next value, if it is a text; anything else stays the next.
    pub(super) fn peek_text(&mut self) -> Result<Option<&'de str>> {
        match self.peek() {
            Some(
                tag::SHORT_TEXT..tag::SHORT_ARRAY
                | tag::TEXT
                | tag::AGAIN
                | tag::BEHIND
                | tag::BEHIND_AGAIN
                | tag::SHORT_BEHIND..,
            ) => match self.next()? {
                Value::Text(text) => Ok(Some(text)),
                _ => Err(bad("a text")),
            },
            _ => Ok(None),
        }
    }

    #[inline]
    pub(super) fn text(&mut self, size: usize) -> Result<&'de str> {
        let bytes = self.take(size)?;
        if !self.trusted {
            check(bytes)?;
        }
        // SAFETY: it was checked, or a host wrote it.
        Ok(unsafe { core::str::from_utf8_unchecked(bytes) })
    }

    /// The text of an earlier value.
    pub(super) fn again(&mut self) -> Result<&'de str> {
        let start = self.at - 1;
        let before = self.length()?;
        let after = self.at;
        if before < tag::HEADER || before >= start {
            return Err(bad("a text's address"));
        }
        self.at = before;
        let text = match self.byte()? {
            short @ tag::SHORT_TEXT..tag::SHORT_ARRAY => self.text(usize::from(short - tag::SHORT_TEXT))?,
            tag::TEXT => {
                let size = self.length()?;
                self.text(size)?
            }
            _ => return Err(bad("a text's address")),
        };
        self.at = after;
        if text.len() > tag::AGAIN_MOST { Err(bad("a text's address")) } else { Ok(text) }
    }

    /// The next value, if it is a short text; anything else stays the next.
    #[inline(always)]
    pub(super) fn short_text(&mut self) -> Result<Option<&'de str>> {
        match self.peek() {
            Some(short @ tag::SHORT_BEHIND..) => {
                self.at += 1;
                self.behind(usize::from(short - tag::SHORT_BEHIND)).map(Some)
            }
            Some(short @ tag::SHORT_TEXT..tag::SHORT_ARRAY) => {
                self.at += 1;
                self.text(usize::from(short - tag::SHORT_TEXT)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The next value, if it is an f64; anything else stays the next.
    #[inline(always)]
    pub(super) fn float(&mut self) -> Result<Option<f64>> {
        if self.peek() != Some(tag::F64) {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(f64::from_le_bytes(self.chunk()?)))
    }

    /// The next value, if it is a short integer; anything else stays the next.
    #[inline(always)]
    pub(super) fn integer(&mut self) -> Result<Option<i32>> {
        Ok(match self.peek() {
            Some(small @ 0..tag::SHORT_TEXT) => {
                self.at += 1;
                Some(small.into())
            }
            Some(tag::I16) => {
                self.at += 1;
                Some(i16::from_le_bytes(self.chunk()?).into())
            }
            Some(tag::I32) => {
                self.at += 1;
                Some(i32::from_le_bytes(self.chunk()?))
            }
            _ => None,
        })
    }
}
