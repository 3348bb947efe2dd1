//! Memory that the glue writes arguments into. It is not meant for calls within calls.

use std::cell::RefCell;

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for `size` bytes, until the next call of this.
#[unsafe(no_mangle)]
pub extern "C" fn room(size: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        *room = vec![0; size];
        room.as_mut_ptr()
    })
}

/// What stands at an address in the room.
///
/// # Safety
///
/// The glue has written `len` bytes there.
pub unsafe fn bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: the caller says so.
    unsafe { std::slice::from_raw_parts(ptr, len) }
}

/// The same as text.
///
/// # Safety
///
/// The glue has written `len` bytes of UTF-8 there.
pub unsafe fn text<'a>(ptr: *const u8, len: usize) -> &'a str {
    // SAFETY: the caller says so.
    unsafe { std::str::from_utf8_unchecked(bytes(ptr, len)) }
}
