//! Instances of classes, which the host holds by ids: who borrows them, takes them, shares them.
//!
//! An id is the address of an [`Entry`], which stays where it is: it is looked up by looking there.
//! It ends only by the host, which says so or gives it away in a call, and doesn't use it any
//! more; unlike that of a closure, which the guest may end while a program keeps its function.
//!
//! A call that is alone with its instance costs one comparison and two stores. For that, the entry has
//! one word that says at once that the value is there, is of this class and is nobody's now. All
//! else is counted beside it, and is rarer: calls within calls, values that the guest shares.

mod entry;
mod id;
mod pool;

pub use entry::Family;

use crate::Class;
use crate::misuse::Misuse;
use core::marker::PhantomData;
use core::ptr::NonNull;
use entry::{CHANGED, Entry, READ, Value};
use heap::rc::Rc;

/// Gives a value an id, which owns it until [`remove`] or [`take`].
pub(crate) fn insert<T: Class>(value: Rc<T>) -> u32 {
    pool::insert(Value::new(value), true)
}

/// The same for a value that nobody else can have an owner of.
#[inline]
pub(crate) fn insert_sole<T: Class>(value: T) -> u32 {
    pool::insert(Value::new(Rc::new(value)), false)
}

/// How many instances the host holds.
pub(crate) fn live() -> usize {
    pool::live()
}

/// Ends an id. The value ends with it, or with the last call that borrows it.
pub(crate) fn remove(id: u32) {
    drop(id::entry(id).remove());
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
    let entry = id::entry(id);
    let had = entry.enter(alone::<CHANGES>(), T::family()) || or_report::<T>(entry::begin(entry, T::family(), CHANGES));
    Borrow { entry: had.then_some(entry.into()), of: PhantomData }
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
    let entry = id::entry(id);
    // SAFETY: `share` has found a `T`.
    or_report::<T>(entry.share(T::family())).then(|| unsafe { entry.another() })
}

/// Makes sure that a value can be taken, and that until it is nobody else gets it. What can't be had is reported.
///
/// `shared`: whether owners besides the host matter.
pub(crate) fn claim<T: Class>(id: u32, shared: bool) -> bool {
    or_report::<T>(id::entry(id).claim(T::family(), shared))
}

/// Ends a claim: the value stays.
pub(crate) fn unclaim(id: u32) {
    id::entry(id).unclaim();
}

