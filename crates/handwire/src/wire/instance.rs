//! Values of the guest that the host holds, as parameters and results: ids, which are looked
//! up, borrowed and claimed before the function is called, so that a call is refused as a whole.

use super::{Misfit, Shared, Text};
use crate::Class;
use crate::JsError;
use crate::instances;
use handwire_abi::{Slot, kind};
use heap::format;
use heap::rc::Rc;
use heap::string::String;

#[cfg(feature = "async")]
pub use crate::instances::Lease;
pub use crate::instances::{Borrow, Family};

/// What is taken by its id. `id` is 0 for a call that is refused.
#[derive(Debug)]
pub struct Claim {
    id: u32,
}

/// A borrow of what an id names, for [`Lift`](super::Lift) of `&T` and `&mut T`; it may be one of nothing.
#[inline(always)]
pub fn borrow<T: Class, const CHANGES: bool>(id: u32) -> Borrow<T, CHANGES> {
    instances::borrow(id)
}

/// [`Lift::is_ready`](super::Lift::is_ready) of `&T` and `&mut T`.
#[inline(always)]
#[must_use]
pub fn is_free<T: Class>(id: u32) -> bool {
    instances::is_free::<T>(id)
}

/// [`Lift::admit`](super::Lift::admit) of these.
#[inline]
#[must_use]
pub fn admit<T: Class, const CHANGES: bool>(id: u32) -> Option<u32> {
    instances::admit::<T, CHANGES>(id).then_some(id)
}

/// [`Lift::resume`](super::Lift::resume) of these.
#[inline]
pub fn resume<T: Class>(id: u32) {
    instances::resume::<T>(id);
}

/// Whether a borrow is one of nothing: the call is refused.
#[inline(always)]
pub fn is_none<T: Class, const CHANGES: bool>(hold: &Borrow<T, CHANGES>) -> bool {
    hold.value().is_none()
}

/// The value of a borrow that is one.
#[inline(always)]
pub fn value<T: Class>(hold: &Borrow<T, false>) -> &T {
    match hold.value() {
        // SAFETY: the value stays until the borrow ends.
        Some(value) => unsafe { value.as_ref() },
        None => unreachable!("a call that is refused has no values"),
    }
}

/// The same, to change it.
#[inline(always)]
pub fn value_mut<T: Class>(hold: &mut Borrow<T, true>) -> &mut T {
    match hold.value() {
        // SAFETY: as for `value`, and nobody else has it.
        Some(mut value) => unsafe { value.as_mut() },
        None => unreachable!("a call that is refused has no values"),
    }
}

/// Calls with the value of a borrow that is one.
#[inline(always)]
pub fn lend_value<'h, T: Class, R>(hold: &'h mut Borrow<T, false>, call: impl FnOnce(&'h T) -> R) -> R {
    call(value(hold))
}

/// The same, to change it: the borrow ends when that returns.
#[inline(always)]
pub fn lend_value_mut<'h, T: Class, R>(hold: &'h mut Borrow<T, true>, call: impl FnOnce(&'h mut T) -> R) -> R {
    hold.lend(call)
}

/// Claims what an id names, for [`Lift`](super::Lift) of `T`.
#[inline]
pub fn claim<T: Class>(id: u32) -> Claim {
    Claim { id: if instances::claim::<T>(id, true) { id } else { 0 } }
}

impl Claim {
    /// Whether the call is refused.
    #[inline]
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.id == 0
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn take<T: Class>(&self) -> T {
        take(self.id)
    }

    /// The value stays the host's.
    #[inline]
    pub fn give_up(self) {
        if self.id != 0 {
            instances::unclaim(self.id);
        }
    }
}

/// The value of an id: of a claim, or of an import's result.
#[inline]
pub fn take<T: Class>(id: u32) -> T {
    let value = instances::take::<T>(id, true).ok().and_then(Rc::into_inner);
    value.unwrap_or_else(|| panic!("{}", unavailable::<T>(id)))
}

/// The same, where an error can be returned.
#[inline]
pub fn try_take<T: Class>(id: u32) -> Result<T, Misfit> {
    let value = instances::take::<T>(id, true).ok().and_then(Rc::into_inner);
    value.ok_or_else(|| Misfit::new(&unavailable::<T>(id), JsError::new))
}

/// What is said of a value that the host gave as a result, and that can't be had. The host has no
/// part in it any more, so that nobody else would end it.
#[cold]
#[inline(never)]
fn unavailable<T: Class>(id: u32) -> String {
    instances::remove(id);
    format!("the host gave a {} that is in use, shared, or gone", T::name())
}

/// An owner in place of the host, beside those that the guest has.
fn take_shared<T: Class>(id: u32) -> Rc<T> {
    instances::take::<T>(id, false).unwrap_or_else(|_| panic!("{}", unavailable::<T>(id)))
}

/// The id of a value that becomes the host's.
#[inline]
pub fn given<T: Class>(value: T) -> u32 {
    instances::insert_sole(value)
}

/// The slot of an id.
#[inline]
pub fn id_slot(id: u32) -> Slot {
    Slot::new(kind::INSTANCE, 0, id.into())
}

/// The id in a slot.
#[inline]
pub fn slot_id(slot: Slot) -> u32 {
    slot.payload() as u32
}

/// Claims what a slot names, inside of a list or an option.
#[inline]
pub fn claim_slot<T: Class>(slot: Slot) -> bool {
    instances::claim::<T>(slot_id(slot), true)
}

/// Ends that.
#[inline]
pub fn unclaim_slot(slot: Slot) {
    instances::unclaim(slot_id(slot));
}

impl<T: Class> Shared for T {
    const TYPE: Text = <T as Class>::TYPE;
    const REF: Text = <T as Class>::REF;
    type Hold = Option<Rc<T>>;

    #[inline]
    unsafe fn hold(id: u32) -> Option<Rc<T>> {
        instances::share(id)
    }

    #[inline]
    fn refused(hold: &Option<Rc<T>>) -> bool {
        hold.is_none()
    }

    #[inline]
    fn give_up(hold: Option<Rc<T>>) {
        drop(hold);
    }

    #[inline]
    fn held(hold: &mut Option<Rc<T>>) -> Rc<T> {
        match hold.take() {
            Some(value) => value,
            None => unreachable!("an argument is lifted once"),
        }
    }

    unsafe fn lift(id: u32) -> Rc<T> {
        take_shared(id)
    }

    unsafe fn try_lift(id: u32) -> Result<Rc<T>, Misfit> {
        instances::take::<T>(id, false).map_err(|_| Misfit::new(&unavailable::<T>(id), JsError::new))
    }

    fn claim(id: u32) -> bool {
        instances::claim::<T>(id, false)
    }

    fn unclaim(id: u32) {
        instances::unclaim(id);
    }

    #[inline]
    fn lower(value: Rc<T>) -> u32 {
        instances::insert(value)
    }

    fn slot(id: u32) -> Slot {
        id_slot(id)
    }
}
