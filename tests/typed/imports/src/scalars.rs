//! Numbers, booleans and characters; slices of numbers.

use alloc::vec::Vec;

through! {
    bool: BoolField bool bool_try bool_option bool_list bool_field;
    i8: I8Field i8 i8_try i8_option i8_list i8_field;
    u8: U8Field u8 u8_try u8_option u8_list u8_field;
    i16: I16Field i16 i16_try i16_option i16_list i16_field;
    u16: U16Field u16 u16_try u16_option u16_list u16_field;
    i32: I32Field i32 i32_try i32_option i32_list i32_field;
    u32: U32Field u32 u32_try u32_option u32_list u32_field;
    usize: UsizeField usize usize_try usize_option usize_list usize_field;
    i64: I64Field i64 i64_try i64_option i64_list i64_field;
    u64: U64Field u64 u64_try u64_option u64_list u64_field;
    f32: F32Field f32 f32_try f32_option f32_list f32_field;
    f64: F64Field f64 f64_try f64_option f64_list f64_field;
    char: CharField char char_try char_option char_list char_field;
}

lent! {
    i8_slice: &[i8] => Vec<i8>;
    u8_slice: &[u8] => Vec<u8>;
    i16_slice: &[i16] => Vec<i16>;
    u16_slice: &[u16] => Vec<u16>;
    i32_slice: &[i32] => Vec<i32>;
    u32_slice: &[u32] => Vec<u32>;
    i64_slice: &[i64] => Vec<i64>;
    u64_slice: &[u64] => Vec<u64>;
    f32_slice: &[f32] => Vec<f32>;
    f64_slice: &[f64] => Vec<f64>;
}

handwire::import! {
    pub mod plain {
        /// What can't be an error: anything else ends the guest.
        fn nothing();
        fn maybe_i32(value: Option<i32>) -> Option<i32>;
        fn maybe_u64(value: Option<u64>) -> Option<u64>;
        fn several(small: i8, name: &str, big: u64, values: &[f32], mark: char, flag: bool, rest: Option<i32>) -> u32;
    }
}

handwire::export! {
    fn nothing() {
        plain::nothing();
    }

    fn maybe_i32(value: Option<i32>) -> Option<i32> {
        plain::maybe_i32(value)
    }

    fn maybe_u64(value: Option<u64>) -> Option<u64> {
        plain::maybe_u64(value)
    }

    fn several(small: i8, name: &str, big: u64, values: &[f32], mark: char, flag: bool, rest: Option<i32>) -> u32 {
        plain::several(small, name, big, values, mark, flag, rest)
    }
}
