//! [`Listener`].

use super::Event;
use alloc::string::String;
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
    closure: Option<Closure<fn(Event)>>,
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
    let closure = Closure::new(callback);
    add(target, kind, closure.as_js(), options.capture, options.passive);
    Listener { target: target.clone(), kind: kind.into(), capture: options.capture, closure: Some(closure) }
}

impl Listener {
    /// Lets it listen for as long as its target lives.
    pub fn forget(mut self) {
        if let Some(closure) = self.closure.take() {
            drop(closure.into_js());
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(closure) = &self.closure {
            remove(&self.target, &self.kind, closure.as_js(), self.capture);
        }
    }
}
