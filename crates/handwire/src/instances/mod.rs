//! Instances of classes, which the host holds by ids: who borrows them, takes them, shares them.
//!
//! An id is the address of an [`Entry`], which stays where it is: it is looked up by looking there.
//! It ends only by the host, which says so or gives it away in a call, and doesn't use it any
//! more; unlike that of a closure, which the guest may end while a program keeps its function.
//!
//! A call that is alone with its instance costs one comparison and two stores. For that, the entry has
//! one word that says at once that the value is there, is of this class and is nobody's now. All
//! else is counted beside it, and is rarer: calls within calls, values that the guest shares. What is rare is in functions of
//! its own, and where a call can begin anew, so is the whole way of it: see [`admit`].

mod entry;
mod family;
#[cfg(test)]
mod tests;

pub use family::Family;

use crate::exports::Shared;
use crate::misuse::Misuse;
use crate::pool::Pool;
use crate::{Class, id};
use core::marker::PhantomData;
#[cfg(feature = "async")]
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use entry::{CHANGED, Entry, READ, Value};
use heap::rc::Rc;

static POOL: Shared<Pool<Entry>> = Shared::new(Pool::new());

fn pool() -> &'static Pool<Entry> {
    // SAFETY: one thread is in this instance, and all in there are cells.
    unsafe { &*POOL.get() }
}

#[inline(always)]
fn entry_of(id: u32) -> &'static Entry {
    // SAFETY: the host gives ids that it was given, says the contract, and entries stay.
    unsafe { id::entry(id) }
}

#[inline]
fn give(value: Value, shared: bool) -> u32 {
    let entry = pool().take();
    entry.fill(value, shared);
    id::of(entry)
}

/// Gives a value an id, which owns it until [`remove`] or [`take`].
pub(crate) fn insert<T: Class>(value: Rc<T>) -> u32 {
    give(Value::new(value), true)
}

/// The same for a value that nobody else can have an owner of.
#[inline]
pub(crate) fn insert_sole<T: Class>(value: T) -> u32 {
    give(Value::new(Rc::new(value)), false)
}

/// How many instances the host holds.
pub(crate) fn live() -> usize {
    pool().live()
}

/// Ends an id. The value ends with it, or with the last call that borrows it.
pub(crate) fn remove(id: u32) {
    drop(entry_of(id).remove());
}

/// A borrow, until it is dropped: one that reads, or one that `CHANGES`. It may be one of nothing, of a call that is refused.
#[derive(Debug)]
pub struct Borrow<T: Class, const CHANGES: bool> {
    entry: Option<NonNull<Entry>>,
    of: PhantomData<*const T>,
}

impl<T: Class, const CHANGES: bool> Borrow<T, CHANGES> {
    /// None if it is one of nothing.
    #[inline(always)]
    pub(crate) fn value(&self) -> Option<NonNull<T>> {
        // SAFETY: entries stay.
        self.entry.map(|entry| unsafe { entry.as_ref() }.value())
    }
}

impl<T: Class> Borrow<T, true> {
    /// Calls with the value, and ends the borrow. It is one of something.
    #[inline(always)]
    pub(crate) fn lend<'h, R, F: FnOnce(&'h mut T) -> R>(&'h mut self, call: F) -> R {
        /// The value is nobody else's in here, as an argument that a compiler knows to lie apart from the entry: where a call comes back from no
        /// other code it needs no second look. The value is dropped outside, if it has to be.
        fn apart<'h, T: Class, R>(value: &'h mut T, entry: &Entry, call: impl FnOnce(&'h mut T) -> R) -> (R, bool) {
            let result = call(value);
            (result, entry.leave(alone::<true>(), T::family()))
        }
        // By its address, which is called as it is written: what is put in place of a call before that is known is no argument any more.
        let apart: fn(&'h mut T, &Entry, F) -> (R, bool) = apart;
        let Some(entry) = self.entry.take() else { unreachable!("a call that is refused has no values") };
        // SAFETY: entries stay; the value stays until the borrow ends, and nobody else has it.
        let (result, left) = unsafe { apart(entry.as_ref().value().as_mut(), entry.as_ref(), call) };
        if !left {
            // SAFETY: as above.
            entry::end(unsafe { entry.as_ref() }, true);
        }
        result
    }
}

