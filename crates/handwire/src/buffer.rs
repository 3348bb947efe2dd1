//! Reading what has a length that only the host knows.

use core::mem::MaybeUninit;
use heap::vec::Vec;

/// Texts up to this size take one crossing.
const SCRATCH: usize = 256;

/// Reads through `write`, which is given a buffer and its capacity, fills it if all fits,
/// and says how many elements there are. The first try goes to the stack, the next to a
/// block of just that size.
#[inline]
pub(crate) fn read<T: Copy>(write: impl Fn(*mut T, usize) -> usize) -> Vec<T> {
    let mut scratch = [const { MaybeUninit::<T>::uninit() }; SCRATCH];
    let len = write(scratch.as_mut_ptr().cast(), SCRATCH);
    if len <= SCRATCH {
        let mut content = Vec::with_capacity(len);
        // SAFETY: `write` has filled `len` elements, and there is room for as many.
        unsafe {
            core::ptr::copy_nonoverlapping(scratch.as_ptr().cast(), content.as_mut_ptr(), len);
            content.set_len(len);
        }
        return content;
    }
    read_long(len, write)
}

/// The same for what is likely long, or whose length `len` is known.
#[inline]
pub(crate) fn read_long<T: Copy>(mut len: usize, write: impl Fn(*mut T, usize) -> usize) -> Vec<T> {
    let mut content = Vec::new();
    // Once is enough for all but an array in shared memory, which may grow meanwhile.
    loop {
        content.reserve_exact(len);
        len = write(content.as_mut_ptr(), content.capacity());
        if len <= content.capacity() {
            // SAFETY: `write` has filled `len` elements.
            unsafe { content.set_len(len) };
            return content;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    /// What an operation of the host does with a text of `len` units.
    fn host<T: Copy>(content: &[T], tries: &Cell<usize>) -> impl Fn(*mut T, usize) -> usize {
        move |ptr, capacity| {
            tries.set(tries.get() + 1);
            if content.len() <= capacity {
                // SAFETY: the buffer has that capacity.
                unsafe { core::ptr::copy_nonoverlapping(content.as_ptr(), ptr, content.len()) };
            }
            content.len()
        }
    }

    #[test]
    fn both_sides_of_the_scratch_size() {
        for (len, crossings) in [(0, 1), (1, 1), (SCRATCH - 1, 1), (SCRATCH, 1), (SCRATCH + 1, 2), (5000, 2)] {
            let content: Vec<u16> = (0..len).map(|unit| unit as u16).collect();
            let tries = Cell::new(0);
            let read = read(host(&content, &tries));
            assert_eq!((read.len(), tries.get()), (len, crossings));
            assert_eq!(read, content);
            assert_eq!(read.capacity(), len);
        }
    }

    #[test]
    fn what_grows_meanwhile_is_read_again() {
        let len = Cell::new(3);
        let content = read_long(2, |ptr: *mut u8, capacity| {
            if len.get() <= capacity {
                // SAFETY: the buffer has that capacity.
                unsafe { ptr.write_bytes(7, len.get()) };
                return len.get();
            }
            len.set(len.get() + 1);
            len.get()
        });
        assert_eq!(content, [7; 4]);
    }
}
