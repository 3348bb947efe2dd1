//! Ids of entries.

use super::entry::Entry;

/// The id of an entry: its address, which is even.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(super) fn of(entry: &'static Entry) -> u32 {
    core::ptr::from_ref(entry).expose_provenance() as u32
}

/// The entry of an id.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(super) fn entry(id: u32) -> &'static Entry {
    // SAFETY: the host gives ids that it was given, says the contract, and entries stay.
    unsafe { &*core::ptr::with_exposed_provenance(id as usize) }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) use elsewhere::{entry, of};

/// Where an address is no u32: in tests, entries are numbered.
#[cfg(not(target_arch = "wasm32"))]
mod elsewhere {
    use super::Entry;
    use crate::exports::Shared;
    use heap::vec::Vec;

    static ENTRIES: Shared<Vec<&'static Entry>> = Shared::new(Vec::new());

    fn entries() -> &'static mut Vec<&'static Entry> {
        // SAFETY: one thread at a time is here, and no reference stays.
        unsafe { &mut *ENTRIES.get() }
    }

    pub(in super::super) fn of(entry: &'static Entry) -> u32 {
        let known = entries().iter().position(|known| core::ptr::eq(*known, entry));
        let at = known.unwrap_or_else(|| {
            entries().push(entry);
            entries().len() - 1
        });
        (at as u32 + 1) * 2
    }

    pub(in super::super) fn entry(id: u32) -> &'static Entry {
        entries()[id as usize / 2 - 1]
    }
}
