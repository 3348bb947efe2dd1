//! An entry: a value of a class with what is known of its borrows.

use super::family::Family;
use crate::Class;
use crate::misuse::Misuse;
use crate::pool;
use core::cell::Cell;
use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};
use heap::rc::Rc;

/// A value of some class: an `Rc` of it.
pub(super) struct Value {
    value: *const (),
    family: &'static Family,
}

impl Value {
    #[inline(always)]
    pub(super) fn new<T: Class>(value: Rc<T>) -> Value {
        Value { value: Rc::into_raw(value).cast(), family: T::family() }
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        // SAFETY: it has what it was made of.
        unsafe { (self.family.drop)(self.value) };
    }
}

impl<T: Class> From<Value> for Rc<T> {
    #[inline]
    fn from(value: Value) -> Rc<T> {
        assert!(value.family.is(T::family()), "a value of another class");
        let value = ManuallyDrop::new(value);
        // SAFETY: it came from an `Rc` of this class.
        unsafe { Rc::from_raw(value.value.cast()) }
    }
}

// What the word of an entry is besides the address of a family:
/// The id has ended. There may be a last borrow.
const ENDED: usize = 0;
/// One borrow that changes, and what is in `state`.
pub(super) const CHANGED: usize = 1;
/// One borrow that reads, and what is in `state`.
pub(super) const READ: usize = 2;
/// All are in `state`.
const COUNTED: usize = 3;

/// Beside the number of borrows: the guest may have owners of its own, which have to be looked for.
const SHARED: u32 = 1 << 31;
/// In place of a number of borrows: one that changes.
const EXCLUSIVE: u32 = SHARED - 1;
/// In place of a number of borrows: one that takes, of a call that is being checked.
const CLAIMED: u32 = SHARED - 2;

#[repr(C, align(16))]
pub(super) struct Entry {
    /// What a call has to know, if it is alone with the value: the address of its family, while nobody uses it.
    word: Cell<usize>,
    /// The borrows, but for the one that the word has.
    state: Cell<u32>,
    /// Of a free entry: the next one.
    value: Cell<*const ()>,
    family: Cell<Option<&'static Family>>,
}

impl Entry {
    // The ways of a call that is alone with the value.

    /// Whether nobody uses the value.
    #[inline(always)]
    pub(super) fn is_free(&self, family: &'static Family) -> bool {
        self.word.get() == family.word()
    }

    /// Begins a borrow of a value that nobody uses; false if it takes more than a look to know.
    #[inline(always)]
    pub(super) fn enter(&self, alone: usize, family: &'static Family) -> bool {
        let free = self.is_free(family);
        if free {
            self.word.set(alone);
        }
        free
    }

    /// Ends a borrow that was the only one; false if it wasn't, or the value has to end.
    #[inline(always)]
    pub(super) fn leave(&self, alone: usize, family: &'static Family) -> bool {
        let was = self.word.get() == alone;
        if was {
            self.word.set(family.word());
        }
        was
    }

    /// The value of an entry that is known to have a `T`.
    #[inline(always)]
    pub(super) fn value<T>(&self) -> NonNull<T> {
        // SAFETY: no `Rc` is null.
        unsafe { NonNull::new_unchecked(self.value.get().cast_mut().cast()) }
    }

    // All others.

    /// Sees to it that the borrows are in `state`, of a value of a family.
    fn count(&self, family: &'static Family) -> Result<(), Misuse> {
        let Some(own) = self.family.get().filter(|_| self.word.get() != ENDED) else { return Err(Misuse::Dropped) };
        if !own.is(family) {
            return Err(Misuse::WrongValue);
        }
        self.uncover();
        Ok(())
    }

    /// What the word says, as `state` has it.
    fn uncover(&self) {
        match self.word.replace(COUNTED) {
            CHANGED => self.state.set(self.state.get() | EXCLUSIVE),
            READ => self.state.set(self.state.get() + 1),
            _ => {}
        }
    }

    /// What nobody uses can be had at a look again.
    fn cover(&self) {
        if let (0, Some(family)) = (self.state.get(), self.family.get()) {
            self.word.set(family.word());
        }
    }

    fn borrows(&self) -> u32 {
        self.state.get() & !SHARED
    }

    /// `shared`: whether owners besides the host matter.
    fn seize(&self, family: &'static Family, how: u32, shared: bool) -> Result<(), Misuse> {
        self.count(family)?;
        if self.borrows() != 0 {
            return Err(Misuse::ReEntered);
        }
        let owned = self.state.get() & SHARED;
        // SAFETY: the entry has a value of the family.
        if owned != 0 && shared && !unsafe { (family.sole)(self.value.get()) } {
            return Err(Misuse::Shared);
        }
        self.state.set(owned | how);
        Ok(())
    }

