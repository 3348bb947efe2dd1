//! A form while it is learned: a tree of what a type asked for.

use super::super::put::put_length;
use heap::vec;
use heap::vec::Vec;

/// What a type asks for, by the byte of a form that says so.
pub(super) mod kind {
    /// Nothing was there that would tell.
    pub const UNKNOWN: u8 = 0;
    pub const BOOLEAN: u8 = 1;
    pub const NUMBER: u8 = 2;
    pub const TEXT: u8 = 3;
    pub const OPTION: u8 = 4;
    pub const LIST: u8 = 5;
    pub const TUPLE: u8 = 6;
    pub const STRUCT: u8 = 7;
    pub const MAP: u8 = 8;
}

/// More than any type has that is worth it.
const MOST: usize = 1024;

pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    kind: u8,
    /// What is inside: of a struct one for each field, of an option, a list, a map one.
    children: Vec<usize>,
    fields: &'static [&'static str],
}

impl Node {
    const UNKNOWN: Node = Node { kind: kind::UNKNOWN, children: Vec::new(), fields: &[] };
}

impl Tree {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Tree {
        Tree { nodes: vec![Node::UNKNOWN] }
    }

    /// Notes what a type asks for at a node; false if it asked for something else there before.
    pub(super) fn note(&mut self, node: usize, asked: u8) -> bool {
        let node = &mut self.nodes[node];
        if node.kind == kind::UNKNOWN {
            node.kind = asked;
        }
        node.kind == asked
    }

    /// Notes the fields of a struct, all of which are nodes then; false if they were others.
    pub(super) fn note_fields(&mut self, node: usize, fields: &'static [&'static str]) -> bool {
        if self.nodes[node].children.is_empty() {
            self.nodes[node].fields = fields;
        }
        (fields.is_empty() || self.child(node, fields.len() - 1).is_some()) && self.nodes[node].fields == fields
    }

    /// The node inside of another, of that number. None if there are too many.
    pub(super) fn child(&mut self, parent: usize, number: usize) -> Option<usize> {
        while self.nodes[parent].children.len() <= number {
            if self.nodes.len() == MOST {
                return None;
            }
            let node = self.nodes.len();
            self.nodes.push(Node::UNKNOWN);
            self.nodes[parent].children.push(node);
        }
        Some(self.nodes[parent].children[number])
    }

    /// The form, as the host reads it.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(Tree::ROOT, &mut out);
        out
    }

    fn put(&self, node: usize, out: &mut Vec<u8>) {
        let Node { kind, children, fields } = &self.nodes[node];
        out.push(*kind);
        match *kind {
            kind::TUPLE | kind::STRUCT => put_length(out, children.len()),
            // What is inside of it was never there.
            kind::OPTION | kind::LIST | kind::MAP if children.is_empty() => return out.push(kind::UNKNOWN),
            _ => {}
        }
        for (number, &child) in children.iter().enumerate() {
            if let Some(field) = fields.get(number) {
                put_length(out, field.len());
                out.extend_from_slice(field.as_bytes());
            }
            self.put(child, out);
        }
    }
}
