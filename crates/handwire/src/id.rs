//! Ids that are addresses: of what stays where it is for as long as the host has the id.

/// The id of an entry.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(crate) fn of<E>(entry: &E) -> u32 {
    core::ptr::from_ref(entry).expose_provenance() as u32
}

/// The entry of an id.
///
/// # Safety
///
/// The host was given the id for an `E`, and has not ended it.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(crate) unsafe fn entry<'a, E>(id: u32) -> &'a E {
    // SAFETY: the caller says so.
    unsafe { &*core::ptr::with_exposed_provenance(id as usize) }
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use elsewhere::{entry, of};

/// Where an address is no u32: in tests, addresses are numbered.
#[cfg(not(target_arch = "wasm32"))]
mod elsewhere {
    use crate::exports::Shared;
    use heap::vec::Vec;

    static ADDRESSES: Shared<Vec<*const ()>> = Shared::new(Vec::new());

    fn addresses() -> &'static mut Vec<*const ()> {
        // SAFETY: one thread at a time is here, and no reference stays.
        unsafe { &mut *ADDRESSES.get() }
    }

    pub(crate) fn of<E>(entry: &E) -> u32 {
        let address = core::ptr::from_ref(entry).cast();
        let known = addresses().iter().position(|known| *known == address);
        let at = known.unwrap_or_else(|| {
            addresses().push(address);
            addresses().len() - 1
        });
        // The lowest bits stay, by which kinds are told apart.
        ((at as u32 + 1) * 16) | (address.addr() & 8) as u32
    }

    /// # Safety
    ///
    /// As on wasm32.
    pub(crate) unsafe fn entry<'a, E>(id: u32) -> &'a E {
        // SAFETY: the caller says so.
        unsafe { &*addresses()[id as usize / 16 - 1].cast() }
    }
}

/// Tests of what has ids run one after the other: there is one pool of each kind, and it is for one thread.
#[cfg(test)]
pub(crate) fn turn() -> std::sync::MutexGuard<'static, ()> {
    static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
