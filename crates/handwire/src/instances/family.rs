//! [`Family`]: what tells the classes of values apart.

use crate::Class;
use core::any::TypeId;
use core::fmt;
use core::mem::ManuallyDrop;
use core::ptr;
use heap::rc::Rc;

/// What the instances of a class have in common. Its address stands for the class; where there are several of a class, the other ones cost time.
pub struct Family {
    type_id: fn() -> TypeId,
    pub(super) drop: unsafe fn(*const ()),
    pub(super) sole: unsafe fn(*const ()) -> bool,
}

impl Family {
    /// That of a class.
    #[must_use]
    pub const fn of<T: Class>() -> Family {
        Family { type_id: TypeId::of::<T>, drop: drop_as::<T>, sole: is_sole::<T> }
    }

    /// What the word of an entry is while nobody uses its value. Not one of the few numbers that it is besides: those are no addresses of a static.
    #[inline(always)]
    pub(super) fn word(&'static self) -> usize {
        ptr::from_ref(self).addr()
    }

    pub(super) fn is(&'static self, other: &'static Family) -> bool {
        ptr::eq(self, other) || (self.type_id)() == (other.type_id)()
    }
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Family")
    }
}

/// # Safety
///
/// It came from an `Rc<T>`, and is given up.
unsafe fn drop_as<T>(value: *const ()) {
    // SAFETY: as the caller says.
    drop(unsafe { Rc::from_raw(value.cast::<T>()) });
}

/// Whether there is no owner of a value besides its entry.
///
/// # Safety
///
/// It came from an `Rc<T>`, which lives.
unsafe fn is_sole<T>(value: *const ()) -> bool {
    // SAFETY: as the caller says; it stays the entry's.
    let mut value = ManuallyDrop::new(unsafe { Rc::from_raw(value.cast::<T>()) });
    Rc::get_mut(&mut value).is_some()
}
