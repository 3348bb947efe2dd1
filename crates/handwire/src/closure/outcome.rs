//! [`Outcome`]: results of closures.

use crate::wire::{Element, Lower, Piece, Return, Text, Throw};
use handwire_abi::{Slot, kind};

/// What a closure can give: every type that crosses inside of another, `()`, a closure, and a
/// `Result` of those with an error that is [`Throw`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the result of a closure",
    label = "the wire has no form for this type",
    note = "(), numbers, bool, char, String, JsValue and the typed family, Option and Vec of those, records and enums of record!, Closure, and Result of those with an error that implements `handwire::wire::Throw` can"
)]
pub trait Outcome {
    /// Its name in the contract section; empty for `()`.
    const TYPE: Text;

    /// What stands behind the parameters.
    const ARROW: Text = if Self::TYPE.is_empty() { &[] } else { &[Piece::Str("->"), Piece::Sub(Self::TYPE)] };

    /// Whether it can be the result of `hw_call4`.
    const SCALAR: bool = false;

    /// Writes the return slot, as the last act of a call, and gives the status.
    fn write(self) -> i32;

    /// The result of `hw_call4`.
    fn number(self) -> f64
    where
        Self: Sized,
    {
        f64::NAN
    }
}

impl<T: Element + Return> Outcome for T {
    const TYPE: Text = <T as Element>::TYPE;
    const SCALAR: bool = T::SCALAR.is_some();

    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }

    #[inline(always)]
    fn number(self) -> f64 {
        let payload = self.lower_slot(&mut crate::wire::Block::new(0)).payload();
        if is_bool::<T>() { payload as f64 } else { f64::from_bits(payload) }
    }
}

impl Outcome for () {
    const TYPE: Text = &[];
    const SCALAR: bool = true;

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
    let slot = if is_bool::<T>() { Slot::bool(number != 0.0) } else { Slot::number(number) };
    // SAFETY: the slot is of this type's kind: a type without a `SCALAR` comes here from code
    // that never runs only.
    unsafe { T::lift_slot(slot) }
}

#[inline(always)]
const fn is_bool<T: Element>() -> bool {
    matches!(T::SCALAR, Some(kind::BOOL))
}
