//! Short texts as words: a text of at least one word and at most two is its first and its last
//! one, which may overlap. To look at it, compare and copy it that way takes no call.

/// What holds some bytes of a text.
pub(super) trait Word: Copy + Eq {
    /// As 64 bits that are zero at the highest of each byte only if all of this are.
    fn fold(self) -> u64;
}

impl Word for u16 {
    #[inline(always)]
    fn fold(self) -> u64 {
        self.into()
    }
}

impl Word for u32 {
    #[inline(always)]
    fn fold(self) -> u64 {
        self.into()
    }
}

impl Word for u64 {
    #[inline(always)]
    fn fold(self) -> u64 {
        self
    }
}

impl Word for u128 {
    #[inline(always)]
    fn fold(self) -> u64 {
        self as u64 | (self >> 64) as u64
    }
}

/// The first and the last word of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends<T> {
    first: T,
    last: T,
}

/// Those of a text of a word or more.
#[inline(always)]
pub(super) fn ends_of<T: Word>(bytes: &[u8]) -> Ends<T> {
    assert!(bytes.len() >= size_of::<T>());
    let start = bytes.as_ptr();
    // SAFETY: it has as many bytes from its start, and before its end.
    unsafe {
        Ends {
            first: start.cast::<T>().read_unaligned(),
            last: start.add(bytes.len() - size_of::<T>()).cast::<T>().read_unaligned(),
        }
    }
}

impl<T: Word> Ends<T> {
    /// Whether both are.
    #[inline(always)]
    pub(super) fn are_ascii(self) -> bool {
        (self.first.fold() | self.last.fold()) & 0x8080_8080_8080_8080 == 0
    }

    /// Where to look for a text with these ends.
    #[inline(always)]
    pub(super) fn hash(self, len: usize) -> usize {
        let sum = (self.first.fold() ^ self.last.fold().rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (sum >> 48) as usize + len
    }

    /// Writes the text: its bytes, as many as two words at most.
    ///
    /// # Safety
    ///
    /// There is room for `len` bytes at `to`, which are a word at least.
    #[inline(always)]
    pub(super) unsafe fn write(self, to: *mut u8, len: usize) {
        // SAFETY: as the caller says.
        unsafe {
            to.cast::<T>().write_unaligned(self.first);
            to.add(len - size_of::<T>()).cast::<T>().write_unaligned(self.last);
        }
    }
}
