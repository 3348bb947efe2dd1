//! Text, bytes and lists: copied into the guest, copied back out. Where a copy isn't wanted, the
//! value stays the host's, and its elements cross one by one.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsArray, JsError, JsString, JsUint8Array};

handwire::export! {
    /// The text, backwards by characters.
    fn reversed(text: &str) -> String {
        text.chars().rev().collect()
    }

    fn sorted(words: Vec<String>) -> Vec<String> {
        let mut words = words;
        words.sort_unstable();
        words
    }

    /// A typed array in, a typed array out.
    fn scaled(numbers: &[f64], by: f64) -> Vec<f64> {
        numbers.iter().map(|number| number * by).collect()
    }

    fn inverted(bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| !byte).collect()
    }

    /// Words with how often they come, by their first appearance.
    fn counted(words: Vec<String>) -> Result<JsArray, JsError> {
        let mut counts: Vec<(String, u32)> = Vec::new();
        for word in words {
            match counts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => counts.push((word, 1)),
            }
        }
        let pairs = JsArray::new();
        for (word, count) in &counts {
            pairs.push(JsArray::of((word.as_str(), *count)))?;
        }
        Ok(pairs)
    }

    /// The units of UTF-16, which have all of the text, half characters too.
    fn units(text: &JsString) -> Vec<u16> {
        text.to_utf16()
    }

    /// Writes over a part of an array that stays the host's; whether there was room.
    fn fill(array: &JsUint8Array, offset: usize, content: &[u8]) -> bool {
        array.copy_from(offset, content)
    }
}
