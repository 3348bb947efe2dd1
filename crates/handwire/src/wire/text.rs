//! Text that is put together when a guest is compiled: a type's name holds the names of
//! the types that it is made of, at any depth.

/// A text in pieces.
pub type Text = &'static [Piece];

/// One piece of a [`Text`].
///
/// ```
/// use handwire::wire::{Piece, Text, copy, len};
///
/// const INNER: Text = &[Piece::Str("[f64]")];
/// const OUTER: Text = &[Piece::Sub(INNER), Piece::Str("?")];
/// const BYTES: [u8; len(OUTER)] = copy(OUTER);
/// assert_eq!(&BYTES, b"[f64]?");
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// As it is.
    Str(&'static str),
    /// A text inside of this one.
    Sub(Text),
    /// The lines of a doc comment, or the one of a key, as a JSON string with a space before;
    /// nothing if there are none.
    Doc(&'static [&'static str]),
}

/// How many bytes a text has.
pub const fn len(text: Text) -> usize {
    write::<0>([], text).1
}

/// A text's bytes; `N` is its [`len`].
pub const fn copy<const N: usize>(text: Text) -> [u8; N] {
    write([0; N], text).0
}

/// A text without its last piece: the separator of a list.
pub const fn but_last(text: Text) -> Text {
    match text {
        [rest @ .., _] => rest,
        [] => text,
    }
}

/// Writes what fits, and counts all.
const fn write<const N: usize>(out: [u8; N], text: Text) -> ([u8; N], usize) {
    let mut line = Line { out, at: 0 };
    line.text(text);
    (line.out, line.at)
}

struct Line<const N: usize> {
    out: [u8; N],
    at: usize,
}

impl<const N: usize> Line<N> {
    const fn byte(&mut self, byte: u8) {
        if self.at < N {
            self.out[self.at] = byte;
        }
        self.at += 1;
    }

    const fn text(&mut self, text: Text) {
        let mut i = 0;
        while i < text.len() {
            match text[i] {
                Piece::Str(piece) => self.bytes(piece.as_bytes()),
                Piece::Sub(inner) => self.text(inner),
                Piece::Doc(lines) => self.doc(lines),
            }
            i += 1;
        }
    }

    const fn bytes(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            self.byte(bytes[i]);
            i += 1;
        }
    }

    const fn doc(&mut self, lines: &[&str]) {
        if lines.is_empty() {
            return;
        }
        self.bytes(b" \"");
        let mut i = 0;
        while i < lines.len() {
            if i > 0 {
                self.bytes(b"\\n");
            }
            self.escaped(lines[i].as_bytes());
            i += 1;
        }
        self.byte(b'"');
    }

    /// A line of a doc comment inside of a JSON string, without the space that follows `///`.
    const fn escaped(&mut self, line: &[u8]) {
        let mut i = if let [b' ', ..] = line { 1 } else { 0 };
        while i < line.len() {
            match line[i] {
                b'"' => self.bytes(b"\\\""),
                b'\\' => self.bytes(b"\\\\"),
                b'\n' => self.bytes(b"\\n"),
                b'\r' => self.bytes(b"\\r"),
                b'\t' => self.bytes(b"\\t"),
                // Other control characters have no place in a comment; JSON takes none as they are.
                0..0x20 => self.byte(b' '),
                byte => self.byte(byte),
            }
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_a_json_string() {
        const TEXT: Text = &[Piece::Str("f()"), Piece::Doc(&[" Says \"hé\".", "", " a\\b\tc", " two\nlines"])];
        const BYTES: [u8; len(TEXT)] = copy(TEXT);
        assert_eq!(core::str::from_utf8(&BYTES), Ok(r#"f() "Says \"hé\".\n\na\\b\tc\ntwo\nlines""#));
    }

    #[test]
    fn no_docs_no_string() {
        assert_eq!(len(&[Piece::Str("f()"), Piece::Doc(&[])]), 3);
    }
}
