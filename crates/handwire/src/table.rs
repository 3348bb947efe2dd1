//! Closures, and what else the host holds by an id that the guest may end: values that stay while
//! they are in use. Those of classes are in `instances`.
//!
//! An id is `generation << 21 | index << 1 | 1`: odd, and so none of an instance. An index is used
//! again at once, with the next generation, and retired with its last: so an id never names two
//! values, and a stale one is always found out. A program may well keep the function of a closure that ended
//! long ago.

mod entry;
mod held;
#[cfg(test)]
mod tests;

pub use held::Call;
pub(crate) use held::Held;

use crate::exports::Shared;
use crate::misuse::Misuse;
use core::any::Any;
use core::ptr::NonNull;
use entry::{Entry, Use};
use heap::rc::Rc;
use heap::vec::Vec;

const INDEX_BITS: u32 = 20;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
/// What an id and the next of its entry are apart.
const ID_ENDS: u32 = 1 << (INDEX_BITS + 1);
#[cfg(test)]
const LAST_GENERATION: u32 = u32::MAX / ID_ENDS;
/// Ends the list of free entries.
const NOBODY: u32 = u32::MAX;

/// Where the entry of an id is.
#[inline(always)]
const fn index_of(id: u32) -> usize {
    (id >> 1 & INDEX) as usize
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

    fn insert<T: Held>(&mut self, value: Rc<T>, shared: bool) -> u32 {
        // SAFETY: an `Rc` gives no null.
        let value: NonNull<dyn Held> = unsafe { NonNull::new_unchecked(Rc::into_raw(value).cast_mut()) };
        self.add(value, Use { shared, lent: false })
    }

    #[inline(always)]
    fn add(&mut self, value: NonNull<dyn Held>, how: Use) -> u32 {
        if self.free == NOBODY {
            self.grow();
        }
        let entry = &mut self.entries[self.free as usize];
        self.free = entry.next();
        entry.fill(value, how)
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let index = self.entries.len() as u32;
        assert!(
            // The last is left out: no id has all bits set.
            index < INDEX,
            "the host holds more than a million values of this guest: free what is no longer used"
        );
        self.entries.push(Entry::new(ID_ENDS | index << 1 | 1));
        self.entries[index as usize].set_next(NOBODY);
        self.free = index;
    }

    #[inline(always)]
    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        self.entries.get_mut(index_of(id))
    }

    /// How many ids are valid: looked through, so that nobody pays for it who doesn't ask.
    fn live(&self) -> usize {
        self.entries.iter().filter(|entry| entry.lives()).count()
    }

    fn value(&mut self, id: u32) -> Option<NonNull<dyn Held>> {
        self.entry(id)?.value(id)
    }

    fn name(&mut self, id: u32) -> Option<&'static str> {
        // SAFETY: the entry owns the value, or has it lent.
        Some(unsafe { self.value(id)?.as_ref() }.name())
    }

    fn get_as<T: Held>(&mut self, id: u32) -> Result<Rc<T>, Misuse> {
        let value = self.value(id).ok_or(Misuse::Dropped)?;
        // SAFETY: as above.
        let is_t = (unsafe { value.as_ref() } as &dyn Any).is::<T>();
        // SAFETY: the entry has a `T`. It is none that is lent: those are of types that nobody asks for.
        if is_t { Ok(unsafe { Entry::another::<T>(value) }) } else { Err(Misuse::WrongValue) }
    }

    /// The value is not there while a call uses it: then the end of that call has it. A loan is ended by its lender only.
    fn remove(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        self.value(id)?;
        let entry = self.entry(id)?;
        let ends = !entry.is_lent() && entry.end();
        if ends { self.empty(id) } else { None }
    }

    /// Ends the id of a loan, of which no call is under way.
    #[inline(always)]
    fn end_loan(&mut self, id: u32) {
        if let Some(entry) = self.entry(id) {
            entry.end();
            self.empty(id);
        }
    }

    /// Takes the value out of an entry whose id has ended, and puts it with the free ones, unless its ids are used up.
    #[inline(always)]
    fn empty(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let index = index_of(id);
        let entry = &mut self.entries[index];
        let value = entry.empty();
        if entry.has_next_id() {
            entry.set_next(self.free);
            self.free = index as u32;
        }
        value
    }

    /// Begins a call of a value that is in use by many, or can't be used.
    fn join(&mut self, id: u32) -> Result<NonNull<dyn Held>, Misuse> {
        let value = self.value(id).ok_or(Misuse::Dropped)?;
        let joined = self.entry(id).is_some_and(Entry::join);
        if joined { Ok(value) } else { Err(Misuse::ReEntered) }
    }

    /// Ends it. What ends with it.
    fn part(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let over = self.entries[index_of(id)].part();
        if over { self.empty(id) } else { None }
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
    with(|table| table.add(value, Use { shared: !sole, lent: true }))
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

/// Begins a call of the closure of an id, which has it alone until [`leave`]; nothing if that isn't how it is called.
#[inline(always)]
pub(crate) fn enter<'a>(id: u32) -> Option<&'a dyn Held> {
    let value = with(|table| table.entry(id).and_then(|entry| entry.enter(id)));
    // SAFETY: what is in use stays, and a loan lasts at least as long as all calls of its closure.
    value.map(|value| unsafe { value.as_ref() })
}

/// Ends it.
#[inline(always)]
pub(crate) fn leave(id: u32) {
    // SAFETY: entries are never fewer.
    if !with(|table| unsafe { table.entries.get_unchecked_mut(index_of(id)) }.leave(id)) {
        part(id);
    }
}

/// Calls the closure of an id that many may use at a time. One that can't be called is reported, and gives `refused`.
pub(crate) fn call_joined<R>(id: u32, refused: R, call: impl FnOnce(&dyn Held) -> R) -> R {
    match with(|table| table.join(id)) {
        Ok(value) => {
            // SAFETY: as in `enter`.
            let result = call(unsafe { value.as_ref() });
            part(id);
            result
        }
        Err(misuse) => {
            misuse.report("closure");
            refused
        }
    }
}

/// Dropped here and not in `with`: a destructor may call anything.
#[cold]
#[inline(never)]
fn part(id: u32) {
    drop(with(|table| table.part(id)));
}
