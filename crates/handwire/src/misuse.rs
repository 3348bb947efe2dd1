//! [`Misuse`]: what is wrong with the use of an id, as the host is told.

use handwire_abi as abi;

/// Why an id names no value that can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    /// In use further out.
    ReEntered,
    /// Freed or dropped.
    Dropped,
    /// Given away.
    #[allow(dead_code)]
    Moved,
    /// Of another type.
    WrongValue,
    /// The guest has owners of its own.
    Shared,
}

impl Misuse {
    /// Tells the host, which ends the call that it waits for. The caller returns at once.
    #[cold]
    #[inline(never)]
    pub(crate) fn report(self, name: &str) {
        let code = match self {
            Misuse::ReEntered => abi::misuse::RE_ENTERED,
            Misuse::Dropped => abi::misuse::DROPPED,
            Misuse::Moved => abi::misuse::MOVED,
            Misuse::WrongValue => abi::misuse::WRONG_VALUE,
            Misuse::Shared => abi::misuse::SHARED,
        };
        // SAFETY: pointer and length are those of a text.
        unsafe { abi::error_misuse(code, name.as_ptr(), name.len()) };
    }
}