/// The value of an id, which ends by it: of one that was claimed, or that could be.
pub(crate) fn take<T: Class>(id: u32, shared: bool) -> Result<Rc<T>, Misuse> {
    id::entry(id).take(T::family(), shared).map(Value::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Piece, Text};
    use core::cell::Cell;
    use heap::string::String;
    use heap::vec::Vec;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// There is one pool, and it is for one thread.
    fn turn() -> MutexGuard<'static, ()> {
        static TURN: Mutex<()> = Mutex::new(());
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    const TEXT: Text = &[Piece::Str("")];

    macro_rules! class {
        ($($type:ty, $name:literal;)*) => {$(
            impl Class for $type {
                const TYPE: Text = TEXT;
                const REF: Text = TEXT;
                const MUT: Text = TEXT;
                fn name() -> &'static str {
                    $name
                }
            }
        )*};
    }
    class! { u32, "u32"; String, "String"; Told, "Told"; }

    /// Says when it is dropped.
    struct Told(Rc<Cell<u32>>);
    impl Drop for Told {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    fn begin<T: Class>(id: u32, changes: bool) -> Option<Misuse> {
        let entry = id::entry(id);
        let quick = entry.enter(if changes { CHANGED } else { READ }, T::family());
        if quick { None } else { entry::begin(entry, T::family(), changes) }
    }

    fn end<T: Class>(id: u32, changes: bool) {
        let entry = id::entry(id);
        if !entry.leave(if changes { CHANGED } else { READ }, T::family()) {
            entry::end(entry, changes);
        }
    }

    #[test]
    fn an_id_names_its_value_until_it_is_removed() {
        let _turn = turn();
        let before = live();
        let (a, b) = (insert_sole(7_u32), insert_sole(String::from("b")));
        assert!(a != 0 && b != 0 && a != b && (a | b) % 2 == 0);
        assert_eq!(live(), before + 2);
        let borrowed = borrow::<u32, false>(a);
        // SAFETY: the value stays until the borrow ends.
        assert_eq!(borrowed.value().map(|value| unsafe { *value.as_ref() }), Some(7));
        drop(borrowed);
        assert_eq!(take::<String>(b, true).as_deref().map(String::as_str), Ok("b"));
        remove(a);
        assert_eq!(begin::<u32>(a, false), Some(Misuse::Dropped));
        remove(a);
        assert_eq!(take::<u32>(a, true), Err(Misuse::Dropped), "twice");
        assert_eq!(live(), before);
    }

    #[test]
    fn another_class_is_told_apart() {
        let _turn = turn();
        let id = insert_sole(7_u32);
        for changes in [false, true] {
            assert_eq!(begin::<String>(id, changes), Some(Misuse::WrongValue));
        }
        assert_eq!(take::<String>(id, true), Err(Misuse::WrongValue));
        assert_eq!(id::entry(id).share(String::family()), Some(Misuse::WrongValue));
        assert_eq!(take::<u32>(id, true).as_deref(), Ok(&7), "and stays what it is");
    }

    #[test]
    fn many_read_or_one_changes() {
        let _turn = turn();
        let id = insert_sole(7_u32);
        for count in 1..4 {
            for _ in 0..count {
                assert_eq!(begin::<u32>(id, false), None);
            }
            assert_eq!(begin::<u32>(id, true), Some(Misuse::ReEntered));
            assert_eq!(take::<u32>(id, true), Err(Misuse::ReEntered));
            for _ in 0..count {
                end::<u32>(id, false);
            }
            assert_eq!(begin::<u32>(id, true), None);
            assert_eq!(begin::<u32>(id, false), Some(Misuse::ReEntered));
            assert_eq!(begin::<u32>(id, true), Some(Misuse::ReEntered));
            end::<u32>(id, true);
        }
        assert_eq!(take::<u32>(id, true).as_deref(), Ok(&7));
        assert_eq!(begin::<u32>(id, false), Some(Misuse::Dropped));
    }

    #[test]
    fn borrows_end_in_any_order() {
        let _turn = turn();
        let id = insert_sole(7_u32);
        let first = borrow::<u32, false>(id);
        let second = borrow::<u32, false>(id);
        drop(first);
        assert_eq!(begin::<u32>(id, true), Some(Misuse::ReEntered));
        let third = borrow::<u32, false>(id);
        drop(second);
        assert_eq!(begin::<u32>(id, true), Some(Misuse::ReEntered));
        drop(third);
        assert_eq!(begin::<u32>(id, true), None);
        end::<u32>(id, true);
        remove(id);
    }

    #[test]
    fn what_is_dropped_while_it_is_borrowed_stays_for_the_borrow() {
        let _turn = turn();
        let dropped = Rc::new(Cell::new(0));
        for changes in [false, true] {
            for count in 1..=if changes { 1 } else { 3 } {
                dropped.set(0);
                let id = insert_sole(Told(Rc::clone(&dropped)));
                for _ in 0..count {
                    assert_eq!(begin::<Told>(id, changes), None);
                }
                remove(id);
                remove(id);
                assert_eq!(begin::<Told>(id, changes), Some(Misuse::Dropped));
                for left in (0..count).rev() {
                    assert_eq!(dropped.get(), 0);
                    end::<Told>(id, changes);
                    assert_eq!(dropped.get(), u32::from(left == 0));
                }
            }
        }
    }

    #[test]
    fn a_claim_excludes_all_others_and_can_be_undone() {
        let _turn = turn();
        let id = insert_sole(7_u32);
        let claim = || id::entry(id).claim(u32::family(), true);
        assert_eq!(claim(), None);
        assert_eq!(claim(), Some(Misuse::ReEntered), "twice");
        assert_eq!(begin::<u32>(id, false), Some(Misuse::ReEntered));
        unclaim(id);
        unclaim(id);
        assert_eq!(begin::<u32>(id, false), None);
        unclaim(id);
        assert_eq!(claim(), Some(Misuse::ReEntered), "a borrow is no claim");
        end::<u32>(id, false);
        assert_eq!(claim(), None);
        assert_eq!(take::<u32>(id, true).as_deref(), Ok(&7));
    }

    #[test]
    fn what_is_dropped_while_it_is_claimed_ends_with_the_claim() {
        let _turn = turn();
        let dropped = Rc::new(Cell::new(0));
        let id = insert_sole(Told(Rc::clone(&dropped)));
        assert!(claim::<Told>(id, true));
        remove(id);
        assert_eq!(dropped.get(), 0);
        unclaim(id);
        assert_eq!(dropped.get(), 1);
    }

    #[test]
    fn what_the_guest_shares_is_read_only() {
        let _turn = turn();
        let own = Rc::new(7_u32);
        let id = insert(Rc::clone(&own));
        assert_eq!(begin::<u32>(id, true), Some(Misuse::Shared));
        assert_eq!(take::<u32>(id, true), Err(Misuse::Shared));
        assert_eq!(begin::<u32>(id, false), None);
        end::<u32>(id, false);
        let weak = Rc::downgrade(&own);
        drop(own);
        assert_eq!(begin::<u32>(id, true), Some(Misuse::Shared), "it may come back");
        drop(weak);
        assert_eq!(begin::<u32>(id, true), None);
        end::<u32>(id, true);
        let own = share::<u32>(id).unwrap();
        assert_eq!(begin::<u32>(id, true), Some(Misuse::Shared));
        assert_eq!(take::<u32>(id, false).as_deref(), Ok(&7));
        assert_eq!(Rc::strong_count(&own), 1);
    }

    #[test]
    fn a_claim_that_is_undone_forgets_no_owner() {
        let _turn = turn();
        let own = Rc::new(7_u32);
        let id = insert(Rc::clone(&own));
        assert!(claim::<u32>(id, false));
        unclaim(id);
        assert_eq!(begin::<u32>(id, true), Some(Misuse::Shared));
        drop(own);
        assert_eq!(begin::<u32>(id, true), None);
        assert_eq!(begin::<u32>(id, false), Some(Misuse::ReEntered));
        end::<u32>(id, true);
        remove(id);
    }

    #[test]
    fn an_id_is_not_given_again_soon() {
        let _turn = turn();
        let first = insert_sole(1_u32);
        remove(first);
        let mut seen = Vec::new();
        for _ in 0..100 {
            let id = insert_sole(2_u32);
            assert!(id != first && !seen.contains(&id));
            remove(id);
            seen.push(id);
        }
        assert_eq!(begin::<u32>(first, false), Some(Misuse::Dropped));
    }
}
