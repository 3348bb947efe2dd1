//! A text as a String of its own.

use super::put::copy_short;
use heap::string::String;
use heap::vec::Vec;

/// Up to so many bytes are copied by words: engines take longer for a copy of any size.
const SHORT: usize = 31;

#[inline]
pub(super) fn copied(text: &str) -> String {
    let bytes = text.as_bytes();
    if bytes.len() > SHORT {
        return text.into();
    }
    let mut copy = Vec::with_capacity(bytes.len());
    // SAFETY: there is room for all of them, and all are written; they are a text's.
    unsafe {
        copy_short(bytes, copy.as_mut_ptr());
        copy.set_len(bytes.len());
        String::from_utf8_unchecked(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::copied;
    use std::string::String;

    #[test]
    fn texts_of_every_short_size_and_some_longer_ones() {
        let text: String = ('\0'..='\u{7F}').collect();
        for from in 0..20 {
            for size in 0..100 {
                let part = &text[from..from + size];
                assert_eq!(copied(part), part);
            }
        }
        assert_eq!(copied("Zürich 😀"), "Zürich 😀");
    }
}
