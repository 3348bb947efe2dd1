//! The feature `dlmalloc`.
//!
//! Not the crate's own global allocator: that checks sizes again and is 0.6 KB larger.

use ::dlmalloc::Dlmalloc;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;

/// What its blocks are aligned to without being asked.
const ALIGN: usize = 2 * size_of::<usize>();

struct Global(UnsafeCell<Dlmalloc>);

// SAFETY: an instance is entered by one thread at a time, says the contract.
unsafe impl Sync for Global {}

#[global_allocator]
static ALLOCATOR: Global = Global(UnsafeCell::new(Dlmalloc::new()));

impl Global {
    #[inline]
    #[allow(clippy::mut_from_ref, reason = "one thread, and the allocator calls nobody")]
    fn get(&self) -> &mut Dlmalloc {
        // SAFETY: the reference ends before the next is made.
        unsafe { &mut *self.0.get() }
    }
}

// SAFETY: blocks come from Dlmalloc, which is an allocator.
unsafe impl GlobalAlloc for Global {
    // Always: only so is the branch folded where the alignment is known, and the code for
    // large ones left out.
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() <= ALIGN {
            // SAFETY: any size will do.
            return unsafe { self.get().c_malloc(layout.size()) };
        }
        // SAFETY: a layout's alignment is a power of two.
        unsafe { self.get().c_memalign(layout.align(), layout.size()) }
    }

    #[inline]
    unsafe fn dealloc(&self, ptr: *mut u8, _layout: Layout) {
        // SAFETY: the caller says that the block is from here.
        unsafe { self.get().c_free(ptr) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: a layout's alignment is a power of two.
        unsafe { self.get().calloc(layout.size(), layout.align()) }
    }

    #[inline]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if layout.align() <= ALIGN {
            // SAFETY: the caller says that the block is from here.
            return unsafe { self.get().c_realloc(ptr, size) };
        }
        // SAFETY: the caller says that the block is from here, and that the new size makes
        // a layout. The two blocks don't overlap.
        unsafe {
            let to = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !to.is_null() {
                to.copy_from_nonoverlapping(ptr, size.min(layout.size()));
                self.dealloc(ptr, layout);
            }
            to
        }
    }
}
