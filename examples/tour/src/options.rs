//! What the host asks for: an object of the host, read property by property.

use handwire::{FromJs, JsError, JsFunction, JsValue, Result};

/// The highest level of miniz_oxide.
const LEVELS: u8 = 10;

/// All may be left out.
pub struct Options {
    /// `size`: of the file in bytes, for `progress` only.
    pub size: f64,
    /// `top`: how many of the most frequent words are wanted.
    pub top: usize,
    /// `shortest`: how many characters a word must have to be one of them.
    pub shortest: usize,
    /// `level`: of deflate, 0 to 10.
    pub level: u8,
    /// `progress`: is called with the bytes that are done and `size`, after each piece.
    pub progress: Option<JsFunction>,
}

impl Options {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// What a getter throws; a value of the wrong type; a level that there isn't.
    pub fn read(from: &JsValue) -> Result<Options> {
        let level = or(from, "level", 6)?;
        if level > LEVELS {
            return Err(JsError::new(&format!("level {level}: deflate knows 0 to {LEVELS}")));
        }
        Ok(Options {
            size: or(from, "size", 0.0)?,
            top: or(from, "top", 10)?,
            shortest: or(from, "shortest", 1)?,
            level,
            progress: from.get_as("progress")?,
        })
    }
}

fn or<T: FromJs>(from: &JsValue, name: &str, default: T) -> Result<T> {
    Ok(from.get_as::<Option<T>>(name)?.unwrap_or(default))
}
