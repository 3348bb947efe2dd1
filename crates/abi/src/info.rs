//! The record that `hw_info` points to.

use crate::{MAJOR, MINOR, Slot};
use core::cell::UnsafeCell;

/// What a guest tells the host before the first call. A guest that wants text from
/// the host keeps one in a static and gives its address:
///
/// ```
/// use handwire_abi::{Info, Slot};
/// use core::cell::UnsafeCell;
///
/// #[repr(C, align(8))]
/// struct Room(UnsafeCell<[u8; 1024]>, UnsafeCell<Slot>);
/// // SAFETY: a guest has one thread; only the host and one export at a time touch it.
/// unsafe impl Sync for Room {}
/// static ROOM: Room = Room(UnsafeCell::new([0; 1024]), UnsafeCell::new(Slot::NONE));
/// static INFO: Info = Info::new(0, ROOM.0.get().cast(), 1024, &ROOM.1);
///
/// // #[unsafe(no_mangle)], in a guest
/// extern "C" fn hw_info() -> &'static Info {
///     &INFO
/// }
/// assert_eq!(hw_info().features(), 0);
/// ```
#[repr(C)]
pub struct Info {
    magic: u32,
    major: u16,
    minor: u16,
    features: u32,
    arena_ptr: *const u8,
    arena_len: u32,
    return_ptr: *const UnsafeCell<Slot>,
    status_ptr: *const UnsafeCell<u32>,
    reserved: u32,
}

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<Info>() == 32);

// SAFETY: the record is never written, and the pointers in it are for the host to read.
unsafe impl Sync for Info {}

impl Info {
    /// `HWIR` in memory.
    pub const MAGIC: u32 = 0x5249_5748;

    /// A record of this contract version, without a status word. The arena is 8-aligned, its length a multiple of 8.
    pub const fn new(features: u32, arena: *const u8, arena_len: u32, return_slot: &'static UnsafeCell<Slot>) -> Info {
        assert!(arena_len.is_multiple_of(8), "the length of an arena is a multiple of 8");
        Info {
            magic: Info::MAGIC,
            major: MAJOR,
            minor: MINOR,
            features,
            arena_ptr: arena,
            arena_len,
            return_ptr: return_slot,
            status_ptr: core::ptr::null(),
            reserved: 0,
        }
    }

    /// The same with a status word, for guests with declared imports.
    pub const fn with_status(self, status: &'static UnsafeCell<u32>) -> Info {
        Info { status_ptr: status, ..self }
    }

    /// Its feature bits.
    pub const fn features(&self) -> u32 {
        self.features
    }
}
