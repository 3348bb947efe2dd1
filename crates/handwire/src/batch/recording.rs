//! [`Recording`]: the operations of a batch, before they run.

use super::results::run;
use super::{Batch, BatchError, Kept, Operand, Operands, Results};
use crate::JsValue;
use core::fmt;
use core::marker::PhantomData;
use handwire_abi::batch;

/// What an operation of a recording will give, for use by later ones of the same recording.
#[derive(Clone, Copy, Debug)]
pub struct Ref {
    pub(super) operation: u32,
    word: u32,
    pub(super) recording: u32,
}

/// Operations that are recorded for a [`Batch`]. Nothing crosses before it is run.
///
/// Values of the host are borrowed until then, for `'v`; texts and bytes are copied. An
/// operation that fails throws what it would throw on its own.
pub struct Recording<'b, 'v> {
    batch: &'b mut Batch,
    operations: u32,
    values: PhantomData<&'v JsValue>,
}

impl<'b, 'v> Recording<'b, 'v> {
    pub(super) fn new(batch: &'b mut Batch) -> Recording<'b, 'v> {
        Recording { batch, operations: 0, values: PhantomData }
    }

    /// How many operations there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.operations as usize
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.operations == 0
    }

    /// `object[key]`
    #[inline]
    pub fn get(&mut self, object: impl Operand<'v>, key: impl Operand<'v>) -> Ref {
        self.add(batch::GET, |to| object.put(to) << batch::FIRST | key.put(to) << batch::SECOND)
    }

    /// `object[key] = value`. An object that refuses, as a frozen one does, is a TypeError.
    #[inline]
    pub fn set(&mut self, object: impl Operand<'v>, key: impl Operand<'v>, value: impl Operand<'v>) -> Ref {
        self.add(batch::SET, |to| {
            object.put(to) << batch::FIRST | key.put(to) << batch::SECOND | value.put(to) << batch::THIRD
        })
    }

    /// `object[key](...args)`
    #[inline]
    pub fn call(&mut self, object: impl Operand<'v>, key: impl Operand<'v>, args: impl Operands<'v>) -> Ref {
        self.add(batch::CALL, |to| {
            object.put(to) << batch::FIRST | key.put(to) << batch::SECOND | args.put(to) << batch::ARGC
        })
    }

    /// `new class(...args)`
    #[inline]
    pub fn construct(&mut self, class: impl Operand<'v>, args: impl Operands<'v>) -> Ref {
        self.add(batch::CONSTRUCT, |to| class.put(to) << batch::FIRST | args.put(to) << batch::ARGC)
    }

    /// Calls a function with `this` and arguments.
    #[inline]
    pub fn apply(&mut self, function: impl Operand<'v>, this: impl Operand<'v>, args: impl Operands<'v>) -> Ref {
        self.add(batch::APPLY, |to| {
            function.put(to) << batch::FIRST | this.put(to) << batch::SECOND | args.put(to) << batch::ARGC
        })
    }

    /// Asks for the result of an operation, which is there once the batch has run. Without
    /// it, a result is there for the batch only.
    ///
    /// # Panics
    ///
    /// If `of` is of another recording.
    #[inline]
    pub fn keep(&mut self, of: Ref) -> Kept {
        self.check(of);
        if let Some(word) = self.batch.words.get_mut(of.word as usize) {
            *word |= batch::KEEP;
        }
        Kept(of)
    }

    /// Runs them, up to the first that fails.
    ///
    /// # Errors
    ///
    /// What that one threw, and which it is. Those before it have run, and none behind it.
    #[inline]
    pub fn run(self) -> core::result::Result<Results<'b>, BatchError> {
        let results = run(self.batch, self.operations, 0);
        match results.first_failed() {
            Some(operation) => Err(results.into_error(operation)),
            None => Ok(results),
        }
    }

    /// Runs all of them, also when some fail; [`Results::status`] says which. One that uses
    /// the result of one that has failed fails with the same error.
    #[inline]
    pub fn run_all(self) -> Results<'b> {
        run(self.batch, self.operations, batch::ALL)
    }

    /// Adds an operation: room for its word, its operands, then the word with what they are.
    #[inline]
    fn add(&mut self, operation: u32, operands: impl FnOnce(&mut Self) -> u32) -> Ref {
        let word = self.batch.words.len();
        self.batch.words.push(0);
        let kinds = operands(self);
        if let Some(place) = self.batch.words.get_mut(word) {
            *place = operation | kinds;
        }
        let made = Ref { operation: self.operations, word: word as u32, recording: self.batch.recording };
        self.operations += 1;
        made
    }

    /// A word of an operand.
    #[inline]
    pub(super) fn word(&mut self, word: u32) {
        self.batch.words.push(word);
    }

    /// Two words of an operand, the lower first.
    #[inline]
    pub(super) fn double(&mut self, bits: u64) {
        self.batch.words.extend_from_slice(&[bits as u32, (bits >> 32) as u32]);
    }

    /// The words of an operand, four bytes each; the last is filled up with zeros.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.batch.words.extend(bytes.chunks(4).map(|chunk| {
            let mut word = [0; 4];
            word[..chunk.len()].copy_from_slice(chunk);
            u32::from_le_bytes(word)
        }));
    }

    /// Text, of which only the length is among the words.
    #[inline]
    pub(super) fn text(&mut self, text: &str) {
        self.batch.text.extend_from_slice(text.as_bytes());
        self.word(units(text) as u32);
    }

    /// Room for a word that is known later.
    #[inline]
    pub(super) fn room(&mut self) -> usize {
        let at = self.batch.words.len();
        self.batch.words.push(0);
        at
    }

    #[inline]
    pub(super) fn fill(&mut self, at: usize, word: u32) {
        if let Some(place) = self.batch.words.get_mut(at) {
            *place = word;
        }
    }

    #[inline]
    pub(super) fn check(&self, of: Ref) {
        if of.recording != self.batch.recording {
            foreign();
        }
    }
}

