//! A text as an allocation of its own.

use super::put::copy_short;
use heap::boxed::Box;

/// Up to so many bytes are copied by words: engines take longer for a copy of any size.
const SHORT: usize = 31;

/// A `Box`, and no `String`: an address and a length come back as two values. The three of a `String` go through memory, of which the last two are
/// read as one where it is moved on, and a processor waits for that until both were written.
#[inline(always)]
pub(super) fn copied(text: &str) -> Box<str> {
    let bytes = text.as_bytes();
    if bytes.len() > SHORT {
        return text.into();
    }
    let mut copy = Box::new_uninit_slice(bytes.len());
    // SAFETY: there is room for all of them, and all are written; they are a text's.
    unsafe {
        copy_short(bytes, copy.as_mut_ptr().cast());
        heap::str::from_boxed_utf8_unchecked(copy.assume_init())
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
                assert_eq!(&*copied(part), part);
            }
        }
        assert_eq!(&*copied("Zürich 😀"), "Zürich 😀");
    }
}
