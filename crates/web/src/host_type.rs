//! [`host_type!`]: newtypes of the platform's objects.

/// Makes types of the platform's objects. Unlike those of [`handwire::js_type!`] they are in the contract as what they wrap:
/// a guest may have a record called `Element` of its own.
macro_rules! host_type {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident: $parent:ident = $owned:literal;)*) => {$(
        handwire::js_newtype! { $(#[$meta])* $vis struct $name: $parent; }
        handwire::crossing!($name, $owned, concat!("&", $owned));
    )*};
}

pub(crate) use host_type;
