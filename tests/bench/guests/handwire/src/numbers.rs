//! Numbers, each way.

use handwire::{export, import};
use std::hint::black_box;

import! {
    mod env {
        fn add(a: i32, b: i32) -> i32;
        fn add_i64(a: i64, b: i64) -> i64;
    }
}

export! {
    fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }

    fn add_i64(a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    fn add_u64(a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }

    fn call_add(n: u32) -> i32 {
        (0..n as i32).fold(0, |sum, i| env::add(sum, black_box(i)))
    }

    fn call_add_i64(n: u32) -> i64 {
        (0..i64::from(n)).fold(0, |sum, i| env::add_i64(sum, black_box(i)))
    }
}
