//! callbacks: the callback interfaces of UniFFI's guide. An `Authenticator` keeps a user in a keychain that the page
//! implements, tells an observer of the page without waiting for it, and lets go of both when it is
//! dropped. A keychain in Rust is handed to the page by the same trait.

use handwire::CallError;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

handwire::record! {
    /// What a keychain may refuse with.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum KeychainError { Locked, Full }
}

handwire::interface! {
    /// Keeps secrets under names.
    pub(crate) trait Keychain {
        /// The secret of a name, if there is one.
        fn get(&self, key: &str) -> Result<Option<String>, CallError<KeychainError>>;
        /// Keeps a secret.
        fn put(&self, key: &str, value: &str) -> Result<(), CallError<KeychainError>>;
    }

    /// Wants to know who comes and goes.
    pub(crate) trait Observer {
        /// Somebody has signed in, or out. Nobody waits for what comes of it.
        #[detached]
        fn changed(&self, user: Option<String>);
    }
}

/// Lets users in.
struct Authenticator {
    keychain: Box<dyn Keychain>,
    observer: Rc<dyn Observer>,
}

handwire::class! {
    /// Lets users in whose names and passwords the keychain has.
    impl Authenticator {
        /// Holds both until it is freed.
        fn new(keychain: Box<dyn Keychain>, observer: Rc<dyn Observer>) -> Self {
            Authenticator { keychain, observer }
        }

        /// Makes a user known.
        fn enroll(&self, user: &str, password: &str) -> Result<(), CallError<KeychainError>> {
            self.keychain.put(user, password)
        }

        /// What became of it, in words. Whatever the keychain throws, this goes on.
        fn sign_in(&self, user: &str, password: &str) -> String {
            match self.keychain.get(user) {
                Ok(Some(known)) if known == password => {
                    self.observer.changed(Some(user.into()));
                    format!("Welcome, {user}!")
                }
                Ok(_) => format!("{user} is unknown, or the password is wrong."),
                Err(CallError::Declared(KeychainError::Locked)) => "The keychain is locked: unlock it, and try again.".into(),
                Err(CallError::Declared(KeychainError::Full)) => "The keychain is full.".into(),
                Err(CallError::Unexpected(thrown)) => format!("The keychain is broken: {}", thrown.message()),
            }
        }

        /// Says so three times, while nobody hears it yet.
        fn sign_out(&self) {
            for _ in 0..3 {
                self.observer.changed(None);
            }
        }
    }
}

/// A keychain in Rust.
#[derive(Default)]
struct Memory {
    secrets: RefCell<HashMap<String, String>>,
}

impl Keychain for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, CallError<KeychainError>> {
        Ok(self.secrets.borrow().get(key).cloned())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), CallError<KeychainError>> {
        let mut secrets = self.secrets.borrow_mut();
        if secrets.len() == 2 && !secrets.contains_key(key) {
            return Err(KeychainError::Full.into());
        }
        secrets.insert(key.into(), value.into());
        Ok(())
    }
}

handwire::export! {
    /// A keychain in Rust, with room for two.
    fn memory_keychain() -> Box<dyn Keychain> {
        Box::new(Memory::default())
    }
}
