//! The global allocators: none by default, one of two by feature, on wasm32 only.
//!
//! - `dlmalloc` is what Rust's std has on wasm32. Its memory stays flat under everything
//!   that gives back what it takes. Guests that live take this one.
//! - `wee_alloc` is some 4 KB smaller. It is **unmaintained**, and it **grows without
//!   bound** where a `Vec` doubles again and again: measured, 65 to 150 pages more for each
//!   round of filling and dropping the same vectors, where dlmalloc stays flat. It is for
//!   guests that are as small as can be and live for a few calls.
//!
//! A guest may as well declare a `#[global_allocator]` of its own, and take neither. With
//! none at all, a guest without std doesn't link; one that needs none uses `handwire-abi`
//! alone.

#[cfg(all(feature = "dlmalloc", target_arch = "wasm32"))]
mod dlmalloc;

#[cfg(all(feature = "wee_alloc", not(feature = "dlmalloc"), target_arch = "wasm32"))]
mod wee_alloc;

#[cfg(all(feature = "dlmalloc", feature = "wee_alloc", target_arch = "wasm32"))]
compile_error!("handwire: the features `dlmalloc` and `wee_alloc` each give a global allocator: choose one");
