//! The guest's side of ids: the values that the host holds, each counted like any other
//! owner's, so that one can be dropped while it is in use. What a call borrows or takes by
//! its id is in `borrow.rs`.
//!
//! An id is `generation << 20 | index`. An index is used again at once, with the next
//! generation, and retired with its last: so an id never names two values, and a stale one
//! is always found out.

mod borrow;
mod entry;

pub use borrow::Borrow;
pub(crate) use borrow::{borrow, call, claim, share, take, unclaim};

use crate::exports::Shared;
use core::any::{Any, TypeId};
use core::ptr::NonNull;
use entry::{Entry, Lent};
use handwire_abi::{self as abi, Slot};
use heap::rc::Rc;
use heap::vec::Vec;

const INDEX_BITS: u32 = 20;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
const LAST_GENERATION: u32 = u32::MAX >> INDEX_BITS;
/// Ends the list of free entries.
const NOBODY: u32 = u32::MAX;

/// A value that the host can hold by an id.
pub(crate) trait Held: Any {
    /// What a misuse calls it: `Counter`, `closure fn(i32) -> i32`.
    fn name(&self) -> &'static str;

    /// Calls it with numbers, if it is a closure of numbers.
    fn call4(&self, _a: f64, _b: f64, _c: f64, _d: f64) -> f64 {
        Misuse::WrongValue.report(self.name());
        0.0
    }

    /// Calls it with integers, if it is a closure of integers.
    fn call4i(&self, _a: i32, _b: i32, _c: i32, _d: i32) -> i32 {
        Misuse::WrongValue.report(self.name());
        0
    }

    /// Calls it, if it is a closure.
    fn call(&self, _call: Call) -> i32 {
        Misuse::WrongValue.report(self.name());
        0
    }
}

/// A call of a closure with slots.
#[derive(Debug)]
pub struct Call {
    pub(crate) args: *const Slot,
    pub(crate) argc: usize,
    /// The receiver, an owned handle; 0 if the closure doesn't take one.
    pub(crate) this: u32,
    pub(crate) flags: u32,
}

/// Values by their ids.
struct Table {
    entries: Vec<Entry>,
    free: u32,
}

impl Table {
    const fn new() -> Table {
        Table { entries: Vec::new(), free: NOBODY }
    }

    /// `shared`: whether the guest may have, or get, owners of its own.
    fn insert<T: Held>(&mut self, value: Rc<T>, shared: bool) -> u32 {
        // SAFETY: an `Rc` gives no null.
        let value: NonNull<dyn Held> = unsafe { NonNull::new_unchecked(Rc::into_raw(value).cast_mut()) };
        self.add(TypeId::of::<T>(), value, borrow::free(shared))
    }

    #[inline(always)]
    fn add(&mut self, type_id: TypeId, value: NonNull<dyn Held>, state: u32) -> u32 {
        let index = self.free;
        if let Some(entry) = self.entries.get_mut(index as usize) {
            self.free = entry.state;
            entry.id ^= 1;
            entry.state = state;
            entry.type_id = type_id;
            entry.value = Some(value);
            return entry.id;
        }
        self.grow(type_id, value, state)
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, type_id: TypeId, value: NonNull<dyn Held>, state: u32) -> u32 {
        let index = self.entries.len() as u32;
        assert!(
            // The last is left out: no id has all bits set.
            index < INDEX,
            "the host holds more than a million values of this guest: free what is no longer used"
        );
        let id = 1 << INDEX_BITS | index;
        self.entries.push(Entry { id, state, type_id, value: Some(value) });
        id
    }

