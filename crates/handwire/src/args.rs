//! [`Args`]: all the arguments of one call.

use crate::{Arg, ToArg};
use handwire_abi::Slot;

/// The arguments of a call: a tuple of up to eight, an array of one type, or a slice of
/// [`Arg`]s for any number of any types. None of them allocates.
///
/// ```no_run
/// # use handwire::{Arg, JsValue};
/// # let object = JsValue::global();
/// object.call("none", ())?;
/// object.call("one", ("text",))?;
/// object.call("four", (0, 0.5, true, &object))?;
/// object.call("many", [1.0; 100])?;
/// object.call("computed", &vec![Arg::from("x"); 20][..])?;
/// # Ok::<(), handwire::JsError>(())
/// ```
pub trait Args {
    /// Lays the arguments out in a row, for the time of `run`.
    fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R;
}

/// Where the slots of arguments stand, and how many.
#[inline]
pub(crate) fn slots(args: &[Arg<'_>]) -> (*const Slot, usize) {
    (args.as_ptr().cast(), args.len())
}

impl Args for [Arg<'_>] {
    #[inline]
    fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R {
        run(self)
    }
}

impl<A: Args + ?Sized> Args for &A {
    #[inline]
    fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R {
        (**self).with(run)
    }
}

impl<T: ToArg, const N: usize> Args for [T; N] {
    #[inline]
    fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R {
        run(&self.each_ref().map(|arg| arg.to_arg()))
    }
}

impl Args for () {
    #[inline]
    fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R {
        run(&[])
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: ToArg),+> Args for ($($name,)+) {
            #[inline]
            fn with<R>(&self, run: impl FnOnce(&[Arg<'_>]) -> R) -> R {
                #[allow(non_snake_case)]
                let ($($name,)+) = self;
                run(&[$($name.to_arg()),+])
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

#[cfg(test)]
mod tests {
    use super::*;
    use handwire_abi::kind;
    use heap::vec::Vec;

    fn kinds(args: impl Args) -> Vec<u32> {
        args.with(|args| {
            let (ptr, len) = slots(args);
            // SAFETY: an argument is a slot and nothing else.
            unsafe { core::slice::from_raw_parts(ptr, len) }.iter().map(|slot| slot.kind()).collect()
        })
    }

    #[test]
    fn tuples_arrays_and_slices_become_slots_in_a_row() {
        assert_eq!(kinds(()), [0u32; 0]);
        assert_eq!(kinds(("a",)), [kind::STRING]);
        let all = (1u8, 2i64, 3u64, true, "e", &b"f"[..], None::<f64>, ());
        let expected = [4, 5, 6, 3, 7, 9, 0, 1];
        assert_eq!(kinds(all), expected);
        assert_eq!(kinds([1.5; 3]), [kind::NUMBER; 3]);
        let count = if cfg!(miri) { 70 } else { 70_000u32 };
        let many: Vec<Arg<'_>> = (0..count).map(Arg::from).collect();
        assert_eq!(kinds(&many[..]).len(), count as usize);
    }
}
