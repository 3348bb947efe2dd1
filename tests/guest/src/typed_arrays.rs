//! Typed arrays, and bytes as arguments and results.

use handwire::abi::{self, Handle, OwnedHandle};
use handwire::export::{lift_borrowed, return_bytes, return_result};
use handwire::*;
use heap::vec;
use heap::vec::Vec;

contract! {
    "export bytes_echo(bytes: bytes) -> bytes",
    "export bytes_echo_result(bytes: bytes) -> result<bytes>",
    "export bytes_argument(function: &js, bytes: bytes) -> result<js>",
    r#"export bytes_make(len: usize, byte: u8) -> bytes "So many of a byte.""#,
    r#"export bytes_vec(value: &js) -> result<bytes> "Through the conversion to `Vec<u8>`.""#,
}

#[unsafe(no_mangle)]
extern "C" fn bytes_echo(bytes: *const u8, len: usize) {
    return_bytes(bytes!(bytes, len).into());
}

#[unsafe(no_mangle)]
extern "C" fn bytes_echo_result(bytes: *const u8, len: usize) -> i32 {
    return_result(Ok::<_, JsError>(bytes!(bytes, len).to_vec()))
}

#[unsafe(no_mangle)]
extern "C" fn bytes_argument(function: Handle, bytes: *const u8, len: usize) -> i32 {
    let function = lift_borrowed(function);
    return_result(JsFunction::unchecked_ref(&function).call(&JsValue::UNDEFINED, (bytes!(bytes, len),)))
}

#[unsafe(no_mangle)]
extern "C" fn bytes_make(len: usize, byte: u32) {
    return_bytes(vec![byte as u8; len]);
}

#[unsafe(no_mangle)]
extern "C" fn bytes_vec(value: Handle) -> i32 {
    return_result(lift_borrowed(value).to::<Vec<u8>>())
}

contract! {
    r#"export typed_round(value: &js) -> result<js> "A copy of the same type, through a `Vec`.""#,
    r#"export typed_collect(value: &js) -> result<js> "The same through an iterator.""#,
    r#"export typed_vec(value: &js) -> result<js> "The same through the conversion to `Vec`.""#,
    r#"export typed_len(value: &js) -> result<usize> "In elements.""#,
    r#"export typed_copy_to(value: &js, room: usize) -> result<js> "The content, then 7s; undefined if it doesn't fit.""#,
    r#"export typed_copy_from(target: &js, offset: usize, len: usize) -> result<bool> "Writes 1, 2, 3 and so on.""#,
    r#"export typed_unaligned(element: u32, bytes: bytes, offset: usize) -> js "From any address.""#,
}

/// Runs a method-like closure with a value as the typed array that it is.
macro_rules! by_array {
    ($value:ident, |$array:ident, $type:ident| $run:expr) => {
        by_array! { @ $value, |$array, $type| $run,
            JsInt8Array i8, JsUint8Array u8, JsUint8ClampedArray u8, JsInt16Array i16, JsUint16Array u16,
            JsInt32Array i32, JsUint32Array u32, JsFloat32Array f32, JsFloat64Array f64, JsBigInt64Array i64,
            JsBigUint64Array u64,
        }
    };
    (@ $value:ident, |$array:ident, $type:ident| $run:expr, $($js:ident $rust:ident,)*) => {{
        $(if let Some($array) = $value.cast_ref::<$js>() {
            #[allow(dead_code)]
            type $type = ($js, $rust);
            return return_result(Ok::<_, JsError>($run));
        })*
        return_result(Err::<(), _>(JsError::new("no typed array")))
    }};
}

trait Pair {
    type Js;
    type Rust;
}

impl<J, R> Pair for (J, R) {
    type Js = J;
    type Rust = R;
}

#[unsafe(no_mangle)]
extern "C" fn typed_round(value: Handle) -> i32 {
    let value = lift_borrowed(value);
    by_array!(value, |array, T| {
        assert_eq!(array.is_empty(), array.to_vec().is_empty());
        JsValue::from(<T as Pair>::Js::from(&array.to_vec()))
    })
}

#[unsafe(no_mangle)]
extern "C" fn typed_collect(value: Handle) -> i32 {
    let value = lift_borrowed(value);
    by_array!(value, |array, T| {
        let copy: <T as Pair>::Js = Vec::from(array).into_iter().collect();
        JsValue::from(copy)
    })
}

#[unsafe(no_mangle)]
extern "C" fn typed_vec(value: Handle) -> i32 {
    let value = lift_borrowed(value);
    by_array!(value, |array, T| {
        match array.to::<Vec<<T as Pair>::Rust>>() {
            Ok(vec) => JsValue::from(<T as Pair>::Js::from(&vec)),
            Err(error) => error.into_value(),
        }
    })
}

#[unsafe(no_mangle)]
extern "C" fn typed_len(value: Handle) -> i32 {
    let value = lift_borrowed(value);
    by_array!(value, |array, T| array.len())
}

#[unsafe(no_mangle)]
extern "C" fn typed_copy_to(value: Handle, room: usize) -> i32 {
    let value = lift_borrowed(value);
    by_array!(value, |array, T| {
        let mut target = vec![7u8 as <T as Pair>::Rust; room];
        match array.copy_to(&mut target) {
            Some(_) => JsValue::from(<T as Pair>::Js::from(&target)),
            None => {
                assert!(target.iter().all(|element| *element == 7u8 as <T as Pair>::Rust), "nothing is written");
                JsValue::UNDEFINED
            }
        }
    })
}

#[unsafe(no_mangle)]
extern "C" fn typed_copy_from(target: Handle, offset: usize, len: usize) -> i32 {
    let target = lift_borrowed(target);
    by_array!(target, |array, T| {
        let source: Vec<_> = (1..=len).map(|element| element as <T as Pair>::Rust).collect();
        array.copy_from(offset, &source)
    })
}

#[unsafe(no_mangle)]
extern "C" fn typed_unaligned(element: u32, bytes: *const u8, len: usize, offset: usize) -> OwnedHandle {
    let bytes = bytes!(bytes, len);
    let size = match element {
        4 | 5 => 2,
        6..=8 => 4,
        9..=11 => 8,
        _ => 1,
    };
    let mut moved = vec![0; offset];
    moved.extend_from_slice(bytes);
    let part = moved.get(offset..).unwrap_or_default();
    // SAFETY: the bytes are readable.
    unsafe { abi::bytes_new(element, part.as_ptr(), part.len() / size) }
}
