//! Instances by themselves: borrows, claims, owners.

use super::*;
use crate::id::turn;
use crate::wire::{Piece, Text};
use core::cell::Cell;
use heap::string::String;
use heap::vec::Vec;

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
    let entry = entry_of(id);
    let quick = entry.enter(if changes { CHANGED } else { READ }, T::family());
    if quick { None } else { entry::begin(entry, T::family(), changes) }
}

fn end<T: Class>(id: u32, changes: bool) {
    let entry = entry_of(id);
    if !entry.leave(if changes { CHANGED } else { READ }, T::family()) {
        entry::end(entry, changes);
    }
}

#[test]
fn an_id_names_its_value_until_it_is_removed() {
    let _turn = turn();
    let before = live();
    let (a, b) = (insert_sole(7_u32), insert_sole(String::from("b")));
    assert!(a != 0 && b != 0 && a != b && (a | b) % 16 == 0);
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
    assert_eq!(entry_of(id).share(String::family()), Some(Misuse::WrongValue));
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
    let claim = || entry_of(id).claim(u32::family(), true);
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

/// A call that begins at a look, whoever has the value; nothing if it may not.
fn nested<T: Class>(id: u32, changes: bool, within: impl FnOnce()) -> Option<Misuse> {
    let entry = entry_of(id);
    let ready = entry.is_free(T::family());
    if !ready && let Some(misuse) = entry::admit(entry, T::family(), changes) {
        return Some(misuse);
    }
    assert!(entry.enter(if changes { CHANGED } else { READ }, T::family()), "at a look");
    within();
    end::<T>(id, changes);
    if !ready {
        entry::resume(entry, T::family());
    }
    None
}

#[test]
fn calls_within_calls_begin_at_a_look_and_are_seen_by_others() {
    let _turn = turn();
    let dropped = Rc::new(Cell::new(0));
    let id = insert_sole(Told(Rc::clone(&dropped)));
    let changed = || nested::<Told>(id, true, || unreachable!("it is read"));
    let depth = |_: u32| assert_eq!(changed(), Some(Misuse::ReEntered));
    let outer = nested::<Told>(id, false, || {
        depth(1);
        let inner = nested::<Told>(id, false, || {
            depth(2);
            assert_eq!(nested::<Told>(id, false, || depth(3)), None);
            depth(2);
        });
        assert_eq!(inner, None);
        depth(1);
    });
    assert_eq!(outer, None);
    assert_eq!(nested::<Told>(id, true, || depth(1)), None);
    // One that was there before ends within.
    assert_eq!(begin::<Told>(id, false), None);
    assert_eq!(begin::<Told>(id, false), None);
    end::<Told>(id, false);
    let within = nested::<Told>(id, false, || {
        entry::end(entry_of(id), false);
        depth(1);
    });
    assert_eq!(within, None);
    // It ends within.
    let removed = nested::<Told>(id, false, || {
        assert_eq!(nested::<Told>(id, false, || remove(id)), None);
        assert_eq!(changed(), Some(Misuse::Dropped));
        assert_eq!(dropped.get(), 0);
    });
    assert_eq!((removed, dropped.get()), (None, 1));
}

#[test]
fn a_call_within_calls_forgets_no_owner() {
    let _turn = turn();
    let own = Rc::new(7_u32);
    let id = insert(Rc::clone(&own));
    for _ in 0..2 {
        assert_eq!(nested::<u32>(id, false, || assert_eq!(begin::<u32>(id, true), Some(Misuse::ReEntered))), None);
        assert_eq!(begin::<u32>(id, true), Some(Misuse::Shared));
    }
    drop(own);
    assert_eq!(nested::<u32>(id, true, || assert_eq!(begin::<u32>(id, false), Some(Misuse::ReEntered))), None);
    let own = share::<u32>(id);
    assert_eq!(nested::<u32>(id, true, || unreachable!("it has another owner")), Some(Misuse::Shared));
    drop(own);
    remove(id);
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
