//! What waits for an event: [`next`].

use super::Event;
use handwire::{JsObject, import};

import! {
    async fn once(target: &JsObject, kind: &str) -> Event = "new Promise((resolve) => $1.addEventListener($2, resolve, { once: true, signal: $signal }))";
}

/// Waits for the next event of a kind that happens to a target, and gives it. By then its other listeners have been called, and the
/// page has done what it does by itself: only a listener can prevent that.
///
/// # Panics
///
/// If the target has no events.
pub async fn next(target: &JsObject, kind: &str) -> Event {
    once(target, kind).await
}
