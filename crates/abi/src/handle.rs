//! Names of host values: who borrows holds a [`Handle`], who must release holds an
//! [`OwnedHandle`]. Both are one `u32` on the wire; the difference is in the types.

/// A borrowed handle: names a host value for as long as its owner keeps it.
///
/// ```
/// use handwire_abi::Handle;
/// assert!(Handle::UNDEFINED.is_fixed());
/// assert_eq!(Handle::from_raw(7 << 22 | 9).raw() >> 22, 7);
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Handle(u32);

impl Handle {
    /// No handle: an operation failed, an option is empty.
    pub const NONE: Handle = Handle(0);
    /// `undefined`
    pub const UNDEFINED: Handle = Handle(1);
    /// `null`
    pub const NULL: Handle = Handle(2);
    /// `false`
    pub const FALSE: Handle = Handle(3);
    /// `true`
    pub const TRUE: Handle = Handle(4);
    /// The global object that the embedder chose, or `undefined`.
    pub const GLOBAL: Handle = Handle(5);
    /// The host's object `extras`.
    pub const EXTRAS: Handle = Handle(6);
    /// Not a value: the result of an operation is a number and stands in its `out`.
    pub const NUMBER: Handle = Handle(7);

    /// The first handle that is not fixed.
    pub const FIRST: u32 = 8;
    /// How many low bits are the index; the rest is the generation.
    pub const INDEX_BITS: u32 = 22;

    /// The handle of this number.
    pub const fn from_raw(raw: u32) -> Handle {
        Handle(raw)
    }

    /// Its number.
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// Whether it has a fixed meaning, and so is never released.
    pub const fn is_fixed(self) -> bool {
        self.0 < Handle::FIRST
    }
}

/// An owned handle: whoever holds it must end it with
/// [`handle_release`](crate::handle_release), give it away, or find that it
/// [is fixed](Handle::is_fixed). It has no `Drop`; the safe layer adds that.
#[must_use = "an owned handle that is forgotten stays alive in the host for good"]
#[repr(transparent)]
#[derive(PartialEq, Eq, Debug)]
pub struct OwnedHandle(u32);

impl OwnedHandle {
    /// Takes over the ownership of a handle.
    pub const fn from_raw(raw: u32) -> OwnedHandle {
        OwnedHandle(raw)
    }

    /// The handle, for as long as this is kept.
    pub const fn borrow(&self) -> Handle {
        Handle(self.0)
    }

    /// Gives the ownership up to the caller, who must release the number.
    pub const fn into_raw(self) -> u32 {
        self.0
    }
}
