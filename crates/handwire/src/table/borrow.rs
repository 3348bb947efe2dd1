//! Borrows of what an id names, for the time of a call: any number that read, or one that
//! changes, or one that takes. They are counted in the entry, so a value that its host drops
//! meanwhile stays until the last has ended.

use super::{Entry, Held, INDEX, Misuse, Table, with};
use core::any::TypeId;
use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};
use heap::rc::Rc;

/// Beside the number of borrows: the guest may have owners of its own, which have to be counted.
pub(super) const SHARED: u32 = 1 << 31;
/// In place of a number of borrows: one that changes.
const EXCLUSIVE: u32 = SHARED - 1;
/// In place of a number of borrows: one that takes, of a call that is being checked.
const CLAIMED: u32 = SHARED - 2;

/// What the entry of a value has that nobody borrows.
pub(super) const fn free(shared: bool) -> u32 {
    if shared { SHARED } else { 0 }
}

impl Entry {
    #[inline(always)]
    pub(super) fn borrows(&self) -> u32 {
        self.state & !SHARED
    }

    /// Why a value that is shared or borrowed can't be had by one alone; nothing if it can, and then it is shared. (A `Result` with
    /// the state would go through memory.)
    #[cold]
    #[inline(never)]
    fn refusal(&mut self, shared: bool) -> Option<Misuse> {
        if self.borrows() != 0 {
            return Some(Misuse::ReEntered);
        }
        (shared && self.value.is_some_and(|value| !sole(value))).then_some(Misuse::Shared)
    }

    /// The value of an entry that is known to have a `T`.
    #[inline(always)]
    fn place<T>(&self) -> *const T {
        // SAFETY: a type id other than that of nothing is there with a value only.
        unsafe { self.value.unwrap_unchecked() }.as_ptr().cast()
    }
}

/// Whether there is no owner of a value besides its entry. It is not lent: no `T` is.
fn sole(value: NonNull<dyn Held>) -> bool {
    // SAFETY: the entry's own `Rc`, which stays the entry's.
    let mut value = ManuallyDrop::new(unsafe { Rc::from_raw(value.as_ptr()) });
    Rc::get_mut(&mut value).is_some()
}

impl Table {
    /// The entry of a `T`.
    #[inline(always)]
    fn lent<T: Held>(&mut self, id: u32) -> Result<&mut Entry, Misuse> {
        match self.entry(id) {
            Some(entry) if entry.type_id == TypeId::of::<T>() => Ok(entry),
            Some(Entry { value: Some(_), .. }) => Err(Misuse::WrongValue),
            _ => Err(Misuse::Dropped),
        }
    }

    #[inline(always)]
    fn borrow<T: Held>(&mut self, id: u32) -> Result<*const T, Misuse> {
        let entry = self.lent::<T>(id)?;
        if entry.borrows() >= CLAIMED {
            return Err(Misuse::ReEntered);
        }
        entry.state += 1;
        Ok(entry.place())
    }

    /// `shared`: whether owners besides the host matter.
    #[inline(always)]
    fn seize<T: Held>(&mut self, id: u32, state: u32, shared: bool) -> Result<(*const T, u32), Misuse> {
        let entry = self.lent::<T>(id)?;
        let mut before = 0;
        if entry.state != 0 {
            if let Some(misuse) = entry.refusal(shared) {
                return Err(misuse);
            }
            before = SHARED;
        }
        entry.state = before | state;
        Ok((entry.place(), before))
    }

    /// Ends a borrow of a kind. Whether the host has dropped what was borrowed, meanwhile.
    #[inline(always)]
    fn give_back<const CHANGES: bool>(&mut self, id: u32, before: u32) -> bool {
        // SAFETY: the id was one of this table, whose entries stay.
        let entry = unsafe { self.entries.get_unchecked_mut((id & INDEX) as usize) };
        // Not read where it is known: it was written just now, and reading that takes its time.
        entry.state = if CHANGES { before } else { entry.state - 1 };
        entry.id != id
    }

