//! [`Wire`] and [`Lift`]: parameters of exports.

use super::claim::{claim_list, unclaim_list};
use super::{Element, Piece, Text};
use crate::JsValue;
use core::mem::ManuallyDrop;
use handwire_abi::{Handle, OwnedHandle, Slot};
use heap::string::String;
use heap::vec::Vec;

/// What a parameter of this type is on the wire: a name in the contract section, and one
/// or two wasm parameters. `B` is `()` where there is one: it takes no place in a signature.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross as a parameter",
    label = "the wire has no form for this type",
    note = "numbers, bool, char, text, bytes, slices (mutable ones, too) and Vec of numbers, JsValue and the typed family (owned or by reference), Option and Vec of those, records and enums of record!, newtypes of js_type! can"
)]
pub trait Wire {
    /// Its name in the contract section.
    const TYPE: Text;
    /// The first wasm parameter.
    type A;
    /// The second.
    type B;
}

/// Makes a parameter of its wires, for the time of a call: `'h`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross as a parameter of an export",
    label = "the wire has no form for this type"
)]
pub trait Lift<'h>: Wire + Sized {
    /// What stays until the call returns, so that the value can borrow from it.
    type Hold;

    /// Whether a call is never refused because of it, and no code of others runs when what is held is dropped.
    const PLAIN: bool = false;

    /// Whether a value of the guest that the wires name can be had at a look. If it can't, a call that has nothing else that isn't
    /// [plain](Lift::PLAIN) begins anew between `admit` and `resume`.
    #[doc(hidden)]
    #[inline(always)]
    fn is_ready(_: &Self::A) -> bool {
        true
    }

    /// Sees to it that it can, and gives what is to `resume`; nothing if the call is refused.
    #[doc(hidden)]
    #[inline(always)]
    fn admit(_: &Self::A) -> Option<u32> {
        None
    }

    /// The call is over.
    #[doc(hidden)]
    #[inline(always)]
    fn resume(_: u32) {}

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for this type.
    unsafe fn hold(a: Self::A, b: Self::B) -> Self::Hold;

    /// Whether the wires name a value of the guest that can't be had now. The call is refused
    /// then, before anything was lifted, and the host was told.
    #[inline(always)]
    fn refused(_hold: &Self::Hold) -> bool {
        false
    }

    /// What becomes of the wires when the call is refused: nothing of it was taken, so handles stay the host's.
    #[inline(always)]
    fn give_up(hold: Self::Hold) {
        core::mem::forget(hold);
    }

    /// The value.
    fn lift(hold: &'h mut Self::Hold) -> Self;

    /// Calls with the value, which is needed no more when that returns: the result borrows nothing of it.
    #[doc(hidden)]
    #[inline(always)]
    fn lend<R>(hold: &'h mut Self::Hold, call: impl FnOnce(Self) -> R) -> R {
        call(Self::lift(hold))
    }
}

/// `type, name, wire type, |wire| value`
macro_rules! scalars {
    ($($type:ty, $name:literal, $wire:ty, |$a:ident| $lift:expr;)*) => {$(
        impl Wire for $type {
            const TYPE: Text = &[Piece::Str($name)];
            type A = $wire;
            type B = ();
        }

        impl<'h> Lift<'h> for $type {
            const PLAIN: bool = !core::mem::needs_drop::<$type>();
            type Hold = Option<$type>;

            #[inline(always)]
            unsafe fn hold($a: $wire, _: ()) -> Option<$type> {
                Some($lift)
            }

            #[inline(always)]
            fn lift(hold: &'h mut Option<$type>) -> $type {
                taken(hold)
            }
        }
    )*};
}

/// A value that is held until it is lifted, which happens once.
#[inline(always)]
fn taken<T>(hold: &mut Option<T>) -> T {
    match hold.take() {
        Some(value) => value,
        None => unreachable!("an argument is lifted once"),
    }
}

scalars! {
    bool, "bool", u32, |a| a != 0;
    i8, "i8", i32, |a| a as i8;
    u8, "u8", u32, |a| a as u8;
    i16, "i16", i32, |a| a as i16;
    u16, "u16", u32, |a| a as u16;
    i32, "i32", i32, |a| a;
    u32, "u32", u32, |a| a;
    usize, "usize", usize, |a| a;
    i64, "i64", i64, |a| a;
    u64, "u64", u64, |a| a;
    f32, "f32", f32, |a| a;
    f64, "f64", f64, |a| a;
    char, "char", u32, |a| crate::export::lift_char(a);
    JsValue, "js", u32, |a| crate::export::lift_owned(OwnedHandle::from_raw(a));
}

impl Wire for &str {
    const TYPE: Text = &[Piece::Str("str")];
    type A = *const u8;
    type B = usize;
}

