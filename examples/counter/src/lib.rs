//! The guest of counter: rows of the page with buttons, whose listeners are Rust closures.
#![no_std]

extern crate alloc;

mod row;

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use core::cell::RefCell;
use handwire::{Closure, JsError, JsValue, export, live_values};
use row::Row;

/// All rows, by their numbers. Dropping one ends its closures, and takes it off the page.
type Rows = Rc<RefCell<BTreeMap<u32, Row>>>;

export! {
    /// Listens to the button that adds a counter, for as long as the page has it.
    fn start(document: &JsValue) -> Result<(), JsError> {
        let rows = Rows::default();
        let button = document.call("getElementById", ("add",))?;
        let document = document.clone();
        let mut last = 0;
        let add = Closure::new(move || -> Result<(), JsError> {
            last += 1;
            let row = Row::new(&document, &rows, last)?;
            rows.borrow_mut().insert(last, row);
            Ok(())
        });
        // Nothing in Rust keeps it: it belongs to its function, and so to the button.
        button.call("addEventListener", ("click", &add.into_js())).map(drop)
    }

    /// How many closures there are in Rust.
    fn closures() -> usize {
        live_values()
    }
}
