//! The smallest useful guest with no library at all, for the rows `m`.

use std::cell::UnsafeCell;

struct Room(UnsafeCell<[u8; 256]>);

// SAFETY: one thread is in this instance.
unsafe impl Sync for Room {}

static ROOM: Room = Room(UnsafeCell::new([0; 256]));

#[unsafe(no_mangle)]
extern "C" fn room() -> *const u8 {
    ROOM.0.get().cast()
}

/// Greets the name of `len` bytes that stands in the room; the greeting stands there then, and its length is
/// returned.
#[unsafe(no_mangle)]
extern "C" fn greet(len: usize) -> usize {
    // SAFETY: one thread is in this instance, and nothing else refers to the room.
    let room = unsafe { &mut *ROOM.0.get() };
    let greeting = format!("Hello, {}!", String::from_utf8_lossy(&room[..len]));
    room[..greeting.len()].copy_from_slice(greeting.as_bytes());
    greeting.len()
}