/// How many UTF-16 units a text has.
#[inline]
fn units(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // One for each character, and one more for each of four bytes.
    text.bytes().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

#[cold]
#[inline(never)]
pub(super) fn foreign() -> ! {
    panic!("this reference is to an operation of another recording: use those that this one gave")
}

impl fmt::Debug for Recording<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recording({} operations)", self.operations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_its_word_and_its_operands() {
        let mut buffers = Batch::new();
        let (object, mut run) = (JsValue::global(), buffers.record());
        let got = run.get(&object, "né😀");
        run.set(got, 7u32, -1);
        let made = run.construct(got, (1.5, true, None::<bool>));
        run.keep(made);
        run.call(&object, "f", &[1u8; 9][..]);
        run.apply(got, (), (&b"\x01\x02\x03\x04\x05"[..],));
        assert_eq!(run.len(), 5);
        assert_eq!(
            buffers.words,
            [
                0x6701,
                5,
                4, //
                0x5_5802,
                0,
                7,
                u32::MAX, //
                0x3_0814,
                0,
                0x034,
                0,
                0x3FF8_0000, //
                0x9_6703,
                5,
                1,
                0x5555_5555,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                0x5,
                1, //
                0x1_0805,
                0,
                0xB,
                5,
                0x0403_0201,
                0x05,
            ]
        );
        assert_eq!(buffers.text, "né😀f".as_bytes());
    }

    #[test]
    fn units_are_those_of_utf16() {
        for text in ["", "a", "é", "漢字", "😀", "a😀é漢\u{FFFF}\u{10000}", "12345678901234567890é"] {
            assert_eq!(units(text), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn buffers_are_used_again() {
        let mut buffers = Batch::new();
        let mut record = || {
            let mut run = buffers.record();
            for i in 0..1000 {
                run.set((), i, "12345678");
            }
            (buffers.words.as_ptr(), buffers.text.as_ptr(), buffers.words.capacity(), buffers.text.capacity())
        };
        let first = record();
        assert_eq!(record(), first);
    }

    #[test]
    #[should_panic(expected = "another recording")]
    fn a_reference_to_another_recording_is_refused() {
        let mut buffers = Batch::new();
        let old = buffers.record().get((), "x");
        buffers.record().set((), "x", old);
    }
}
