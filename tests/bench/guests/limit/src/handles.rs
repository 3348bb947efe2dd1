//! Values of the host: an index into an array of the glue's, and an import for each row.

use bench_by_hand::text;
use std::cell::UnsafeCell;
use std::hint::black_box;

type Value = u32;

/// `undefined` has a fixed place.
const UNDEFINED: Value = 0;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn constant(ptr: *const u8, len: usize) -> Value;
    safe fn clone_of(value: Value) -> Value;
    safe fn release(value: Value);
    safe fn get_value(object: Value, key: Value) -> Value;
    safe fn get_x(object: Value) -> f64;
    safe fn set_number(object: Value, key: Value, number: f64);
    safe fn set_x(object: Value, number: f64);
    safe fn call_scaled(object: Value, number: f64) -> f64;
    safe fn call_number(function: Value, number: f64) -> f64;
    safe fn push_number(array: Value, number: f64);
    safe fn length(array: Value) -> u32;
    safe fn index_number(array: Value, index: u32) -> f64;
    safe fn is_text(value: Value) -> u32;
    safe fn is_truthy(value: Value) -> u32;
    safe fn number_of(value: Value) -> f64;
    safe fn value_of(number: f64) -> Value;
    /// What it throws is caught and put into `CAUGHT`.
    safe fn attempt(function: Value, number: i32) -> i32;
}

struct Caught(UnsafeCell<Value>);

// SAFETY: one thread is in this instance.
unsafe impl Sync for Caught {}

static CAUGHT: Caught = Caught(UnsafeCell::new(UNDEFINED));

/// Where the glue puts what an import threw.
#[unsafe(no_mangle)]
extern "C" fn caught() -> *const Value {
    CAUGHT.0.get()
}

fn take_caught() -> Value {
    // SAFETY: one thread is in this instance, and no reference to it is kept.
    unsafe { CAUGHT.0.get().replace(UNDEFINED) }
}

/// The place of a name, for good.
fn interned(name: &'static str) -> Value {
    // SAFETY: pointer and length are those of a text.
    unsafe { constant(name.as_ptr(), name.len()) }
}

#[unsafe(no_mangle)]
extern "C" fn value_in(value: Value) -> u32 {
    black_box(value);
    1
}

#[unsafe(no_mangle)]
extern "C" fn value_same(value: Value) -> Value {
    black_box(value)
}

#[unsafe(no_mangle)]
extern "C" fn clone_value(value: Value, n: u32) -> u32 {
    (0..n).map(|_| count(clone_of(value))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get(object: Value, n: u32) -> u32 {
    let key = interned("child");
    (0..n).map(|_| count(get_value(object, key))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get_key(object: Value, n: u32) -> u32 {
    get(object, n)
}

#[unsafe(no_mangle)]
extern "C" fn get_typed(object: Value, n: u32) -> f64 {
    (0..n).map(|_| get_x(object)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn set(object: Value, n: u32) -> u32 {
    let key = interned("x");
    (0..n).for_each(|i| set_number(object, key, f64::from(i)));
    n
}

#[unsafe(no_mangle)]
extern "C" fn set_typed(object: Value, n: u32) -> u32 {
    (0..n).for_each(|i| set_x(object, f64::from(i)));
    n
}

#[unsafe(no_mangle)]
extern "C" fn call_method(object: Value, n: u32) -> f64 {
    (0..n).map(|i| call_scaled(object, f64::from(i))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn call_function(function: Value, n: u32) -> f64 {
    (0..n).map(|i| call_number(function, f64::from(i))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn push(array: Value, n: u32) -> u32 {
    (0..n).for_each(|i| push_number(array, f64::from(i)));
    length(array)
}

#[unsafe(no_mangle)]
extern "C" fn index(array: Value, n: u32) -> f64 {
    (0..n).map(|i| index_number(array, i & 7)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_string(value: Value, n: u32) -> u32 {
    (0..n).map(|_| is_text(black_box(value))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_undefined(value: Value, n: u32) -> u32 {
    (0..n).map(|_| u32::from(black_box(value) == UNDEFINED)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn to_number(value: Value, n: u32) -> f64 {
    (0..n).map(|_| number_of(value)).sum()
}

#[unsafe(no_mangle)]
extern "C" fn from_number(n: u32) -> u32 {
    (0..n).map(|i| count(value_of(f64::from(i)))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn try_ok(function: Value, n: u32) -> f64 {
    attempts(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_ready(function: Value, n: u32) -> f64 {
    attempts(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_new(function: Value, n: u32) -> f64 {
    attempts(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref(a: Value) -> u32 {
    is_truthy(a)
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref_text(a: Value, b: *const u8, b_len: usize) -> Value {
    set_number(a, interned("touched"), 1.0);
    // SAFETY: the glue has written it.
    let key = unsafe { text(b, b_len) };
    // SAFETY: pointer and length are those of a text.
    get_value(a, unsafe { constant(key.as_ptr(), key.len()) })
}

#[unsafe(no_mangle)]
extern "C" fn warm_js(a: Value) -> Value {
    let clone = clone_of(a);
    count(a);
    clone
}

#[unsafe(no_mangle)]
extern "C" fn warm_result_js(a: Value) -> Value {
    get_value(a, interned("child"))
}

/// The sum of what comes back, and 1 for each error.
fn attempts(function: Value, n: u32) -> f64 {
    let call = |i| {
        let number = attempt(function, i);
        match take_caught() {
            UNDEFINED => f64::from(number),
            error => f64::from(count(error)),
        }
    };
    (0..n as i32).map(call).sum()
}

/// Takes a value and drops it.
fn count(value: Value) -> u32 {
    release(black_box(value));
    1
}
