//! [`Receive`]: results of imports.

use super::{Declared, Element, Lower, Misfit, Piece, Text};
use crate::{CallError, JsError, JsValue};
use core::mem::MaybeUninit;
use core::num::NonZeroU32;
use handwire_abi::{Handle, OwnedHandle, Slot};
use heap::string::String;
use heap::vec::Vec;

/// Makes the result of an import of its wires: of the wasm result, or of the slot whose
/// address was the last parameter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the result of an import",
    label = "the wire has no form for this type"
)]
pub trait Receive: Sized {
    /// Its name in the contract section; empty for `()`.
    const TYPE: Text;
    /// The wasm result.
    type Wire;
    /// The last parameter: `*mut Slot` for what comes in a slot, `()` for all else.
    type Out;

    /// The last parameter of the call.
    fn out(slot: &mut MaybeUninit<Slot>) -> Self::Out;

    /// The value.
    ///
    /// # Errors
    ///
    /// The guest can't have what the host gave.
    ///
    /// # Safety
    ///
    /// Wire and slot are what the host gave for this type, and it threw nothing.
    unsafe fn try_receive(wire: Self::Wire, slot: MaybeUninit<Slot>) -> Result<Self, Misfit>;

    /// The value, of a function of that name. What the guest can't have is a panic, unless the type can hold the error.
    ///
    /// # Safety
    ///
    /// As for [`Receive::try_receive`].
    #[inline(always)]
    #[track_caller]
    unsafe fn receive(wire: Self::Wire, slot: MaybeUninit<Slot>, name: &'static str) -> Self {
        // SAFETY: the caller says so.
        match unsafe { Self::try_receive(wire, slot) } {
            Ok(value) => value,
            Err(misfit) => misfit.panic(name),
        }
    }

    /// What becomes of an exception: a panic, unless the type can hold it.
    #[inline(always)]
    #[track_caller]
    fn caught(status: Status) -> Self {
        status.panic()
    }
}

/// `type, |wire| value`
macro_rules! scalars {
    ($($type:ty, |$wire:ident| $lift:expr;)*) => {$(
        impl Receive for $type {
            const TYPE: Text = <$type as Lower>::TYPE;
            type Wire = <$type as Lower>::Wire;
            type Out = ();

            #[inline(always)]
            fn out(_: &mut MaybeUninit<Slot>) {}

            #[inline(always)]
            unsafe fn try_receive($wire: Self::Wire, _: MaybeUninit<Slot>) -> Result<$type, Misfit> {
                Ok($lift)
            }
        }
    )*};
}

scalars! {
    bool, |wire| wire != 0;
    i8, |wire| wire as i8;
    u8, |wire| wire as u8;
    i16, |wire| wire as i16;
    u16, |wire| wire as u16;
    i32, |wire| wire;
    u32, |wire| wire;
    usize, |wire| wire;
    i64, |wire| wire;
    u64, |wire| wire;
    f32, |wire| wire;
    f64, |wire| wire;
    char, |wire| crate::export::lift_char(wire);
    JsValue, |wire| JsValue::made(OwnedHandle::from_raw(wire));
    (), |_wire| ();
}

/// What comes in a slot.
macro_rules! slots {
    ($([$($generic:tt)*] $type:ty;)*) => {$(
        impl<$($generic)*> Receive for $type {
            const TYPE: Text = <$type as Element>::TYPE;
            type Wire = ();
            type Out = *mut Slot;

            #[inline(always)]
            fn out(slot: &mut MaybeUninit<Slot>) -> *mut Slot {
                slot.as_mut_ptr()
            }

            #[inline]
            unsafe fn try_receive(_: (), slot: MaybeUninit<Slot>) -> Result<$type, Misfit> {
                // SAFETY: the host wrote it for this type.
                unsafe { <$type as Element>::try_lift_slot(slot.assume_init()) }
            }
        }
    )*};
}

slots! {
    [] String;
    [T: Element] Vec<T>;
    [T: Element] Option<T>;
}

impl<T: Receive, E: Caught> Receive for Result<T, E> {
    const TYPE: Text = &[
        Piece::Str("result<"),
        if T::TYPE.is_empty() { Piece::Str("()") } else { Piece::Sub(T::TYPE) },
        Piece::Sub(E::ERROR),
        Piece::Str(">"),
    ];
    type Wire = T::Wire;
    type Out = T::Out;

