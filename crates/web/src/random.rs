//! Random values, from the platform's source for cryptography.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::import;

/// How many bytes the platform gives at a time.
const MOST: usize = 65_536;

import! {
    fn bytes(count: u32) -> Vec<u8> = "crypto.getRandomValues(new Uint8Array($1))";
    fn pair() -> u64 = "crypto.getRandomValues(new BigUint64Array(1))[0]";
    /// A random UUID, of version 4. On a page it takes a secure context: `https`, or this machine.
    pub fn uuid() -> String = "crypto.randomUUID()";
}

/// Fills bytes with random ones.
pub fn fill(target: &mut [u8]) {
    for chunk in target.chunks_mut(MOST) {
        // As long as asked for: the code is above.
        chunk.copy_from_slice(&bytes(chunk.len() as u32));
    }
}

/// 64 random bits.
pub fn next_u64() -> u64 {
    pair()
}

/// A random number from 0, which can be, to 1, which can't: 53 random bits.
pub fn next_f64() -> f64 {
    (pair() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A random number below a bound, each as likely as the others.
///
/// # Panics
///
/// If the bound is 0.
pub fn below(bound: u64) -> u64 {
    assert!(bound > 0, "random::below: there is no number below 0");
    // What is left over at the top would make small numbers likelier.
    let rest = (u64::MAX % bound + 1) % bound;
    loop {
        let bits = pair();
        if bits <= u64::MAX - rest {
            return bits % bound;
        }
    }
}
