//! Rows i: a function that awaits a number, as the two halves that the glue calls. What it is between them
//! is a place in a list. It can't be stopped, and is told of no rejection.

use std::cell::RefCell;

/// The places that are free, and how many there are.
struct Waits {
    free: Vec<u32>,
    all: u32,
}

thread_local! {
    static WAITS: RefCell<Waits> = const { RefCell::new(Waits { free: Vec::new(), all: 0 }) };
}

/// What comes before the await: gives the place.
#[unsafe(no_mangle)]
pub extern "C" fn begin_awaited() -> u32 {
    WAITS.with_borrow_mut(|waits| {
        waits.free.pop().unwrap_or_else(|| {
            waits.all += 1;
            waits.all - 1
        })
    })
}

/// What comes after it.
#[unsafe(no_mangle)]
pub extern "C" fn end_awaited(place: u32, number: f64) -> f64 {
    WAITS.with_borrow_mut(|waits| waits.free.push(place));
    number
}
