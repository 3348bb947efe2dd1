//! [`JsObject`]: anything that has an identity.

use crate::typed::typed;
use crate::{JsType, JsValue, Key, Kind, Result, ToArg};
use handwire_abi as abi;

typed! {
    /// An object: plain, array, function, anything that `Object(v) === v` holds for. Its
    /// properties are reached by [`get`](JsValue::get), [`set`](JsValue::set) and so on.
    ///
    /// ```no_run
    /// use handwire::JsObject;
    /// let point = JsObject::new();
    /// point.set("x", 1.5)?;
    /// assert_eq!(point.get_as::<f64>("x")?, 1.5);
    /// assert!(point.has("x")? && point.delete("x")? && !point.has("x")?);
    ///
    /// let options = JsObject::from_pairs([("once", true), ("passive", false)])?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    pub struct JsObject: JsValue; "Object", |value| matches!(value.kind(), Kind::Object | Kind::Function)
}

impl JsObject {
    /// `{}`
    #[inline]
    #[allow(clippy::new_without_default, reason = "it makes something in the host")]
    pub fn new() -> JsObject {
        JsObject::unchecked_from(JsValue::made(abi::object_new()))
    }

    /// A plain object with these properties. They are set, so `__proto__` is its prototype
    /// and no property.
    ///
    /// # Errors
    ///
    /// None that a page which leaves `Object.prototype` alone can cause: a setter there
    /// could throw.
    pub fn from_pairs<K: Key, V: ToArg>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<JsObject> {
        let object = JsObject::new();
        for (key, value) in pairs {
            object.set(key, value)?;
        }
        Ok(object)
    }
}