    fn read(&self, family: &'static Family) -> Result<(), Misuse> {
        self.count(family)?;
        if self.borrows() >= CLAIMED - 1 {
            return Err(Misuse::ReEntered);
        }
        self.state.set(self.state.get() + 1);
        Ok(())
    }

    pub(super) fn claim(&self, family: &'static Family, shared: bool) -> Option<Misuse> {
        self.seize(family, CLAIMED, shared).err()
    }

    pub(super) fn unclaim(&self) {
        if matches!(self.word.get(), COUNTED | ENDED) && self.borrows() == CLAIMED {
            self.give_back(true);
        }
    }

    pub(super) fn take(&self, family: &'static Family, shared: bool) -> Result<Value, Misuse> {
        self.count(family)?;
        if self.borrows() != CLAIMED {
            self.seize(family, CLAIMED, shared)?;
        }
        Ok(self.empty())
    }

    /// Notes that there will be another owner.
    pub(super) fn share(&self, family: &'static Family) -> Option<Misuse> {
        if let Err(misuse) = self.count(family) {
            return Some(misuse);
        }
        if self.borrows() >= CLAIMED {
            return Some(Misuse::ReEntered);
        }
        self.state.set(self.state.get() | SHARED);
        None
    }

    /// Another owner of the value.
    ///
    /// # Safety
    ///
    /// The entry has a `T`.
    pub(super) unsafe fn another<T>(&self) -> Rc<T> {
        let value: *const T = self.value.get().cast();
        // SAFETY: the entry owns what it has as an `Rc`, and the caller says that it is one of a `T`.
        unsafe {
            Rc::increment_strong_count(value);
            Rc::from_raw(value)
        }
    }

    /// Ends a borrow that is counted.
    fn give_back(&self, alone: bool) {
        if self.word.get() != ENDED {
            self.uncover();
        }
        let state = self.state.get();
        self.state.set(if alone { state & SHARED } else { state - 1 });
        if self.word.get() != ENDED {
            self.cover();
        } else if self.borrows() == 0 {
            drop(self.empty());
        }
    }

    /// Ends the id: whoever gets the value decides when that is dropped. None if it had ended, or a borrow will end it.
    pub(super) fn remove(&self) -> Option<Value> {
        if self.word.get() == ENDED {
            return None;
        }
        self.uncover();
        if self.borrows() == 0 {
            return Some(self.empty());
        }
        self.word.set(ENDED);
        None
    }

    /// The value of an entry that nobody uses. The entry is free then.
    fn empty(&self) -> Value {
        let Some(family) = self.family.take() else { unreachable!("it has a value") };
        let value = self.value.get();
        self.word.set(ENDED);
        self.state.set(0);
        super::pool().release(self);
        Value { value, family }
    }

    // A free entry.

    #[inline(always)]
    pub(super) fn fill(&self, value: Value, shared: bool) {
        let value = ManuallyDrop::new(value);
        self.value.set(value.value);
        self.family.set(Some(value.family));
        self.word.set(if shared { COUNTED } else { value.family.word() });
        self.state.set(if shared { SHARED } else { 0 });
    }
}

impl pool::Entry for Entry {
    const FREE: Entry =
        Entry { word: Cell::new(ENDED), state: Cell::new(0), value: Cell::new(ptr::null()), family: Cell::new(None) };

    #[inline(always)]
    fn next(&self) -> *const Entry {
        self.value.get().cast()
    }

    #[inline(always)]
    fn set_next(&self, next: *const Entry) {
        self.value.set(next.cast());
    }
}

/// Lets a call begin that `enter` would refuse, as if it were alone, if it may have the value: one that is over before all others that
/// have it, and after which `resume` is called before anybody else can ask.
#[cold]
#[inline(never)]
pub(super) fn admit(entry: &Entry, family: &'static Family, changes: bool) -> Option<Misuse> {
    let misuse = begin(entry, family, changes);
    if misuse.is_none() {
        // The others stay counted, and are covered until there is a word of this one.
        let state = entry.state.get();
        entry.state.set(if changes { state & SHARED } else { state - 1 });
        entry.word.set(family.word());
    }
    misuse
}

/// What such a call has covered is seen again.
#[cold]
#[inline(never)]
pub(super) fn resume(entry: &Entry, family: &'static Family) {
    if entry.is_free(family) && entry.state.get() != 0 {
        entry.word.set(COUNTED);
    }
}

/// Begins a borrow that `enter` could not.
#[cold]
#[inline(never)]
pub(super) fn begin(entry: &Entry, family: &'static Family, changes: bool) -> Option<Misuse> {
    let begun = if changes { entry.seize(family, EXCLUSIVE, true) } else { entry.read(family) };
    begun.err()
}

/// Ends a borrow that `leave` could not.
#[cold]
#[inline(never)]
pub(super) fn end(entry: &Entry, changes: bool) {
    entry.give_back(changes);
}
