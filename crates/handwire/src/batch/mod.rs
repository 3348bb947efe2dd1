//! [`Batch`]: many operations in one crossing.
//!
//! A recording is two buffers, the words of the operations and all of their texts in a row,
//! which are kept from one to the next. Section 14 of the [contract](handwire_abi) says what
//! stands in them.

mod operand;
mod recording;
mod results;

pub use operand::{Operand, Operands};
pub use recording::{Recording, Ref};
pub use results::{BatchError, Kept, Results};

use core::fmt;
use handwire_abi::Slot;
use heap::vec::Vec;

/// Records operations on values of the host, and runs them in one crossing.
///
/// ```no_run
/// use handwire::batch::Batch;
/// use handwire::{JsValue, js_str};
///
/// fn rows(batch: &mut Batch, table: &JsValue, template: &JsValue, labels: &[String]) -> handwire::Result<()> {
///     let mut run = batch.record();
///     for (i, label) in labels.iter().enumerate() {
///         // What an operation gives can be used by later ones before any of them has run.
///         let row = run.call(template, js_str!("cloneNode"), (true,));
///         let cell = run.get(row, js_str!("firstChild"));
///         run.set(cell, js_str!("textContent"), label);
///         run.set(cell, js_str!("title"), format!("row {i}"));
///         run.call(table, js_str!("appendChild"), (row,));
///     }
///     run.run()?;
///     Ok(())
/// }
/// ```
///
/// All texts of a recording cross as one, and are cut from it. An engine may keep that one for as long
/// as a part of it lives: what is to stay for long among much that isn't is better set on its own.
///
/// Its buffers stay as large as the largest recording made them, so one that is kept
/// allocates nothing for an operation: keep it beside what it draws.
#[derive(Default)]
pub struct Batch {
    words: Vec<u32>,
    text: Vec<u8>,
    results: Vec<Slot>,
    /// Counts the recordings, so that none takes another's [`Ref`] for its own.
    recording: u32,
}

impl Batch {
    /// One with no buffers yet.
    pub const fn new() -> Batch {
        Batch { words: Vec::new(), text: Vec::new(), results: Vec::new(), recording: 0 }
    }

    /// Starts a recording. What an earlier one has left that was not run is forgotten.
    #[inline]
    pub fn record<'v>(&mut self) -> Recording<'_, 'v> {
        self.words.clear();
        self.text.clear();
        self.recording = self.recording.wrapping_add(1);
        Recording::new(self)
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Batch({} bytes of operations, {} of text)", self.words.len() * 4, self.text.len())
    }
}
