//! The smallest parts of a buffer: words, lengths, texts.

use super::error::DataError;

type Result<T, E = DataError> = core::result::Result<T, E>;

pub(super) fn word(bytes: &[u8], at: usize) -> Result<u32> {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => Ok(u32::from_le_bytes([a, b, c, d])),
        _ => Err(bad("its end")),
    }
}

/// Seven bits a byte, the lowest first; five bytes at most.
#[inline]
pub(super) fn length(bytes: &[u8], at: &mut usize) -> Result<usize> {
    let first = *bytes.get(*at).ok_or_else(|| bad("its end"))?;
    *at += 1;
    if first < 0x80 { Ok(first.into()) } else { long_length(bytes, at, first) }
}

fn long_length(bytes: &[u8], at: &mut usize, first: u8) -> Result<usize> {
    let mut length = u64::from(first & 0x7F);
    for shift in [7, 14, 21, 28] {
        let byte = *bytes.get(*at).ok_or_else(|| bad("its end"))?;
        *at += 1;
        length |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return usize::try_from(length).ok().filter(|_| length <= u32::MAX.into()).ok_or_else(|| bad("a length"));
        }
    }
    Err(bad("a length"))
}

/// Whether two keys are the same: short ones by words that may overlap, where a call would take longer than to compare.
#[inline(always)]
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    /// By the first and the last word of so many bytes that they hold all.
    #[inline(always)]
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        (a.first_chunk::<N>(), a.last_chunk::<N>()) == (b.first_chunk::<N>(), b.last_chunk::<N>())
    }
    a.len() == b.len()
        && match a.len() {
            1 => a[0] == b[0],
            2..4 => ends::<2>(a, b),
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}

pub(super) fn check(bytes: &[u8]) -> Result<&str> {
    core::str::from_utf8(bytes).map_err(|_| bad("a text"))
}

#[cold]
#[inline(never)]
pub(super) fn bad(what: &str) -> DataError {
    DataError::new(format_args!("a damaged buffer: {what}"))
}