    #[inline(always)]
    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        let entry = self.entries.get_mut((id & INDEX) as usize)?;
        (entry.id == id).then_some(entry)
    }

    /// How many ids are valid: looked through, so that nobody pays for it who doesn't ask.
    fn live(&self) -> usize {
        self.entries.iter().zip(0..).filter(|(entry, index)| entry.id & INDEX == *index).count()
    }

    fn name(&mut self, id: u32) -> Option<&'static str> {
        // SAFETY: the entry owns the value, or has it lent.
        Some(unsafe { self.entry(id)?.value?.as_ref() }.name())
    }

    #[inline(always)]
    fn get_as<T: Held>(&mut self, id: u32) -> Result<Rc<T>, Misuse> {
        let entry = self.entry(id).ok_or(Misuse::Dropped)?;
        let value = entry.value.ok_or(Misuse::Dropped)?;
        if entry.type_id != TypeId::of::<T>() {
            return Err(Misuse::WrongValue);
        }
        // SAFETY: the entry has a `T`, says its type id, which is set with it.
        Ok(unsafe { Entry::another::<T>(value) })
    }

    /// The value is not there while a call borrows it: then the end of that borrow has it. A loan is ended by its lender only.
    fn remove(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let entry = self.entry(id)?;
        if entry.type_id == TypeId::of::<Lent>() {
            return None;
        }
        self.end(id)
    }

    /// Ends an id.
    #[inline(always)]
    fn end(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let entry = self.entry(id)?;
        entry.value.as_ref()?;
        entry.end_id();
        let borrowed = entry.borrows() != 0;
        if borrowed { None } else { self.empty(id) }
    }

    /// Ends the id of a loan, of which no call is under way.
    #[inline(always)]
    fn end_loan(&mut self, id: u32) {
        let Some(entry) = self.entry(id) else { return };
        entry.end_id();
        entry.value = None;
        self.release(id);
    }

    /// Takes the value out of an entry whose id has ended.
    #[inline]
    fn empty(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        self.release(id);
        self.entries[(id & INDEX) as usize].empty()
    }

    /// Puts the entry of an id that has ended with the free ones, unless its ids are used up.
    #[inline(always)]
    fn release(&mut self, id: u32) {
        let entry = &mut self.entries[(id & INDEX) as usize];
        if entry.id >> INDEX_BITS != 0 {
            entry.state = self.free;
            self.free = id & INDEX;
        }
    }
}

static TABLE: Shared<Table> = Shared::new(Table::new());

/// Runs with the table. Nothing in `act` may run code of others: no drop of a value, no call.
#[inline(always)]
fn with<R>(act: impl FnOnce(&mut Table) -> R) -> R {
    // SAFETY: one thread is in this instance, and nobody has a reference from before: `act`
    // runs no code that could come here again.
    act(unsafe { &mut *TABLE.get() })
}

/// Why an id names no value that can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    /// In use further out.
    ReEntered,
    /// Freed or dropped.
    Dropped,
    /// Given away.
    #[allow(dead_code)]
    Moved,
    /// Of another type.
    WrongValue,
    /// The guest has owners of its own.
    Shared,
}

impl Misuse {
    /// Tells the host, which ends the call that it waits for. The caller returns at once.
    #[cold]
    #[inline(never)]
    pub(crate) fn report(self, name: &str) {
        let code = match self {
            Misuse::ReEntered => abi::misuse::RE_ENTERED,
            Misuse::Dropped => abi::misuse::DROPPED,
            Misuse::Moved => abi::misuse::MOVED,
            Misuse::WrongValue => abi::misuse::WRONG_VALUE,
            Misuse::Shared => abi::misuse::SHARED,
        };
        // SAFETY: pointer and length are those of a text.
        unsafe { abi::error_misuse(code, name.as_ptr(), name.len()) };
    }
}

/// Gives a value an id, which owns it until [`remove`].
///
/// # Panics
///
/// With more than a million values at a time.
pub(crate) fn insert<T: Held>(value: Rc<T>) -> u32 {
    with(|table| table.insert(value, true))
}

/// The same for a value that nobody else can have an owner of.
pub(crate) fn insert_sole<T: Held>(value: T) -> u32 {
    let value = Rc::new(value);
    with(|table| table.insert(value, false))
}

