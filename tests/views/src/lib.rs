//! Numbers that are lent: to an export, which are written back, and to an import.
#![no_std]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsValue, export, import};

/// Doubles each, and swaps the ends.
macro_rules! mutable {
    ($($name:ident: $type:ty;)*) => {
        export! {$(
            fn $name(numbers: &mut [$type]) -> u32 {
                for number in numbers.iter_mut() {
                    *number += *number;
                }
                if let [first, .., last] = numbers {
                    core::mem::swap(first, last);
                }
                numbers.len() as u32
            }
        )*}
    };
}

mutable! {
    lent_i8: i8; lent_u8: u8; lent_i16: i16; lent_u16: u16; lent_i32: i32; lent_u32: u32;
    lent_i64: i64; lent_u64: u64; lent_f32: f32; lent_f64: f64;
}

export! {
    /// Adds one to each, calls the function in the middle, and adds one again.
    fn lent_calls(numbers: &mut [f64], function: &JsFunction) -> Result<f64, JsError> {
        numbers.iter_mut().for_each(|number| *number += 1.0);
        let result = function.call_as(&JsValue::UNDEFINED, ())?;
        numbers.iter_mut().for_each(|number| *number += 1.0);
        Ok(result)
    }

    fn lent_fails(numbers: &mut [u8]) -> Result<(), String> {
        numbers.fill(7);
        Err("told to fail".into())
    }

    fn lent_panics(numbers: &mut [u8]) {
        numbers.fill(7);
        panic!("told to panic")
    }

    fn lent_two(a: &mut [u16], text: &str, b: &mut [f64]) -> u32 {
        a.fill(text.len() as u16);
        b.fill(text.len() as f64);
        (a.len() + b.len()) as u32
    }
}

import! {
    mod views {
        fn fill(numbers: &mut [f64], with: f64);
        fn bytes(bytes: &mut [u8]) -> Result<u32, JsError>;
        fn both(a: &mut [i32], text: &str, b: &mut [u64]);
        fn copied(numbers: &[f64]) -> f64;
    }

    fn inline_view(numbers: &mut [i16]) = "(view) => view.fill(5)";
}

export! {
    fn view_fill(length: u32, with: f64) -> Vec<f64> {
        let mut numbers: Vec<f64> = (0..length).map(f64::from).collect();
        views::fill(&mut numbers, with);
        numbers
    }

    fn view_bytes(length: u32) -> Result<Vec<u8>, JsError> {
        let mut bytes: Vec<u8> = (0..length).map(|i| i as u8).collect();
        let written = views::bytes(&mut bytes)?;
        bytes.truncate(written as usize);
        Ok(bytes)
    }

    fn view_both() -> Vec<i32> {
        let (mut a, mut b) = ([1, 2, 3], [4u64, 5]);
        views::both(&mut a, "text", &mut b);
        a.into_iter().chain(b.map(|big| big as i32)).collect()
    }

    fn view_copied() -> f64 { views::copied(&[1.5, 2.5]) }

    fn view_inline() -> Vec<i16> {
        let mut numbers = [1, 2, 3];
        inline_view(&mut numbers);
        numbers.into()
    }
}
