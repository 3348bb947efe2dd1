//! [`Receive`]: results of imports.

use super::{Element, Lower, Piece, Text};
use crate::{JsError, JsValue};
use core::mem::MaybeUninit;
use handwire_abi::{OwnedHandle, Slot};
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
    /// # Safety
    ///
    /// Wire and slot are what the host gave for this type, and it threw nothing.
    unsafe fn receive(wire: Self::Wire, slot: MaybeUninit<Slot>) -> Self;

    /// The value, or why the guest can't have it, for a function that may fail.
    ///
    /// # Safety
    ///
    /// As for [`Receive::receive`].
    #[inline(always)]
    unsafe fn try_receive(wire: Self::Wire, slot: MaybeUninit<Slot>) -> Result<Self, JsError> {
        // SAFETY: the caller says so.
        Ok(unsafe { Self::receive(wire, slot) })
    }

    /// What becomes of an exception: a panic, unless the type can hold it.
    #[track_caller]
    fn thrown(error: JsError) -> Self {
        panic!("{error}")
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
            unsafe fn receive($wire: Self::Wire, _: MaybeUninit<Slot>) -> $type {
                $lift
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
            unsafe fn receive(_: (), slot: MaybeUninit<Slot>) -> $type {
                // SAFETY: the host wrote it for this type.
                unsafe { <$type as Element>::lift_slot(slot.assume_init()) }
            }
        }
    )*};
}

slots! {
    [] String;
    [T: Element] Vec<T>;
    [T: Element] Option<T>;
}

impl<T: Receive> Receive for Result<T, JsError> {
    const TYPE: Text = if T::TYPE.is_empty() {
        &[Piece::Str("result<()>")]
    } else {
        &[Piece::Str("result<"), Piece::Sub(T::TYPE), Piece::Str(">")]
    };
    type Wire = T::Wire;
    type Out = T::Out;

    #[inline(always)]
    fn out(slot: &mut MaybeUninit<Slot>) -> T::Out {
        T::out(slot)
    }

    #[inline(always)]
    unsafe fn receive(wire: T::Wire, slot: MaybeUninit<Slot>) -> Result<T, JsError> {
        // SAFETY: the caller says so.
        unsafe { T::try_receive(wire, slot) }
    }

    #[inline]
    fn thrown(error: JsError) -> Result<T, JsError> {
        Err(error)
    }
}

/// What the last declared import threw, if it did: takes it from the status word.
#[inline(always)]
pub fn take_thrown() -> Option<JsError> {
    let thrown = crate::exports::take_status();
    if thrown == 0 { None } else { Some(caught(thrown)) }
}

#[cold]
#[inline(never)]
fn caught(thrown: u32) -> JsError {
    JsError::from(JsValue::made(OwnedHandle::from_raw(thrown)))
}

/// The piece ` -> type` of an import's line; nothing for `()`.
pub const fn received<T: Receive>() -> Piece {
    if T::TYPE.is_empty() { Piece::Str("") } else { Piece::Sub(const { &[Piece::Str(" -> "), Piece::Sub(T::TYPE)] }) }
}
