//! Symbols.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, return_result};
use handwire::{JsError, JsObject, JsSymbol, JsValue, contract};
use heap::string::String;

contract! {
    "export symbol_new(description: str) -> js",
    "export symbol_registered(key: str) -> js",
    "export symbol_description(symbol: &js) -> result<str>",
    r#"export symbol_hidden(description: str) -> result<js> "An object with 1 under a symbol of that name.""#,
    r#"export symbol_iterate(iterable: &js) -> result<js> "The first that its iterator gives.""#,
}

#[unsafe(no_mangle)]
extern "C" fn symbol_new(description: *const u8, len: usize) -> OwnedHandle {
    JsValue::from(JsSymbol::new(text!(description, len))).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn symbol_registered(key: *const u8, len: usize) -> OwnedHandle {
    JsValue::from(JsSymbol::registered(text!(key, len))).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn symbol_description(symbol: Handle) -> i32 {
    let symbol = lift_borrowed(symbol).to::<JsSymbol>();
    let description = symbol.and_then(|symbol| symbol.get_as::<String>("description"));
    return_result(description)
}

#[unsafe(no_mangle)]
extern "C" fn symbol_hidden(description: *const u8, len: usize) -> i32 {
    let description = text!(description, len);
    let make = || {
        let (symbol, object) = (JsSymbol::new(description), JsObject::new());
        object.set(&symbol, 1)?;
        // Equal to no other, whatever its description.
        assert!(object.has(&symbol)? && !object.has(JsSymbol::new(description))? && object.delete(&symbol)?);
        object.set(&symbol, 1)?;
        Ok::<_, JsError>(object)
    };
    let object = make();
    return_result(object)
}

#[unsafe(no_mangle)]
extern "C" fn symbol_iterate(iterable: Handle) -> i32 {
    let iterable = lift_borrowed(iterable);
    let first = || {
        let iterator: JsSymbol = JsValue::global().get("Symbol")?.get_as("iterator")?;
        iterable.call(&iterator, ())?.call("next", ())?.get("value")
    };
    return_result(first())
}
