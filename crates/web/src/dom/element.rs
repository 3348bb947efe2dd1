//! [`Element`].

use crate::host_type::host_type;
use alloc::string::String;
use handwire::{JsError, import};

host_type! {
    /// An element of the page. What has no method here is a property or a method of the object that it derefs to:
    /// `element.set("tabIndex", 0)?`, `element.call("animate", …)?`.
    pub struct Element: JsObject = "js.Object";
}

import! {
    fn text(element: &Element) -> String = "$1.textContent";
    fn set_text(element: &Element, text: &str) = "(element, text) => { element.textContent = text; }";
    fn value(element: &Element) -> Option<String> = "$1.value";
    fn set_value(element: &Element, value: &str) = "(element, value) => { element.value = value; }";
    fn checked(element: &Element) -> bool = "$1.checked === true";
    fn set_checked(element: &Element, checked: bool) = "(element, checked) => { element.checked = checked; }";
    fn set_disabled(element: &Element, disabled: bool) = "(element, disabled) => { element.disabled = disabled; }";
    fn set_hidden(element: &Element, hidden: bool) = "(element, hidden) => { element.hidden = hidden; }";
    fn attribute(element: &Element, name: &str) -> Option<String> = "$1.getAttribute($2)";
    fn set_attribute(element: &Element, name: &str, value: &str) -> Result<(), JsError> = "$1.setAttribute($2, $3)";
    fn remove_attribute(element: &Element, name: &str) = "$1.removeAttribute($2)";
    fn has_class(element: &Element, class: &str) -> bool = "$1.classList.contains($2)";
    fn set_class(element: &Element, class: &str, on: bool) -> Result<(), JsError> = "(element, name, on) => { element.classList.toggle(name, on); }";
    fn style(element: &Element, property: &str) -> String = "getComputedStyle($1).getPropertyValue($2)";
    fn set_style(element: &Element, property: &str, value: &str) = "$1.style.setProperty($2, $3)";
    fn set_html(element: &Element, html: &str) = "(element, html) => { element.innerHTML = html; }";
    fn tag(element: &Element) -> String = "$1.localName";

    fn focus(element: &Element) = "$1.focus()";
    fn blur(element: &Element) = "$1.blur()";
    fn click(element: &Element) = "$1.click()";
    fn select(element: &Element) = "$1.select()";
}

/// Its content and state.
impl Element {
    /// Its text, with that of all that is in it.
    #[must_use]
    pub fn text(&self) -> String {
        text(self)
    }

    /// Puts a text in place of all that is in it. The text is never read as HTML.
    pub fn set_text(&self, text: &str) {
        set_text(self, text);
    }

    /// What stands in an input, a select or a text area; nothing for other elements.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        value(self)
    }

    /// Sets what stands in an input, a select or a text area.
    pub fn set_value(&self, value: &str) {
        set_value(self, value);
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn checked(&self) -> bool {
        checked(self)
    }

    /// Ticks a box, or unticks it.
    pub fn set_checked(&self, checked: bool) {
        set_checked(self, checked);
    }

    /// Whether a button or an input can't be used.
    pub fn set_disabled(&self, disabled: bool) {
        set_disabled(self, disabled);
    }

    /// Whether it is left out of the page's view.
    pub fn set_hidden(&self, hidden: bool) {
        set_hidden(self, hidden);
    }

    /// The text of an attribute, if it has that.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        attribute(self, name)
    }

    /// Sets an attribute.
    ///
    /// # Errors
    ///
    /// If an attribute can't have that name.
    pub fn set_attribute(&self, name: &str, value: &str) -> handwire::Result<()> {
        set_attribute(self, name, value)
    }

    /// Takes an attribute away, if it is there.
    pub fn remove_attribute(&self, name: &str) {
        remove_attribute(self, name);
    }

    /// Whether it is of a class.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        has_class(self, class)
    }

    /// Makes it one of a class, or no longer.
    ///
    /// # Errors
    ///
    /// If the name is empty, or has a space in it.
    pub fn set_class(&self, class: &str, on: bool) -> handwire::Result<()> {
        set_class(self, class, on)
    }

    /// The value of a CSS property as it is now, wherever it comes from.
    #[must_use]
    pub fn style(&self, property: &str) -> String {
        style(self, property)
    }

    /// Sets a CSS property, by its name in CSS; an empty value takes it away. What can't be read as CSS has no effect.
    pub fn set_style(&self, property: &str, value: &str) {
        set_style(self, property, value);
    }

    /// Puts HTML in place of all that is in it: only a text that this program wrote, never one that somebody typed.
    pub fn set_html(&self, html: &str) {
        set_html(self, html);
    }

    /// The name of its kind, as in HTML: `input`.
    #[must_use]
    pub fn tag(&self) -> String {
        tag(self)
    }
}

/// What a visitor does.
impl Element {
    /// Gives it what is typed.
    pub fn focus(&self) {
        focus(self);
    }

    /// Gives it no longer what is typed.
    pub fn blur(&self) {
        blur(self);
    }

    /// Clicks it.
    pub fn click(&self) {
        click(self);
    }

    /// Selects the text in an input.
    pub fn select(&self) {
        select(self);
    }
}
