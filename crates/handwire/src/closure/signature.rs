//! [`Signature`]: the type of a function, for the compiler and as the text that the host reads.
//! `fn(i32) -> bool` is a marker here, of which no value is made.

use super::code::Call;
use super::outcome::{Outcome, from_number};
use crate::wire::{Element, Piece, Scalar, Text, but_last, claim_arguments, copy, len};

/// The type of a function that crosses: `fn(A, …) -> R` with up to eight parameters, each of
/// which owns what it holds, or [`Variadic`](super::Variadic). A function that gives a promise is `fn(A, …) -> Async<R>` (feature `async`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type of a function that can cross",
    label = "the wire has no form for this function",
    note = "`fn(A, …) -> R` with up to eight parameters is one, if each is a number, bool, char, String, JsValue or one of the typed family, Option or Vec of those, or of record!; and R one of those, (), a Result of it, or Async of any of these"
)]
pub trait Signature: 'static {
    /// The names of its parameters' types, each with a comma behind it.
    #[doc(hidden)]
    const PARAMS: Text;

    /// Its name in the contract section: `fn(i32)->bool`.
    const TYPE: Text;

    /// The same of a borrowed one.
    #[doc(hidden)]
    const BORROWED: Text = &[Piece::Str("&"), Piece::Sub(Self::TYPE)];
}

/// What calls a closure of the type `S`, as often as one likes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be called by the host as `{S}`",
    label = "no closure of this type",
    note = "name the types of its arguments, as in `|x: i32| x + 1`: up to eight that own what they hold"
)]
pub trait Handler<S> {
    /// With numbers.
    fn call4(&mut self, a: f64, b: f64, c: f64, d: f64) -> f64;
    /// With integers.
    fn call4i(&mut self, a: i32, b: i32, c: i32, d: i32) -> i32;
    /// With slots.
    fn call(&mut self, call: &Call) -> i32;
}

/// What calls a closure of the type `S`, also while it runs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be called by the host as `{S}` while it runs",
    label = "no closure of this type that only looks at what it captured",
    note = "name the types of its arguments, as in `|x: i32| x + 1`; what changes its captures is for `Closure::new`"
)]
pub trait SharedHandler<S> {
    /// With numbers.
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64;
    /// With integers.
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32;
    /// With slots.
    fn call(&self, call: &Call) -> i32;
}

/// What calls a closure of the type `S`, once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be called by the host as `{S}`",
    label = "no closure of this type",
    note = "name the types of its arguments, as in `|x: i32| x + 1`: up to eight that own what they hold"
)]
pub trait OnceHandler<S> {
    /// With numbers.
    fn call4(self, a: f64, b: f64, c: f64, d: f64) -> f64;
    /// With integers.
    fn call4i(self, a: i32, b: i32, c: i32, d: i32) -> i32;
    /// With slots.
    fn call(self, call: &Call) -> i32;
}

