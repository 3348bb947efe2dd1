//! What every guest exports, and the statics behind it: the library's only `no_mangle`s.
//! On other targets they are plain functions, for tests.

#[cfg(feature = "functions")]
use crate::{closure, instances, table};
use core::cell::UnsafeCell;
use core::ptr;
use handwire_abi::{Info, Slot};
use heap::alloc::{Layout, alloc, dealloc};

/// Arguments up to this size together take no allocation.
const ARENA_LEN: u32 = 16 * 1024;

/// Memory that the host and one export at a time touch.
#[repr(C, align(8))]
pub(crate) struct Shared<T>(UnsafeCell<T>);

// SAFETY: an instance is entered by one thread at a time, says the contract. On other
// targets nobody touches the content.
unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    pub(crate) const fn new(content: T) -> Shared<T> {
        Shared(UnsafeCell::new(content))
    }

    pub(crate) const fn get(&self) -> *mut T {
        self.0.get()
    }
}

static ARENA: Shared<[u8; ARENA_LEN as usize]> = Shared::new([0; ARENA_LEN as usize]);
pub(crate) static RETURN_SLOT: Shared<Slot> = Shared::new(Slot::NONE);
static STATUS: Shared<u32> = Shared::new(0);
static INFO: Info = Info::new(0, ARENA.0.get().cast(), ARENA_LEN, &RETURN_SLOT.0).with_status(&STATUS.0);

/// What the last declared import threw, as a handle that is the caller's now; 0 if nothing.
#[inline(always)]
pub(crate) fn take_status() -> u32 {
    // SAFETY: one thread is in this instance, and the host writes the word only while an
    // import runs. It writes behind the compiler's back, so this is volatile.
    unsafe {
        let status = STATUS.0.get();
        let thrown = status.read_volatile();
        if thrown != 0 {
            status.write_volatile(0);
        }
        thrown
    }
}

/// The info record. The host asks for it before the first call, so this is also where a
/// guest with std gets its panic hook.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_info() -> &'static Info {
    #[cfg(feature = "std")]
    crate::panic::install();
    &INFO
}

/// Gives `size` bytes at a multiple of `align`, which is 1, 2, 4 or 8; null when there is
/// no memory left, and for a size or alignment that makes no sense.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_alloc(size: usize, align: usize) -> *mut u8 {
    match layout(size, align) {
        // SAFETY: the size is not 0.
        Some(layout) => unsafe { alloc(layout) },
        None => ptr::null_mut(),
    }
}

/// Takes back what [`hw_alloc`] gave, or what the guest handed over.
///
/// # Safety
///
/// `ptr` came from either, with this size and alignment, and was not given back before.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hw_free(ptr: *mut u8, size: usize, align: usize) {
    if let Some(layout) = layout(size, align) {
        // SAFETY: the caller says so; what was allocated has the same layout.
        unsafe { dealloc(ptr, layout) }
    }
}

/// Takes back a value that the host held by its id; one that has ended already is no matter.
#[cfg(feature = "functions")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_drop(id: u32) {
    // Of what the table has, ids are odd; others are addresses, of closures or of instances.
    if id & 1 != 0 {
        drop(table::remove(id));
    } else if closure::is_closure(id) {
        closure::remove(id);
    } else {
        instances::remove(id);
    }
}

/// What a waiter waited for is there: a value if `status` is 0, otherwise a handle of what was thrown. Gives the end of a call, or 0: its task times 4,
/// and the status.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_settle(waiter: u32, status: u32, value: u32) -> u32 {
    crate::task::run_woken(crate::task::settle(waiter, status, value)).raw()
}

/// The promise of a waiter that takes a number is fulfilled with one. Gives what `hw_settle` gives.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_settle_number(waiter: u32, number: f64) -> u32 {
    crate::task::run_woken(crate::task::settle_number(waiter, number)).raw()
}

/// Runs the tasks that are ready.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_run() {
    crate::task::answer();
}

/// Ends a task: its call is over for the host.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_cancel(task: u32) {
    crate::task::cancel_number(task);
}

/// Asks a stream for its next item.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_next(stream: u32) -> i32 {
    crate::task::next(stream)
}

/// The host holds that stream no more.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_close(stream: u32) {
    crate::task::close(stream);
}

