//! Exports of numbers, which need no glue.

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn add_i64(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn add_u64(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_none() {}

#[unsafe(no_mangle)]
pub extern "C" fn warm_bool(a: u32) -> u32 {
    u32::from(a == 0)
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_u8(a: u32) -> u32 {
    u32::from((a as u8).wrapping_mul(3))
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_i16(a: i32) -> i32 {
    i32::from((a as i16).wrapping_mul(5))
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_u32(a: u32) -> u32 {
    a.wrapping_mul(7)
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_f64(a: f64) -> f64 {
    a * 2.0
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_floats(a: f32, b: f64) -> f64 {
    f64::from(a) - b
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_mixed(a: i32, b: f64, c: u32) -> f64 {
    if c != 0 { f64::from(a) + b } else { b }
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_four(a: i32, b: u32, c: f64, d: u32) -> f64 {
    if d != 0 { f64::from(a) + f64::from(b) + c } else { c }
}

/// A code, and the upper case's.
#[unsafe(no_mangle)]
pub extern "C" fn warm_char(a: u32) -> u32 {
    char::from_u32(a).unwrap_or('?').to_ascii_uppercase().into()
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_i64(a: i64) -> i64 {
    a.wrapping_mul(3)
}

#[unsafe(no_mangle)]
pub extern "C" fn warm_u64(a: u64, b: i32) -> u64 {
    a.wrapping_add(b as u64)
}
