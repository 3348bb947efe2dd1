//! One counter: its part of the page, and the listeners of its buttons.

use crate::Rows;
use alloc::rc::Rc;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::cell::Cell;
use handwire::{Closure, JsError, JsValue};

/// A counter on the page. It owns its listeners: dropped, they are removed and end.
pub struct Row {
    element: JsValue,
    listeners: Vec<Listener>,
}

struct Listener {
    button: JsValue,
    closure: Closure<fn() -> Result<(), JsError>>,
}

impl Row {
    /// Adds a counter to the page.
    pub fn new(document: &JsValue, rows: &Rows, number: u32) -> Result<Row, JsError> {
        let element = document.call("createElement", ("li",))?;
        let label = document.call("createElement", ("output",))?;
        label.set("textContent", "0")?;
        let value = Rc::new(Cell::new(0));
        let step = |by: i32| {
            let (value, label) = (Rc::clone(&value), label.clone());
            Closure::new(move || -> Result<(), JsError> {
                value.set(value.get() + by);
                label.set("textContent", value.get().to_string()).map(drop)
            })
        };
        let rows = Rc::clone(rows);
        // It drops itself while it runs, with its row: it lives until it returns.
        let remove = Closure::new(move || -> Result<(), JsError> {
            let row = rows.borrow_mut().remove(&number);
            drop(row);
            Ok(())
        });

        let mut row = Row { element, listeners: Vec::new() };
        row.button(document, "\u{2212}", step(-1))?;
        row.element.call("append", (&label,))?;
        row.button(document, "+", step(1))?;
        row.button(document, "remove", remove)?;
        document.call("getElementById", ("counters",))?.call("append", (&row.element,))?;
        Ok(row)
    }

    fn button(
        &mut self,
        document: &JsValue,
        text: &str,
        closure: Closure<fn() -> Result<(), JsError>>,
    ) -> Result<(), JsError> {
        let button = document.call("createElement", ("button",))?;
        button.set("textContent", text)?;
        button.call("addEventListener", ("click", closure.as_js()))?;
        self.element.call("append", (&button,))?;
        self.listeners.push(Listener { button, closure });
        Ok(())
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        for Listener { button, closure } in &self.listeners {
            // A button has these methods, which throw nothing: there is nobody to tell here.
            let _ = button.call("removeEventListener", ("click", closure.as_js()));
        }
        let _ = self.element.call("remove", ());
    }
}
