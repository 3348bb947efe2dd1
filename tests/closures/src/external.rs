//! Externals.

use crate::kept::Token;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use core::cell::Cell;
use handwire::{External, ExternalError, JsObject, JsValue, export};

struct Parser {
    line: Cell<u32>,
    _token: Token,
}

struct Other(String);

export! {
    /// An object that carries a parser.
    fn external_parser(line: u32) -> JsObject { External::new(Parser { line: Cell::new(line), _token: Token::new() }) }

    /// An object that carries something else.
    fn external_other(text: String) -> JsObject { External::share(Rc::new(Other(text))) }

    /// The next line.
    fn external_next(object: &JsValue) -> Result<u32, ExternalError> {
        let parser = External::<Parser>::get(object)?;
        parser.line.set(parser.line.get() + 1);
        Ok(parser.line.get())
    }

    /// The other's text.
    fn external_text(object: &JsValue) -> Result<String, ExternalError> { Ok(External::<Other>::get(object)?.0.to_string()) }

    /// Takes the parser out.
    fn external_take(object: &JsValue) -> Result<u32, ExternalError> { Ok(External::<Parser>::take(object)?.line.get()) }
}
