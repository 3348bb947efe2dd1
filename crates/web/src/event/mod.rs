//! Events of elements and of all else that has them: listeners, which end when they are dropped.

#[cfg(feature = "functions")]
mod listener;
#[cfg(feature = "async")]
mod next;

#[cfg(all(feature = "async", feature = "functions"))]
pub use listener::listen_async;
#[cfg(feature = "functions")]
pub use listener::{Listener, Options, listen, listen_with};
#[cfg(feature = "async")]
pub use next::next;

use crate::dom::Element;
use crate::host_type::host_type;
use alloc::string::String;
use handwire::import;

host_type! {
    /// An event. What has no method here is a property of the object that it derefs to.
    pub struct Event: JsObject = "js.Object";
}

import! {
    fn kind(event: &Event) -> String = "$1.type";
    fn target(event: &Event) -> Option<Element> = "$1.target";
    fn current_target(event: &Event) -> Option<Element> = "$1.currentTarget";
    fn prevent_default(event: &Event) = "$1.preventDefault()";
    fn stop_propagation(event: &Event) = "$1.stopPropagation()";
    fn key(event: &Event) -> Option<String> = "$1.key";
    fn x(event: &Event) -> Option<f64> = "$1.clientX";
    fn y(event: &Event) -> Option<f64> = "$1.clientY";
}

impl Event {
    /// What happened: `click`.
    #[must_use]
    pub fn kind(&self) -> String {
        kind(self)
    }

    /// What it happened to: an element, or another object.
    #[must_use]
    pub fn target(&self) -> Option<Element> {
        target(self)
    }

    /// Whose listener this is, while it runs.
    #[must_use]
    pub fn current_target(&self) -> Option<Element> {
        current_target(self)
    }

    /// Keeps the page from what it would do by itself, as following a link.
    pub fn prevent_default(&self) {
        prevent_default(self);
    }

    /// Keeps the event from what its target is in.
    pub fn stop_propagation(&self) {
        stop_propagation(self);
    }

    /// Which key it is about: `a`, `Enter`.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        key(self)
    }

    /// Where the pointer is, in CSS pixels from the top left corner of what is visible.
    #[must_use]
    pub fn position(&self) -> Option<(f64, f64)> {
        Some((x(self)?, y(self)?))
    }
}

#[cfg(feature = "functions")]
impl Element {
    /// Calls back on each event of a kind, until what it gives is dropped: [`listen`].
    pub fn on(&self, kind: &str, callback: impl FnMut(Event) + 'static) -> Listener {
        listen(self, kind, callback)
    }

    /// The same with an async closure: [`listen_async`].
    #[cfg(feature = "async")]
    pub fn on_async<F>(&self, kind: &str, callback: impl FnMut(Event) -> F + 'static) -> Listener
    where
        F: core::future::Future<Output = handwire::Result<()>> + 'static,
    {
        listen_async(self, kind, callback)
    }
}