macro_rules! signatures {
    ($($count:literal: $($name:ident $at:tt)*;)*) => {$(
        impl<$($name: Element + 'static,)* R: Outcome + 'static> Signature for fn($($name),*) -> R {
            const PARAMS: Text = &[$(Piece::Sub($name::TYPE), Piece::Str(","),)*];
            const TYPE: Text =
                &[Piece::Str("fn("), Piece::Sub(but_last(Self::PARAMS)), Piece::Str(")"), Piece::Sub(R::ARROW)];
        }

        impl<Func, $($name: Element + 'static,)* R: Outcome + 'static> Handler<fn($($name),*) -> R> for Func
        where
            Func: FnMut($($name),*) -> R + ?Sized,
        {
            signatures!(@calls [&mut self] $count R $($name $at)*);
        }

        impl<Func, $($name: Element + 'static,)* R: Outcome + 'static> SharedHandler<fn($($name),*) -> R> for Func
        where
            Func: Fn($($name),*) -> R + ?Sized,
        {
            signatures!(@calls [&self] $count R $($name $at)*);
        }

        impl<Func, $($name: Element + 'static,)* R: Outcome + 'static> OnceHandler<fn($($name),*) -> R> for Func
        where
            Func: FnOnce($($name),*) -> R,
        {
            signatures!(@calls [self] $count R $($name $at)*);
        }
    )*};

    // Which of the two the host calls follows from the type: the other has no code.
    (@calls [$($me:tt)*] $count:literal $result:ident $($name:ident $at:tt)*) => {
        #[inline]
        #[allow(unused_variables)]
        fn call4($($me)*, a: f64, b: f64, c: f64, d: f64) -> f64 {
            if !const { matches!(scalar($count, $result::SCALAR, &[$($name::SCALAR),*]), Scalar::Float) } {
                return f64::NAN;
            }
            let numbers = [a, b, c, d, 0.0, 0.0, 0.0, 0.0];
            signatures!(@self $($me)*)($(from_number::<$name>(numbers[$at])),*).number()
        }

        #[inline]
        #[allow(unused_variables)]
        fn call4i($($me)*, a: i32, b: i32, c: i32, d: i32) -> i32 {
            if !const { matches!(scalar($count, $result::SCALAR, &[$($name::SCALAR),*]), Scalar::Integer) } {
                return 0;
            }
            let integers = [a, b, c, d, 0, 0, 0, 0];
            signatures!(@self $($me)*)($($name::from_i32(integers[$at])),*).integer()
        }

        #[inline]
        #[allow(unused_variables)]
        fn call($($me)*, call: &Call) -> i32 {
            if !const { matches!(scalar($count, $result::SCALAR, &[$($name::SCALAR),*]), Scalar::No) } {
                return 0;
            }
            claim_arguments!(call, $($name $at)*);
            // SAFETY: the host wrote a slot for each parameter, of its type.
            signatures!(@self $($me)*)($(unsafe { $name::lift_slot(call.args.add($at).read()) }),*).write()
        }
    };
    (@self &mut $me:ident) => { $me };
    (@self &$me:ident) => { $me };
    (@self $me:ident) => { $me };
}

signatures! {
    0: ;
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}

/// Which numbers a call takes: integers if all are, and if its result is one or nothing.
const fn scalar(count: usize, result: Scalar, params: &[Scalar]) -> Scalar {
    if count > 4 {
        return Scalar::No;
    }
    let mut all = result;
    let mut i = 0;
    while i < params.len() {
        all = match (all, params[i]) {
            (Scalar::No, _) | (_, Scalar::No) => Scalar::No,
            (Scalar::Float, _) | (_, Scalar::Float) => Scalar::Float,
            _ => Scalar::Integer,
        };
        i += 1;
    }
    all
}

/// The text of a closure's type, at one address for good.
pub(super) trait Named: Signature {
    #[doc(hidden)]
    const ONCE_TYPE: Text = &[Piece::Str("once "), Piece::Sub(Self::TYPE)];
    #[doc(hidden)]
    const LENT_TYPE: Text = &[Piece::Str("lent "), Piece::Sub(Self::TYPE)];
    /// Of one that can be called any number of times.
    const TEXT: &'static str =
        text(len(Self::TYPE), const { &copy(Self::TYPE) }, const { &copy(Self::TYPE) }, const { &copy(Self::TYPE) });
    /// Of one that can be called once.
    const ONCE: &'static str = text(
        len(Self::ONCE_TYPE),
        const { &copy(Self::ONCE_TYPE) },
        const { &copy(Self::ONCE_TYPE) },
        const { &copy(Self::ONCE_TYPE) },
    );
    /// Of one that is lent for a call.
    const LENT: &'static str = text(
        len(Self::LENT_TYPE),
        const { &copy(Self::LENT_TYPE) },
        const { &copy(Self::LENT_TYPE) },
        const { &copy(Self::LENT_TYPE) },
    );
}

impl<S: Signature> Named for S {}

/// The one of three copies that a text fits into: the length of an array can't follow from a
/// type that is yet to be known. The others reach no module.
const fn text(
    len: usize,
    short: &'static [u8; 32],
    long: &'static [u8; 128],
    longest: &'static [u8; 1024],
) -> &'static str {
    assert!(len <= 1024, "the type of a closure has at most 1,024 bytes as a text");
    let whole: &'static [u8] = if len <= 32 {
        short
    } else if len <= 128 {
        long
    } else {
        longest
    };
    match core::str::from_utf8(whole.split_at(len).0) {
        Ok(text) => text,
        Err(_) => panic!("names of types are text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JsError, JsValue};
    use heap::string::String;
    use heap::vec::Vec;

    #[test]
    fn texts() {
        assert_eq!(<fn()>::TEXT, "fn()");
        assert_eq!(<fn(i32) -> i32>::TEXT, "fn(i32)->i32");
        assert_eq!(<fn(f64, bool, JsValue)>::ONCE, "once fn(f64,bool,js)");
        assert_eq!(<fn(Option<Vec<u8>>) -> Option<String>>::LENT, "lent fn(bytes?)->str?");
        assert_eq!(<fn(String) -> Result<(), JsError>>::TEXT, "fn(str)->result<()>");
        assert_eq!(
            <fn(Vec<String>, Vec<Vec<f64>>, u64, char, i8, usize, f32, JsValue) -> Result<JsValue, String>>::TEXT,
            "fn([str],[[f64]],u64,char,i8,usize,f32,js)->result<js>"
        );
    }

    fn call4<S>(handler: &mut dyn Handler<S>, numbers: [f64; 4]) -> f64 {
        handler.call4(numbers[0], numbers[1], numbers[2], numbers[3])
    }

    fn call4i<S>(handler: &mut dyn Handler<S>, integers: [i32; 4]) -> i32 {
        handler.call4i(integers[0], integers[1], integers[2], integers[3])
    }

    #[test]
    fn integers_go_without_slots() {
        let mut sum = 0;
        call4i(&mut |a: i32, b: bool| sum += if b { a } else { -a }, [7, 1, 0, 0]);
        call4i(&mut |a: i32, b: bool| sum += if b { a } else { -a }, [1, 0, 0, 0]);
        assert_eq!(sum, 6);
        assert_eq!(call4i(&mut |a: u32| a, [-1, 0, 0, 0]), -1);
        assert_eq!(
            call4i(&mut |a: i8, b: u16, c: usize| i64::from(a) + i64::from(b) == c as i64, [-1, 65_535, 65_534, 0]),
            1
        );
        assert_eq!(call4i(&mut || true, [0; 4]), 1);
        assert_eq!(call4i(&mut |text: String| text.len() as i32, [1; 4]), 0, "text goes in a slot");
        assert!(call4(&mut |a: i32| a, [1.0; 4]).is_nan(), "and integers don't go as floats");
    }

    #[test]
    fn numbers_go_without_slots() {
        assert_eq!(
            call4(
                &mut |a: f64, b: f32, c: i8, d: u32| a + f64::from(b) + f64::from(c) + f64::from(d),
                [0.5, 0.25, -1.0, 4_294_967_295.0]
            ),
            4_294_967_294.75
        );
        assert_eq!(call4(&mut |a: f64, b: bool| b && a > 0.0, [0.5, 1.0, 0.0, 0.0]), 1.0);
        assert_eq!(call4(&mut |a: f64| a as u32, [3e9, 0.0, 0.0, 0.0]), 3e9);
        assert_eq!(call4(&mut |_: f64| (), [0.5, 0.0, 0.0, 0.0]), 0.0);
        assert!(call4(&mut |text: String| text.len() as f64, [0.0; 4]).is_nan());
        assert!(call4(&mut |a: u64| a as f64, [0.0; 4]).is_nan());
    }
}
