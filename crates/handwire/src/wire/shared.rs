//! [`Shared`]: what crosses in an [`Rc`]: instances of classes by their ids, implementors of
//! interfaces by their handles. One trait, because there is one set of implementations for `Rc`.

use super::{Block, Element, Lift, Lower, Misfit, Receive, Return, Text, Wire};
use core::mem::MaybeUninit;
use handwire_abi::Slot;
use heap::rc::Rc;

/// A type that crosses in an [`Rc`], as one wire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross in an Rc",
    label = "this is no class of class!, and no `dyn Trait` of a trait that interface! made"
)]
pub trait Shared: 'static {
    /// Its name in the contract section.
    const TYPE: Text;
    /// The same as a parameter of an export.
    const REF: Text;
    /// What stays until an export's call returns.
    type Hold;

    /// As [`Lift::hold`].
    ///
    /// # Safety
    ///
    /// The wire is what the host gave for this type.
    unsafe fn hold(wire: u32) -> Self::Hold;

    /// As [`Lift::refused`].
    fn refused(hold: &Self::Hold) -> bool;

    /// As [`Lift::give_up`].
    fn give_up(hold: Self::Hold);

    /// As [`Lift::lift`].
    fn held(hold: &mut Self::Hold) -> Rc<Self>;

    /// From a slot, or the result of an import.
    ///
    /// # Safety
    ///
    /// The wire is what the host gave for this type, and was not lifted before.
    unsafe fn lift(wire: u32) -> Rc<Self>;

    /// The same, where an error can be returned.
    ///
    /// # Safety
    ///
    /// As for [`Shared::lift`].
    unsafe fn try_lift(wire: u32) -> Result<Rc<Self>, Misfit>;

    /// As [`Element::claim_slot`].
    fn claim(wire: u32) -> bool;

    /// As [`Element::unclaim_slot`].
    fn unclaim(wire: u32);

    /// The wire of one that the host gets.
    fn lower(value: Rc<Self>) -> u32;

    /// The slot of a wire.
    fn slot(wire: u32) -> Slot;
}

impl<T: Shared + ?Sized> Wire for Rc<T> {
    const TYPE: Text = T::REF;
    type A = u32;
    type B = ();
}

impl<'h, T: Shared + ?Sized> Lift<'h> for Rc<T> {
    type Hold = T::Hold;

    #[inline]
    unsafe fn hold(wire: u32, _: ()) -> T::Hold {
        // SAFETY: the caller says so.
        unsafe { T::hold(wire) }
    }

    #[inline]
    fn refused(hold: &T::Hold) -> bool {
        T::refused(hold)
    }

    #[inline]
    fn give_up(hold: T::Hold) {
        T::give_up(hold);
    }

    #[inline]
    fn lift(hold: &'h mut T::Hold) -> Rc<T> {
        T::held(hold)
    }
}

impl<T: Shared + ?Sized> Element for Rc<T> {
    const TYPE: Text = T::TYPE;

    unsafe fn lift_slot(slot: Slot) -> Rc<T> {
        // SAFETY: the caller says so.
        unsafe { T::lift(slot.payload() as u32) }
    }

    fn lower_slot(self, _block: &mut Block) -> Slot {
        T::slot(T::lower(self))
    }

    unsafe fn claim_slot(slot: *mut Slot) -> bool {
        // SAFETY: the caller says so.
        T::claim(unsafe { slot.read() }.payload() as u32)
    }

    unsafe fn unclaim_slot(slot: *mut Slot) {
        // SAFETY: the caller says so.
        T::unclaim(unsafe { slot.read() }.payload() as u32);
    }

    const FALLIBLE: bool = true;

    unsafe fn try_lift_slot(slot: Slot) -> Result<Rc<T>, Misfit> {
        // SAFETY: the caller says so.
        unsafe { T::try_lift(slot.payload() as u32) }
    }
}

impl<T: Shared + ?Sized> Lower for Rc<T> {
    const TYPE: Text = T::TYPE;
    type Wire = u32;

    #[inline]
    fn lower(self) -> u32 {
        T::lower(self)
    }
}

impl<T: Shared + ?Sized> Return for Rc<T> {
    #[inline]
    fn write(self) {
        super::return_block(self);
    }
}

impl<T: Shared + ?Sized> Receive for Rc<T> {
    const TYPE: Text = T::TYPE;
    type Wire = u32;
    type Out = ();

    #[inline]
    fn out(_: &mut MaybeUninit<Slot>) {}

    #[inline]
    unsafe fn try_receive(wire: u32, _: MaybeUninit<Slot>) -> Result<Rc<T>, Misfit> {
        // SAFETY: the caller says so.
        unsafe { T::try_lift(wire) }
    }
}
