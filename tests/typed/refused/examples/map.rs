//! A type of std that the wire has no form for.

use std::collections::HashMap;

handwire::export! {
    fn count(words: HashMap<String, u32>) -> usize {
        words.len()
    }
}

fn main() {}
