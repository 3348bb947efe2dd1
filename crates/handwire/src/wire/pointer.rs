//! Raw pointers: addresses of guest memory, which the host sees as numbers (`usize`). For
//! embedders that work on guest memory by themselves; nothing checks what they point to.

use super::{Element, Lift, Lower, Misfit, Pass, Receive, Text, Wire};
use core::mem::MaybeUninit;
use handwire_abi::Slot;

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        impl<T> Wire for $pointer {
            const TYPE: Text = <usize as Element>::TYPE;
            type A = $pointer;
            type B = ();
        }

        impl<'h, T: 'h> Lift<'h> for $pointer {
            type Hold = $pointer;

            #[inline(always)]
            unsafe fn hold(pointer: $pointer, _: ()) -> $pointer {
                pointer
            }

            #[inline(always)]
            fn lift(hold: &'h mut $pointer) -> $pointer {
                *hold
            }
        }

        impl<T> Lower for $pointer {
            const TYPE: Text = <usize as Element>::TYPE;
            type Wire = $pointer;

            #[inline(always)]
            fn lower(self) -> $pointer {
                self
            }
        }

        impl<T> Pass for $pointer {
            type Hold = $pointer;

            #[inline(always)]
            fn hold(self) -> $pointer {
                self
            }

            #[inline(always)]
            fn pass(hold: &$pointer) -> ($pointer, ()) {
                (*hold, ())
            }
        }

        impl<T> Receive for $pointer {
            const TYPE: Text = <usize as Element>::TYPE;
            type Wire = $pointer;
            type Out = ();

            #[inline(always)]
            fn out(_: &mut MaybeUninit<Slot>) {}

            #[inline(always)]
            unsafe fn try_receive(wire: $pointer, _: MaybeUninit<Slot>) -> Result<$pointer, Misfit> {
                Ok(wire)
            }
        }
    )*};
}

pointers!(*const T, *mut T);
