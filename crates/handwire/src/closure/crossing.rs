//! How closures cross: given away by value, lent as `&mut dyn FnMut` and `&dyn Fn`.

use super::lent::{Lent, LentShared, Loan, lend, lend_shared};
use super::{Closure, Outcome, Signature};
use crate::JsValue;
use crate::wire::{Element, Lower, Pass, Return, Text, Wire};

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
        lent!(@of [mut] FnMut Lent lend $($name)*);
        lent!(@of [] Fn LentShared lend_shared $($name)*);
    )*};
    (@of [$($mut:tt)?] $trait:ident $lent:ident $lend:ident $($name:ident)*) => {
        impl<$($name: Element + 'static,)* R: Outcome + 'static> Wire for &$($mut)? (dyn $trait($($name),*) -> R + '_) {
            const TYPE: Text = <fn($($name),*) -> R>::BORROWED;
            type A = u32;
            type B = ();
        }

        impl<'a, 'b, $($name: Element + 'static,)* R: Outcome + 'static> Pass for &'a $($mut)? (dyn $trait($($name),*) -> R + 'b) {
            type Hold = Loan<$lent<'a, dyn $trait($($name),*) -> R + 'b, fn($($name),*) -> R>>;

            #[inline]
            fn hold(self) -> Self::Hold {
                $lend(self)
            }

            #[inline]
            fn pass(hold: &Self::Hold) -> (u32, ()) {
                (hold.closure_id(), ())
            }
        }
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
