//! [`JsSymbol`]: keys that are equal to nothing but themselves.

use crate::typed::typed;
use crate::{JsType, JsValue, Kind};
use handwire_abi as abi;

typed! {
    /// A symbol, for use as a [`Key`](crate::Key). Well-known ones are properties of
    /// `Symbol`: `JsValue::global().get("Symbol")?.get_as::<JsSymbol>("iterator")`.
    ///
    /// ```no_run
    /// use handwire::{JsObject, JsSymbol};
    /// let (hidden, object) = (JsSymbol::new("hidden"), JsObject::new());
    /// object.set(&hidden, 1)?;
    /// assert_eq!(object.get_as::<u8>(&hidden)?, 1);
    /// assert_eq!(hidden.get_as::<String>("description")?, "hidden");
    /// assert!(JsSymbol::registered("app.key") == JsSymbol::registered("app.key"));
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    pub struct JsSymbol: JsValue; "Symbol", |value| value.kind() == Kind::Symbol
}

impl JsSymbol {
    /// `Symbol(description)`: a new one, equal to no other.
    #[inline]
    pub fn new(description: &str) -> JsSymbol {
        // SAFETY: pointer and length are those of a text.
        let handle = unsafe { abi::symbol_new(description.as_ptr(), description.len()) };
        JsSymbol::unchecked_from(JsValue::made(handle))
    }

    /// `Symbol.for(key)`: the one that everybody gets who asks by this key.
    #[inline]
    pub fn registered(key: &str) -> JsSymbol {
        // SAFETY: pointer and length are those of a text.
        let handle = unsafe { abi::symbol_for(key.as_ptr(), key.len()) };
        JsSymbol::unchecked_from(JsValue::made(handle))
    }
}
