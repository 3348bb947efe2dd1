//! Exports of every type of the contract, as parameter and as result.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_bool, lift_borrowed, lift_char, lift_owned, return_result, return_text};
use handwire::{JsError, JsFunction, JsType, JsValue, contract};
use heap::format;

/// Three exports for a scalar: as it is, through the return slot, and into digits.
macro_rules! scalars {
    ($($type:ident $echo:ident $echo_line:literal $slot:ident $slot_line:literal $digits:ident $digits_line:literal)*) => {$(
        contract!($echo_line, $slot_line, $digits_line);

        #[unsafe(no_mangle)]
        extern "C" fn $echo(value: $type) -> $type {
            value
        }

        #[unsafe(no_mangle)]
        extern "C" fn $slot(value: $type) -> i32 {
            return_result(Ok::<_, JsError>(value))
        }

        #[unsafe(no_mangle)]
        extern "C" fn $digits(value: $type) {
            return_text(format!("{value:?}"));
        }
    )*};
}

scalars! {
    i8 echo_i8 "export echo_i8(value: i8) -> i8"
        slot_i8 "export slot_i8(value: i8) -> result<i8>" digits_i8 "export digits_i8(value: i8) -> str"
    u8 echo_u8 "export echo_u8(value: u8) -> u8"
        slot_u8 "export slot_u8(value: u8) -> result<u8>" digits_u8 "export digits_u8(value: u8) -> str"
    i16 echo_i16 "export echo_i16(value: i16) -> i16"
        slot_i16 "export slot_i16(value: i16) -> result<i16>" digits_i16 "export digits_i16(value: i16) -> str"
    u16 echo_u16 "export echo_u16(value: u16) -> u16"
        slot_u16 "export slot_u16(value: u16) -> result<u16>" digits_u16 "export digits_u16(value: u16) -> str"
    i32 echo_i32 "export echo_i32(value: i32) -> i32"
        slot_i32 "export slot_i32(value: i32) -> result<i32>" digits_i32 "export digits_i32(value: i32) -> str"
    u32 echo_u32 "export echo_u32(value: u32) -> u32"
        slot_u32 "export slot_u32(value: u32) -> result<u32>" digits_u32 "export digits_u32(value: u32) -> str"
    usize echo_usize "export echo_usize(value: usize) -> usize"
        slot_usize "export slot_usize(value: usize) -> result<usize>"
        digits_usize "export digits_usize(value: usize) -> str"
    f32 echo_f32 "export echo_f32(value: f32) -> f32"
        slot_f32 "export slot_f32(value: f32) -> result<f32>" digits_f32 "export digits_f32(value: f32) -> str"
    f64 echo_f64 "export echo_f64(value: f64) -> f64"
        slot_f64 "export slot_f64(value: f64) -> result<f64>" digits_f64 "export digits_f64(value: f64) -> str"
}

contract! {
    "export echo_bool(value: bool) -> bool",
    "export slot_bool(value: bool) -> result<bool>",
    "export slot_unit(fails: bool) -> result<()>",
    "export nothing()",
    r#"export all_types(a: bool, b: i8, c: u16, d: i64, e: f32, f: char, g: str, h: bytes, i: js, j: &js) -> str "Ten parameters: \"all\" types.""#,
}

#[unsafe(no_mangle)]
extern "C" fn echo_bool(value: u32) -> u32 {
    lift_bool(value).into()
}

#[unsafe(no_mangle)]
extern "C" fn slot_bool(value: u32) -> i32 {
    return_result(Ok::<_, JsError>(lift_bool(value)))
}

#[unsafe(no_mangle)]
extern "C" fn slot_unit(fails: u32) -> i32 {
    return_result(if lift_bool(fails) { Err("it fails") } else { Ok(()) })
}

#[unsafe(no_mangle)]
extern "C" fn nothing() {}

#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments, reason = "one of each type")]
extern "C" fn all_types(
    a: u32,
    b: i8,
    c: u16,
    d: i64,
    e: f32,
    f: u32,
    g: *const u8,
    g_len: usize,
    h: *const u8,
    h_len: usize,
    i: OwnedHandle,
    j: Handle,
) {
    let (a, f, g, h) = (lift_bool(a), lift_char(f), text!(g, g_len), bytes!(h, h_len));
    let text = format!("{a} {b} {c} {d} {e} {f} {g} {h:?} {:?} {:?}", lift_owned(i), *lift_borrowed(j));
    return_text(text);
}

contract! {
    "export dirty_bool() -> bool",
    "export dirty_i8() -> i8",
    "export dirty_u8() -> u8",
    "export dirty_i16() -> i16",
    "export dirty_u16() -> u16",
}

/// Exports whose wire has bits above the declared type, as a guest of another language may leave them.
macro_rules! dirty {
    ($($name:ident $wire:literal)*) => {$(
        #[unsafe(no_mangle)]
        extern "C" fn $name() -> u32 {
            $wire
        }
    )*};
}

dirty! {
    dirty_bool 2
    dirty_i8 0x1234_5680
    dirty_u8 0x1234_5680
    dirty_i16 0x1234_8000
    dirty_u16 0x1234_8000
}

/// Without a declaration: a function of numbers.
#[unsafe(no_mangle)]
extern "C" fn undeclared(a: i32, b: f64) -> f64 {
    f64::from(a) + b
}

contract! {
    r#"export reenter(function: &js, text: str) -> str "Calls a function with a text, and returns that text and the result.""#,
    r#"export last_act(function: &js) -> str "A destructor calls a function after the result is known.""#,
}

#[unsafe(no_mangle)]
extern "C" fn reenter(function: Handle, text: *const u8, len: usize) {
    let function = lift_borrowed(function);
    let text = text!(text, len);
    let result = JsFunction::unchecked_ref(&function).call_as::<heap::string::String>(&JsValue::UNDEFINED, (text,));
    // Read again: the arguments of calls made meanwhile lie above.
    return_text(format!("{text} {}", result.unwrap_or_else(|error| format!("failed: {error}"))));
}

struct Last<'a>(&'a JsFunction);

impl Drop for Last<'_> {
    fn drop(&mut self) {
        self.0.call(&JsValue::UNDEFINED, ()).expect("the function doesn't throw");
    }
}

#[unsafe(no_mangle)]
extern "C" fn last_act(function: Handle) {
    let function = lift_borrowed(function);
    let text = {
        let _last = Last(JsFunction::unchecked_ref(&function));
        heap::string::String::from("the outer result")
    };
    return_text(text);
}
