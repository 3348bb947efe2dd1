//! JSON texts, by the host's parser.

use crate::{JsString, JsType, JsValue, Result};
use handwire_abi as abi;

/// `JSON.parse(text)`
///
/// # Errors
///
/// A SyntaxError if it is no JSON.
///
/// ```no_run
/// use handwire::json;
/// let point = json::parse(r#"{ "x": 1.5 }"#)?;
/// assert_eq!(point.get_as::<f64>("x")?, 1.5);
/// assert_eq!(json::stringify(&point)?.unwrap().to_utf8(), r#"{"x":1.5}"#);
/// # Ok::<(), handwire::JsError>(())
/// ```
#[inline]
pub fn parse(text: &str) -> Result<JsValue> {
    // SAFETY: pointer and length are those of a text.
    JsValue::checked(unsafe { abi::json_parse(text.as_ptr(), text.len()) })
}

/// `JSON.stringify(value)`; `None` for what JSON can't say: `undefined`, a function, a symbol.
///
/// # Errors
///
/// A TypeError for a cycle or a BigInt; what a getter or a `toJSON` throws.
#[inline]
pub fn stringify(value: &JsValue) -> Result<Option<JsString>> {
    let text = JsValue::checked(abi::json_stringify(value.borrow()))?;
    Ok(if text.is_undefined() { None } else { Some(JsString::unchecked_from(text)) })
}

/// The host's value of a Rust value, by way of its JSON text (feature `json`). What JSON can't say is what
/// serde_json makes of it: a NaN is `null`, bytes are an array, `None` is `null`; integers beyond 2^53 lose
/// their last digits in the host. `data::to_js` keeps all of it, in a fraction of the time.
///
/// # Errors
///
/// The value has no JSON: keys of a map that are neither texts nor numbers, what the type's own `Serialize` gives.
#[cfg(feature = "json")]
pub fn to_js<T: serde::Serialize + ?Sized>(value: &T) -> Result<JsValue> {
    parse(&serde_json::to_string(value).map_err(failed)?)
}

/// A Rust value of the host's, by way of its JSON text (feature `json`), as `JSON.stringify` writes it: with `toJSON`,
/// without what is undefined.
///
/// # Errors
///
/// What [`stringify()`] gives; the value has no JSON, or it is not of that type.
///
/// ```no_run
/// let value = handwire::json::to_js(&[1.5, 2.5])?;
/// assert_eq!(handwire::json::from_js::<Vec<f64>>(&value)?, [1.5, 2.5]);
/// # Ok::<(), handwire::JsError>(())
/// ```
#[cfg(feature = "json")]
pub fn from_js<T: serde::de::DeserializeOwned>(value: &JsValue) -> Result<T> {
    match stringify(value)? {
        Some(text) => serde_json::from_str(&text.to_utf8()).map_err(failed),
        None => Err(crate::JsError::new("this value has no JSON")),
    }
}

#[cfg(feature = "json")]
#[cold]
fn failed(error: serde_json::Error) -> crate::JsError {
    use heap::string::ToString;
    crate::JsError::new(&error.to_string())
}
