//! Typed arrays, as sequences of numbers.

use super::error::{DataError, Step};
use handwire_abi::element;
use serde::de::{self, DeserializeSeed, IntoDeserializer};

/// The size of an element; `None` for a kind that there isn't.
pub(super) fn size(element: u32) -> Option<usize> {
    Some(match element {
        element::I8 | element::U8 | element::U8_CLAMPED => 1,
        element::I16 | element::U16 => 2,
        element::I32 | element::U32 | element::F32 => 4,
        element::F64 | element::I64 | element::U64 => 8,
        _ => return None,
    })
}

/// The elements of a typed array, in turn.
pub(super) struct Numbers<'de> {
    element: u32,
    bytes: &'de [u8],
    count: usize,
}

impl<'de> Numbers<'de> {
    pub(super) fn new(element: u32, bytes: &'de [u8]) -> Numbers<'de> {
        Numbers { element, bytes, count: 0 }
    }

    /// How many are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() / size(self.element).unwrap_or(1)
    }

    fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*first)
    }
}

impl<'de> de::SeqAccess<'de> for Numbers<'de> {
    type Error = DataError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DataError> {
        macro_rules! next {
            ($type:ty) => {
                match self.next() {
                    None => return Ok(None),
                    Some(bytes) => seed
                        .deserialize(IntoDeserializer::<DataError>::into_deserializer(<$type>::from_le_bytes(bytes))),
                }
            };
        }
        let result = match self.element {
            element::I8 => next!(i8),
            element::I16 => next!(i16),
            element::U16 => next!(u16),
            element::I32 => next!(i32),
            element::U32 => next!(u32),
            element::F32 => next!(f32),
            element::F64 => next!(f64),
            element::I64 => next!(i64),
            element::U64 => next!(u64),
            _ => next!(u8),
        };
        self.count += 1;
        result.map(Some).map_err(|error| error.within(Step::Index(self.count - 1)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left())
    }
}