impl<'h> Lift<'h> for &'h str {
    const PLAIN: bool = true;
    type Hold = (*const u8, usize);

    #[inline(always)]
    unsafe fn hold(ptr: *const u8, len: usize) -> (*const u8, usize) {
        (ptr, len)
    }

    #[inline(always)]
    fn lift(hold: &'h mut (*const u8, usize)) -> &'h str {
        // SAFETY: `hold` was given what the host gave.
        unsafe { crate::export::lift_text(hold.0, hold.1) }
    }
}

impl Wire for String {
    const TYPE: Text = &[Piece::Str("str")];
    type A = *const u8;
    type B = usize;
}

impl<'h> Lift<'h> for String {
    type Hold = (*const u8, usize);

    #[inline(always)]
    unsafe fn hold(ptr: *const u8, len: usize) -> (*const u8, usize) {
        (ptr, len)
    }

    #[inline]
    fn lift(hold: &'h mut (*const u8, usize)) -> String {
        <&str>::lift(hold).into()
    }
}

impl<T: Element> Wire for Vec<T> {
    const TYPE: Text = T::LIST;
    type A = *const u8;
    type B = usize;
}

impl<'h, T: Element> Lift<'h> for Vec<T> {
    /// Null with a length above 0, if the call is refused.
    type Hold = (*const u8, usize);

    #[inline(always)]
    unsafe fn hold(ptr: *const u8, len: usize) -> (*const u8, usize) {
        // SAFETY: they are what the host gave.
        if unsafe { claim_list::<T>(ptr, len) } { (ptr, len) } else { (core::ptr::null(), len) }
    }

    #[inline(always)]
    fn refused((ptr, len): &(*const u8, usize)) -> bool {
        T::FALLIBLE && ptr.is_null() && *len > 0
    }

    #[inline(always)]
    fn give_up((ptr, len): (*const u8, usize)) {
        if !ptr.is_null() {
            // SAFETY: `hold` was given what the host gave.
            unsafe { unclaim_list::<T>(ptr, len) };
        }
    }

    #[inline]
    fn lift(hold: &'h mut (*const u8, usize)) -> Vec<T> {
        // SAFETY: `hold` was given what the host gave.
        unsafe { T::lift_list(hold.0, hold.1) }
    }
}

impl<T: Element> Wire for Option<T> {
    const TYPE: Text = <Option<T> as Element>::TYPE;
    type A = *const Slot;
    type B = ();
}

impl<'h, T: Element> Lift<'h> for Option<T> {
    type Hold = *const Slot;

    /// Null, if the call is refused.
    #[inline(always)]
    unsafe fn hold(slot: *const Slot, _: ()) -> *const Slot {
        // SAFETY: it is what the host gave: the address of one slot.
        if unsafe { Option::<T>::claim_slot(slot.cast_mut()) } { slot } else { core::ptr::null() }
    }

    #[inline(always)]
    fn refused(slot: &*const Slot) -> bool {
        T::FALLIBLE && slot.is_null()
    }

    #[inline(always)]
    fn give_up(slot: *const Slot) {
        if !slot.is_null() {
            // SAFETY: `hold` was given what the host gave.
            unsafe { Option::<T>::unclaim_slot(slot.cast_mut()) };
        }
    }

    #[inline]
    fn lift(hold: &'h mut *const Slot) -> Option<T> {
        // SAFETY: `hold` was given what the host gave: the address of one slot.
        unsafe { Option::lift_slot(hold.read()) }
    }
}

impl Wire for Option<&str> {
    const TYPE: Text = <Option<String> as Element>::TYPE;
    type A = *const Slot;
    type B = ();
}

impl<'h> Lift<'h> for Option<&'h str> {
    type Hold = *const Slot;

    #[inline(always)]
    unsafe fn hold(slot: *const Slot, _: ()) -> *const Slot {
        slot
    }

    #[inline]
    fn lift(hold: &'h mut *const Slot) -> Option<&'h str> {
        // SAFETY: `hold` was given what the host gave: the address of one slot, of a text
        // that stays for the time of the call.
        unsafe {
            let slot = hold.read();
            let (ptr, len) = super::element::range(slot);
            if slot.kind() == handwire_abi::kind::NONE { None } else { Some(crate::export::lift_text(ptr, len)) }
        }
    }
}

impl Wire for &JsValue {
    const TYPE: Text = &[Piece::Str("&js")];
    type A = u32;
    type B = ();
}

impl<'h> Lift<'h> for &'h JsValue {
    // The host releases it: it is never dropped here.
    type Hold = ManuallyDrop<JsValue>;

    #[inline(always)]
    unsafe fn hold(handle: u32, _: ()) -> ManuallyDrop<JsValue> {
        borrowed(handle)
    }

    #[inline(always)]
    fn lift(hold: &'h mut ManuallyDrop<JsValue>) -> &'h JsValue {
        hold
    }
}

/// A value that the host releases when the call returns.
#[inline(always)]
pub(crate) fn borrowed(handle: u32) -> ManuallyDrop<JsValue> {
    ManuallyDrop::new(JsValue::made(OwnedHandle::from_raw(Handle::from_raw(handle).raw())))
}
