//! The smallest parts of a buffer that is written: lengths, short copies.

use super::ends::ends_of;
use super::tag;
use heap::vec::Vec;

/// The bytes of the text whose tag stands at `at`; anything else is none.
#[inline]
pub(super) fn text_at(out: &[u8], at: usize) -> &[u8] {
    let (start, len) = match out[at] {
        short @ tag::SHORT_TEXT..tag::SHORT_ARRAY => (at + 1, usize::from(short - tag::SHORT_TEXT)),
        // Up to 255 there are one or two bytes of length.
        _ if out[at + 1] < 0x80 => (at + 2, usize::from(out[at + 1])),
        _ => (at + 3, usize::from(out[at + 1] & 0x7F) | usize::from(out[at + 2]) << 7),
    };
    &out[start..start + len]
}

/// Copies up to 31 bytes: as words that overlap, where a call would take longer than the copy.
///
/// # Safety
///
/// There is room for them at `to`.
#[inline(always)]
pub(super) unsafe fn copy_short(bytes: &[u8], to: *mut u8) {
    let len = bytes.len();
    // SAFETY: the caller has room for them, and there are as many as a word has.
    unsafe {
        match len {
            16.. => ends_of::<u128>(bytes).write(to, len),
            8.. => ends_of::<u64>(bytes).write(to, len),
            4.. => ends_of::<u32>(bytes).write(to, len),
            2.. => ends_of::<u16>(bytes).write(to, len),
            1 => to.write(bytes[0]),
            0 => {}
        }
    }
}

/// A length or a number: seven bits a byte, the lowest first; the highest bit says that more follow.
#[inline]
pub(super) fn put_length(out: &mut Vec<u8>, length: usize) {
    let mut rest = length;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// How many bytes a length takes that is known later.
pub(super) const LATER: usize = 5;

/// Writes a length into the room that was left for it.
pub(super) fn put_later(room: &mut [u8], length: usize) {
    for (i, byte) in room[..LATER].iter_mut().enumerate() {
        *byte = (length >> (7 * i)) as u8 & 0x7F | if i + 1 < LATER { 0x80 } else { 0 };
    }
}
