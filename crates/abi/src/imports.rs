//! The operations: one block, in the order and under the headings of the contract
//! (section 8), where each has its owner, its errors and its reason.
//!
//! A `safe fn` is sound for every argument: a bad handle ends the instance, never
//! its memory. What is `unsafe` takes addresses, and asks this of them:
//!
//! - `ptr` and `len` (or `units`): readable, for the time of the call;
//! - `ptr` and `capacity`, and `out`: writable;
//! - `args` and `argc`, and `value`: readable slots whose texts and bytes are readable.

use crate::{Handle, OwnedHandle, Slot};

/// Declares the operations: imports on wasm32. On other targets, where there is no
/// host, they exist so that guests' pure code can be compiled and tested, and panic.
macro_rules! operations {
    ($($(#[$doc:meta])* $safety:ident fn $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        #[cfg(target_arch = "wasm32")]
        #[link(wasm_import_module = "handwire")]
        unsafe extern "C" {
            $($(#[$doc])* pub $safety fn $name($($arg: $type),*) $(-> $result)?;)*
        }

        $(operations! { @native $(#[$doc])* $safety $name($($arg: $type),*) $(-> $result)? })*
    };
    (@native $(#[$doc:meta])* safe $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?) => {
        $(#[$doc])*
        #[cfg(not(target_arch = "wasm32"))]
        pub fn $name($(_: $type),*) $(-> $result)? {
            panic!(concat!("handwire::", stringify!($name), ": there is a host on wasm32 only"))
        }
    };
    (@native $(#[$doc:meta])* unsafe $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?) => {
        $(#[$doc])*
        #[allow(clippy::missing_safety_doc)]
        #[cfg(not(target_arch = "wasm32"))]
        pub unsafe fn $name($(_: $type),*) $(-> $result)? {
            panic!(concat!("handwire::", stringify!($name), ": there is a host on wasm32 only"))
        }
    };
}

operations! {
    // Handles
    /// Another handle for the same value; a fixed one comes back as it is.
    safe fn handle_clone(handle: Handle) -> OwnedHandle;
    /// Ends a handle. Breach: a fixed one.
    safe fn handle_release(handle: Handle);
    /// Ends the `count` handles at `ptr`, from the first to the last. Breach: a fixed one.
    unsafe fn handle_release_all(ptr: *const Handle, count: usize);

    // Values
    /// One of the constants of the module of this name.
    safe fn value_kind(handle: Handle) -> u32;
    /// One of [`class`](crate::class); a revoked proxy is 0.
    safe fn value_class(handle: Handle) -> u32;
    /// The number itself; NaN for anything that is no number.
    safe fn value_number(handle: Handle) -> f64;
    /// A handle for a number.
    safe fn value_from_number(number: f64) -> OwnedHandle;
    /// `===`.
    safe fn value_equal(a: Handle, b: Handle) -> u32;
    /// `Object.is`.
    safe fn value_same(a: Handle, b: Handle) -> u32;
    /// Whether a condition takes it for true.
    safe fn value_truthy(handle: Handle) -> u32;
    /// `String(v)`, 0 if it throws.
    safe fn value_to_string(handle: Handle) -> OwnedHandle;
    /// `Number(v)` at `out` and 0, or -1 if it throws.
    unsafe fn value_to_number(handle: Handle, out: *mut f64) -> i32;

    // Big integers
    /// A BigInt.
    safe fn bigint_from_i64(number: i64) -> OwnedHandle;
    /// A BigInt of the bits taken as unsigned.
    safe fn bigint_from_u64(number: u64) -> OwnedHandle;
    /// The value at `out` as 8 bytes and 1; or 0 if it isn't in the range of i64. Breach: no BigInt (`wrong-kind`).
    unsafe fn bigint_to_i64(handle: Handle, out: *mut i64) -> i32;
    /// The same for u64.
    unsafe fn bigint_to_u64(handle: Handle, out: *mut u64) -> i32;
    /// `BigInt(text)`, 0 if it throws.
    unsafe fn bigint_parse(ptr: *const u8, len: usize) -> OwnedHandle;

    // Text
    /// A string.
    unsafe fn string_from_utf8(ptr: *const u8, len: usize) -> OwnedHandle;
    /// A string of `units` units at a 2-aligned `ptr`.
    unsafe fn string_from_utf16(ptr: *const u16, units: usize) -> OwnedHandle;
    /// The text into the buffer if it fits; its length in bytes. Breach: no string (`wrong-kind`).
    unsafe fn string_write_utf8(handle: Handle, ptr: *mut u8, capacity: usize) -> usize;
    /// The same in units, `ptr` 2-aligned.
    unsafe fn string_write_utf16(handle: Handle, ptr: *mut u16, units: usize) -> usize;

    // Errors
    /// The value that the last failed operation threw; `UNDEFINED` if none waits.
    safe fn error_take() -> OwnedHandle;
    /// `new Error(message)`.
    unsafe fn error_new(ptr: *const u8, len: usize) -> OwnedHandle;
    /// A string: the `message` of an error, `String(v)` of anything else; never fails, whatever the value does.
    safe fn error_message(handle: Handle) -> OwnedHandle;
    /// A string: the `stack`; `UNDEFINED` if there is none or it can't be read.
    safe fn error_stack(handle: Handle) -> OwnedHandle;
    /// A piece of the guest's last words; pieces are joined until the instance dies (§9.3).
    unsafe fn error_panic(ptr: *const u8, len: usize);
    /// One of [`misuse`](crate::misuse), and the name of what was misused: the call that the host waits for
    /// ends with an error. The guest returns at once.
    unsafe fn error_misuse(code: u32, ptr: *const u8, len: usize);

    // Bytes
    /// A typed array with a copy of `len` elements at `ptr` (any alignment). Breach: `unknown-kind`.
    unsafe fn bytes_new(element: u32, ptr: *const u8, len: usize) -> OwnedHandle;
    /// How many elements. Breach: no typed array (`wrong-kind`).
    safe fn bytes_length(handle: Handle) -> usize;
    /// Its bytes into the buffer if they fit; their number. Breach: `wrong-kind`.
    unsafe fn bytes_write(handle: Handle, ptr: *mut u8, capacity: usize) -> usize;
    /// `len` bytes from `ptr` over its content from byte `offset` on: 1, or 0 if they don't fit. Breach: `wrong-kind`.
    unsafe fn bytes_set(handle: Handle, offset: usize, ptr: *const u8, len: usize) -> i32;

    // Objects
    /// `{}`.
    safe fn object_new() -> OwnedHandle;
    /// `object[key]`: a handle, or 7 and the number at `out`; 0 if it throws.
    unsafe fn object_get(object: Handle, key: Handle, out: *mut f64) -> OwnedHandle;
    /// The same by a name.
    unsafe fn object_get_named(object: Handle, ptr: *const u8, len: usize, out: *mut f64) -> OwnedHandle;
    /// Sets it to the value in the slot at `value`: 1; 0 if the object refuses (frozen, no setter); -1 if it throws.
    unsafe fn object_set(object: Handle, key: Handle, value: *const Slot) -> i32;
    /// The same by a name.
    unsafe fn object_set_named(object: Handle, ptr: *const u8, len: usize, value: *const Slot) -> i32;
    /// `key in object`: 1 or 0; -1 if it throws.
    safe fn object_has(object: Handle, key: Handle) -> i32;
    /// Deletes it: 1, or 0 if the object refuses; -1 if it throws.
    safe fn object_delete(object: Handle, key: Handle) -> i32;
    /// An array of its own enumerable string keys; 0 if it throws.
    safe fn object_keys(object: Handle) -> OwnedHandle;
    /// `object[key](...args)`: as `object_get`.
    unsafe fn object_call(object: Handle, key: Handle, args: *const Slot, argc: usize, out: *mut f64) -> OwnedHandle;
    /// The same by a name.
    unsafe fn object_call_named(object: Handle, ptr: *const u8, len: usize, args: *const Slot, argc: usize, out: *mut f64) -> OwnedHandle;
    /// `object instanceof class`: 1 or 0; -1 if it throws.
    safe fn object_instance_of(object: Handle, class: Handle) -> i32;

    // Arrays
    /// An array of the values in `argc` slots.
    unsafe fn array_from(args: *const Slot, argc: usize) -> OwnedHandle;
    /// Its `length`: as `object_get`. Breach: no array (`wrong-kind`).
    unsafe fn array_length(array: Handle, out: *mut f64) -> OwnedHandle;
    /// `array[index]` of any object: as `object_get`.
    unsafe fn array_get(array: Handle, index: u32, out: *mut f64) -> OwnedHandle;
    /// As `object_set`.
    unsafe fn array_set(array: Handle, index: u32, value: *const Slot) -> i32;
    /// Appends one value, also if that is an array: 1; -1 if it throws. Breach: no array (`wrong-kind`).
    unsafe fn array_push(array: Handle, value: *const Slot) -> i32;

    // Dates, symbols, JSON
    /// A Date of so many milliseconds since 1970; NaN gives an invalid one.
    safe fn date_new(time: f64) -> OwnedHandle;
    /// Its milliseconds. Breach: no Date (`wrong-kind`).
    safe fn date_time(handle: Handle) -> f64;
    /// A new symbol with that description.
    unsafe fn symbol_new(ptr: *const u8, len: usize) -> OwnedHandle;
    /// The registered symbol of that key.
    unsafe fn symbol_for(ptr: *const u8, len: usize) -> OwnedHandle;
    /// The value of a JSON text; 0 if it throws.
    unsafe fn json_parse(ptr: *const u8, len: usize) -> OwnedHandle;
    /// The JSON text of a value, `UNDEFINED` if JSON can't say it; 0 if it throws.
    safe fn json_stringify(handle: Handle) -> OwnedHandle;

    // Functions
    /// Calls it: as `object_get`.
    unsafe fn function_call(function: Handle, this: Handle, args: *const Slot, argc: usize, out: *mut f64) -> OwnedHandle;
    /// `new function(...args)`; 0 if it throws.
    unsafe fn function_construct(function: Handle, args: *const Slot, argc: usize) -> OwnedHandle;

    // Promises
    /// Waits for a value, which is given away: `hw_settle(waiter, …)` is called once, later. Breach: the waiter waits already, or is no such number (`bad-waiter`).
    safe fn promise_await(promise: OwnedHandle, waiter: u32);
    /// The same, but a promise that is fulfilled with a number calls `hw_settle_number(waiter, …)`.
    safe fn promise_await_number(promise: OwnedHandle, waiter: u32);
    /// Calls a function with the arguments and one more, whose `signal` is aborted by `promise_forget`, and waits for what it gives, as `promise_await` does. The same breaches.
    unsafe fn promise_call(function: Handle, args: *const Slot, argc: usize, waiter: u32);
    /// Ends that: nothing is settled for the waiter, which may be used again. Breach: it doesn't wait (`bad-waiter`).
    safe fn promise_forget(waiter: u32);
    /// Asks for one call of `hw_run`, later.
    safe fn task_wake();
    /// The call that gave this task is over: a status, with value or error in the return slot. Breach: no call waits for it (`bad-task`).
    safe fn task_settle(task: u32, status: u32);

    // Streams
    /// Begins to iterate a value: a handle of what gives the items; 0 if it throws.
    safe fn stream_open(items: Handle) -> OwnedHandle;
    /// Asks for the next item, for a waiter: one at a time. Breach: neither what `stream_open` gave nor a `stream<T>` of the host's (`wrong-kind`), the waiter as in `promise_await`.
    safe fn stream_next(stream: Handle, waiter: u32);
    /// Stops before the end; the handle is given away. Breach: as above.
    safe fn stream_close(stream: OwnedHandle);
    /// A handle of an object that gives the items of a stream of the guest's, whose number this is.
    safe fn stream_new(number: u32) -> OwnedHandle;

    // Values of the guest
    /// A function that calls the closure of that id; its type, as text that stays as it is. Breach: `bad-contract`.
    unsafe fn closure_new(id: u32, ptr: *const u8, len: usize) -> OwnedHandle;
    /// Gives the closure to the function that `closure_new` made for it. Breach: any other handle (`wrong-kind`).
    safe fn closure_give(handle: Handle);
    /// Ends the closure: the function that `closure_new` made for it doesn't call the guest any more. The handle is given away. Breach: any
    /// other handle (`wrong-kind`).
    safe fn closure_end(handle: OwnedHandle);
    /// An object that carries an id.
    safe fn external_new(id: u32) -> OwnedHandle;
    /// That id; 0 for any other value, -1 for an object of another instance.
    safe fn external_id(handle: Handle) -> u32;
    /// An object with the methods of the interface that the text names, which calls the guest's value of the id.
    /// Breach: no interface of the contract (`bad-contract`).
    unsafe fn interface_new(id: u32, ptr: *const u8, len: usize) -> OwnedHandle;
    /// Ends the handle of an implementor, and calls its method `dispose`, if it has one. Breach: any other value (`wrong-kind`).
    safe fn interface_release(handle: Handle);

    // Data
    /// The value that a data buffer holds. Breach: a damaged buffer (`bad-data`).
    unsafe fn data_to_value(ptr: *const u8, len: usize) -> OwnedHandle;
    /// A value as a data buffer, into the buffer at `ptr` if it fits, else into a block from `hw_alloc` with align 1, whose
    /// address goes to `out`; its length, or -1 if it is no data.
    unsafe fn data_from_value(handle: Handle, ptr: *mut u8, capacity: usize, out: *mut *mut u8) -> usize;
    /// The container of that number inside of a value that a data buffer was written from: that of the handle, or, if that is `NONE`,
    /// of the buffer with this second word; 0 if it throws. Breach: no such buffer (`bad-data`).
    safe fn data_part(handle: Handle, source: u32, number: u32) -> OwnedHandle;
    /// Tells the form in which an argument is taken, whose buffer has this second word and asks for it. Breach: no form (`bad-data`).
    unsafe fn data_form(source: u32, ptr: *const u8, len: usize);
    /// A `TypeError` with that message: of data that is of another type than the guest takes.
    unsafe fn data_error(ptr: *const u8, len: usize) -> OwnedHandle;

    // Batches
    /// Runs the operations that `len` bytes at `ptr` say, whose texts are the text at `text`, one after the other. What is kept of them
    /// stands in the slots at `results` afterwards, one for each. -1, or the first that has failed.
    unsafe fn batch_run(
        ptr: *const u32, len: usize, text: *const u8, text_len: usize, results: *mut Slot, results_len: usize, flags: u32
    ) -> i32;
}
