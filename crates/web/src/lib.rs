//! What a page or Node offers to a guest: console, clocks, random values, storage, the DOM.
//!
//! ```no_run
//! use handwire_web::{dom, log, time::Instant};
//!
//! fn greet() -> handwire::Result<()> {
//!     let start = Instant::now();
//!     let list = dom::query("ul.guests")?.ok_or("no list on this page")?;
//!     let item = dom::create("li")?;
//!     item.set_text("Ada");
//!     item.set_attribute("title", "the first")?;
//!     list.append(&item)?;
//!     log!("one more guest, in {:?}", start.elapsed());
//!     Ok(())
//! }
//! ```
//!
//! All of it is [`import!`](macro@handwire::import) with a line of JavaScript each: there is no operation of the wire here that a
//! guest couldn't declare for itself, and what a guest doesn't use is not in its module. The host makes functions of these lines with its
//! group `compile`, or where a policy forbids that, from a file that `handwire freeze` wrote.
//!
//! It works wherever the platform has what is asked for: the DOM is a page's, all else Node has, too (`localStorage` since
//! version 22, with a flag). A function that gives no [`Result`](handwire::Result) and is called where its
//! part of the platform is missing panics, at the caller's line, with the platform's words.
//!
//! # Features
//!
//! | feature | what it gives |
//! |---|---|
//! | `functions` | what calls back: `event::listen`, `timer` |
//! | `async` | what waits: `sleep`, `frame`, `event::next`, `fetch`; with `functions` also `event::listen_async` |
#![no_std]

extern crate alloc;

pub mod console;
pub mod dom;
#[cfg(any(feature = "async", feature = "functions"))]
pub mod event;
#[cfg(feature = "async")]
pub mod fetch;
mod host_type;
pub mod location;
pub mod random;
#[cfg(feature = "async")]
mod sleep;
pub mod storage;
pub mod time;
#[cfg(feature = "functions")]
pub mod timer;

#[cfg(feature = "async")]
pub use sleep::{frame, sleep};

#[doc(hidden)]
pub use alloc::format as __format;
