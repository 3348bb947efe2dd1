//! Where an element is.

use super::Element;
use alloc::vec::Vec;
use handwire::import;

/// A rectangle, in CSS pixels from the top left corner of what is visible.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// To the right of `x`.
    pub width: f64,
    /// Below `y`.
    pub height: f64,
}

import! {
    fn rect(element: &Element) -> Vec<f64> = "(element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height]; }";
    fn scroll_into_view(element: &Element) = "$1.scrollIntoView({ block: 'nearest' })";
}

impl Element {
    /// Where it is on the page as it is shown now.
    #[must_use]
    pub fn rect(&self) -> Rect {
        // Four, as above.
        let numbers = rect(self);
        Rect { x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3] }
    }

    /// Scrolls the page so far that it can be seen.
    pub fn scroll_into_view(&self) {
        scroll_into_view(self);
    }
}