    #[inline(always)]
    fn out(slot: &mut MaybeUninit<Slot>) -> T::Out {
        T::out(slot)
    }

    #[inline(always)]
    unsafe fn try_receive(wire: T::Wire, slot: MaybeUninit<Slot>) -> Result<Result<T, E>, Misfit> {
        // SAFETY: the caller says so.
        unsafe { T::try_receive(wire, slot) }.map(Ok)
    }

    #[inline(always)]
    unsafe fn receive(wire: T::Wire, slot: MaybeUninit<Slot>, name: &'static str) -> Result<T, E> {
        // SAFETY: the caller says so.
        unsafe { T::try_receive(wire, slot) }.map_err(|misfit| E::caught(Err(misfit.into_error(name))))
    }

    #[inline]
    fn caught(status: Status) -> Result<T, E> {
        Err(E::caught(status.into_error()))
    }
}

/// What the error of an import's `Result` can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be what a call to the host fails with",
    label = "nothing says what becomes of a value that is thrown and is no `{Self}`",
    note = "it can be a JsError, a CallError<E>, or an E with `impl From<JsError> for E`, where E is a struct or enum of record!"
)]
pub trait Caught: Sized {
    /// What stands in the line behind the value's type: `, E`, or nothing.
    const ERROR: Text;
    /// The error that the line names.
    type Named: Element;

    /// The error of what was thrown: of the type that the line names, or anything.
    fn caught(error: Result<Self::Named, JsError>) -> Self;
}

impl Caught for JsError {
    const ERROR: Text = &[];
    /// There is none: the host gives a handle.
    type Named = JsValue;

    #[inline]
    fn caught(error: Result<JsValue, JsError>) -> JsError {
        error.map_or_else(|thrown| thrown, JsError::from)
    }
}

impl<E: Declared> Caught for CallError<E> {
    const ERROR: Text = &[Piece::Str(", "), Piece::Sub(E::TYPE)];
    type Named = E;

    #[inline]
    fn caught(error: Result<E, JsError>) -> CallError<E> {
        error.map_or_else(CallError::Unexpected, CallError::Declared)
    }
}

impl<E: Declared + From<JsError>> Caught for E {
    const ERROR: Text = &[Piece::Str(", "), Piece::Sub(E::TYPE)];
    type Named = E;

    #[inline]
    fn caught(error: Result<E, JsError>) -> E {
        error.unwrap_or_else(E::from)
    }
}

/// The status word after a call that threw.
#[derive(Debug)]
pub struct Status(NonZeroU32);

impl Status {
    /// The error: it stands in the return slot if the host found it to be what the line names.
    fn into_error<E: Element>(self) -> Result<E, JsError> {
        if self.0.get() == Handle::NUMBER.raw() {
            // SAFETY: the host wrote it for this type just now.
            unsafe { E::try_lift_slot(*crate::exports::RETURN_SLOT.get()) }
                .map_err(|misfit| misfit.raise("what was thrown"))
        } else {
            Err(self.into_thrown())
        }
    }

    /// Ends the guest with the words of what was thrown. Apart from the import, which needs no room on the stack so.
    #[cold]
    #[inline(never)]
    #[track_caller]
    fn panic(self) -> ! {
        panic!("{}", self.into_thrown())
    }

    /// The thrown value.
    #[cold]
    #[inline(never)]
    fn into_thrown(self) -> JsError {
        JsError::from(JsValue::made(OwnedHandle::from_raw(self.0.get())))
    }
}

/// Takes the status word: something, if the last declared import threw.
#[inline(always)]
pub fn take_status() -> Option<Status> {
    NonZeroU32::new(crate::exports::take_status()).map(Status)
}

/// What the last declared import threw, if it did: for one whose line names no error.
#[inline(always)]
pub fn take_thrown() -> Option<JsError> {
    take_status().map(Status::into_thrown)
}

/// The piece ` -> type` of an import's line; nothing for `()`.
pub const fn received<T: Receive>() -> Piece {
    if T::TYPE.is_empty() { Piece::Str("") } else { Piece::Sub(const { &[Piece::Str(" -> "), Piece::Sub(T::TYPE)] }) }
}
