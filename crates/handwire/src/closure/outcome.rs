//! [`Outcome`]: results of closures.

use crate::wire::{Block, Element, Lower, Piece, Return, Scalar, Text, Throw};
use handwire_abi::{Slot, kind};

/// What a closure can give: every type that crosses inside of another, `()`, a closure, a
/// `Result` of those with an error that is [`Throw`], and what of all these comes later, `Async` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the result of a closure",
    label = "the wire has no form for this type",
    note = "(), numbers, bool, char, String, JsValue and the typed family, Option and Vec of those, records and enums of record!, Closure, Result of those with an error that implements `handwire::wire::Throw`, and Async of all these can"
)]
pub trait Outcome {
    /// Its name in the contract section; empty for `()`.
    const TYPE: Text;

    /// What stands behind the parameters.
    const ARROW: Text = if Self::TYPE.is_empty() { &[] } else { &[Piece::Str("->"), Piece::Sub(Self::TYPE)] };

    /// How it can be the result of a call with four numbers.
    const SCALAR: Scalar = Scalar::No;

    /// Whether it comes later.
    #[doc(hidden)]
    const ASYNC: bool = false;

    /// Writes the return slot, as the last act of a call, and gives the status.
    fn write(self) -> i32;

    /// The result of `hw_call4`.
    #[inline]
    fn number(self) -> f64
    where
        Self: Sized,
    {
        f64::NAN
    }

    /// The result of `hw_call4i`.
    #[inline]
    fn integer(self) -> i32
    where
        Self: Sized,
    {
        0
    }
}

impl<T: Element + Return> Outcome for T {
    const TYPE: Text = <T as Element>::TYPE;
    const SCALAR: Scalar = T::SCALAR;

    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }

    #[inline(always)]
    fn number(self) -> f64 {
        let slot = self.lower_slot(&mut Block::new(0));
        if slot.kind() == kind::BOOL { slot.payload() as f64 } else { f64::from_bits(slot.payload()) }
    }

    #[inline(always)]
    fn integer(self) -> i32 {
        self.into_i32()
    }
}

impl Outcome for () {
    const TYPE: Text = &[];
    const SCALAR: Scalar = Scalar::Integer;

    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }

    #[inline(always)]
    fn number(self) -> f64 {
        0.0
    }
}

impl<T: Lower + Return, E: Throw> Outcome for Result<T, E> {
    const TYPE: Text = &[
        Piece::Str(if T::TYPE.is_empty() { "result<()" } else { "result<" }),
        Piece::Sub(T::TYPE),
        Piece::Sub(E::TYPE),
        Piece::Str(">"),
    ];

    #[inline]
    fn write(self) -> i32 {
        match self {
            Ok(value) => {
                value.write();
                0
            }
            Err(error) => {
                error.throw();
                1
            }
        }
    }
}

/// The argument that one of the numbers of `hw_call4` is, if it is of a type that can be.
#[inline(always)]
pub(super) fn from_number<T: Element>(number: f64) -> T {
    match T::SCALAR {
        // Integers of 32 bits with and without a sign are in the range of this.
        Scalar::Integer => T::from_i32(number as i64 as i32),
        // SAFETY: a float is a number in its slot; a type that is none of them comes here from
        // code that never runs only.
        _ => unsafe { T::lift_slot(Slot::number(number)) },
    }
}
