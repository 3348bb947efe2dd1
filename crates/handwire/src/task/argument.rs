//! Arguments of async exports: kept by the call for as long as it lasts, and lent or given to the
//! function when it begins. What crosses as a borrow of text or of a value of the host is kept as
//! what owns the same; an instance that is borrowed stays so until the call is over.
//!
//! Which of the ways a type goes, a method call finds, as for results: [`Way`](crate::wire::Way).

#[cfg(feature = "functions")]
use crate::Class;
#[cfg(feature = "functions")]
use crate::wire::{self, Lease};
use crate::wire::{Lift, Text, Wire};
use crate::{JsType, JsValue};
use core::borrow::Borrow;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use core::ptr;
use handwire_abi::Slot;
use heap::borrow::ToOwned;
use heap::string::String;

/// A parameter of an async export.
#[derive(Debug)]
pub struct Argument<T>(PhantomData<T>);

impl<T> Argument<T> {
    /// That of a type.
    #[allow(clippy::new_without_default)]
    #[inline]
    #[must_use]
    pub const fn new() -> Argument<T> {
        Argument(PhantomData)
    }
}

/// What is kept of an argument for as long as the call lasts.
pub trait Keep: Sized {
    /// Whether the guest refuses the call because of it.
    #[inline(always)]
    fn refused(&self) -> bool {
        false
    }

    /// Ends what was kept for a call that is refused.
    #[inline(always)]
    fn give_up(self) {}
}

/// Makes the argument of what is kept.
pub trait Kept<'h> {
    /// The argument.
    type Value;

    /// Lends it, or gives it: once.
    fn lift(&'h mut self) -> Self::Value;
}

/// Keeps a parameter that owns what it holds.
pub trait Owned<A, B> {
    /// What is kept.
    type Kept;

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for this type, and the value is lifted before the call of the host returns.
    unsafe fn keep(&self, a: A, b: B) -> Self::Kept;
}

impl<T: Wire + for<'h> Lift<'h>> Owned<T::A, T::B> for Argument<T> {
    type Kept = Value<T>;

    #[inline(always)]
    unsafe fn keep(&self, a: T::A, b: T::B) -> Value<T> {
        // SAFETY: the caller says so.
        Value(unsafe { <T as Lift<'static>>::hold(a, b) })
    }
}

/// A value that is given once.
pub struct Value<T: Lift<'static>>(T::Hold);

impl<T: Lift<'static>> Keep for Value<T> {
    #[inline(always)]
    fn refused(&self) -> bool {
        T::refused(&self.0)
    }

    #[inline(always)]
    fn give_up(self) {
        T::give_up(self.0);
    }
}

impl<'h, T: Lift<'static, Hold: 'static>> Kept<'h> for Value<T> {
    type Value = T;

    #[inline(always)]
    fn lift(&'h mut self) -> T {
        // SAFETY: `keep` is for types that are liftable for every lifetime, so the value borrows nothing of what is held.
        <T as Lift<'static>>::lift(unsafe { &mut *ptr::from_mut(&mut self.0) })
    }
}

/// Keeps a parameter that borrows: as what owns the same.
pub trait Borrowed<A, B> {
    /// What is kept.
    type Kept;

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for the type that owns.
    unsafe fn keep(&self, a: A, b: B) -> Self::Kept;
}

impl<'a, T: ?Sized + ToOwned> Borrowed<<&'a T as Wire>::A, <&'a T as Wire>::B> for &Argument<&'a T>
where
    &'a T: Wire,
    T::Owned: Wire + for<'h> Lift<'h>,
{
    type Kept = Copied<T, T::Owned>;

    #[inline(always)]
    unsafe fn keep(&self, a: <&'a T as Wire>::A, b: <&'a T as Wire>::B) -> Copied<T, T::Owned> {
        // SAFETY: the caller says so; the two have the same wires, but for what a pointer points to.
        Copied::new(unsafe { <T::Owned as Lift<'static>>::hold(same(a), same(b)) })
    }
}

/// What owns the same as a parameter that borrows: `O` for `&T`.
pub struct Copied<T: ?Sized, O: Lift<'static>> {
    held: Value<O>,
    value: Option<O>,
    lends: PhantomData<T>,
}

impl<T: ?Sized, O: Lift<'static>> Copied<T, O> {
    fn new(hold: O::Hold) -> Copied<T, O> {
        Copied { held: Value(hold), value: None, lends: PhantomData }
    }
}

impl<T: ?Sized, O: Lift<'static>> Keep for Copied<T, O> {
    #[inline(always)]
    fn refused(&self) -> bool {
        self.held.refused()
    }

