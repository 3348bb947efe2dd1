//! [`Name`]: a text of the program that crosses once, and is a handle from then on.

use crate::{Arg, JsString, JsValue, Key, KeyRef, ToArg};
use core::cell::OnceCell;
use core::fmt;
use core::ops::Deref;

/// A name that stands in the program: a property's, a method's, any text that is needed
/// often. The first use makes a string of the host of it, which stays for as long as the
/// instance lives; each further use is a handle that is there already.
///
/// [`js_str!`](crate::js_str) makes one beside where it is used.
pub struct Name {
    text: &'static str,
    string: OnceCell<JsString>,
}

// SAFETY: an instance is entered by one thread at a time, says the contract. On other
// targets there is no host, and the cell stays empty.
unsafe impl Sync for Name {}

impl Name {
    /// For a `static`, so that it is made once; in a `const` it would be made at each use.
    pub const fn new(text: &'static str) -> Name {
        Name { text, string: OnceCell::new() }
    }

    /// The text.
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.text
    }
}

impl Deref for Name {
    type Target = JsString;

    #[inline]
    fn deref(&self) -> &JsString {
        match self.string.get() {
            Some(string) => string,
            None => intern(self),
        }
    }
}

/// Apart from each use, which so is a load and a test.
#[cold]
#[inline(never)]
fn intern(name: &Name) -> &JsString {
    name.string.get_or_init(|| JsString::from(name.text))
}

impl Key for Name {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Value(self)
    }
}

impl ToArg for Name {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        Arg::value(self)
    }
}

impl From<&Name> for JsValue {
    /// A handle of its own, for what wants to own one.
    #[inline]
    fn from(name: &Name) -> JsValue {
        JsValue::clone(name)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text, f)
    }
}

/// A literal as a string of the host, made once: a `&'static` [`Name`], which is a key and
/// a value.
///
/// ```no_run
/// use handwire::{JsValue, js_str};
/// # let node = JsValue::global();
/// for _ in 0..1000 {
///     node.set(js_str!("className"), js_str!("danger"))?; // the two texts cross once
///     node.call(js_str!("remove"), ())?;
/// }
/// # Ok::<(), handwire::JsError>(())
/// ```
///
/// It is this, which may stand in your program as well, for a name that several places
/// share:
///
/// ```no_run
/// use handwire::{JsValue, Name};
/// static CLASS_NAME: Name = Name::new("className");
/// # fn f(node: &JsValue) -> handwire::Result<bool> {
/// node.set(&CLASS_NAME, "danger")
/// # }
/// ```
///
/// The string lives as long as the instance: for names that a program has, not for data.
#[macro_export]
macro_rules! js_str {
    ($text:expr) => {{
        static NAME: $crate::Name = $crate::Name::new($text);
        &NAME
    }};
}

#[cfg(test)]
mod tests {
    use super::*;
    use heap::format;

    #[test]
    fn a_name_crosses_nothing_before_it_is_used() {
        let name = js_str!("className");
        assert_eq!((name.text(), format!("{name:?}").as_str()), ("className", "\"className\""));
        assert!(name.string.get().is_none());
        assert_eq!(size_of::<Name>(), size_of::<&str>() + size_of::<usize>());
    }

    #[test]
    fn one_place_has_one_name() {
        let place = || js_str!("x");
        assert!(core::ptr::eq(place(), place()) && !core::ptr::eq(place(), js_str!("x")));
    }
}
