//! The tree of elements: what is in what, and who comes next.

use super::Element;
use alloc::vec::Vec;
use handwire::{JsError, import};

import! {
    fn append(element: &Element, child: &Element) -> Result<(), JsError> = "$1.append($2)";
    fn append_text(element: &Element, text: &str) = "$1.append($2)";
    fn before(element: &Element, other: &Element) -> Result<(), JsError> = "$1.before($2)";
    fn replace(element: &Element, other: &Element) -> Result<(), JsError> = "$1.replaceWith($2)";
    fn clear(element: &Element) = "$1.replaceChildren()";
    fn remove(element: &Element) = "$1.remove()";
    fn parent(element: &Element) -> Option<Element> = "$1.parentElement";
    fn children(element: &Element) -> Vec<Element> = "Array.from($1.children)";
    fn next(element: &Element) -> Option<Element> = "$1.nextElementSibling";
    fn closest(element: &Element, selector: &str) -> Result<Option<Element>, JsError> = "$1.closest($2)";
    fn query(element: &Element, selector: &str) -> Result<Option<Element>, JsError> = "$1.querySelector($2)";
    fn query_all(element: &Element, selector: &str) -> Result<Vec<Element>, JsError> = "Array.from($1.querySelectorAll($2))";
    fn is_connected(element: &Element) -> bool = "$1.isConnected";
}

/// Its place among the others.
impl Element {
    /// Puts another as the last into this one, away from where it was.
    ///
    /// # Errors
    ///
    /// If this one is in that.
    pub fn append(&self, child: &Element) -> handwire::Result<()> {
        append(self, child)
    }

    /// Puts a text as the last into it.
    pub fn append_text(&self, text: &str) {
        append_text(self, text);
    }

    /// Puts another in front of this one, away from where it was.
    ///
    /// # Errors
    ///
    /// If this one is in that.
    pub fn insert_before(&self, other: &Element) -> handwire::Result<()> {
        before(self, other)
    }

    /// Puts another in the place of this one.
    ///
    /// # Errors
    ///
    /// If this one is in that.
    pub fn replace_with(&self, other: &Element) -> handwire::Result<()> {
        replace(self, other)
    }

    /// Takes out all that is in it.
    pub fn clear(&self) {
        clear(self);
    }

    /// Takes it off the page.
    pub fn remove(&self) {
        remove(self);
    }

    /// What it is in, if that is an element.
    #[must_use]
    pub fn parent(&self) -> Option<Element> {
        parent(self)
    }

    /// The elements that are in it.
    #[must_use]
    pub fn children(&self) -> Vec<Element> {
        children(self)
    }

    /// The element behind it.
    #[must_use]
    pub fn next(&self) -> Option<Element> {
        next(self)
    }

    /// The nearest of this one and what it is in that a CSS selector means.
    ///
    /// # Errors
    ///
    /// If the selector can't be read.
    pub fn closest(&self, selector: &str) -> handwire::Result<Option<Element>> {
        closest(self, selector)
    }

    /// The first in it that a CSS selector means.
    ///
    /// # Errors
    ///
    /// If the selector can't be read.
    pub fn query(&self, selector: &str) -> handwire::Result<Option<Element>> {
        query(self, selector)
    }

    /// All in it that a CSS selector means.
    ///
    /// # Errors
    ///
    /// If the selector can't be read.
    pub fn query_all(&self, selector: &str) -> handwire::Result<Vec<Element>> {
        query_all(self, selector)
    }

    /// Whether it is on the page.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        is_connected(self)
    }
}
