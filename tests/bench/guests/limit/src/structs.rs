//! People in a layout of their own, the same both ways: a record of numbers and lengths each, and
//! behind all records one text, which theirs are in turn.

use bench_common::{Address, Person};
use std::cell::Cell;

const _: () = assert!(size_of::<Record>() == 88);

/// The most tags of one.
const TAGS: usize = 4;

/// One person, in 88 bytes. Lengths are in units of UTF-16.
#[repr(C)]
#[derive(Clone, Copy)]
struct Record {
    score: f64,
    lat: f64,
    lon: f64,
    /// NaN for none.
    manager: f64,
    id: u32,
    age: u32,
    active: u32,
    zip: u32,
    name: u32,
    email: u32,
    street: u32,
    city: u32,
    tags: [u32; TAGS],
    tag_count: u32,
    unused: u32,
}

/// The text that has not been read.
struct Texts<'a> {
    rest: &'a str,
    /// All of it: a unit is a byte.
    ascii: bool,
}

impl Texts<'_> {
    fn next(&mut self, units: u32) -> String {
        let units = units as usize;
        let size = if self.ascii { units } else { self.measure(units) };
        let (text, rest) = self.rest.split_at(size);
        self.rest = rest;
        text.into()
    }

    fn measure(&self, units: usize) -> usize {
        let bytes = self.rest.as_bytes();
        let (mut at, mut left) = (0, units);
        while left > 0 {
            if let Some(word) = bytes[at..].first_chunk() {
                let high = u64::from_le_bytes(*word) & 0x8080_8080_8080_8080;
                let step = (high.trailing_zeros() as usize / 8).min(left);
                if step > 0 {
                    at += step;
                    left -= step;
                    continue;
                }
            }
            let (size, count) = match bytes[at] {
                0..0x80 => (1, 1),
                0x80..0xE0 => (2, 1),
                0xE0..0xF0 => (3, 1),
                0xF0.. => (4, 2),
            };
            at += size;
            left -= count;
        }
        at
    }
}

fn read(record: &Record, texts: &mut Texts<'_>) -> Person {
    Person {
        id: record.id,
        name: texts.next(record.name),
        email: texts.next(record.email),
        age: record.age as u8,
        score: record.score,
        active: record.active != 0,
        manager: (!record.manager.is_nan()).then_some(record.manager as u32),
        address: Address {
            street: texts.next(record.street),
            city: texts.next(record.city),
            zip: record.zip,
            lat: record.lat,
            lon: record.lon,
        },
        tags: record.tags[..record.tag_count as usize].iter().map(|&units| texts.next(units)).collect(),
    }
}

/// # Safety
///
/// The glue has written `count` records at `ptr`, 8-aligned, and `len` bytes of UTF-8 behind them.
unsafe fn lift<'a>(ptr: *const u8, count: usize, len: usize, units: usize) -> (&'a [Record], Texts<'a>) {
    // SAFETY: the caller says so.
    unsafe {
        let records = std::slice::from_raw_parts(ptr.cast::<Record>(), count);
        let text = bench_by_hand::text(ptr.add(size_of_val(records)), len);
        (records, Texts { rest: text, ascii: units == len })
    }
}

/// # Safety
///
/// As of [`lift`], one record.
#[unsafe(no_mangle)]
unsafe extern "C" fn struct_in(ptr: *const u8, len: usize, units: usize) -> f64 {
    // SAFETY: the caller says so.
    let (records, mut texts) = unsafe { lift(ptr, 1, len, units) };
    read(&records[0], &mut texts).sum()
}

/// # Safety
///
/// As of [`lift`].
#[unsafe(no_mangle)]
unsafe extern "C" fn structs_in(ptr: *const u8, count: usize, len: usize, units: usize) -> f64 {
    // SAFETY: the caller says so.
    let (records, mut texts) = unsafe { lift(ptr, count, len, units) };
    let people: Vec<Person> = records.iter().map(|record| read(record, &mut texts)).collect();
    people.iter().map(Person::sum).sum()
}

thread_local! {
    static RECORDS: Cell<Vec<Record>> = const { Cell::new(Vec::new()) };
    static TEXT: Cell<String> = const { Cell::new(String::new()) };
}

fn put(text: &mut String, part: &str) -> u32 {
    text.push_str(part);
    if part.is_ascii() { part.len() as u32 } else { part.chars().map(|c| c.len_utf16() as u32).sum() }
}

fn write(person: &Person, text: &mut String) -> Record {
    let address = &person.address;
    let mut tags = [0; TAGS];
    let (name, email) = (put(text, &person.name), put(text, &person.email));
    let (street, city) = (put(text, &address.street), put(text, &address.city));
    for (units, tag) in tags.iter_mut().zip(&person.tags) {
        *units = put(text, tag);
    }
    Record {
        score: person.score,
        lat: address.lat,
        lon: address.lon,
        manager: person.manager.map_or(f64::NAN, f64::from),
        id: person.id,
        age: person.age.into(),
        active: person.active.into(),
        zip: address.zip,
        name,
        email,
        street,
        city,
        tags,
        tag_count: person.tags.len() as u32,
        unused: 0,
    }
}

/// Gives people: the address of their records in the first word of `out`, of their text in the second; its length is the result.
fn give(people: &[Person]) -> usize {
    let (mut records, mut text) = (RECORDS.take(), TEXT.take());
    records.clear();
    text.clear();
    records.extend(people.iter().map(|person| write(person, &mut text)));
    crate::out::write(records.as_ptr().cast(), text.as_ptr() as usize);
    let len = text.len();
    RECORDS.set(records);
    TEXT.set(text);
    len
}

#[unsafe(no_mangle)]
extern "C" fn struct_out() -> usize {
    Person::with_all(|people| give(&people[..1]))
}

#[unsafe(no_mangle)]
extern "C" fn structs_out() -> usize {
    Person::with_all(give)
}
