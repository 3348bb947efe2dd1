//! A guest that links std: text and a map from std, and panics through the panic hook.

use handwire::contract;
use handwire::export::{lift_text, return_text};
use std::collections::HashMap;

contract! {
    r#"export most_frequent(text: str) -> str "The most frequent letter; the first of them in the alphabet.""#,
    "export panic_text(message: str)",
    "export panic_any()",
    r#"export panic_hooked(message: str) "With a hook of the guest's own, set later, that replaces the first.""#,
}

#[unsafe(no_mangle)]
extern "C" fn most_frequent(text: *const u8, len: usize) {
    // SAFETY: the host gives a text that stays for the time of the call.
    let text = unsafe { lift_text(text, len) };
    let mut counts = HashMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_insert(0) += 1;
    }
    let most = counts.into_iter().max_by_key(|(letter, count)| (*count, std::cmp::Reverse(*letter)));
    return_text(most.map_or(String::new(), |(letter, count)| format!("{letter} {count}")));
}

#[unsafe(no_mangle)]
extern "C" fn panic_text(message: *const u8, len: usize) {
    // SAFETY: as above.
    panic!("{}", unsafe { lift_text(message, len) });
}

#[unsafe(no_mangle)]
extern "C" fn panic_any() {
    std::panic::panic_any(7);
}

#[unsafe(no_mangle)]
extern "C" fn panic_hooked(message: *const u8, len: usize) {
    // SAFETY: as above.
    let message = unsafe { lift_text(message, len) };
    std::panic::set_hook(Box::new(|_| {}));
    panic!("{message}");
}