/// Gives an id to a value that is not the table's.
///
/// # Safety
///
/// The value stays, and stays where it is, until [`end_loan`]. `sole`: nobody else uses it.
#[inline]
pub(crate) unsafe fn lend(value: NonNull<dyn Held>, sole: bool) -> u32 {
    with(|table| table.add(TypeId::of::<Lent>(), value, borrow::free(!sole)))
}

/// Ends the id of a loan.
#[inline]
pub(crate) fn end_loan(id: u32) {
    with(|table| table.end_loan(id));
}

/// The name of the value of an id, of whatever type.
pub(crate) fn name(id: u32) -> Option<&'static str> {
    with(|table| table.name(id))
}

/// Another owner of the value of an id, if it is a `T`.
#[inline]
pub(crate) fn get_as<T: Held>(id: u32) -> Result<Rc<T>, Misuse> {
    with(|table| table.get_as(id))
}

/// Ends an id: whoever gets its value decides when that is dropped. None if the id has ended, or a call borrows the value.
pub(crate) fn remove(id: u32) -> Option<Rc<dyn Held>> {
    with(|table| table.remove(id))
}

/// How many values the host holds.
pub(crate) fn live() -> usize {
    with(|table| table.live())
}

#[cfg(test)]
mod tests {
    use super::*;
    use heap::string::String;

    impl Held for u32 {
        fn name(&self) -> &'static str {
            "u32"
        }
    }
    impl Held for String {
        fn name(&self) -> &'static str {
            "String"
        }
    }

    #[test]
    fn an_id_names_its_value_until_it_is_removed() {
        let mut table = Table::new();
        let a = table.insert(Rc::new(7_u32), false);
        let b = table.insert(Rc::new(String::from("b")), false);
        assert!(a != 0 && b != 0 && a != b);
        assert_eq!(table.get_as::<u32>(a).as_deref(), Ok(&7));
        assert_eq!(table.get_as::<String>(b).as_deref().map(String::as_str), Ok("b"));
        assert_eq!(table.name(b), Some("String"));
        assert_eq!(table.live(), 2);
        assert!(table.remove(a).is_some());
        assert_eq!(table.get_as::<u32>(a), Err(Misuse::Dropped));
        assert!(table.remove(a).is_none(), "twice");
        assert_eq!(table.live(), 1);
    }

    #[test]
    fn another_type_is_told_apart() {
        let mut table = Table::new();
        let id = table.insert(Rc::new(7_u32), false);
        assert_eq!(table.get_as::<String>(id), Err(Misuse::WrongValue));
    }

    #[test]
    fn an_owner_outlives_the_id() {
        let mut table = Table::new();
        let id = table.insert(Rc::new(String::from("kept")), false);
        let kept = table.get_as::<String>(id).unwrap();
        drop(table.remove(id));
        assert_eq!(*kept, "kept");
        assert_eq!(Rc::strong_count(&kept), 1);
    }

    #[test]
    fn no_id_is_given_twice_and_a_worn_index_is_retired() {
        let mut table = Table::new();
        let mut last = 0;
        for _ in 0..LAST_GENERATION * 2 {
            let id = table.insert(Rc::new(1_u32), false);
            assert_ne!(id, last);
            assert!(table.name(last).is_none());
            table.remove(id);
            last = id;
        }
        assert_eq!(table.entries.len(), 2);
        assert_eq!(table.live(), 0);
    }

    #[test]
    fn ids_that_were_never_given_name_nothing() {
        let mut table = Table::new();
        let id = table.insert(Rc::new(1_u32), false);
        for forged in [0, 1, id + 1, id ^ 1 << 31, u32::MAX] {
            assert!(table.name(forged).is_none() && table.remove(forged).is_none(), "{forged}");
        }
        assert!(table.name(id).is_some());
    }
}
