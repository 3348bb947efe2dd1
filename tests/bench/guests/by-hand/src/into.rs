//! Exports that take text or bytes, which the glue has put into the room.

use crate::room::{bytes, text};
use bench_common::Person;

/// `name(text) -> result`, `name [bytes] -> result`: an export of pointer and length.
macro_rules! into {
    ($($name:ident, $lift:ident, |$value:ident| $body:expr $(, $result:ty)?;)*) => {$(
        /// # Safety
        ///
        /// The glue has written `len` bytes at `ptr`.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(ptr: *const u8, len: usize) $(-> $result)? {
            // SAFETY: the caller says so.
            let $value = unsafe { $lift(ptr, len) };
            $body
        }
    )*};
}

into! {
    hold_text, text, |text| bench_common::hold_text(text);
    text_digest, text, |text| bench_common::digest(text.as_bytes()), u32;
    text_in, text, |text| bench_common::glance(text.as_bytes()), u32;
    hold_bytes, bytes, |bytes| bench_common::hold_bytes(bytes);
    bytes_digest, bytes, |bytes| bench_common::digest(bytes), u32;
    bytes_in, bytes, |bytes| bench_common::glance(bytes), u32;
    json_in, text, |text| Person::from_json(text).unwrap().sum(), f64;
    json_ins, text, |text| Person::all_from_json(text).unwrap().iter().map(Person::sum).sum(), f64;
    hold_people, text, |text| Person::hold(Person::all_from_json(text).unwrap());
    warm_text, text, |text| text.chars().count() as u32, u32;
}
