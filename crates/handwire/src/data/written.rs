//! Texts while they are written: behind the tables where that is how they are read fastest, and
//! once where they are the same. Where there is little to write, neither is looked for.

use super::ends::{Ends, Word, ends_of};
use super::put::{copy_short, put_length, text_at};
use super::tag;
use super::writer::{FOUND, TEXTS, Writer};

/// Says of a text that was found that it was referred to since another took its place in vain: what is there often stays.
const USED: u32 = 1 << 31;

impl Writer {
    #[inline]
    pub(super) fn put_text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if self.out.len() < tag::MUCH {
            self.put_here(bytes);
        } else {
            self.put_among_many(bytes);
        }
    }

    /// A text where there is much to write.
    #[inline]
    fn put_among_many(&mut self, bytes: &[u8]) {
        match bytes.len() {
            0..4 => self.put_tiny(bytes),
            4..8 => self.put_short::<u32>(bytes),
            8..16 => self.put_short::<u64>(bytes),
            16..=tag::SHORT => self.put_short::<u128>(bytes),
            _ => self.put_long(bytes),
        }
    }

    /// A text of up to three bytes: behind the tables, if it is ASCII.
    fn put_tiny(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            self.out.push(tag::SHORT_BEHIND + bytes.len() as u8);
            bytes.iter().for_each(|&byte| self.behind.push(byte));
        } else {
            self.put_here(bytes);
        }
    }

    /// A text of at least one word and at most two: behind the tables, if it is ASCII.
    #[inline(always)]
    fn put_short<T: Word>(&mut self, bytes: &[u8]) {
        let ends = ends_of::<T>(bytes);
        let len = bytes.len();
        if !ends.are_ascii() {
            return self.put_short_here(bytes, ends);
        }
        let before = self.behind.len();
        let known = &mut self.found[ends.hash(len) % FOUND];
        let at = (*known & !USED) as usize;
        if self.behind.get(at..at + len).is_some_and(|there| ends_of::<T>(there) == ends) {
            *known |= USED;
            return self.refer(at, len);
        }
        *known = if *known & USED != 0 { at as u32 } else { before as u32 & !USED };
        self.out.push(tag::SHORT_BEHIND + len as u8);
        self.behind.reserve(len);
        // SAFETY: there is room for as much behind what is written, and it is written here.
        unsafe {
            ends.write(self.behind.as_mut_ptr().add(before), len);
            self.behind.set_len(before + len);
        }
    }

    /// The same of one that isn't: where the value stands, or where it stood before.
    #[inline(always)]
    fn put_short_here<T: Word>(&mut self, bytes: &[u8], ends: Ends<T>) {
        let len = bytes.len();
        let at = self.out.len();
        let tag = tag::SHORT_TEXT + len as u8;
        let known = &mut self.texts[ends.hash(len) % TEXTS];
        let before = (*known & !USED) as usize;
        self.again = true;
        if before != 0 && self.out[before] == tag && ends_of::<T>(&self.out[before + 1..before + 1 + len]) == ends {
            *known |= USED;
            return self.refer_here(before);
        }
        *known = if *known & USED != 0 { before as u32 } else { at as u32 & !USED };
        self.out.reserve(1 + len);
        // SAFETY: there is room for as much behind what is written, and it is written here.
        unsafe {
            let place = self.out.as_mut_ptr().add(at);
            place.write(tag);
            ends.write(place.add(1), len);
            self.out.set_len(at + 1 + len);
        }
    }

    /// A text that is no short one: behind the tables, if it is ASCII and not too long for that.
    #[inline(never)]
    fn put_long(&mut self, bytes: &[u8]) {
        let len = bytes.len();
        if len > tag::BEHIND_MOST {
            return self.put_here(bytes);
        }
        let hash = ends_of::<u128>(bytes).hash(len);
        if !bytes.is_ascii() {
            let known = &mut self.texts[hash % TEXTS];
            let before = (*known & !USED) as usize;
            self.again = true;
            if before != 0 && text_at(&self.out, before) == bytes {
                *known |= USED;
                return self.refer_here(before);
            }
            *known = if *known & USED != 0 { before as u32 } else { self.out.len() as u32 & !USED };
            return self.put_here(bytes);
        }
        let known = &mut self.found[hash % FOUND];
        let at = (*known & !USED) as usize;
        if self.behind.get(at..at + len) == Some(bytes) {
            *known |= USED;
            return self.refer(at, len);
        }
        *known = if *known & USED != 0 { at as u32 } else { self.behind.len() as u32 & !USED };
        self.out.push(tag::BEHIND);
        put_length(&mut self.out, len);
        self.behind.extend_from_slice(bytes);
    }

    /// A text that stands behind the tables already.
    #[inline(always)]
    fn refer(&mut self, at: usize, len: usize) {
        if (at | len) < 0x80 {
            self.put_raw([tag::BEHIND_AGAIN, at as u8, len as u8]);
        } else {
            self.refer_far(at, len);
        }
    }

    #[inline(never)]
    fn refer_far(&mut self, at: usize, len: usize) {
        self.out.push(tag::BEHIND_AGAIN);
        put_length(&mut self.out, at);
        put_length(&mut self.out, len);
    }

    /// A text that stands in the value already.
    #[inline(never)]
    fn refer_here(&mut self, at: usize) {
        self.out.push(tag::AGAIN);
        put_length(&mut self.out, at);
    }

    /// A text where the value stands.
    #[inline]
    fn put_here(&mut self, bytes: &[u8]) {
        if bytes.len() > tag::SHORT {
            self.out.reserve(bytes.len() + 6);
            self.out.push(tag::TEXT);
            put_length(&mut self.out, bytes.len());
            return self.out.extend_from_slice(bytes);
        }
        let at = self.out.len();
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