    #[inline(always)]
    fn give_up(self) {
        self.held.give_up();
    }
}

impl<'h, T: ?Sized + 'h, O: Lift<'static, Hold: 'static> + Borrow<T> + 'h> Kept<'h> for Copied<T, O> {
    type Value = &'h T;

    #[inline(always)]
    fn lift(&'h mut self) -> &'h T {
        let value: &'h O = self.value.insert(self.held.lift());
        value.borrow()
    }
}

impl Borrowed<*const Slot, ()> for &Argument<Option<&str>> {
    type Kept = CopiedOption;

    #[inline]
    unsafe fn keep(&self, a: *const Slot, b: ()) -> CopiedOption {
        // SAFETY: the caller says so.
        CopiedOption(Value(unsafe { <Option<String> as Lift<'static>>::hold(a, b) }), None)
    }
}

/// A text that may be missing.
pub struct CopiedOption(Value<Option<String>>, Option<String>);

impl Keep for CopiedOption {}

impl<'h> Kept<'h> for CopiedOption {
    type Value = Option<&'h str>;

    #[inline]
    fn lift(&'h mut self) -> Option<&'h str> {
        self.1 = self.0.lift();
        self.1.as_deref()
    }
}

/// Keeps an instance that is borrowed until the call is over.
pub trait Leased {
    /// What is kept.
    type Kept;

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for this type.
    unsafe fn keep(&self, a: u32, b: ()) -> Self::Kept;
}

#[cfg(feature = "functions")]
macro_rules! leases {
    ($($(#[$doc:meta])* $name:ident, $changes:literal: [$($reference:tt)*], $value:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<T: Class>(Lease<T, $changes>);

        impl<T: Class> Leased for &&Argument<&$($reference)* T> {
            type Kept = $name<T>;

            unsafe fn keep(&self, id: u32, (): ()) -> $name<T> {
                $name(Lease::new(id))
            }
        }

        impl<T: Class> Keep for $name<T> {
            fn refused(&self) -> bool {
                self.0.is_none()
            }
        }

        impl<'h, T: Class> Kept<'h> for $name<T> {
            type Value = &'h $($reference)* T;

            fn lift(&'h mut self) -> Self::Value {
                wire::$value(self.0.held())
            }
        }
    )*};
}

#[cfg(feature = "functions")]
leases! {
    /// An instance, borrowed.
    Lent, false: [], value;
    /// An instance, borrowed to be changed.
    LentMut, true: [mut], value_mut;
}

/// A wire as another type of its size.
///
/// # Safety
///
/// It is a number, or a pointer, in both.
#[inline(always)]
pub unsafe fn same<A, B>(wire: A) -> B {
    const { assert!(size_of::<A>() == size_of::<B>(), "one wire") };
    let wire = ManuallyDrop::new(wire);
    // SAFETY: the caller says so.
    unsafe { mem::transmute_copy(&wire) }
}

impl Argument<&JsValue> {
    /// Its name in the contract section: it is given to the guest.
    pub const TYPE: Text = <JsValue as Wire>::TYPE;
}

impl<T: JsType + Wire> Argument<&T> {
    /// Its name in the contract section: it is given to the guest.
    pub const TYPE: Text = <T as Wire>::TYPE;
}

/// The names of all other parameters.
pub trait Named {
    /// As everywhere else.
    const TYPE: Text;
}

impl<T: Wire> Named for Argument<T> {
    const TYPE: Text = T::TYPE;
}
