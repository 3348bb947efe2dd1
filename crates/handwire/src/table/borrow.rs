//! Borrows of what an id names, for the time of a call: any number that read, or one that
//! changes, or one that takes. They are counted in the entry, so a value that its host drops
//! meanwhile stays until the last has ended.

use super::{Held, INDEX, INDEX_BITS, Misuse, Table, with};
use core::any::TypeId;
use core::ptr;
use heap::rc::Rc;

/// In place of a number of borrows: one that changes.
const EXCLUSIVE: u32 = u32::MAX;
/// In place of a number of borrows: one that takes, of a call that is being checked.
const CLAIMED: u32 = u32::MAX - 1;

impl Table {
    /// The number of borrows of a `T`, and the value.
    #[inline(always)]
    fn lent<T: Held>(&mut self, id: u32) -> Result<(&mut u32, &mut Rc<dyn Held>), Misuse> {
        let entry = self.entry(id).ok_or(Misuse::Dropped)?;
        let value = entry.value.as_mut().ok_or(Misuse::Dropped)?;
        if entry.type_id != TypeId::of::<T>() {
            return Err(Misuse::WrongValue);
        }
        Ok((&mut entry.state, value))
    }

    #[inline(always)]
    fn borrow<T: Held>(&mut self, id: u32) -> Result<*const T, Misuse> {
        let (state, value) = self.lent::<T>(id)?;
        if *state >= CLAIMED {
            return Err(Misuse::ReEntered);
        }
        *state += 1;
        Ok(Rc::as_ptr(value).cast())
    }

    /// `shared`: whether owners besides the host matter.
    #[inline(always)]
    fn seize<T: Held>(&mut self, id: u32, as_state: u32, shared: bool) -> Result<*const T, Misuse> {
        let (state, value) = self.lent::<T>(id)?;
        if *state != 0 {
            return Err(Misuse::ReEntered);
        }
        if shared && Rc::get_mut(value).is_none() {
            return Err(Misuse::Shared);
        }
        *state = as_state;
        Ok(Rc::as_ptr(value).cast())
    }

    /// Ends a borrow. What it gives was dropped by the host meanwhile.
    #[inline(always)]
    fn give_back(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let entry = &mut self.entries[(id & INDEX) as usize];
        entry.state = if entry.state >= CLAIMED { 0 } else { entry.state - 1 };
        if entry.state > 0 || entry.generation == id >> INDEX_BITS { None } else { self.empty(id) }
    }

    fn unclaim(&mut self, id: u32) {
        match self.entry(id) {
            Some(entry) if entry.value.is_some() && entry.state == CLAIMED => entry.state = 0,
            _ => {}
        }
    }

    /// Takes what was claimed, or what could be.
    fn take<T: Held>(&mut self, id: u32, shared: bool) -> Result<Rc<T>, Misuse> {
        if *self.lent::<T>(id)?.0 != CLAIMED {
            self.seize::<T>(id, CLAIMED, shared)?;
        }
        self.unclaim(id);
        let value = Rc::into_raw(self.remove(id).ok_or(Misuse::Dropped)?);
        // SAFETY: the entry has a `T`, as `lent` has found.
        Ok(unsafe { Rc::from_raw(value.cast::<T>()) })
    }
}

/// A borrow, until it is dropped. It may be one of nothing, of a call that is refused.
#[derive(Debug)]
pub struct Borrow<T> {
    value: *const T,
    id: u32,
}

impl<T> Borrow<T> {
    const NONE: Borrow<T> = Borrow { value: ptr::null(), id: 0 };

    /// Null if it is one of nothing.
    #[inline(always)]
    pub(crate) fn value(&self) -> *const T {
        self.value
    }
}

impl<T> Drop for Borrow<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.value.is_null() {
            // Dropped here and not in `with`: a destructor may call anything.
            drop(with(|table| table.give_back(self.id)));
        }
    }
}

/// What was found, or the report of why it wasn't.
#[inline(always)]
fn or_report<R>(found: Result<R, Misuse>, name: fn() -> &'static str, none: R) -> R {
    match found {
        Ok(found) => found,
        Err(misuse) => {
            misuse.report(name());
            none
        }
    }
}

/// A borrow that reads. What can't be had is reported.
#[inline(always)]
pub(crate) fn borrow<T: Held>(id: u32, name: fn() -> &'static str) -> Borrow<T> {
    let found = with(|table| table.borrow::<T>(id)).map(|value| Borrow { value, id });
    or_report(found, name, Borrow::NONE)
}

