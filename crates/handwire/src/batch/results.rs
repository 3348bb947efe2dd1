//! [`Results`]: what a batch has given, once it has run.

use super::recording::foreign;
use super::{Batch, Ref};
use crate::{FromJs, JsError, JsValue, Result};
use core::{fmt, mem};
use handwire_abi::{self as abi, OwnedHandle, Slot, kind};
use heap::vec::Vec;

/// The result of an operation that was asked for, by [`Recording::keep`](super::Recording::keep).
#[derive(Clone, Copy, Debug)]
pub struct Kept(pub(super) Ref);

/// Runs what was recorded.
pub(super) fn run(batch: &mut Batch, operations: u32, flags: u32) -> Results<'_> {
    let Batch { words, text, results, recording } = batch;
    results.clear();
    results.resize(operations as usize, Slot::NONE);
    // SAFETY: words and text are readable, there is a slot for each operation, and the
    // handles among the words are of values that are borrowed until now.
    let first = unsafe {
        abi::batch_run(
            words.as_ptr(),
            words.len() * 4,
            text.as_ptr(),
            text.len(),
            results.as_mut_ptr(),
            results.len(),
            flags,
        )
    };
    Results { results, first, recording: *recording }
}

/// What the operations of a batch gave: of each whether it failed, and what was asked for.
/// What is not taken is released with it.
pub struct Results<'b> {
    results: &'b mut Vec<Slot>,
    first: i32,
    recording: u32,
}

impl Results<'_> {
    /// Takes a result, as a `T`; a second time it is `undefined`.
    ///
    /// # Errors
    ///
    /// What the operation threw; also if the result is no `T`, see [`FromJs`].
    ///
    /// # Panics
    ///
    /// If `kept` is of another recording.
    pub fn take<T: FromJs>(&mut self, kept: Kept) -> Result<T> {
        let slot = self.slot(kept.0);
        if slot.aux() != 0 {
            return Err(error(slot));
        }
        match slot.kind() {
            kind::NUMBER => T::from_number(f64::from_bits(slot.payload())),
            _ => T::from_value(value(slot)),
        }
    }

    /// Whether an operation has done what it was to do.
    ///
    /// # Errors
    ///
    /// What it threw; a second time `undefined`.
    ///
    /// # Panics
    ///
    /// If `of` is of another recording.
    pub fn status(&mut self, of: Ref) -> Result<()> {
        self.check(of);
        match self.results.get_mut(of.operation as usize) {
            Some(slot) if slot.aux() != 0 => Err(error(take(slot))),
            _ => Ok(()),
        }
    }

    /// The first operation that has failed, counted from 0.
    #[inline]
    pub fn first_failed(&self) -> Option<usize> {
        usize::try_from(self.first).ok()
    }

    /// How many have failed.
    pub fn failed(&self) -> usize {
        if self.first < 0 { 0 } else { self.results.iter().filter(|slot| slot.aux() != 0).count() }
    }

    pub(super) fn into_error(self, operation: usize) -> BatchError {
        let slot = self.results.get_mut(operation).map_or(Slot::UNDEFINED, take);
        BatchError { operation, error: error(slot) }
    }

    fn slot(&mut self, of: Ref) -> Slot {
        self.check(of);
        self.results.get_mut(of.operation as usize).map_or(Slot::UNDEFINED, take)
    }

    fn check(&self, of: Ref) {
        if of.recording != self.recording {
            foreign();
        }
    }
}

impl Drop for Results<'_> {
    fn drop(&mut self) {
        for slot in self.results.iter().filter(|slot| slot.kind() == kind::HANDLE) {
            drop(value(*slot));
        }
    }
}

impl fmt::Debug for Results<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Results({} operations, {} failed)", self.results.len(), self.failed())
    }
}

/// Leaves a slot in which nothing has to be released; a failure stays one.
fn take(slot: &mut Slot) -> Slot {
    let left = Slot::new(kind::UNDEFINED, slot.aux(), 0);
    mem::replace(slot, left)
}

/// Takes over what is in a slot.
fn value(slot: Slot) -> JsValue {
    match slot.kind() {
        kind::NUMBER => JsValue::from(f64::from_bits(slot.payload())),
        kind::HANDLE => JsValue::made(OwnedHandle::from_raw(slot.payload() as u32)),
        _ => JsValue::UNDEFINED,
    }
}

#[cold]
fn error(slot: Slot) -> JsError {
    JsError::from(value(slot))
}

/// What an operation of a batch threw.
#[derive(Debug)]
pub struct BatchError {
    operation: usize,
    error: JsError,
}

impl BatchError {
    /// Which operation it was, counted from 0.
    #[inline]
    pub fn operation(&self) -> usize {
        self.operation
    }

    /// What it threw.
    #[inline]
    pub fn error(&self) -> &JsError {
        &self.error
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation {} of the batch: {}", self.operation, self.error)
    }
}

impl core::error::Error for BatchError {}

impl From<BatchError> for JsError {
    /// What was thrown, as it is.
    #[inline]
    fn from(error: BatchError) -> JsError {
        error.error
    }
}
