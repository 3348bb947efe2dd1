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
