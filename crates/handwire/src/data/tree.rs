//! The shapes of structs: which fields a struct was seen with, in which order. A tree of
//! fields, in which a struct that is written goes from the root down one node a field; the
//! node where it ends is its shape, with its keys as the table of a buffer wants them. The
//! tree stays from buffer to buffer: after the first time a field costs one comparison of
//! addresses, and a shape one copy.

use heap::vec;
use heap::vec::Vec;

/// Where structs start: the first fields, by a hash of their addresses.
const STARTS: usize = 32;

pub(super) struct Tree {
    nodes: Vec<Node>,
    starts: [Likely; STARTS],
}

/// The child that was used last.
#[derive(Clone, Copy)]
struct Likely {
    /// Its key, as the address and the length of a literal.
    ptr: *const u8,
    len: usize,
    node: u32,
}

impl Likely {
    /// Is no literal's: none is so long.
    const NONE: Likely = Likely { ptr: core::ptr::null(), len: usize::MAX, node: Tree::ROOT };

    #[inline(always)]
    fn is(&self, key: &'static str) -> bool {
        self.ptr == key.as_ptr() && self.len == key.len()
    }
}

struct Node {
    key: &'static str,
    parent: u32,
    likely: Likely,
    /// The first child, and the next one of the same parent.
    child: u32,
    sibling: u32,
    /// The buffer that has this shape, and its number there.
    buffer: u64,
    number: u32,
    /// How many keys, how many bytes, and the keys: an entry of the table. Empty until it is needed.
    entry: Vec<u8>,
}

impl Tree {
    pub(super) const ROOT: u32 = 0;

    pub(super) fn new() -> Tree {
        Tree { nodes: vec![Node::new("", 0, 0)], starts: [Likely::NONE; STARTS] }
    }

    /// The node of the next field.
    #[inline(always)]
    pub(super) fn step(&mut self, node: u32, key: &'static str) -> u32 {
        let likely = if node == Tree::ROOT { &self.starts[start(key)] } else { &self.nodes[node as usize].likely };
        if likely.is(key) { likely.node } else { self.step_slowly(node, key) }
    }

    #[inline(never)]
    fn step_slowly(&mut self, node: u32, key: &'static str) -> u32 {
        let mut next = self.nodes[node as usize].child;
        while next != 0 && !same(self.nodes[next as usize].key, key) {
            next = self.nodes[next as usize].sibling;
        }
        if next == 0 {
            next = self.nodes.len() as u32;
            self.nodes.push(Node::new(key, node, self.nodes[node as usize].child));
            self.nodes[node as usize].child = next;
        }
        let likely =
            if node == Tree::ROOT { &mut self.starts[start(key)] } else { &mut self.nodes[node as usize].likely };
        *likely = Likely { ptr: key.as_ptr(), len: key.len(), node: next };
        next
    }

    /// The number of a shape in a buffer, if it has it.
    #[inline(always)]
    pub(super) fn number(&self, node: u32, buffer: u64) -> Option<u32> {
        let node = &self.nodes[node as usize];
        (node.buffer == buffer).then_some(node.number)
    }

    /// Gives a shape its number in a buffer.
    pub(super) fn enter(&mut self, node: u32, buffer: u64, number: u32) {
        if self.nodes[node as usize].entry.is_empty() {
            self.nodes[node as usize].entry = self.make_entry(node);
        }
        let node = &mut self.nodes[node as usize];
        (node.buffer, node.number) = (buffer, number);
    }

    /// The table's entry of a shape that has a number.
    pub(super) fn entry(&self, node: u32) -> &[u8] {
        &self.nodes[node as usize].entry
    }

    fn make_entry(&self, mut node: u32) -> Vec<u8> {
        let mut keys = Vec::new();
        while node != Tree::ROOT {
            keys.push(self.nodes[node as usize].key);
            node = self.nodes[node as usize].parent;
        }
        let mut entry = vec![0; 8];
        for key in keys.iter().rev() {
            super::put::put_length(&mut entry, key.len());
            entry.extend_from_slice(key.as_bytes());
        }
        let size = entry.len() - 8;
        entry[..4].copy_from_slice(&(keys.len() as u32).to_le_bytes());
        entry[4..8].copy_from_slice(&(size as u32).to_le_bytes());
        entry
    }
}

impl Node {
    fn new(key: &'static str, parent: u32, sibling: u32) -> Node {
        Node { key, parent, likely: Likely::NONE, child: 0, sibling, buffer: 0, number: 0, entry: Vec::new() }
    }
}

/// Whether it is the same literal. Another one with the same text only makes another shape.
#[inline(always)]
fn same(a: &'static str, b: &'static str) -> bool {
    a.as_ptr() == b.as_ptr() && a.len() == b.len()
}

#[inline(always)]
fn start(key: &'static str) -> usize {
    (key.as_ptr() as usize ^ (key.len() * 7)) % STARTS
}
