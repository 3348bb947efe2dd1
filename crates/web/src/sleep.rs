//! What waits for the clock: [`sleep`] and the next [`frame`].

use crate::time::timer_ms;
use core::time::Duration;
use handwire::import;

import! {
    async fn wait(ms: f64) = "new Promise((resolve) => { const timer = setTimeout(resolve, $1); $signal.addEventListener('abort', () => clearTimeout(timer)); })";
    async fn next_frame() -> f64 = "new Promise((resolve) => { const frame = requestAnimationFrame(resolve); $signal.addEventListener('abort', () => cancelAnimationFrame(frame)); })";
}

/// Waits for a time, of at most 24.8 days: a longer one is cut. Dropping the future takes the timer away.
pub async fn sleep(time: Duration) {
    wait(timer_ms(time)).await;
}

/// Waits until the page is about to draw its next frame, and gives the time of that, on the clock of
/// [`now`](crate::time::now). A page that nobody sees draws none.
pub async fn frame() -> f64 {
    next_frame().await
}