    /// The closure of an id, in use from now on, and whether nobody else may use it meanwhile.
    #[inline(always)]
    fn enter(&mut self, id: u32) -> Result<(NonNull<dyn Held>, bool), Misuse> {
        let entry = self.entry(id).ok_or(Misuse::Dropped)?;
        let value = entry.value.ok_or(Misuse::Dropped)?;
        let sole = entry.state == 0;
        if sole {
            entry.state = EXCLUSIVE;
        } else if entry.borrows() >= CLAIMED {
            return Err(Misuse::ReEntered);
        } else {
            entry.state += 1;
        }
        Ok((value, sole))
    }

    /// What the host has dropped, and the last borrow of it has ended.
    fn abandoned(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        if self.entries[(id & INDEX) as usize].borrows() == 0 { self.empty(id) } else { None }
    }

    fn unclaim(&mut self, id: u32) {
        match self.entry(id) {
            Some(entry) if entry.value.is_some() && entry.borrows() == CLAIMED => entry.state &= SHARED,
            _ => {}
        }
    }

    /// Takes what was claimed, or what could be.
    fn take<T: Held>(&mut self, id: u32, shared: bool) -> Result<Rc<T>, Misuse> {
        if self.lent::<T>(id)?.borrows() != CLAIMED {
            self.seize::<T>(id, CLAIMED, shared)?;
        }
        self.unclaim(id);
        let value = Rc::into_raw(self.remove(id).ok_or(Misuse::Dropped)?);
        // SAFETY: the entry has a `T`, as `lent` has found.
        Ok(unsafe { Rc::from_raw(value.cast::<T>()) })
    }
}

/// A borrow, until it is dropped: one that reads, or one that `CHANGES`. It may be one of nothing, of a call that is refused.
#[derive(Debug)]
pub struct Borrow<T, const CHANGES: bool> {
    value: *const T,
    id: u32,
    /// What the entry had, if this one changes.
    before: u32,
}

impl<T, const CHANGES: bool> Borrow<T, CHANGES> {
    /// Null if it is one of nothing.
    #[inline(always)]
    pub(crate) fn value(&self) -> *const T {
        self.value
    }
}

impl<T, const CHANGES: bool> Drop for Borrow<T, CHANGES> {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.value.is_null() && with(|table| table.give_back::<CHANGES>(self.id, self.before)) {
            end(self.id);
        }
    }
}

