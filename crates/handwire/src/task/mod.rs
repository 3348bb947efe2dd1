//! Futures: Rust's and the host's promises as one thing.
//!
//! ```no_run
//! use handwire::{JsError, JsPromise, export, import};
//!
//! import! { async fn get(url: &str) -> Result<handwire::JsValue, JsError> = "fetch($1, { signal: $signal })"; }
//!
//! export! {
//!     /// The text behind a URL.
//!     async fn load(url: &str) -> Result<String, JsError> {
//!         let response = get(url).await?;
//!         let text: JsPromise = response.call_as("text", ())?;
//!         Ok(text.await?.as_string().unwrap_or_default())
//!     }
//! }
//! ```
//!
//! A [`JsPromise`] is awaited like a future, or [as a Rust type](JsPromise::value_as), any other value by [`JsFuture`], an `async fn` of
//! [`import!`](crate::import!) is one, and an `async fn` of [`export!`](macro@crate::export) is a promise to the host, whose
//! calls overlap freely. So are those of an [`interface!`](crate::interface!), whichever side implements it. With the feature `functions` closures
//! can give promises (`Closure::new_async`), and functions of the host's that do are called as futures (`HostFn<fn(String) -> Async<String>>`). [`spawn`] runs a future beside those calls. Everything of
//! `futures-util` or `futures-lite` that needs no threads works with them: `join`, `select`, channels.
//!
//! A [`JsStream`] is anything that the host iterates, as a `Stream`; [`into_js_stream`] goes the other way. Both are
//! asked for one item at a time. In declarations, with items of a known type, they are a [`HostStream`] and a [`GuestStream`].
//!
//! On the page: `instantiate(source, { with: [async_] })`, with `async_` of `handwire/async`.
//!
//! # What crosses
//!
//! All types of `export!` and `import!`. Arguments of an async export are its own: what it takes as `&str`, as a slice or as a
//! `&JsValue` is kept until it is over. An instance that it borrows stays borrowed until then, and a call that this
//! excludes is refused by name. An async import is called when its future is polled first. So is an async method of the host's; what that takes
//! as `&str` or `&JsValue` is cloned, because the future may outlive it, and crosses as owned: for one line says both directions.
//!
//! # Who stops what
//!
//! Dropping a future tells whoever works for it. That of an import, or of a host's method, aborts its signal, in the same
//! moment, and so does that of a call of a `HostFn`; a promise that never settles leaves nothing behind. The host stops a call by its own
//! signal: `exports.load(url, { signal })` drops the future, with all that it holds. A function that is an async closure takes one, too.
//! To drop the closure stops nothing: its calls go on.
//! [`AbortOnDrop`] is for host code that takes a signal from elsewhere, or works on when its promise is settled, as `fetch` of `handwire-web` does for a body.
//!
//! # One thread
//!
//! The executor is a list of tasks and a list of those that are ready, nothing else. It runs when
//! the host calls: once for each settled promise, and once after something was woken from elsewhere.

mod abort;
mod argument;
mod call;
#[cfg(feature = "functions")]
mod calling;
mod ended;
mod executor;
mod gift;
mod guest_stream;
mod home;
mod host_stream;
mod join;
mod promise;
mod settled;
mod stream;
mod waiter;
mod waker;

use core::future::Future;
use core::pin::Pin;
use heap::boxed::Box;

/// What an async method of [`interface!`](crate::interface!) gives: a future in a box, of this thread. That of `futures-util`
/// is the same type.
pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

pub use abort::AbortOnDrop;
#[cfg(feature = "functions")]
pub use calling::Calling;
pub use guest_stream::{GuestStream, Yields};
pub use host_stream::HostStream;
pub use join::{Aborted, JoinHandle, spawn, spawn_detached};
pub use promise::{JsFuture, JsPromise, ValueAs};
pub use stream::{Item, JsStream, into_js_stream};

#[doc(hidden)]
pub use argument::{Argument, Borrowed, Keep, Kept, Leased, Named, Owned, same};
#[doc(hidden)]
pub use call::{Whole, result, start};
#[doc(hidden)]
pub use gift::{Copying, Gift, Giving, Passed};
#[doc(hidden)]
pub use settled::{Settled, Waiting, settled};

#[cfg(feature = "functions")]
pub(crate) use call::{boxed, held};
#[cfg(feature = "functions")]
pub(crate) use executor::{Task, begin};
pub(crate) use executor::{answer, cancel_number, live, run_woken};
#[cfg(feature = "functions")]
pub(crate) use home::Home;
pub(crate) use stream::{close, next};
pub(crate) use waiter::{settle, settle_number};
