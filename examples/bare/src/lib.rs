//! bare: what is left when everything is left out. No crate, no allocator, no host script:
//! the page opens this module with `WebAssembly.instantiateStreaming` and calls two exports.
//!
//! A number crosses as it is. A text crosses as pointer and length, so somebody must own the
//! memory that it lies in. Here that is the page: everything from the exported global
//! `__heap_base` to the end of memory is used by nobody, because nothing in this module
//! allocates, and the page makes it as large as its text by `memory.grow`. A buffer inside of
//! the guest would have needed a size to be chosen, and an export to ask where it is.
#![no_std]

/// The sum, modulo 2^32.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Makes the letters a to z among `len` bytes at `ptr` upper case, in place. All other bytes
/// stay, so text in UTF-8 stays text, of the same length.
///
/// # Safety
///
/// The bytes lie in memory at `__heap_base` or above. A range outside of memory traps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn upper(ptr: *mut u8, len: usize) {
    for i in 0..len {
        // SAFETY: the caller says so.
        unsafe { (*ptr.add(i)).make_ascii_uppercase() };
    }
}

/// Every crate without std needs one. Nothing above can panic, so it isn't in the module.
#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
