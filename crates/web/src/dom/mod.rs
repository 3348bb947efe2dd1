//! The page: its elements, found by id or selector, made, and put where they belong.
//!
//! ```no_run
//! use handwire_web::dom;
//!
//! fn show(problem: &str) -> handwire::Result<()> {
//!     let place = dom::by_id("problem").ok_or("the page has no place for problems")?;
//!     place.set_text(problem);
//!     place.set_class("shown", !problem.is_empty());
//!     Ok(())
//! }
//! ```

mod element;
mod geometry;
mod tree;

pub use element::Element;
pub use geometry::Rect;

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, import};

import! {
    /// The element with an id.
    pub fn by_id(id: &str) -> Option<Element> = "document.getElementById($1)";
    /// The first element that a CSS selector means. An error if it can't be read.
    pub fn query(selector: &str) -> Result<Option<Element>, JsError> = "document.querySelector($1)";
    /// All elements that a CSS selector means. An error if it can't be read.
    pub fn query_all(selector: &str) -> Result<Vec<Element>, JsError> = "Array.from(document.querySelectorAll($1))";
    /// A new element, which is nowhere yet. An error if an element can't have that name.
    pub fn create(tag: &str) -> Result<Element, JsError> = "document.createElement($1)";
    /// A new element of SVG.
    pub fn create_svg(tag: &str) -> Result<Element, JsError> = "document.createElementNS('http://www.w3.org/2000/svg', $1)";
    /// The page's `body`.
    pub fn body() -> Element = "document.body";
    /// The page's `html`.
    pub fn root() -> Element = "document.documentElement";
    /// The element that gets what is typed.
    pub fn active() -> Option<Element> = "document.activeElement";
    /// The page's title.
    pub fn title() -> String = "document.title";
    /// Sets the page's title.
    pub fn set_title(title: &str) = "(title) => { document.title = title; }";
    /// Whether this is a page: elsewhere all else of this module panics.
    pub fn is_here() -> bool = "typeof document === 'object'";
}
