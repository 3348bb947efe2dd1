//! How closures cross: given away by value, lent as `&mut dyn FnMut` and `&dyn Fn`.

use super::lent::{Lent, LentShared, Loan};
use super::{Closure, Outcome, Signature};
use crate::JsValue;
use crate::wire::{Element, Lower, Pass, Return, Text, Wire};
use core::mem;
use core::ptr::NonNull;

impl<S: Signature> Closure<S> {
    /// The handle of its function, to which it is given.
    #[inline]
    fn give(self) -> u32 {
        JsValue::from(self.into_js()).into_raw().into_raw()
    }
}

impl<S: Signature> Wire for Closure<S> {
    const TYPE: Text = S::TYPE;
    type A = u32;
    type B = ();
}

impl<S: Signature> Pass for Closure<S> {
    type Hold = u32;

    #[inline]
    fn hold(self) -> u32 {
        self.give()
    }

    #[inline]
    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl<S: Signature> Lower for Closure<S> {
    const TYPE: Text = S::TYPE;
    type Wire = u32;

    #[inline]
    fn lower(self) -> u32 {
        self.give()
    }
}

impl<S: Signature> Return for Closure<S> {
    #[inline]
    fn write(self) {
        Return::write(JsValue::from(self.into_js()));
    }
}

impl<S: Signature> Outcome for Closure<S> {
    const TYPE: Text = S::TYPE;

    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }
}

macro_rules! lent {
    ($($($name:ident)*;)*) => {$(
        lent!(@of [mut] FnMut $($name)*);
        lent!(@of [] Fn $($name)*);
    )*};
    (@of [$($mut:tt)?] $trait:ident $($name:ident)*) => {
        impl<$($name: Element + 'static,)* R: Outcome + 'static> Wire for &$($mut)? (dyn $trait($($name),*) -> R + '_) {
            const TYPE: Text = <fn($($name),*) -> R>::BORROWED;
            type A = u32;
            type B = ();
        }

        impl<$($name: Element + 'static,)* R: Outcome + 'static> Pass for &$($mut)? (dyn $trait($($name),*) -> R + '_) {
            type Hold = lent!(@loan $trait [$($name),*]);

            #[inline]
            fn hold(self) -> Self::Hold {
                let closure: NonNull<dyn $trait($($name),*) -> R + '_> = self.into();
                // SAFETY: only the lifetime differs.
                let closure = unsafe { mem::transmute::<NonNull<dyn $trait($($name),*) -> R + '_>, NonNull<dyn $trait($($name),*) -> R>>(closure) };
                lent!(@hold $trait closure)
            }

            #[inline]
            fn pass(hold: &Self::Hold) -> (u32, ()) {
                (hold.closure_id(), ())
            }
        }
    };
    (@loan FnMut [$($name:ident),*]) => { Loan<Lent<dyn FnMut($($name),*) -> R, fn($($name),*) -> R>> };
    (@loan Fn [$($name:ident),*]) => { Loan<LentShared<dyn Fn($($name),*) -> R, fn($($name),*) -> R>> };
    (@hold FnMut $closure:ident) => {
        // SAFETY: an import holds the loan, in its place, until it returns, and its caller lent the closure for so long.
        unsafe { Loan::<Lent<_, _>>::new($closure) }
    };
    (@hold Fn $closure:ident) => {
        // SAFETY: as above; it is only looked at.
        unsafe { Loan::<LentShared<_, _>>::shared($closure) }
    };
}

lent! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
