//! Arguments of async methods of interfaces: what is given is kept by the future until that makes the
//! call. It outlives what it was made of, so what was borrowed is kept as what owns the same: the other way round
//! than in [`argument`](super::argument), and found in the same way.

use super::argument::Argument;
use crate::wire::Pass;
use heap::borrow::ToOwned;
use heap::string::String;

/// An argument that is kept.
#[derive(Debug)]
pub struct Gift<O>(O);

impl<O: Pass> Gift<O> {
    /// Takes it for a call.
    #[inline]
    #[must_use]
    pub fn pass(self) -> Passed<O> {
        Passed(self.0.hold())
    }
}

/// An argument for the time of a call.
#[derive(Debug)]
pub struct Passed<O: Pass>(O::Hold);

impl<O: Pass> Passed<O> {
    /// Its wires.
    #[inline]
    #[must_use]
    pub fn wires(&self) -> (O::A, O::B) {
        O::pass(&self.0)
    }
}

/// Keeps an argument that owns what it holds.
pub trait Giving<T> {
    /// Takes it.
    fn give(&self, value: T) -> Gift<T>;
}

impl<T: Pass> Giving<T> for Argument<T> {
    #[inline]
    fn give(&self, value: T) -> Gift<T> {
        Gift(value)
    }
}

/// Keeps an argument that borrows.
pub trait Copying<T> {
    /// What owns the same.
    type Owned;

    /// Copies it.
    fn give(&self, value: T) -> Gift<Self::Owned>;
}

impl<'a, T: ?Sized + ToOwned<Owned: Pass>> Copying<&'a T> for &Argument<&'a T> {
    type Owned = T::Owned;

    #[inline]
    fn give(&self, value: &'a T) -> Gift<T::Owned> {
        Gift(value.to_owned())
    }
}

impl<'a> Copying<Option<&'a str>> for &Argument<Option<&'a str>> {
    type Owned = Option<String>;

    #[inline]
    fn give(&self, value: Option<&'a str>) -> Gift<Option<String>> {
        Gift(value.map(ToOwned::to_owned))
    }
}
