//! The guest of todo: the list, what may be done to it, and how it is drawn. It is kept as plain
//! values of the page, which serde makes of these structs and back; the page puts them wherever
//! it likes.
#![no_std]

extern crate alloc;

mod draw;

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use draw::Drawing;
use handwire::data::Data;
use handwire::{JsError, JsObject, export, import, record};
use serde::{Deserialize, Serialize};

/// One thing to do.
#[derive(Clone, Deserialize, Serialize)]
pub struct Todo {
    title: String,
    /// What was stored by an older page may not say.
    #[serde(default)]
    done: bool,
}

record! {
    /// Which are shown.
    #[derive(Clone, Copy)]
    enum Filter { All, Open, Done }

    /// How many there are.
    struct Counts { open: u32, done: u32 }
}

import! {
    mod page {
        /// Keeps the list for the next visit.
        fn save(todos: Data<Vec<Todo>>) -> Result<(), JsError>;
    }
}

struct List {
    todos: Vec<Todo>,
    filter: Filter,
    drawing: Drawing,
}

struct Page(RefCell<Option<List>>);

// SAFETY: an instance is entered by one thread at a time, says the contract.
unsafe impl Sync for Page {}

static PAGE: Page = Page(RefCell::new(None));

/// Runs with the list that was opened.
fn with<R>(act: impl FnOnce(&mut List) -> Result<R, JsError>) -> Result<R, JsError> {
    match &mut *PAGE.0.borrow_mut() {
        Some(list) => act(list),
        None => Err(JsError::new("open a list first")),
    }
}

/// Changes the list, keeps it, and draws it.
fn change(act: impl FnOnce(&mut Vec<Todo>) -> Result<(), JsError>) -> Result<(), JsError> {
    with(|list| {
        act(&mut list.todos)?;
        list.draw()?;
        page::save(Data(list.todos.clone()))
    })
}

export! {
    /// Takes the element that holds the list, a template of an entry, and what was kept of an earlier visit.
    fn open(element: JsObject, template: JsObject, saved: Data<Vec<Todo>>) -> Result<(), JsError> {
        let mut list = List { todos: saved.0, filter: Filter::All, drawing: Drawing::new(element, template) };
        list.draw()?;
        *PAGE.0.borrow_mut() = Some(list);
        Ok(())
    }

    /// Adds one at the end, open.
    fn add(title: &str) -> Result<(), JsError> {
        let title = titled(title)?;
        change(|todos| {
            todos.push(Todo { title, done: false });
            Ok(())
        })
    }

    fn rename(index: usize, title: &str) -> Result<(), JsError> {
        let title = titled(title)?;
        change(|todos| {
            find(todos, index)?.title = title;
            Ok(())
        })
    }

    /// Done becomes open, and open done.
    fn toggle(index: usize) -> Result<(), JsError> {
        change(|todos| {
            let todo = find(todos, index)?;
            todo.done = !todo.done;
            Ok(())
        })
    }

    fn remove(index: usize) -> Result<(), JsError> {
        change(|todos| {
            find(todos, index)?;
            todos.remove(index);
            Ok(())
        })
    }

    /// Removes those that are done.
    fn clear_done() -> Result<(), JsError> {
        change(|todos| {
            todos.retain(|todo| !todo.done);
            Ok(())
        })
    }

    fn show(filter: Filter) -> Result<(), JsError> {
        with(|list| {
            list.filter = filter;
            list.draw()
        })
    }

    fn counts() -> Result<Counts, JsError> {
        with(|list| {
            let done = list.todos.iter().filter(|todo| todo.done).count() as u32;
            Ok(Counts { open: list.todos.len() as u32 - done, done })
        })
    }
}

/// A title without spaces around it, of which something is left.
fn titled(title: &str) -> Result<String, JsError> {
    match title.trim() {
        "" => Err(JsError::new("there is nothing to do in it")),
        title => Ok(title.into()),
    }
}

fn find(todos: &mut [Todo], index: usize) -> Result<&mut Todo, JsError> {
    todos.get_mut(index).ok_or_else(|| JsError::new("this one isn't there any more"))
}

impl List {
    fn draw(&mut self) -> Result<(), JsError> {
        let filter = self.filter;
        let shown = self.todos.iter().enumerate().filter(|(_, todo)| match filter {
            Filter::All => true,
            Filter::Open => !todo.done,
            Filter::Done => todo.done,
        });
        self.drawing.draw(shown)
    }
}
