//! The guest of table: what is in the rows, and how they are drawn. Each change is one batch: so
//! many calls of the DOM, one crossing. No row has a handle here: a batch finds it by its place.
#![no_std]

extern crate alloc;

mod labels;

use alloc::vec::Vec;
use core::cell::RefCell;
use handwire::batch::{Batch, Recording, Ref};
use handwire::{JsError, JsObject, JsValue, export, js_str};
use labels::{Label, Labels};

struct Row {
    id: u32,
    label: Label,
    /// How often it was updated: so many exclamation marks.
    marks: usize,
}

/// A table of the page, the data in it, and the buffers that draw it.
struct Table {
    /// The `tbody`.
    body: JsValue,
    /// A row without texts.
    template: JsValue,
    rows: Vec<Row>,
    next: u32,
    labels: Labels,
    selected: Option<usize>,
    batch: Batch,
}

struct Page(RefCell<Option<Table>>);

// SAFETY: an instance is entered by one thread at a time, says the contract.
unsafe impl Sync for Page {}

static PAGE: Page = Page(RefCell::new(None));

/// Runs with the table that was opened.
fn with<R>(act: impl FnOnce(&mut Table) -> Result<R, JsError>) -> Result<R, JsError> {
    match &mut *PAGE.0.borrow_mut() {
        Some(table) => act(table),
        None => Err(JsError::new("open a table first")),
    }
}

export! {
    /// Takes a `tbody` that is empty, and a row to make copies of. `seed` is where the labels begin.
    fn open(body: JsObject, template: JsObject, seed: u32) {
        *PAGE.0.borrow_mut() = Some(Table {
            body: body.into(),
            template: template.into(),
            rows: Vec::new(),
            next: 1,
            labels: Labels::new(seed),
            selected: None,
            batch: Batch::new(),
        });
    }

    /// Replaces all rows by new ones.
    fn create(count: u32) -> Result<(), JsError> {
        with(|table| {
            table.clear()?;
            table.append(count)
        })
    }

    /// Puts new rows behind those that are there.
    fn append(count: u32) -> Result<(), JsError> { with(|table| table.append(count)) }

    /// Updates every tenth row.
    fn update() -> Result<(), JsError> { with(Table::update) }

    /// Swaps the second row and the last but one.
    fn swap() -> Result<(), JsError> { with(Table::swap) }

    /// Highlights a row, and no other.
    fn select(index: usize) -> Result<(), JsError> { with(|table| table.select(index)) }

    fn remove(index: usize) -> Result<(), JsError> { with(|table| table.remove(index)) }

    fn clear() -> Result<(), JsError> { with(Table::clear) }

    /// How many rows there are.
    fn rows() -> Result<usize, JsError> { with(|table| Ok(table.rows.len())) }
}

/// The row in a place, as the batch finds it.
fn row_at<'v>(run: &mut Recording<'_, 'v>, body: &'v JsValue, index: usize) -> Ref {
    let rows = run.get(body, js_str!("rows"));
    run.get(rows, index)
}

impl Table {
    fn append(&mut self, count: u32) -> Result<(), JsError> {
        let mut run = self.batch.record();
        for _ in 0..count {
            let row = Row { id: self.next, label: self.labels.next(), marks: 0 };
            self.next += 1;
            let node = run.call(&self.template, js_str!("cloneNode"), (true,));
            let id = run.get(node, js_str!("firstChild"));
            run.set(id, js_str!("textContent"), row.id);
            let label = run.get(id, js_str!("nextSibling"));
            run.set(label, js_str!("textContent"), row.label.text(row.marks));
            run.call(&self.body, js_str!("appendChild"), (node,));
            self.rows.push(row);
        }
        run.run()?;
        Ok(())
    }

    fn update(&mut self) -> Result<(), JsError> {
        let mut run = self.batch.record();
        let rows = run.get(&self.body, js_str!("rows"));
        for (i, row) in self.rows.iter_mut().enumerate().step_by(10) {
            row.marks += 1;
            let node = run.get(rows, i);
            let label = run.get(node, js_str!("lastChild"));
            run.set(label, js_str!("textContent"), row.label.text(row.marks));
        }
        run.run()?;
        Ok(())
    }

    fn swap(&mut self) -> Result<(), JsError> {
        let count = self.rows.len();
        if count < 4 {
            return Ok(());
        }
        let (first, second) = (1, count - 2);
        let mut run = self.batch.record();
        let a = row_at(&mut run, &self.body, first);
        let b = row_at(&mut run, &self.body, second);
        let behind_a = run.get(a, js_str!("nextSibling"));
        let behind_b = run.get(b, js_str!("nextSibling"));
        run.call(&self.body, js_str!("insertBefore"), (b, behind_a));
        run.call(&self.body, js_str!("insertBefore"), (a, behind_b));
        run.run()?;
        self.rows.swap(first, second);
        self.selected = self.selected.map(|index| match index {
            _ if index == first => second,
            _ if index == second => first,
            other => other,
        });
        Ok(())
    }

    fn select(&mut self, index: usize) -> Result<(), JsError> {
        self.check(index)?;
        let mut run = self.batch.record();
        if let Some(before) = self.selected {
            let node = row_at(&mut run, &self.body, before);
            run.set(node, js_str!("className"), "");
        }
        let node = row_at(&mut run, &self.body, index);
        run.set(node, js_str!("className"), js_str!("danger"));
        run.run()?;
        self.selected = Some(index);
        Ok(())
    }

    fn remove(&mut self, index: usize) -> Result<(), JsError> {
        self.check(index)?;
        let mut run = self.batch.record();
        let node = row_at(&mut run, &self.body, index);
        run.call(node, js_str!("remove"), ());
        run.run()?;
        self.rows.remove(index);
        self.selected = match self.selected {
            Some(selected) if selected == index => None,
            Some(selected) if selected > index => Some(selected - 1),
            selected => selected,
        };
        Ok(())
    }

    fn clear(&mut self) -> Result<(), JsError> {
        self.body.set(js_str!("textContent"), "")?;
        self.rows.clear();
        self.selected = None;
        Ok(())
    }

    fn check(&self, index: usize) -> Result<(), JsError> {
        if index < self.rows.len() {
            return Ok(());
        }
        Err(JsError::new(&alloc::format!("there is no row {index}: there are {}", self.rows.len())))
    }
}
