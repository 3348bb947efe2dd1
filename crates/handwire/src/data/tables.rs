//! What stands behind the value: handles, the keys of objects, and where texts are.

use super::error::DataError;
use super::raw::{bad, check, word};
use super::reader::{FEW, Reader, Shape};
use super::texts::Texts;
use crate::JsValue;
use handwire_abi::OwnedHandle;

type Result<T, E = DataError> = core::result::Result<T, E>;

impl Reader<'_> {
    pub(super) fn read_tables(&mut self) -> Result<()> {
        let count = self.word()? as usize;
        if count > 0 && !self.trusted {
            return Err(bad("handles, of another instance"));
        }
        for handle in self.take(count.checked_mul(4).ok_or_else(|| bad("the number of handles"))?)?.chunks_exact(4) {
            let raw = word(handle, 0)?;
            self.handles.push(JsValue::from_raw(OwnedHandle::from_raw(raw)));
        }
        let count = self.word()? as usize;
        if count > self.left() / 8 {
            return Err(bad("the number of shapes"));
        }
        if count > FEW {
            self.shapes.reserve_exact(count);
        }
        for number in 0..count {
            let (keys_of, size) = (self.word()?, self.word()? as usize);
            let keys = self.at;
            let after = self.take(size).map(|_| self.at)?;
            if !self.trusted {
                self.check_keys(keys, keys_of, after)?;
            }
            let shape = Shape::new(keys, keys_of);
            if count > FEW { self.shapes.push(shape) } else { self.few[number] = shape }
        }
        if self.left() == 0 {
            return Ok(());
        }
        let units = self.word()? as usize;
        self.texts = Texts::new(self.at, self.end, units);
        if units > self.left() || units == 0 { Err(bad("its texts")) } else { Ok(()) }
    }

    /// Goes over the keys of a shape once, so that they can be read without another look.
    fn check_keys(&mut self, keys: usize, count: u32, after: usize) -> Result<()> {
        self.at = keys;
        for _ in 0..count {
            let length = self.length()?;
            check(self.take(length)?)?;
        }
        if self.at == after { Ok(()) } else { Err(bad("the keys of a shape")) }
    }
}
