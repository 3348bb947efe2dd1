//! Which shape a text has, so that the glue takes the fastest way without a look at it.

use std::cell::RefCell;

/// Short ASCII, short UTF-16 units, long ASCII, long UTF-8.
#[repr(u32)]
#[derive(Clone, Copy)]
pub enum Shape {
    Short = 0,
    Units = 1,
    Ascii = 2,
    Utf8 = 3,
}

/// Up to so many units the glue builds a string of its units.
const SHORT: usize = 16;

thread_local! {
    static UNITS: RefCell<[u16; SHORT]> = const { RefCell::new([0; SHORT]) };
}

/// Address, length and shape, as the glue wants a text.
pub fn shaped(text: &str) -> (*const u8, usize, Shape) {
    if text.is_ascii() {
        let shape = if text.len() <= SHORT { Shape::Short } else { Shape::Ascii };
        return (text.as_ptr(), text.len(), shape);
    }
    // A text of so few units has at most three times as many bytes.
    if text.len() <= 3 * SHORT
        && let Some((ptr, len)) = as_units(text)
    {
        return (ptr, len, Shape::Units);
    }
    (text.as_ptr(), text.len(), Shape::Utf8)
}

fn as_units(text: &str) -> Option<(*const u8, usize)> {
    UNITS.with_borrow_mut(|units| {
        let mut len = 0;
        for unit in text.encode_utf16() {
            *units.get_mut(len)? = unit;
            len += 1;
        }
        Some((units.as_ptr().cast(), len))
    })
}
