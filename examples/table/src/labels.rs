//! Labels of rows, the words of js-framework-benchmark: three at random, the same for the same seed.

use alloc::string::String;

const ADJECTIVES: [&str; 25] = [
    "pretty",
    "large",
    "big",
    "small",
    "tall",
    "short",
    "long",
    "handsome",
    "plain",
    "quaint",
    "clean",
    "elegant",
    "easy",
    "angry",
    "crazy",
    "helpful",
    "mushy",
    "odd",
    "unsightly",
    "adorable",
    "important",
    "inexpensive",
    "cheap",
    "expensive",
    "fancy",
];
const COLOURS: [&str; 11] =
    ["red", "yellow", "blue", "green", "pink", "brown", "purple", "brown", "white", "black", "orange"];
const NOUNS: [&str; 13] = [
    "table", "chair", "house", "bbq", "desk", "car", "pony", "cookie", "sandwich", "burger", "pizza", "mouse",
    "keyboard",
];

/// Which words.
pub struct Label {
    adjective: u8,
    colour: u8,
    noun: u8,
}

impl Label {
    /// The words, and an exclamation for each mark.
    pub fn text(&self, marks: usize) -> String {
        let mut text = String::with_capacity(32 + marks * 4);
        for (words, which) in [(&ADJECTIVES[..], self.adjective), (&COLOURS, self.colour), (&NOUNS, self.noun)] {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(words[usize::from(which)]);
        }
        for _ in 0..marks {
            text.push_str(" !!!");
        }
        text
    }
}

/// Labels, one after the other.
pub struct Labels(u32);

impl Labels {
    pub fn new(seed: u32) -> Labels {
        Labels(seed)
    }

    pub fn next(&mut self) -> Label {
        Label {
            adjective: self.below(ADJECTIVES.len()),
            colour: self.below(COLOURS.len()),
            noun: self.below(NOUNS.len()),
        }
    }

    /// A random number below `count`, as plain.js makes them.
    fn below(&mut self, count: usize) -> u8 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * count as u64) >> 32) as u8
    }
}
