//! How the list is drawn: all of it anew, in one crossing.

use crate::Todo;
use handwire::batch::Batch;
use handwire::{JsError, JsObject, js_str};

/// Where it is drawn, and with what.
pub struct Drawing {
    element: JsObject,
    /// An entry: a checkbox, a title, a button.
    template: JsObject,
    batch: Batch,
}

impl Drawing {
    pub fn new(element: JsObject, template: JsObject) -> Drawing {
        Drawing { element, template, batch: Batch::new() }
    }

    pub fn draw<'a>(&mut self, todos: impl Iterator<Item = (usize, &'a Todo)>) -> Result<(), JsError> {
        let mut run = self.batch.record();
        run.call(&self.element, js_str!("replaceChildren"), ());
        for (index, todo) in todos {
            let entry = run.call(&self.template, js_str!("cloneNode"), (true,));
            let check = run.get(entry, js_str!("firstElementChild"));
            let title = run.get(check, js_str!("nextElementSibling"));
            // The page finds the entry of a click by this.
            let data = run.get(entry, js_str!("dataset"));
            run.set(data, js_str!("index"), index);
            run.set(entry, js_str!("className"), if todo.done { "done" } else { "" });
            run.set(check, js_str!("checked"), todo.done);
            run.set(title, js_str!("textContent"), &todo.title);
            run.call(&self.element, js_str!("appendChild"), (entry,));
        }
        run.run()?;
        Ok(())
    }
}
