//! What the host holds by an id that the guest may end too, while a program keeps what was made
//! of it: externals, and what implements an interface.
//!
//! An id is `generation << 21 | index << 1 | 1`: odd, and so none of an instance or a closure. An index is
//! used again at once, with the next generation, and retired with its last: so an id never names
//! two values, and a stale one is always found out.

use crate::exports::Shared;
use crate::misuse::Misuse;
use core::any::Any;
use heap::rc::Rc;
use heap::vec::Vec;

const INDEX_BITS: u32 = 20;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
/// What an id and the next of its entry are apart.
const ID_ENDS: u32 = 1 << (INDEX_BITS + 1);
/// Ends the list of free entries.
const NOBODY: u32 = u32::MAX;

/// Where the entry of an id is.
const fn index_of(id: u32) -> usize {
    (id >> 1 & INDEX) as usize
}

/// A value of the table.
pub(crate) trait Held: Any {
    /// What an error calls it.
    fn name(&self) -> &'static str;
}

struct Entry {
    /// The id that is valid now; while none is, the next one with its lowest bit flipped, which nobody looks for.
    id: u32,
    /// While the entry is free: the next free one.
    next: u32,
    value: Option<Rc<dyn Held>>,
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

    fn insert(&mut self, value: Rc<dyn Held>) -> u32 {
        if self.free == NOBODY {
            self.grow();
        }
        let entry = &mut self.entries[self.free as usize];
        self.free = entry.next;
        entry.id ^= 1;
        entry.value = Some(value);
        entry.id
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
        self.entries.push(Entry { id: ID_ENDS | index << 1, next: NOBODY, value: None });
        self.free = index;
    }

    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        self.entries.get_mut(index_of(id)).filter(|entry| entry.id == id)
    }

    /// How many ids are valid: looked through, so that nobody pays for it who doesn't ask.
    fn live(&self) -> usize {
        self.entries.iter().filter(|entry| entry.value.is_some()).count()
    }

    fn name(&mut self, id: u32) -> Option<&'static str> {
        Some(self.entry(id)?.value.as_ref()?.name())
    }

    fn get_as<T: Held>(&mut self, id: u32) -> Result<Rc<T>, Misuse> {
        let value = self.entry(id).and_then(|entry| entry.value.clone()).ok_or(Misuse::Dropped)?;
        if !(&*value as &dyn Any).is::<T>() {
            return Err(Misuse::WrongValue);
        }
        // SAFETY: it is a `T`.
        Ok(unsafe { Rc::from_raw(Rc::into_raw(value).cast::<T>()) })
    }

    fn remove(&mut self, id: u32) -> Option<Rc<dyn Held>> {
        let free = self.free;
        let entry = self.entry(id)?;
        // With the last generation it wraps to that of no id.
        entry.id = entry.id.wrapping_add(ID_ENDS) ^ 1;
        let value = entry.value.take();
        if entry.id >= ID_ENDS {
            entry.next = free;
            self.free = index_of(id) as u32;
        }
        value
    }
}

static TABLE: Shared<Table> = Shared::new(Table::new());

/// Runs with the table. Nothing in `act` may run code of others: no drop of a value, no call.
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
    with(|table| table.insert(value))
}

/// The name of the value of an id, of whatever type.
pub(crate) fn name(id: u32) -> Option<&'static str> {
    with(|table| table.name(id))
}

/// Another owner of the value of an id, if it is a `T`.
pub(crate) fn get_as<T: Held>(id: u32) -> Result<Rc<T>, Misuse> {
    with(|table| table.get_as(id))
}

/// Ends an id: whoever gets its value decides when that is dropped. None if the id has ended.
pub(crate) fn remove(id: u32) -> Option<Rc<dyn Held>> {
    with(|table| table.remove(id))
}

/// How many values have an id.
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
        let a = table.insert(Rc::new(7_u32));
        let b = table.insert(Rc::new(String::from("b")));
        assert!(a != 0 && b != 0 && a != b && a & b & 1 == 1);
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
        let id = table.insert(Rc::new(7_u32));
        assert_eq!(table.get_as::<String>(id), Err(Misuse::WrongValue));
    }

    #[test]
    fn an_owner_outlives_the_id() {
        let mut table = Table::new();
        let id = table.insert(Rc::new(String::from("kept")));
        let kept = table.get_as::<String>(id).unwrap();
        drop(table.remove(id));
        assert_eq!(*kept, "kept");
        assert_eq!(Rc::strong_count(&kept), 1);
    }

    #[test]
    fn no_id_is_given_twice_and_a_worn_index_is_retired() {
        let mut table = Table::new();
        let mut last = 0;
        for _ in 0..u32::MAX / ID_ENDS * 2 {
            let id = table.insert(Rc::new(1_u32));
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
        let id = table.insert(Rc::new(1_u32));
        for forged in [0, 1, id + 2, id ^ 1, id ^ 1 << 31, u32::MAX] {
            assert!(table.name(forged).is_none() && table.remove(forged).is_none(), "{forged}");
        }
        assert!(table.name(id).is_some());
    }
}
