//! Functions of the macros, and beside each what it expands to, written by hand: the wire and
//! the line are the same.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::abi::Slot;
use handwire::wire::Lift;
use handwire::{JsError, JsValue, contract, export};

handwire::export! {
    /// Greets by name.
    fn greet_macro(name: &str) -> String {
        greeting(name)
    }

    fn parse_macro(text: &str) -> Result<i32, core::num::ParseIntError> {
        text.parse()
    }

    fn keys_macro(object: &JsValue) -> JsValue {
        keys(object)
    }

    fn mixed_macro(flag: bool, letter: char, big: u64, value: JsValue, rest: Option<f64>) -> Result<Vec<u16>, JsError> {
        mixed(flag, letter, big, value, rest)
    }
}

contract! {
    r#"export greet_hand(name: str) -> str "Greets by name.""#,
    "export parse_hand(text: str) -> result<i32>",
    "export keys_hand(object: &js) -> js",
    "export mixed_hand(flag: bool, letter: char, big: u64, value: js, rest: f64?) -> result<[u16]>",
}

#[unsafe(no_mangle)]
extern "C" fn greet_hand(name: *const u8, name_len: usize) {
    // SAFETY: the host gives a text that stays for the time of the call.
    export::return_text(greeting(unsafe { export::lift_text(name, name_len) }));
}

#[unsafe(no_mangle)]
extern "C" fn parse_hand(text: *const u8, text_len: usize) -> i32 {
    // SAFETY: as above.
    export::return_result(unsafe { export::lift_text(text, text_len) }.parse::<i32>())
}

#[unsafe(no_mangle)]
extern "C" fn keys_hand(object: handwire::abi::Handle) -> handwire::abi::OwnedHandle {
    keys(&export::lift_borrowed(object)).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn mixed_hand(
    flag: u32,
    letter: u32,
    big: u64,
    value: handwire::abi::OwnedHandle,
    rest: *const Slot,
) -> i32 {
    let value = export::lift_owned(value);
    // SAFETY: the host gives the address of a slot that stays for the time of the call.
    let mut rest = unsafe { <Option<f64> as Lift>::hold(rest, ()) };
    export::return_result(mixed(
        export::lift_bool(flag),
        export::lift_char(letter),
        big,
        value,
        <Option<f64>>::lift(&mut rest),
    ))
}

fn greeting(name: &str) -> String {
    alloc::format!("Hello, {name}!")
}

fn keys(object: &JsValue) -> JsValue {
    object.keys().map_or(JsValue::UNDEFINED, Into::into)
}

fn mixed(flag: bool, letter: char, big: u64, value: JsValue, rest: Option<f64>) -> Result<Vec<u16>, JsError> {
    if !flag {
        return Err(JsError::from(value));
    }
    Ok(alloc::vec![letter as u16, big as u16, rest.map_or(0, |rest| rest as u16)])
}
