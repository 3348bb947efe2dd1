//! Texts that stay: `localStorage` and `sessionStorage`.

use crate::host_type::host_type;
use alloc::string::String;
use handwire::{JsError, import};

host_type! {
    /// A store of texts by key, as [`local`] and [`session`] give one.
    ///
    /// ```no_run
    /// # fn f() -> handwire::Result<()> {
    /// let store = handwire_web::storage::local()?;
    /// let visits = store.get("visits").and_then(|text| text.parse().ok()).unwrap_or(0) + 1;
    /// store.set("visits", &format!("{visits}"))?;
    /// # Ok(())
    /// # }
    /// ```
    pub struct Storage: JsObject = "js.Object";
}

import! {
    /// What stays until somebody deletes it. An error where there is none, or where the visitor or a policy forbids it.
    pub fn local() -> Result<Storage, JsError> = "() => { if (!globalThis.localStorage) throw new Error('there is no localStorage here'); return localStorage; }";
    /// What stays as long as the page's tab. An error as with [`local`].
    pub fn session() -> Result<Storage, JsError> = "() => { if (!globalThis.sessionStorage) throw new Error('there is no sessionStorage here'); return sessionStorage; }";

    fn get(storage: &Storage, key: &str) -> Option<String> = "$1.getItem($2)";
    fn set(storage: &Storage, key: &str, text: &str) -> Result<(), JsError> = "$1.setItem($2, $3)";
    fn remove(storage: &Storage, key: &str) = "$1.removeItem($2)";
    fn clear(storage: &Storage) = "$1.clear()";
    fn len(storage: &Storage) -> u32 = "$1.length";
    fn key(storage: &Storage, index: u32) -> Option<String> = "$1.key($2)";
}

impl Storage {
    /// The text of a key, if it has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        get(self, key)
    }

    /// Sets the text of a key.
    ///
    /// # Errors
    ///
    /// What the platform throws when the store is full.
    pub fn set(&self, key: &str, text: &str) -> handwire::Result<()> {
        set(self, key, text)
    }

    /// Takes a key away, if it is there.
    pub fn remove(&self, key: &str) {
        remove(self, key);
    }

    /// Takes all keys away.
    pub fn clear(&self) {
        clear(self);
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        len(self)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys, in an order of the platform's.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.len()).map_while(|index| key(self, index))
    }
}