/// Dropped here and not in `with`: a destructor may call anything.
#[cold]
#[inline(never)]
fn end(id: u32) {
    drop(with(|table| table.abandoned(id)));
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

/// Calls the closure of an id. One that can't be called is reported, and gives `refused`.
///
/// A closure that nobody else has an owner of is called with nobody beside; others see to that themselves.
#[inline(always)]
pub(crate) fn call<R>(id: u32, refused: R, call: impl FnOnce(&dyn Held) -> R) -> R {
    let (value, sole) = match with(|table| table.enter(id)) {
        Ok(found) => found,
        Err(misuse) => {
            misuse.report("closure");
            return refused;
        }
    };
    // SAFETY: what is in use stays, and a loan lasts at least as long as all calls of its closure.
    let result = call(unsafe { value.as_ref() });
    let ended = with(|table| if sole { table.give_back::<true>(id, 0) } else { table.give_back::<false>(id, 0) });
    if ended {
        end(id);
    }
    result
}

/// A borrow. What can't be had is reported.
#[inline(always)]
pub(crate) fn borrow<T: Held, const CHANGES: bool>(id: u32, name: fn() -> &'static str) -> Borrow<T, CHANGES> {
    let found = with(|table| {
        if CHANGES { table.seize::<T>(id, EXCLUSIVE, true) } else { table.borrow::<T>(id).map(|value| (value, 0)) }
    });
    let (value, before) = or_report(found, name, (ptr::null(), 0));
    Borrow { value, id, before }
}

/// Another owner. What can't be had is reported.
pub(crate) fn share<T: Held>(id: u32, name: fn() -> &'static str) -> Option<Rc<T>> {
    let found = with(|table| {
        let entry = table.lent::<T>(id)?;
        if entry.borrows() >= CLAIMED {
            return Err(Misuse::ReEntered);
        }
        entry.state |= SHARED;
        let value = entry.value.ok_or(Misuse::Dropped)?;
        // SAFETY: the entry has a `T`, as `lent` has found.
        Ok(Some(unsafe { Entry::another::<T>(value) }))
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
        let id = table.insert(Rc::new(7_u32), false);
        (table, id)
    }

    /// Ends a borrow that reads, as dropping it does.
    fn give_back(table: &mut Table, id: u32) -> Option<Rc<dyn Held>> {
        if table.give_back::<false>(id, 0) { table.abandoned(id) } else { None }
    }

    #[test]
    fn many_read_or_one_changes() {
        let (mut table, id) = table();
        assert!(table.borrow::<u32>(id).is_ok() && table.borrow::<u32>(id).is_ok());
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::ReEntered));
        assert!(give_back(&mut table, id).is_none() && give_back(&mut table, id).is_none());
        assert!(table.seize::<u32>(id, EXCLUSIVE, true).is_ok());
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::ReEntered));
        assert_eq!(table.take::<u32>(id, true), Err(Misuse::ReEntered));
        assert!(!table.give_back::<true>(id, 0));
        assert_eq!(table.take::<u32>(id, true).as_deref(), Ok(&7));
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::Dropped));
        let forged = id + (1 << crate::table::INDEX_BITS);
        assert_eq!(table.borrow::<u32>(forged), Err(Misuse::Dropped), "free entries have nothing");
    }

    #[test]
    fn what_is_dropped_while_it_is_borrowed_stays_for_the_borrow() {
        let (mut table, id) = table();
        let value = table.borrow::<u32>(id).unwrap();
        table.borrow::<u32>(id).unwrap();
        assert!(table.remove(id).is_none());
        assert_eq!(table.live(), 0);
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::Dropped));
        assert!(give_back(&mut table, id).is_none());
        let last = give_back(&mut table, id).unwrap();
        assert_eq!(Rc::as_ptr(&last).cast(), value);
        let next = table.insert(Rc::new(8_u32), false);
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
        let id = table.insert(Rc::clone(&own), true);
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::Shared));
        assert_eq!(table.take::<u32>(id, true), Err(Misuse::Shared));
        assert!(table.borrow::<u32>(id).is_ok());
        give_back(&mut table, id);
        let weak = Rc::downgrade(&own);
        drop(own);
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::Shared), "it may come back");
        drop(weak);
        assert!(table.seize::<u32>(id, EXCLUSIVE, true).is_ok());
    }

    #[test]
    fn a_claim_that_is_undone_forgets_no_owner() {
        let mut table = Table::new();
        let own = Rc::new(7_u32);
        let id = table.insert(Rc::clone(&own), true);
        assert!(table.seize::<u32>(id, CLAIMED, false).is_ok());
        table.unclaim(id);
        assert_eq!(table.seize::<u32>(id, EXCLUSIVE, true), Err(Misuse::Shared));
        drop(own);
        assert!(table.seize::<u32>(id, EXCLUSIVE, true).is_ok());
        assert_eq!(table.borrow::<u32>(id), Err(Misuse::ReEntered));
        assert!(!table.give_back::<true>(id, SHARED));
        assert!(table.borrow::<u32>(id).is_ok());
    }

    #[test]
    fn a_worn_index_is_retired_also_by_the_last_borrow() {
        let mut table = Table::new();
        for _ in 0..crate::table::LAST_GENERATION {
            let id = table.insert(Rc::new(1_u32), false);
            table.borrow::<u32>(id).unwrap();
            assert!(table.remove(id).is_none());
            assert!(give_back(&mut table, id).is_some());
        }
        assert_ne!(table.insert(Rc::new(1_u32), false) & INDEX, 0);
    }
}
