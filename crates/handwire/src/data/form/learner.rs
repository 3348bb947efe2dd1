//! Learning a form: the values of an ordinary buffer as words, and what each was asked as.

use super::super::reader::{Reader, Value};
use super::super::tag;
use super::misread::Misread;
use super::node::{Tree, kind};

pub(super) struct Learner<'de> {
    reader: Reader<'de>,
    tree: Tree,
    /// The node of the value that is asked for next.
    pub(super) now: usize,
    /// Of the object that was asked for last: where its keys are, and how many.
    pub(super) keys: (usize, u32),
}

/// In place of an option that is there, and of a struct's mask: what is inside is to be learned. No host sends it.
const LEARNED: f64 = -1.0;

/// A value as a form has it.
pub(super) enum Given<'de> {
    Word(f64),
    Text(&'de str),
}

impl<'de> Learner<'de> {
    pub(super) fn new(reader: Reader<'de>) -> Learner<'de> {
        Learner { reader, tree: Tree::new(), now: Tree::ROOT, keys: (0, 0) }
    }

    /// The next value, which is asked for as a kind.
    pub(super) fn give(&mut self, asked: u8) -> Result<Given<'de>, Misread> {
        if !self.tree.note(self.now, asked) {
            return Err(Misread);
        }
        if asked == kind::OPTION {
            let absent = matches!(self.reader.peek(), Some(tag::UNDEFINED | tag::NULL));
            if absent {
                self.reader.pass();
            }
            return Ok(Given::Word(if absent { 0.0 } else { LEARNED }));
        }
        let word = match (asked, self.reader.next().map_err(|_| Misread)?) {
            (kind::TEXT, Value::Text(text)) => return Ok(Given::Text(text)),
            (kind::BOOLEAN, Value::Bool(value)) => f64::from(u8::from(value)),
            (kind::NUMBER, Value::Int(value)) => value.into(),
            (kind::NUMBER, Value::Float(value)) => value,
            (kind::LIST | kind::TUPLE, Value::Array(count)) => count as f64,
            (kind::STRUCT | kind::MAP, Value::Object(shape)) => {
                self.keys = (shape.keys, shape.count);
                if asked == kind::MAP { shape.count.into() } else { LEARNED }
            }
            _ => return Err(Misread),
        };
        Ok(Given::Word(word))
    }

    /// Notes the fields of a struct: a mask has a bit for each.
    pub(super) fn fields(&mut self, fields: &'static [&'static str]) -> Result<(), Misread> {
        let fit = fields.len() <= 53 && self.tree.note_fields(self.now, fields);
        if fit { Ok(()) } else { Err(Misread) }
    }

    /// The next value is the one of that number in a node.
    pub(super) fn inside(&mut self, parent: usize, number: usize) -> Result<(), Misread> {
        self.now = self.tree.child(parent, number).ok_or(Misread)?;
        Ok(())
    }

    /// The key at an address, and where the next one is.
    pub(super) fn key(&self, at: usize) -> Result<(&'de str, usize), Misread> {
        self.reader.key(at).map_err(|_| Misread)
    }

    /// Whether the next value is undefined.
    pub(super) fn is_undefined(&self) -> bool {
        self.reader.peek() == Some(tag::UNDEFINED)
    }

    /// Steps over a value that nobody asks for.
    pub(super) fn pass_over(&mut self) -> Result<(), Misread> {
        self.reader.pass_over().map_err(|_| Misread)
    }

    /// What was learned, if all of the value was asked for.
    pub(super) fn learned(&self) -> Option<heap::vec::Vec<u8>> {
        self.reader.finish().is_ok().then(|| self.tree.encode())
    }
}
