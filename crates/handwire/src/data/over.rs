//! What nothing asks for is stepped over.

use super::error::DataError;
use super::reader::{Reader, Value};

type Result<T, E = DataError> = core::result::Result<T, E>;

impl<'de> Reader<'de> {
    /// Steps over a value.
    pub(super) fn pass_over(&mut self) -> Result<()> {
        let value = self.next()?;
        self.pass_over_rest(value)
    }

    /// Steps over the content of a value whose start was read.
    pub(super) fn pass_over_rest(&mut self, value: Value<'de>) -> Result<()> {
        let count = match value {
            Value::Array(count) => count,
            Value::Map(count) => count * 2,
            Value::Object(shape) => shape.count as usize,
            _ => return Ok(()),
        };
        self.enter()?;
        for _ in 0..count {
            self.pass_over()?;
        }
        self.leave();
        Ok(())
    }
}