/// A borrow that changes. What can't be had is reported.
#[inline(always)]
pub(crate) fn borrow_mut<T: Held>(id: u32, name: fn() -> &'static str) -> Borrow<T> {
    let found = with(|table| table.seize::<T>(id, EXCLUSIVE, true)).map(|value| Borrow { value, id });
    or_report(found, name, Borrow::NONE)
}

/// Another owner. What can't be had is reported.
pub(crate) fn share<T: Held>(id: u32, name: fn() -> &'static str) -> Option<Rc<T>> {
    let found = with(|table| {
        let (state, value) = table.lent::<T>(id)?;
        if *state >= CLAIMED {
            return Err(Misuse::ReEntered);
        }
        let value = Rc::into_raw(Rc::clone(value));
        // SAFETY: the entry has a `T`, as `lent` has found.
        Ok(Some(unsafe { Rc::from_raw(value.cast::<T>()) }))
    });
    or_report(found, name, None)
}

/// Makes sure that a value can be taken, and that until it is nobody else gets it. What can't be had is reported.
pub(crate) fn claim<T: Held>(id: u32, shared: bool, name: fn() -> &'static str) -> bool {
    let found = with(|table| table.seize::<T>(id, CLAIMED, shared)).map(|_| true);
    or_report(found, name, false)
}

/// Ends a claim: the value stays.
pub(crate) fn unclaim(id: u32) {
    with(|table| table.unclaim(id));
}

/// The value of an id, which ends by it.
pub(crate) fn take<T: Held>(id: u32, shared: bool) -> Result<Rc<T>, Misuse> {
    with(|table| table.take(id, shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> (Table, u32) {
        let mut table = Table::new();
        let id = table.insert(Rc::new(7_u32));
        (table, id)
    }

    #[test]
    fn many_read_or_one_changes() {
        let (mut table, id) = table();
        assert!(table.borrow::<u32>(id).is_ok() && table.borrow::<u32>(id).is_ok());
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::ReEntered));
        assert!(table.give_back(id).is_none() && table.give_back(id).is_none());
        assert!(table.seize::<u32>(id, EXCLUSIVE, true).is_ok());
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::ReEntered));
        assert_eq!(table.take::<u32>(id, true), Err(Misuse::ReEntered));
        assert!(table.give_back(id).is_none());
        assert_eq!(table.take::<u32>(id, true).as_deref(), Ok(&7));
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::Dropped));
    }

    #[test]
    fn what_is_dropped_while_it_is_borrowed_stays_for_the_borrow() {
        let (mut table, id) = table();
        let value = table.borrow::<u32>(id).unwrap();
        table.borrow::<u32>(id).unwrap();
        assert!(table.remove(id).is_none());
        assert_eq!(table.live, 0);
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::Dropped));
        assert!(table.give_back(id).is_none());
        let last = table.give_back(id).unwrap();
        assert_eq!(Rc::as_ptr(&last).cast(), value);
        let next = table.insert(Rc::new(8_u32));
        assert_eq!(next & INDEX, id & INDEX, "the entry is free again");
    }

    #[test]
    fn a_claim_excludes_all_others_and_can_be_undone() {
        let (mut table, id) = table();
        assert!(table.seize::<u32>(id, CLAIMED, true).is_ok());
        assert_eq!(table.seize::<u32>(id, CLAIMED, true), Err(Misuse::ReEntered), "twice");
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::ReEntered));
        table.unclaim(id);
        table.unclaim(id);
        assert!(table.borrow::<u32>(id).is_ok());
        table.unclaim(id);
        assert_eq!(table.seize::<u32>(id, CLAIMED, true), Err(Misuse::ReEntered), "a borrow is no claim");
    }

    #[test]
    fn what_the_guest_shares_is_read_only() {
        let mut table = Table::new();
        let own = Rc::new(7_u32);
        let id = table.insert(Rc::clone(&own));
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::Shared));
        assert_eq!(table.take::<u32>(id, true), Err(Misuse::Shared));
        assert!(table.borrow::<u32>(id).is_ok());
        table.give_back(id);
        let weak = Rc::downgrade(&own);
        drop(own);
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::Shared), "it may come back");
        drop(weak);
        assert!(table.seize::<u32>(id, EXCLUSIVE, true).is_ok());
    }

    #[test]
    fn a_worn_index_is_retired_also_by_the_last_borrow() {
        let mut table = Table::new();
        for _ in 0..crate::table::LAST_GENERATION {
            let id = table.insert(Rc::new(1_u32));
            table.borrow::<u32>(id).unwrap();
            assert!(table.remove(id).is_none());
            assert!(table.give_back(id).is_some());
        }
        assert_ne!(table.insert(Rc::new(1_u32)) & INDEX, 0);
    }
}
