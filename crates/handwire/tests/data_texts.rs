//! Texts of data without a host: of every length, ASCII and not, among few and among many, and
//! that those which stand in a value again and again are written once.
#![cfg(feature = "serde")]

use handwire::data::{self, Options};

fn back(texts: &[String]) -> usize {
    let bytes = Options::new().encode(texts).unwrap();
    assert_eq!(data::decode::<Vec<String>>(&bytes).unwrap(), texts);
    bytes.len()
}

/// A text of so many bytes that differs from its like by its number.
fn text(len: usize, number: usize, ascii: bool) -> String {
    let mut text: String = format!("{number:x}").chars().take(len).collect();
    while text.len() + 2 <= len {
        text.push_str(if ascii { "ab" } else { "é" });
    }
    while text.len() < len {
        text.push('z');
    }
    text
}

#[test]
fn every_length() {
    for ascii in [true, false] {
        for start in [0, 600] {
            let mut texts = vec!["x".repeat(start)];
            for len in (0..40).chain([127, 128, 254, 255, 256, 257, 1000]) {
                texts.extend((0..3).map(|number| text(len, number, ascii)));
                texts.extend((0..3).map(|number| text(len, number, ascii)));
            }
            back(&texts);
        }
    }
}

#[test]
fn a_character_that_is_not_ascii_at_every_place() {
    for len in 2..40 {
        let mut texts = vec!["x".repeat(600)];
        for at in 0..len - 1 {
            let mut text = "a".repeat(len - 2);
            text.insert(at, 'é');
            texts.push(text.clone());
            texts.push("b".repeat(len));
            texts.push(text);
        }
        back(&texts);
    }
}

#[test]
fn what_is_often_there_is_written_once() {
    for len in [4, 7, 8, 15, 16, 31, 32, 200] {
        for ascii in [true, false] {
            let mut texts = vec!["x".repeat(600)];
            for number in 0..300 {
                texts.push(text(len, 0xF, ascii));
                texts.push(format!("{number:06}"));
            }
            // A tag and two short numbers each, and the others; it is written a few times at most.
            assert!(back(&texts) < 600 + 300 * (5 + 8) + 10 * len, "{len}");
        }
    }
}