impl<T: Class, const CHANGES: bool> Drop for Borrow<T, CHANGES> {
    #[inline(always)]
    fn drop(&mut self) {
        let Some(entry) = self.entry else { return };
        // SAFETY: as above.
        let entry = unsafe { entry.as_ref() };
        if !entry.leave(alone::<CHANGES>(), T::family()) {
            entry::end(entry, CHANGES);
        }
    }
}

/// What the word of an entry is while one borrow has it alone.
const fn alone<const CHANGES: bool>() -> usize {
    if CHANGES { CHANGED } else { READ }
}

/// A borrow. What can't be had is reported.
#[inline(always)]
pub(crate) fn borrow<T: Class, const CHANGES: bool>(id: u32) -> Borrow<T, CHANGES> {
    let entry = entry_of(id);
    let had = entry.enter(alone::<CHANGES>(), T::family()) || or_report::<T>(entry::begin(entry, T::family(), CHANGES));
    Borrow { entry: had.then_some(entry.into()), of: PhantomData }
}

/// The same for a call that goes on when others have come and gone: it is counted from the beginning, never alone.
#[cfg(feature = "async")]
#[derive(Debug)]
pub struct Lease<T: Class, const CHANGES: bool> {
    borrow: ManuallyDrop<Borrow<T, CHANGES>>,
}

#[cfg(feature = "async")]
impl<T: Class, const CHANGES: bool> Lease<T, CHANGES> {
    /// What can't be had is reported.
    pub(crate) fn new(id: u32) -> Lease<T, CHANGES> {
        let entry = entry_of(id);
        let had = or_report::<T>(entry::begin(entry, T::family(), CHANGES));
        Lease { borrow: ManuallyDrop::new(Borrow { entry: had.then_some(entry.into()), of: PhantomData }) }
    }

    /// The borrow.
    pub(crate) fn held(&mut self) -> &mut Borrow<T, CHANGES> {
        &mut self.borrow
    }

    /// Whether it is one of nothing.
    pub(crate) fn is_none(&self) -> bool {
        self.borrow.entry.is_none()
    }
}

#[cfg(feature = "async")]
impl<T: Class, const CHANGES: bool> Drop for Lease<T, CHANGES> {
    fn drop(&mut self) {
        if let Some(entry) = self.borrow.entry {
            // SAFETY: entries stay.
            entry::end(unsafe { entry.as_ref() }, CHANGES);
        }
    }
}

/// Whether a borrow is a matter of a look.
#[inline(always)]
pub(crate) fn is_free<T: Class>(id: u32) -> bool {
    entry_of(id).is_free(T::family())
}

/// Whether a call can have a value that others have, too, or that is no free one. From then on, until [`resume`], [`borrow`] gives it at a
/// look; in between, that call begins and ends, and nothing else of the guest runs but what it calls. What can't be had is reported.
#[inline]
pub(crate) fn admit<T: Class, const CHANGES: bool>(id: u32) -> bool {
    or_report::<T>(entry::admit(entry_of(id), T::family(), CHANGES))
}

/// Ends what [`admit`] began.
#[inline]
pub(crate) fn resume<T: Class>(id: u32) {
    entry::resume(entry_of(id), T::family());
}

/// Whether it went well. If it didn't, that is reported.
#[inline]
fn or_report<T: Class>(misuse: Option<Misuse>) -> bool {
    if let Some(misuse) = misuse {
        misuse.report(T::name());
    }
    misuse.is_none()
}

/// Another owner. What can't be had is reported.
pub(crate) fn share<T: Class>(id: u32) -> Option<Rc<T>> {
    let entry = entry_of(id);
    // SAFETY: `share` has found a `T`.
    or_report::<T>(entry.share(T::family())).then(|| unsafe { entry.another() })
}

/// Makes sure that a value can be taken, and that until it is nobody else gets it. What can't be had is reported.
///
/// `shared`: whether owners besides the host matter.
pub(crate) fn claim<T: Class>(id: u32, shared: bool) -> bool {
    or_report::<T>(entry_of(id).claim(T::family(), shared))
}

/// Ends a claim: the value stays.
pub(crate) fn unclaim(id: u32) {
    entry_of(id).unclaim();
}

/// The value of an id, which ends by it: of one that was claimed, or that could be.
pub(crate) fn take<T: Class>(id: u32, shared: bool) -> Result<Rc<T>, Misuse> {
    entry_of(id).take(T::family(), shared).map(Value::into)
}
