//! `__instance!`: how values that the host holds cross, for one type.

/// The traits of [`wire`](crate::wire) for a [`Class`]. A type of a guest's own must have them by a macro: what a
/// generic type of this crate could have for all would be refused there.
#[doc(hidden)]
#[macro_export]
macro_rules! __instance {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::wire::Wire for $type {
            const TYPE: $crate::wire::Text = <$type as $crate::Class>::TYPE;
            type A = u32;
            type B = ();
        }

        impl<'h, $($generics)*> $crate::wire::Lift<'h> for $type {
            type Hold = $crate::wire::Claim;

            #[inline]
            unsafe fn hold(id: u32, _: ()) -> $crate::wire::Claim {
                $crate::wire::claim::<$type>(id)
            }

            #[inline]
            fn refused(hold: &$crate::wire::Claim) -> bool {
                hold.is_none()
            }

            #[inline]
            fn give_up(hold: $crate::wire::Claim) {
                hold.give_up();
            }

            #[inline]
            fn lift(hold: &'h mut $crate::wire::Claim) -> $type {
                hold.take()
            }
        }

        $crate::__instance_borrow!([$($generics)*] $type, [], false, REF, value, lend_value);
        $crate::__instance_borrow!([$($generics)*] $type, [mut], true, MUT, value_mut, lend_value_mut);

        impl<$($generics)*> $crate::wire::Element for $type {
            const TYPE: $crate::wire::Text = <$type as $crate::Class>::TYPE;

            #[inline]
            unsafe fn lift_slot(slot: $crate::abi::Slot) -> $type {
                $crate::wire::take($crate::wire::slot_id(slot))
            }

            const FALLIBLE: bool = true;

            #[inline]
            unsafe fn try_lift_slot(slot: $crate::abi::Slot) -> ::core::result::Result<$type, $crate::wire::Misfit> {
                $crate::wire::try_take($crate::wire::slot_id(slot))
            }

            #[inline]
            fn lower_slot(self, _block: &mut $crate::wire::Block) -> $crate::abi::Slot {
                $crate::wire::id_slot($crate::wire::given(self))
            }

            #[inline]
            unsafe fn claim_slot(slot: *mut $crate::abi::Slot) -> bool {
                // SAFETY: the caller says so.
                $crate::wire::claim_slot::<$type>(unsafe { slot.read() })
            }

            #[inline]
            unsafe fn unclaim_slot(slot: *mut $crate::abi::Slot) {
                // SAFETY: the caller says so.
                $crate::wire::unclaim_slot(unsafe { slot.read() });
            }
        }

        impl<$($generics)*> $crate::wire::Lower for $type {
            const TYPE: $crate::wire::Text = <$type as $crate::Class>::TYPE;
            type Wire = u32;

            #[inline]
            fn lower(self) -> u32 {
                $crate::wire::given(self)
            }
        }

        impl<$($generics)*> $crate::wire::Return for $type {
            #[inline]
            fn write(self) {
                $crate::wire::return_block(self);
            }
        }

        impl<$($generics)*> $crate::wire::Pass for $type {
            type Hold = u32;

            #[inline]
            fn hold(self) -> u32 {
                $crate::wire::given(self)
            }

            #[inline]
            fn pass(hold: &u32) -> (u32, ()) {
                (*hold, ())
            }
        }

        impl<$($generics)*> $crate::wire::Receive for $type {
            const TYPE: $crate::wire::Text = <$type as $crate::Class>::TYPE;
            type Wire = u32;
            type Out = ();

            #[inline]
            fn out(_: &mut ::core::mem::MaybeUninit<$crate::abi::Slot>) {}

            #[inline]
            unsafe fn try_receive(id: u32, _: ::core::mem::MaybeUninit<$crate::abi::Slot>) -> ::core::result::Result<$type, $crate::wire::Misfit> {
                $crate::wire::try_take(id)
            }
        }
    };
}

/// A borrow of one for the time of a call: whether it changes the value, its name in the contract, and what gives the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __instance_borrow {
    ([$($generics:tt)*] $type:ty, [$($mut:tt)?], $changes:literal, $name:ident, $value:ident, $lend:ident) => {
        impl<$($generics)*> $crate::wire::Wire for &$($mut)? $type {
            const TYPE: $crate::wire::Text = <$type as $crate::Class>::$name;
            type A = u32;
            type B = ();
        }

        impl<'h, $($generics)*> $crate::wire::Lift<'h> for &'h $($mut)? $type {
            type Hold = $crate::wire::Borrow<$type, $changes>;

            #[inline(always)]
            fn is_ready(id: &u32) -> bool {
                $crate::wire::is_free::<$type>(*id)
            }

            #[inline(always)]
            fn admit(id: &u32) -> Option<u32> {
                $crate::wire::admit::<$type, $changes>(*id)
            }

            #[inline(always)]
            fn resume(id: u32) {
                $crate::wire::resume::<$type>(id);
            }

            #[inline(always)]
            unsafe fn hold(id: u32, _: ()) -> Self::Hold {
                $crate::wire::borrow(id)
            }

            #[inline(always)]
            fn refused(hold: &Self::Hold) -> bool {
                $crate::wire::is_none(hold)
            }

            #[inline(always)]
            fn give_up(hold: Self::Hold) {
                drop(hold);
            }

            #[inline(always)]
            fn lift(hold: &'h mut Self::Hold) -> &'h $($mut)? $type {
                $crate::wire::$value(hold)
            }

            #[inline(always)]
            fn lend<R>(hold: &'h mut Self::Hold, call: impl FnOnce(Self) -> R) -> R {
                $crate::wire::$lend(hold, call)
            }
        }
    };
}