/// How many tasks live.
#[cfg(feature = "async")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hw_tasks() -> u32 {
    crate::task::live() as u32
}

/// Calls a closure of up to four integers and booleans.
///
/// # Safety
///
/// The host has the id of a closure, and has not ended it.
#[cfg(feature = "functions")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hw_call4i(closure: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
    // In a function of its own, or the arguments would go through memory in either case.
    #[cold]
    #[inline(never)]
    fn join(seat: &closure::Seat, a: i32, b: i32, c: i32, d: i32) -> i32 {
        seat.join(0, |code| code.call4i(a, b, c, d))
    }
    // SAFETY: the host says so.
    let seat = unsafe { closure::seat(closure) };
    let Some(code) = seat.enter() else { return join(seat, a, b, c, d) };
    let result = code.call4i(a, b, c, d);
    seat.leave();
    result
}

/// Calls a closure of up to four numbers.
///
/// # Safety
///
/// As for [`hw_call4i`].
#[cfg(feature = "functions")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hw_call4(closure: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
    #[cold]
    #[inline(never)]
    fn join(seat: &closure::Seat, a: f64, b: f64, c: f64, d: f64) -> f64 {
        seat.join(0.0, |code| code.call4(a, b, c, d))
    }
    // SAFETY: the host says so.
    let seat = unsafe { closure::seat(closure) };
    let Some(code) = seat.enter() else { return join(seat, a, b, c, d) };
    let result = code.call4(a, b, c, d);
    seat.leave();
    result
}

/// Calls a closure with `argc` slots, and gives a status; of one that gives a promise, perhaps a task.
///
/// # Safety
///
/// As for [`hw_call4i`]; and it wrote the slots for the closure's type.
#[cfg(feature = "functions")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hw_call(closure: u32, args: *const Slot, argc: usize, this: u32, flags: u32) -> i32 {
    let call = closure::Call { args, argc, this, flags };
    // SAFETY: the host says so.
    let seat = unsafe { closure::seat(closure) };
    let status = match seat.enter() {
        Some(code) => {
            let status = code.call(call);
            seat.leave();
            status
        }
        None => seat.join(0, |code| code.call(call)),
    };
    // The closure is free again: what it began runs from here on, and may call it.
    #[cfg(feature = "async")]
    let status = crate::task::begin(status);
    status
}

#[inline(always)]
fn layout(size: usize, align: usize) -> Option<Layout> {
    if size == 0 || !matches!(align, 1 | 2 | 4 | 8) {
        return None;
    }
    // The same alignment, in a form that shows its bound: the allocator's code for larger
    // ones is left out.
    Layout::from_size_align(size, 1 << (align.trailing_zeros() & 3)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_info_record_says_what_the_contract_says() {
        let info = hw_info();
        assert_eq!(info.features(), 0);
        assert!(ptr::eq(info, hw_info()));
        assert_eq!(align_of_val(&ARENA), 8);
        assert_eq!(align_of_val(&RETURN_SLOT), 8);
        // SAFETY: an info record is readable from its first field on.
        assert_eq!(unsafe { ptr::from_ref(info).cast::<u32>().read() }, Info::MAGIC);
    }

    #[test]
    fn blocks_of_odd_sizes_and_all_alignments_go_and_come_back() {
        for align in [1, 2, 4, 8] {
            for size in [1, 2, 3, 7, 8, 9, 255, 4097, 65_537] {
                let ptr = hw_alloc(size, align);
                assert!(!ptr.is_null() && ptr.addr().is_multiple_of(align), "{size} bytes at {align}");
                // SAFETY: the block is so long, and goes back once.
                unsafe {
                    ptr.write_bytes(0xA5, size);
                    assert_eq!(ptr.add(size - 1).read(), 0xA5);
                    hw_free(ptr, size, align);
                }
            }
        }
    }

    #[test]
    fn nonsense_gets_nothing() {
        for (size, align) in
            [(0, 1), (8, 0), (8, 3), (8, 16), (8, usize::MAX), (usize::MAX, 1), (usize::MAX / 2 + 1, 8)]
        {
            let ptr = hw_alloc(size, align);
            assert!(ptr.is_null(), "{size} bytes at {align}");
            // SAFETY: such a size or alignment frees nothing.
            unsafe { hw_free(ptr, size, align) };
        }
    }
}
