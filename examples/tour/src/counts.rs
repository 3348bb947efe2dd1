//! Lines, words and characters of bytes that come piece by piece.
//!
//! - A **line** ends with a line feed; what follows the last one is a line, too.
//! - A **character** is a Unicode code point. Bytes that are not UTF-8 count as one each time
//!   where a decoder would write one U+FFFD, so any file can be counted.
//! - A **word** is a run of letters, digits and `_`, with single apostrophes inside.

use std::collections::HashMap;

/// Longer words are counted, but are none of the most frequent. In bytes.
const LONGEST: usize = 64;
/// So many different words are told apart, so that memory stays within bounds: new ones that
/// come later are counted, but are none of the most frequent.
const DIFFERENT: usize = 1_000_000;

pub struct Counts {
    counted: Counted,
    shortest: usize,
    /// The bytes of a character that the last piece has cut off.
    cut: Vec<u8>,
    /// Whether something follows the last line feed.
    in_line: bool,
    word: String,
    /// Characters of `word`, whose text may be cut short; 0 outside of a word.
    length: usize,
    apostrophe: Option<char>,
}

/// What was found. Numbers of the host, so f64: a count may be larger than u32.
#[derive(Default)]
pub struct Counted {
    pub lines: f64,
    pub words: f64,
    pub characters: f64,
    /// How many of the characters stand for bytes that are not UTF-8.
    pub broken: f64,
    /// Whether there were more different words than are told apart.
    pub crowded: bool,
    times: HashMap<String, u32>,
}

impl Counts {
    pub fn new(shortest: usize) -> Counts {
        Counts {
            counted: Counted::default(),
            shortest,
            cut: Vec::new(),
            in_line: false,
            word: String::new(),
            length: 0,
            apostrophe: None,
        }
    }

    pub fn add(&mut self, piece: &[u8]) {
        if self.cut.is_empty() {
            return self.cut = self.decode(piece).to_vec();
        }
        let mut joined = std::mem::take(&mut self.cut);
        joined.extend_from_slice(piece);
        self.cut = self.decode(&joined).to_vec();
    }

    pub fn finish(&mut self) -> Counted {
        if !self.cut.is_empty() {
            self.broken();
        }
        self.end_word();
        self.counted.lines += f64::from(self.in_line);
        std::mem::take(&mut self.counted)
    }

    /// Gives back the bytes at the end that may be the begin of a character.
    fn decode<'a>(&mut self, mut bytes: &'a [u8]) -> &'a [u8] {
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.text(text);
                    return &[];
                }
                Err(error) => error,
            };
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            // It is valid, so nothing is lost by the way that doesn't panic.
            self.text(std::str::from_utf8(valid).unwrap_or_default());
            match error.error_len() {
                Some(len) => {
                    self.broken();
                    bytes = &rest[len..];
                }
                None => return rest,
            }
        }
    }

    fn broken(&mut self) {
        self.counted.broken += 1.0;
        self.character(char::REPLACEMENT_CHARACTER);
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            self.character(character);
        }
    }

    fn character(&mut self, character: char) {
        self.counted.characters += 1.0;
        self.in_line = character != '\n';
        self.counted.lines += f64::from(character == '\n');
        if character.is_alphanumeric() || character == '_' {
            if let Some(apostrophe) = self.apostrophe.take() {
                self.letter(apostrophe);
            }
            self.letter(character);
        } else if matches!(character, '\'' | '’') && self.length > 0 && self.apostrophe.is_none() {
            // Part of the word if a letter follows.
            self.apostrophe = Some(character);
        } else {
            self.end_word();
        }
    }

    fn letter(&mut self, letter: char) {
        self.length += 1;
        if self.word.len() <= LONGEST {
            self.word.push(letter);
        }
    }

    fn end_word(&mut self) {
        self.apostrophe = None;
        if self.length == 0 {
            return;
        }
        let length = std::mem::take(&mut self.length);
        self.counted.words += 1.0;
        if length >= self.shortest && self.word.len() <= LONGEST {
            if self.word.is_ascii() {
                self.word.make_ascii_lowercase();
            } else {
                self.word = self.word.to_lowercase();
            }
            self.counted.saw(&self.word);
        }
        self.word.clear();
    }
}

impl Counted {
    fn saw(&mut self, word: &str) {
        if let Some(times) = self.times.get_mut(word) {
            *times = times.saturating_add(1);
        } else if self.times.len() < DIFFERENT {
            self.times.insert(word.to_owned(), 1);
        } else {
            self.crowded = true;
        }
    }

    /// The words that were seen most often, the most frequent first; those that were seen
    /// equally often in the order of their code points.
    pub fn most_frequent(self, top: usize) -> Vec<(String, u32)> {
        let mut words: Vec<_> = self.times.into_iter().collect();
        words.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
        words.truncate(top);
        words
    }
}
