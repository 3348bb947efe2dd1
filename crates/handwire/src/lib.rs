//! Host values, errors and exports for a WebAssembly guest in Rust: the safe layer over
//! [`handwire_abi`], with no bindgen, no proc macro and no step after `cargo build`.
//!
//! A guest holds a host value as a [`JsValue`], or as one of the typed family
//! ([`JsString`], [`JsArray`], [`JsFunction`] …) once it has been checked. Each is one `u32`
//! that is released when it is dropped. Everything that host code can make fail gives a
//! [`Result`] whose [`JsError`] holds what was thrown.
//!
//! ```no_run
//! use handwire::{JsFunction, JsValue, Result};
//!
//! fn draw(canvas: &JsValue) -> Result<f64> {
//!     let context = canvas.call("getContext", ("2d",))?;
//!     context.set("fillStyle", "teal")?;
//!     context.call("fillRect", (0, 0, 150.5, 75))?;
//!     // A number comes back as a number: no handle is made for it.
//!     context.get_as::<f64>("lineWidth")
//! }
//!
//! fn largest(numbers: &[f64]) -> Result<f64> {
//!     let math = JsValue::global().get("Math")?;
//!     let max: JsFunction = math.get_as("max")?;
//!     let numbers: Vec<_> = numbers.iter().map(handwire::Arg::from).collect();
//!     max.call_as(&math, &numbers[..])
//! }
//! ```
//!
//! A guest offers functions to the host with [`export!`](macro@export), structs and enums
//! that cross by value with [`record!`], and newtypes of host values with [`js_type!`]:
//!
//! ```no_run
//! handwire::export! {
//!     /// Greets by name.
//!     fn greet(name: &str) -> String {
//!         format!("Hello, {name}!")
//!     }
//! }
//! ```
//!
//! None of them does what can't be written by hand: [`mod@export`] has the few lines that
//! they expand to, [`wire`] says how each type crosses.
//!
//! # Few crossings
//!
//! Each operation on a value of the host is a crossing, of some tens of nanoseconds. Where there are many:
//!
//! - A name that stands in the program crosses once: [`js_str!`].
//! - Values that are needed for a while end together: [`scope`].
//! - Operations that need no answer in between run together: [`batch`].
//! - Numbers in bulk are lent: a `&mut [f64]` of [`export!`](macro@export) is written back into the caller's typed array, one of
//!   [`import!`] is a view of this memory for the host's function.
//!
//! # Features
//!
//! All are off by default. The allocators and panic handlers have an effect on wasm32 only.
//!
//! | feature | what it gives |
//! |---|---|
//! | `dlmalloc` | the global allocator for guests that live: what Rust's std uses |
//! | `wee_alloc` | the global allocator for the smallest, short-lived guests; read [the warning](alloc) first |
//! | `panic-handler` | the panic handler of a guest without std: message and place reach the host |
//! | `panic-trap` | the same, without a word: 2 KB less |
//! | `std` | for a guest with std: its panics' message and place reach the host, by a panic hook that is set when the host attaches |
//! | `functions` | values of the guest that the host holds: `Closure`, `class!`, `interface!`; and `HostFn`, a typed function of the host |
//! | `async` | [`task`]: futures, promises and streams, `async fn` in [`export!`](macro@export), [`import!`] and [`interface!`] |
//! | `serde` | `data`: any type of serde as plain values of the host, and back; `Data<T>` in declarations |
//! | `json` | the same by way of JSON text, in [`json`] |
//!
//! Two allocators at once are a compile error. Of several panic handlers the one that says most
//! is meant: `std`, then `panic-handler`.
#![no_std]

// Under this name because `alloc` is the module of the global allocators.
extern crate alloc as heap;
#[cfg(any(test, all(feature = "std", target_arch = "wasm32")))]
extern crate std;

pub mod alloc;
mod answer;
mod arg;
mod args;
mod array;
pub mod batch;
mod bigint;
mod buffer;
mod bytes;
mod call_error;
mod cast;
#[cfg(feature = "functions")]
mod class;
#[cfg(feature = "functions")]
mod closure;
mod contract;
#[cfg(feature = "serde")]
pub mod data;
mod date;
mod equal;
mod error;
pub mod export;
mod exports;
#[cfg(feature = "functions")]
mod external;
mod from_js;
mod function;
#[cfg(feature = "functions")]
mod host_fn;
#[cfg(feature = "functions")]
mod id;
mod inspect;
#[cfg(feature = "functions")]
mod instances;
#[cfg(feature = "functions")]
pub mod interface;
pub mod json;
mod key;
mod kind;
mod macros;
#[cfg(feature = "functions")]
mod misuse;
mod name;
mod object;
pub mod panic;
#[cfg(feature = "functions")]
mod pool;
mod property;
mod returns;
mod scope;
mod string;
mod symbol;
#[cfg(feature = "functions")]
mod table;
#[cfg(feature = "async")]
pub mod task;
mod typed;
mod value;
pub mod wire;

pub use arg::{Arg, ToArg};
pub use args::Args;
pub use array::{JsArray, JsArrayIter};
pub use bigint::JsBigInt;
pub use bytes::{
    JsBigInt64Array, JsBigUint64Array, JsFloat32Array, JsFloat64Array, JsInt8Array, JsInt16Array, JsInt32Array,
    JsUint8Array, JsUint8ClampedArray, JsUint16Array, JsUint32Array,
};
pub use call_error::CallError;
pub use cast::{CastError, JsType};
#[cfg(feature = "functions")]
pub use class::{Class, Opaque};
#[cfg(all(feature = "functions", feature = "async"))]
pub use closure::Async;
#[cfg(feature = "functions")]
pub use closure::{CallArgs, Closure, Signature, Variadic, live_values, scoped};
pub use date::JsDate;
pub use error::{JsError, Result};
pub use exports::{hw_alloc, hw_free, hw_info};
#[cfg(feature = "functions")]
pub use exports::{hw_call, hw_call4, hw_call4i, hw_drop};
#[cfg(feature = "async")]
pub use exports::{hw_cancel, hw_close, hw_next, hw_run, hw_settle, hw_settle_number, hw_tasks};
#[cfg(feature = "functions")]
pub use external::{External, ExternalError};
pub use from_js::FromJs;
pub use function::JsFunction;
pub use handwire_abi as abi;
#[cfg(feature = "functions")]
pub use host_fn::{Callable, HostArg, HostFn};
pub use key::{Key, KeyRef};
pub use kind::Kind;
pub use name::Name;
pub use object::JsObject;
pub use scope::{Local, Scope, scope, scope_out};
pub use string::JsString;
pub use symbol::JsSymbol;
#[cfg(feature = "async")]
pub use task::{GuestStream, HostStream, JsFuture, JsPromise, JsStream, LocalBoxFuture};
pub use value::JsValue;

#[doc(hidden)]
pub use contract::{__section, __section_len};
#[cfg(feature = "functions")]
#[doc(hidden)]
pub use macros::class::__check_member;
#[doc(hidden)]
pub use macros::name::__check_name;
