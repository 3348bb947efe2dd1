//! A buffer in a form while it is read: the words, and the texts behind them; or, while a form
//! is learned, an ordinary buffer in their place.

use super::super::copied::copied;
use super::super::raw::word;
use super::super::reader::Reader;
use super::super::tag;
use super::super::texts::Texts;
use super::learner::{Given, Learner};
use super::misread::Misread;
use super::node::kind;
use core::ops::Range;
use core::ptr;
use heap::boxed::Box;
use heap::vec::Vec;

type Result<T, E = Misread> = core::result::Result<T, E>;

pub(super) struct Formed<'de> {
    bytes: &'de [u8],
    /// Where the next word is, and where the words end, within the buffer.
    at: *const [u8; 8],
    end: *const [u8; 8],
    texts: Texts,
    /// Whether a word or a text was not what was asked for. Reading goes on with nothing in its place: to look at it once, at the end,
    /// takes less than to look for it after each.
    failed: bool,
    /// How many containers are around what is read.
    depth: u32,
    /// What learns the form from an ordinary buffer. Then there are no words.
    pub(super) learner: Option<Box<Learner<'de>>>,
}

/// The size of a buffer's header.
const HEADER: usize = 16;

impl<'de> Formed<'de> {
    /// # Safety
    ///
    /// A host wrote the buffer, as the contract says: texts are UTF-8.
    #[inline]
    pub(super) unsafe fn new(bytes: &'de [u8]) -> Result<Formed<'de>> {
        let header: &[u8; HEADER] = bytes.first_chunk().ok_or(Misread)?;
        let [_, _, words, units] = [0, 4, 8, 12].map(|at| word(header, at).unwrap_or_default() as usize);
        if words > (bytes.len() - HEADER) / 8 {
            return Err(Misread);
        }
        let texts = Texts::new(HEADER + words * 8, bytes.len(), units);
        // SAFETY: so many words are there.
        let (words, _) = unsafe { bytes.get_unchecked(HEADER..HEADER + words * 8) }.as_chunks();
        let Range { start, end } = words.as_ptr_range();
        Ok(Formed { bytes, at: start, end, texts, failed: false, depth: 0, learner: None })
    }

    /// What learns from an ordinary buffer.
    ///
    /// # Safety
    ///
    /// A host wrote the buffer, as the contract says, and its handles were taken from it.
    pub(super) unsafe fn learning(bytes: &'de [u8]) -> Option<Formed<'de>> {
        let tables = word(bytes, 0).ok()? as usize;
        // What goes by handle is in no form.
        if word(bytes, tables).ok()? > 0 {
            return None;
        }
        // SAFETY: the caller says so.
        let reader = unsafe { Reader::new(bytes, true) }.ok()?;
        let learner = Some(Box::new(Learner::new(reader)));
        Some(Formed {
            bytes,
            at: ptr::null(),
            end: ptr::null(),
            texts: Texts::default(),
            failed: false,
            depth: 0,
            learner,
        })
    }

    pub(super) fn learned(&self) -> Option<Vec<u8>> {
        if self.failed { None } else { self.learner.as_ref()?.learned() }
    }

    /// Whether all was read, as what it is.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        !self.failed && self.at == self.end && self.texts.left() == 0
    }

    /// Notes that something was not what was asked for.
    #[inline(always)]
    pub(super) fn note(&mut self, failed: bool) {
        self.failed |= failed;
    }

    #[inline(always)]
    pub(super) fn learner(&mut self) -> Option<&mut Learner<'de>> {
        self.learner.as_deref_mut()
    }

    /// The next word, of a value that is asked for as this kind; 0 if there is none.
    #[inline(always)]
    pub(super) fn word(&mut self, asked: u8) -> f64 {
        if self.at == self.end {
            return self.learn(asked);
        }
        // SAFETY: words are next to each other up to `end`.
        unsafe {
            let word = f64::from_le_bytes(*self.at);
            self.at = self.at.add(1);
            word
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, asked: u8) -> f64 {
        match self.learner.as_mut().ok_or(Misread).and_then(|learner| learner.give(asked)) {
            Ok(Given::Word(word)) => word,
            Ok(Given::Text(text)) => {
                let at = text.as_ptr() as usize - self.bytes.as_ptr() as usize;
                self.texts = Texts::new(at, at + text.len(), text.len());
                text.len() as f64
            }
            Err(Misread) => {
                self.failed = true;
                0.0
            }
        }
    }

    /// A word that counts. The sum has it as its last bits, which takes engines less than a conversion that stays in range; of what is no count these are some other number.
    #[inline(always)]
    pub(super) fn count(&mut self, asked: u8) -> usize {
        const UNIT: f64 = (1_u64 << 52) as f64;
        (self.word(asked) + UNIT).to_bits() as u32 as usize
    }

    /// The next text; empty if there is none.
    #[inline(always)]
    pub(super) fn text(&mut self) -> &'de str {
        let units = self.count(kind::TEXT);
        let Some((at, size)) = self.texts.next(self.bytes, units) else {
            self.failed = true;
            return "";
        };
        // SAFETY: a host wrote them: they are UTF-8, of which this is as many whole characters; and they are within the buffer.
        unsafe { core::str::from_utf8_unchecked(self.bytes.get_unchecked(at..at + size)) }
    }

    /// The same as an allocation of its own. A function for itself: what calls it is so short that compilers put it where the text is wanted.
    #[inline(never)]
    pub(super) fn string(&mut self) -> Box<str> {
        copied(self.text())
    }

    /// How many words are left.
    pub(super) fn words(&self) -> usize {
        // SAFETY: both are of one buffer.
        unsafe { self.end.offset_from(self.at) as usize }
    }

    /// Goes into a container: no deeper than they stand in each other in any buffer.
    #[inline(always)]
    pub(super) fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > tag::DEPTH { Err(Misread) } else { Ok(()) }
    }

    #[inline(always)]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Holds a number of values against the words that are left, of which each takes one at least: where words fail there would
    /// be no end of values.
    #[inline(always)]
    pub(super) fn hold(&self, count: usize) -> Result<()> {
        if count > self.words() { Err(Misread) } else { Ok(()) }
    }

    /// The node of the value that was asked for last, if that is learned.
    #[inline(always)]
    pub(super) fn node(&self) -> usize {
        self.learner.as_ref().map_or(0, |learner| learner.now)
    }
}
