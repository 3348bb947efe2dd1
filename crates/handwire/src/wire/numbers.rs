//! Numbers in a row as parameters of exports: to be read where they are, and lent to be changed.

use super::{Element, Lift, Piece, Text, Wire};

/// Numbers in a row that the host wrote.
///
/// # Safety
///
/// `ptr` and `len` are what the host gave for them; any pointer, if `len` is 0.
#[inline]
pub(super) unsafe fn slice<'a, T>(ptr: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller says so, and the host aligns what it writes.
    unsafe { core::slice::from_raw_parts(ptr, len) }
}

macro_rules! slices {
    ($($type:ident)*) => {$(
        impl Wire for &[$type] {
            const TYPE: Text = <$type as Element>::LIST;
            type A = *const $type;
            type B = usize;
        }

        impl<'h> Lift<'h> for &'h [$type] {
            const PLAIN: bool = true;
            type Hold = (*const $type, usize);

            #[inline(always)]
            unsafe fn hold(ptr: *const $type, len: usize) -> (*const $type, usize) {
                (ptr, len)
            }

            #[inline(always)]
            fn lift(hold: &'h mut (*const $type, usize)) -> &'h [$type] {
                // SAFETY: `hold` was given what the host gave.
                unsafe { slice(hold.0, hold.1) }
            }
        }
    )*};
}

/// Numbers that are lent: the host writes them back to where it has them from.
macro_rules! lent {
    ($($type:ident)*) => {$(
        impl Wire for &mut [$type] {
            const TYPE: Text = &[Piece::Str(concat!("&mut [", stringify!($type), "]"))];
            type A = *mut $type;
            type B = usize;
        }

        impl<'h> Lift<'h> for &'h mut [$type] {
            type Hold = (*mut $type, usize);

            #[inline(always)]
            unsafe fn hold(ptr: *mut $type, len: usize) -> (*mut $type, usize) {
                (ptr, len)
            }

            #[inline(always)]
            fn lift(hold: &'h mut (*mut $type, usize)) -> &'h mut [$type] {
                if hold.1 == 0 {
                    return &mut [];
                }
                // SAFETY: `hold` was given what the host gave: numbers that are this call's alone.
                unsafe { core::slice::from_raw_parts_mut(hold.0, hold.1) }
            }
        }
    )*};
}

lent!(i8 u8 i16 u16 i32 u32 i64 u64 f32 f64);
slices!(i8 u8 i16 u16 i32 u32 i64 u64 f32 f64);
