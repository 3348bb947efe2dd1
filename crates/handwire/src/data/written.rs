//! Texts while they are written: behind the tables where that is how they are read fastest, and
//! once where they are the same.

use super::put::{copy_short, is_ascii, put_length, text_at};
use super::tag;
use super::writer::{TEXTS, Writer};

impl Writer {
    /// A text: behind the tables if there is much to write, and it is short and ASCII.
    #[inline]
    pub(super) fn put_text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if self.out.len() >= tag::MUCH && bytes.len() <= tag::BEHIND_MOST && is_ascii(bytes) {
            self.put_behind(bytes);
        } else {
            self.put_here(bytes);
        }
    }

    #[inline]
    fn put_behind(&mut self, bytes: &[u8]) {
        let len = bytes.len();
        let before = self.behind.len();
        if len >= tag::AGAIN_LEAST {
            let known = &mut self.found[hash(bytes)];
            let at = *known as usize;
            if self.behind.get(at..at + len) == Some(bytes) {
                self.out.push(tag::BEHIND_AGAIN);
                put_length(&mut self.out, at);
                return put_length(&mut self.out, len);
            }
            *known = before as u32;
        }
        if len > tag::SHORT {
            self.out.push(tag::BEHIND);
            put_length(&mut self.out, len);
            return self.behind.extend_from_slice(bytes);
        }
        self.out.push(tag::SHORT_BEHIND + len as u8);
        self.behind.reserve(len);
        // SAFETY: there is room for as much behind what is written, and it is written here.
        unsafe {
            copy_short(bytes, self.behind.as_mut_ptr().add(before));
            self.behind.set_len(before + len);
        }
    }

    /// A text where the value stands.
    fn put_here(&mut self, bytes: &[u8]) {
        let at = self.out.len();
        if (tag::AGAIN_LEAST..=tag::AGAIN_MOST).contains(&bytes.len()) {
            self.again = true;
            let known = &mut self.texts[hash(bytes)];
            let before = core::mem::replace(known, at as u32) as usize;
            if before != 0 && text_at(&self.out, before) == bytes {
                *known = before as u32;
                self.out.push(tag::AGAIN);
                return put_length(&mut self.out, before);
            }
        }
        if bytes.len() > tag::SHORT {
            self.out.reserve(bytes.len() + 6);
            self.out.push(tag::TEXT);
            put_length(&mut self.out, bytes.len());
            return self.out.extend_from_slice(bytes);
        }
        self.out.reserve(1 + bytes.len());
        // SAFETY: there is room for as much behind what is written, and it is written here.
        unsafe {
            let place = self.out.as_mut_ptr().add(at);
            place.write(tag::SHORT_TEXT + bytes.len() as u8);
            copy_short(bytes, place.add(1));
            self.out.set_len(at + 1 + bytes.len());
        }
    }
}

/// Where a text of three bytes or more is looked for.
#[inline(always)]
fn hash(bytes: &[u8]) -> usize {
    let len = bytes.len();
    let sum = u32::from(bytes[0]) * 7 + u32::from(bytes[len / 2]) * 5 + u32::from(bytes[len - 1]) * 3;
    (sum as usize + len) % TEXTS
}
