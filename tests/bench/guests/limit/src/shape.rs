//! Which shape a text has, so that the glue takes the fastest way without a look at it.

use std::cell::{Cell, RefCell};

/// Short ASCII, short UTF-16 units, long UTF-8, long UTF-16 units.
#[repr(u32)]
#[derive(Clone, Copy)]
pub enum Shape {
    Ascii = 0,
    Units = 1,
    Utf8 = 2,
    Utf16 = 3,
}

/// Up to so many units the glue builds a string of its units.
const SHORT: usize = 16;
/// As far as this a long text is looked at: a wrong guess costs time and nothing else.
const GLANCE: usize = 64;

thread_local! {
    static UNITS: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    static SLOW_UTF8: Cell<bool> = const { Cell::new(false) };
}

/// The glue says whether its engine reads UTF-8 that isn't ASCII slower than UTF-16.
#[unsafe(no_mangle)]
extern "C" fn slow_utf8(slow: bool) {
    SLOW_UTF8.set(slow);
}

/// Address, length (in bytes or units) and shape, as the glue wants a text.
pub fn shaped(text: &str) -> (*const u8, usize, Shape) {
    let bytes = text.as_bytes();
    // A text of so few units has at most three times as many bytes.
    if bytes.len() <= 3 * SHORT {
        if bytes.len() <= SHORT && bytes.is_ascii() {
            return (bytes.as_ptr(), bytes.len(), Shape::Ascii);
        }
        if let (ptr, len @ ..=SHORT) = as_units(text) {
            return (ptr, len, Shape::Units);
        }
    }
    if SLOW_UTF8.get() && !bytes[..bytes.len().min(GLANCE)].is_ascii() {
        let (ptr, len) = as_units(text);
        return (ptr, len, Shape::Utf16);
    }
    (bytes.as_ptr(), bytes.len(), Shape::Utf8)
}

fn as_units(text: &str) -> (*const u8, usize) {
    UNITS.with_borrow_mut(|units| {
        units.clear();
        units.extend(text.encode_utf16());
        (units.as_ptr().cast(), units.len())
    })
}
