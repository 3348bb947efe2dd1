//! Values of the host, by the operations of the contract.

use bench_by_hand::text;
use handwire_abi::{self as abi, Handle, OwnedHandle, Slot, value_kind};
use std::hint::black_box;

#[unsafe(no_mangle)]
extern "C" fn value_in(value: Handle) -> u32 {
    black_box(value);
    1
}

#[unsafe(no_mangle)]
extern "C" fn value_same(value: OwnedHandle) -> OwnedHandle {
    black_box(value)
}

#[unsafe(no_mangle)]
extern "C" fn clone_value(value: Handle, n: u32) -> u32 {
    (0..n).map(|_| count(abi::handle_clone(value))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get(object: Handle, n: u32) -> u32 {
    let (key, mut out) = ("child", 0.0);
    // SAFETY: pointer and length are those of a text, `out` is writable.
    (0..n).map(|_| count(unsafe { abi::object_get_named(object, key.as_ptr(), key.len(), &mut out) })).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get_key(object: Handle, n: u32) -> u32 {
    let mut out = 0.0;
    // SAFETY: `out` is writable.
    with_key("child", |key| (0..n).map(|_| count(unsafe { abi::object_get(object, key, &mut out) })).sum())
}

#[unsafe(no_mangle)]
extern "C" fn get_typed(object: Handle, n: u32) -> f64 {
    // SAFETY: `out` is writable.
    with_key("x", |key| (0..n).map(|_| number(|out| unsafe { abi::object_get(object, key, out) })).sum())
}

#[unsafe(no_mangle)]
extern "C" fn set(object: Handle, n: u32) -> u32 {
    let key = "x";
    // SAFETY: pointer and length are those of a text, the slot is readable.
    let set = |slot: Slot| unsafe { abi::object_set_named(object, key.as_ptr(), key.len(), &slot) };
    (0..n).map(|i| set(Slot::number(f64::from(i))) as u32).sum()
}

#[unsafe(no_mangle)]
extern "C" fn set_typed(object: Handle, n: u32) -> u32 {
    // SAFETY: the slot is readable.
    let set = |key, slot: Slot| unsafe { abi::object_set(object, key, &slot) };
    with_key("x", |key| (0..n).map(|i| set(key, Slot::number(f64::from(i))) as u32).sum())
}

#[unsafe(no_mangle)]
extern "C" fn call_method(object: Handle, n: u32) -> f64 {
    // SAFETY: the slot is readable, `out` is writable.
    let call = |key, slot: Slot| number(|out| unsafe { abi::object_call(object, key, &slot, 1, out) });
    with_key("scaled", |key| (0..n).map(|i| call(key, Slot::number(f64::from(i)))).sum())
}

#[unsafe(no_mangle)]
extern "C" fn call_function(function: Handle, n: u32) -> f64 {
    // SAFETY: the slot is readable, `out` is writable.
    let call = |slot: Slot| number(|out| unsafe { abi::function_call(function, Handle::UNDEFINED, &slot, 1, out) });
    (0..n).map(|i| call(Slot::number(f64::from(i)))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn push(array: Handle, n: u32) -> u32 {
    for i in 0..n {
        // SAFETY: the slot is readable.
        assert!(unsafe { abi::array_push(array, &Slot::number(f64::from(i))) } == 1);
    }
    // SAFETY: `out` is writable.
    number(|out| unsafe { abi::array_length(array, out) }) as u32
}

#[unsafe(no_mangle)]
extern "C" fn index(array: Handle, n: u32) -> f64 {
    // SAFETY: `out` is writable.
    (0..n).map(|i| number(|out| unsafe { abi::array_get(array, i & 7, out) })).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_string(value: Handle, n: u32) -> u32 {
    (0..n).map(|_| u32::from(abi::value_kind(black_box(value)) == value_kind::STRING)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_undefined(value: Handle, n: u32) -> u32 {
    (0..n).map(|_| u32::from(black_box(value) == Handle::UNDEFINED)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn to_number(value: Handle, n: u32) -> f64 {
    (0..n).map(|_| abi::value_number(value)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn from_number(n: u32) -> u32 {
    (0..n).map(|i| count(abi::value_from_number(f64::from(i)))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn try_ok(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_ready(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_new(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref(a: Handle) -> u32 {
    abi::value_truthy(a)
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref_text(a: Handle, b: *const u8, b_len: usize) -> OwnedHandle {
    let (key, mut out) = ("touched", 0.0);
    // SAFETY: pointers and lengths are those of texts, the slot is readable, `out` is writable.
    unsafe {
        abi::object_set_named(a, key.as_ptr(), key.len(), &Slot::number(1.0));
        let b = text(b, b_len);
        let value = abi::object_get_named(a, b.as_ptr(), b.len(), &mut out);
        if value.borrow() == Handle::NUMBER { abi::value_from_number(out) } else { value }
    }
}

#[unsafe(no_mangle)]
extern "C" fn warm_js(a: OwnedHandle) -> OwnedHandle {
    let clone = abi::handle_clone(a.borrow());
    count(a);
    clone
}

#[unsafe(no_mangle)]
extern "C" fn warm_result_js(a: Handle) -> OwnedHandle {
    let mut out = 0.0;
    // SAFETY: `out` is writable.
    let value = with_key("child", |key| unsafe { abi::object_get(a, key, &mut out) });
    if value.borrow() == Handle::NUMBER { abi::value_from_number(out) } else { value }
}

/// The sum of what comes back, and 1 for each error.
fn attempt(function: Handle, n: u32) -> f64 {
    let call = |slot: Slot| {
        let mut out = 0.0;
        // SAFETY: the slot is readable, `out` is writable.
        let handle = unsafe { abi::function_call(function, Handle::UNDEFINED, &slot, 1, &mut out) };
        if handle.borrow() == Handle::NUMBER { out } else { f64::from(count(abi::error_take())) }
    };
    (0..n).map(|i| call(Slot::number(f64::from(i)))).sum()
}

/// The number that an operation gives.
fn number(operation: impl FnOnce(&mut f64) -> OwnedHandle) -> f64 {
    let mut out = 0.0;
    assert!(operation(&mut out).borrow() == Handle::NUMBER);
    out
}

/// A name as a string of the host, for the time of `run`.
fn with_key<R>(name: &str, run: impl FnOnce(Handle) -> R) -> R {
    // SAFETY: pointer and length are those of a text.
    let key = unsafe { abi::string_from_utf8(name.as_ptr(), name.len()) };
    let result = run(key.borrow());
    abi::handle_release(key.borrow());
    result
}

/// Takes a value and drops it.
fn count(value: OwnedHandle) -> u32 {
    if !black_box(value.borrow()).is_fixed() {
        abi::handle_release(value.borrow());
    }
    1
}
