//! The table by itself: ids, calls, loans.

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

/// Held by many; and by one at a time.
fn pair(table: &mut Table) -> (u32, u32) {
    (table.insert(Rc::new(1_u32), true), table.insert(Rc::new(2_u32), false))
}

#[test]
fn one_at_a_time_is_called_alone_and_many_are_not() {
    let mut table = Table::new();
    let (many, one) = pair(&mut table);
    assert!(table.entry(many).unwrap().enter(many).is_none());
    assert!(table.join(many).is_ok() && table.join(many).is_ok());
    assert!(table.part(many).is_none() && table.part(many).is_none());
    assert!(table.entry(one).unwrap().enter(one).is_some());
    assert!(table.entry(one).unwrap().enter(one).is_none());
    assert_eq!(table.join(one).err(), Some(Misuse::ReEntered));
    assert!(table.entry(one).unwrap().leave(one));
    assert!(table.entry(one).unwrap().enter(one).is_some(), "again");
}

#[test]
fn what_ends_in_a_call_ends_with_the_last_one() {
    let mut table = Table::new();
    let (many, one) = pair(&mut table);
    assert!(table.join(many).is_ok() && table.join(many).is_ok());
    assert!(table.entry(one).unwrap().enter(one).is_some());
    assert!(table.remove(many).is_none() && table.remove(one).is_none());
    assert_eq!(table.live(), 0);
    assert_eq!(table.join(many).err(), Some(Misuse::Dropped));
    assert!(table.part(many).is_none());
    assert!(table.part(many).is_some());
    assert!(!table.entry(one).unwrap().leave(one));
    assert!(table.part(one).is_some());
    let next = table.insert(Rc::new(3_u32), false);
    assert_eq!(index_of(next), index_of(one), "the entry is free again");
}

#[test]
fn a_loan_is_ended_by_its_lender_only() {
    let mut table = Table::new();
    let value = 5_u32;
    let lent: NonNull<dyn Held> = NonNull::from(&value);
    let id = table.add(lent, Use { shared: false, lent: true });
    assert!(table.remove(id).is_none() && table.name(id).is_some());
    table.end_loan(id);
    assert!(table.name(id).is_none());
    assert!(table.entry(id).unwrap().enter(id).is_none());
    assert_eq!(value, 5);
}
