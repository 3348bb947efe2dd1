//! [`Listener`].

use super::Event;
use alloc::string::String;
#[cfg(feature = "async")]
use core::future::Future;
#[cfg(feature = "async")]
use handwire::Async;
use handwire::{Closure, JsFunction, JsObject, import};

import! {
    fn add(target: &JsObject, kind: &str, callback: &JsFunction, capture: bool, passive: Option<bool>) = "$1.addEventListener($2, $3, { capture: $4, passive: $5 })";
    fn remove(target: &JsObject, kind: &str, callback: &JsFunction, capture: bool) = "$1.removeEventListener($2, $3, $4)";
}

/// Calls back on events, until it is dropped: then the closure is, too; in the middle of its own call, when that returns.
///
/// ```no_run
/// use handwire_web::dom;
///
/// fn count() -> handwire::Result<()> {
///     let button = dom::by_id("button").ok_or("no button")?;
///     let (shown, mut clicks) = (button.clone(), 0);
///     let listener = button.on("click", move |_| {
///         clicks += 1;
///         shown.set_text(&format!("{clicks} clicks"));
///     });
///     // For as long as the page is there.
///     listener.forget();
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[must_use = "the listener ends when this is dropped; `forget` lets it listen"]
pub struct Listener {
    target: JsObject,
    kind: String,
    capture: bool,
    callback: Option<Callback>,
}

/// What is called.
#[derive(Debug)]
enum Callback {
    Now(Closure<fn(Event)>),
    #[cfg(feature = "async")]
    Later(Closure<Later>),
}

#[cfg(feature = "async")]
type Later = fn(Event) -> Async<handwire::Result<()>>;

impl Callback {
    fn as_js(&self) -> &JsFunction {
        match self {
            Callback::Now(closure) => closure.as_js(),
            #[cfg(feature = "async")]
            Callback::Later(closure) => closure.as_js(),
        }
    }

    fn into_js(self) -> JsFunction {
        match self {
            Callback::Now(closure) => closure.into_js(),
            #[cfg(feature = "async")]
            Callback::Later(closure) => closure.into_js(),
        }
    }
}

/// How a listener listens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Whether it is called before those of what is in its target.
    pub capture: bool,
    /// Whether it promises never to call [`Event::prevent_default`], so that a page can scroll without waiting for it;
    /// if left out, the platform chooses.
    pub passive: Option<bool>,
}

/// Calls back on each event of a kind that happens to a target: an element, `window`, a socket.
///
/// A closure that is called while it runs, because it makes such an event itself, isn't entered again: the platform
/// reports that as an error of the listener.
///
/// # Panics
///
/// If the target has no events.
pub fn listen(target: &JsObject, kind: &str, callback: impl FnMut(Event) + 'static) -> Listener {
    listen_with(target, kind, Options::default(), callback)
}

/// [`listen`], with options.
///
/// # Panics
///
/// If the target has no events.
pub fn listen_with(target: &JsObject, kind: &str, options: Options, callback: impl FnMut(Event) + 'static) -> Listener {
    Listener::new(target, kind, options, Callback::Now(Closure::new(callback)))
}

/// [`listen`] with an async closure: each event begins a future of its own, beside those that run. Dropping the listener leaves these
/// to their ends. An `Err` is a rejection that nobody handles: the platform reports it.
///
/// ```no_run
/// use handwire_web::{dom, event, sleep};
/// use std::time::Duration;
///
/// fn slowly() -> handwire::Result<()> {
///     let button = dom::by_id("button").ok_or("no button")?;
///     event::listen_async(&button.clone(), "click", move |_| {
///         let button = button.clone();
///         async move {
///             sleep(Duration::from_secs(1)).await;
///             button.set_text("a second ago");
///             Ok(())
///         }
///     })
///     .forget();
///     Ok(())
/// }
/// ```
///
/// # Panics
///
/// If the target has no events.
#[cfg(feature = "async")]
pub fn listen_async<F>(target: &JsObject, kind: &str, callback: impl FnMut(Event) -> F + 'static) -> Listener
where
    F: Future<Output = handwire::Result<()>> + 'static,
{
    Listener::new(target, kind, Options::default(), Callback::Later(Closure::new_async(callback)))
}

impl Listener {
    fn new(target: &JsObject, kind: &str, options: Options, callback: Callback) -> Listener {
        add(target, kind, callback.as_js(), options.capture, options.passive);
        Listener { target: target.clone(), kind: kind.into(), capture: options.capture, callback: Some(callback) }
    }

    /// Lets it listen for as long as its target lives.
    pub fn forget(mut self) {
        if let Some(callback) = self.callback.take() {
            drop(callback.into_js());
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(callback) = &self.callback {
            remove(&self.target, &self.kind, callback.as_js(), self.capture);
        }
    }
}
