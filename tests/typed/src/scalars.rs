//! Numbers, booleans and characters; slices of numbers.

use alloc::vec::Vec;

every! {
    bool: bool bool_try bool_option bool_list bool_both;
    i8: i8 i8_try i8_option i8_list i8_both;
    u8: u8 u8_try u8_option u8_list u8_both;
    i16: i16 i16_try i16_option i16_list i16_both;
    u16: u16 u16_try u16_option u16_list u16_both;
    i32: i32 i32_try i32_option i32_list i32_both;
    u32: u32 u32_try u32_option u32_list u32_both;
    usize: usize usize_try usize_option usize_list usize_both;
    i64: i64 i64_try i64_option i64_list i64_both;
    u64: u64 u64_try u64_option u64_list u64_both;
    f32: f32 f32_try f32_option f32_list f32_both;
    f64: f64 f64_try f64_option f64_list f64_both;
    char: char char_try char_option char_list char_both;
}

borrowed! {
    i8_slice: &[i8] => Vec<i8>, to_vec;
    u8_slice: &[u8] => Vec<u8>, to_vec;
    i16_slice: &[i16] => Vec<i16>, to_vec;
    u16_slice: &[u16] => Vec<u16>, to_vec;
    i32_slice: &[i32] => Vec<i32>, to_vec;
    u32_slice: &[u32] => Vec<u32>, to_vec;
    i64_slice: &[i64] => Vec<i64>, to_vec;
    u64_slice: &[u64] => Vec<u64>, to_vec;
    f32_slice: &[f32] => Vec<f32>, to_vec;
    f64_slice: &[f64] => Vec<f64>, to_vec;
}
