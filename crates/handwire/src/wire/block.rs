//! A block of guest memory with the slots and the content of one result: all that a list or
//! a record points to, in one allocation that the next return frees.

use core::mem::MaybeUninit;
use handwire_abi::Slot;
use heap::vec::Vec;

/// Room for the content of slots, made once and filled from the front.
#[derive(Debug)]
pub struct Block {
    room: Vec<MaybeUninit<Slot>>,
}

impl Block {
    /// A block for so many bytes.
    pub fn new(size: usize) -> Block {
        Block { room: Vec::with_capacity(size.div_ceil(size_of::<Slot>())) }
    }

    /// How many bytes of a block a content takes.
    pub const fn size(len: usize) -> usize {
        len.next_multiple_of(size_of::<Slot>())
    }

    /// Gives the next `len` bytes, 8-aligned. They must be written before the host sees them.
    ///
    /// # Panics
    ///
    /// If the block was made too small.
    pub fn take(&mut self, len: usize) -> *mut u8 {
        let slots = Block::size(len) / size_of::<Slot>();
        let start = self.room.len();
        assert!(slots <= self.room.capacity() - start, "a block is made for all of its content");
        // SAFETY: it is within the capacity, and uninitialised content is of that type.
        unsafe { self.room.set_len(start + slots) };
        self.room[start..].as_mut_ptr().cast()
    }

    /// Copies a content into the block, and gives its address.
    pub fn copy(&mut self, content: &[u8]) -> usize {
        let place = self.take(content.len());
        // SAFETY: the place is just so long, and nothing else's.
        unsafe { core::ptr::copy_nonoverlapping(content.as_ptr(), place, content.len()) };
        place as usize
    }

    /// All of the block, for whoever keeps it.
    pub(crate) fn into_room(self) -> Vec<MaybeUninit<Slot>> {
        self.room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_lie_apart_and_aligned() {
        let mut block = Block::new(Block::size(1) + Block::size(17) + Block::size(0));
        let first = block.copy(b"a");
        let second = block.copy(b"seventeen bytes .");
        block.copy(b"");
        assert_eq!((first % 8, second - first), (0, 16));
        assert_eq!(block.into_room().len(), 3);
    }

    #[test]
    #[should_panic(expected = "for all of its content")]
    fn too_small() {
        Block::new(16).take(17);
    }
}
