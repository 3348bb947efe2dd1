//! Numbers and big integers, as serde's integers and floats.

use super::error::DataError;
use super::raw::bad;
use super::reader::Value;
use super::tag;
use serde::de::{Error, Visitor};

type Result<T, E = DataError> = core::result::Result<T, E>;

/// A number, to a visitor that checks its range: an integer if it is one that a number holds exactly.
#[inline]
pub(super) fn number<'de, V: Visitor<'de>>(value: Value<'de>, visitor: V) -> Result<V::Value> {
    match value {
        Value::Int(value) => match u32::try_from(value) {
            Ok(value) => visitor.visit_u64(value.into()),
            Err(_) => visitor.visit_i64(value.into()),
        },
        Value::Float(value) => {
            let integer = value as i64;
            let exact = integer.unsigned_abs() <= tag::SAFE && integer as f64 == value;
            // -0 is equal to 0, and is not an integer.
            if !exact || integer == 0 {
                return visitor.visit_f64(value);
            }
            match u64::try_from(integer) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(integer),
            }
        }
        Value::I64(value) => match u64::try_from(value) {
            Ok(value) => visitor.visit_u64(value),
            Err(_) => visitor.visit_i64(value),
        },
        Value::U64(value) => visitor.visit_u64(value),
        Value::Big { negative, magnitude } => big(negative, magnitude, visitor),
        _ => Err(bad("a number")),
    }
}

fn big<'de, V: Visitor<'de>>(negative: bool, magnitude: &[u8], visitor: V) -> Result<V::Value> {
    let significant = magnitude.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let Some(magnitude) = magnitude.get(..significant.min(16)).filter(|_| significant <= 16) else {
        return Err(Error::custom("a BigInt of more than 128 bits"));
    };
    let magnitude = magnitude.iter().rev().fold(0u128, |sum, &byte| sum << 8 | u128::from(byte));
    if !negative {
        return visitor.visit_u128(magnitude);
    }
    match i128::try_from(magnitude).ok().map(|value| -value) {
        Some(value) => visitor.visit_i128(value),
        None if magnitude == 1 << 127 => visitor.visit_i128(i128::MIN),
        None => Err(Error::custom("a BigInt of more than 128 bits")),
    }
}
