//! [`Pass`]: parameters of imports.

use super::{Block, Element, Wire};
use crate::JsValue;
use core::marker::PhantomData;
use handwire_abi::Slot;
use heap::string::String;
use heap::vec::Vec;

/// Makes the wires of an argument, and keeps what they point to until the call returns. A
/// value that is given away, as a [`JsValue`] by value is, is the host's from then on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be passed to an import",
    label = "the wire has no form for this type"
)]
pub trait Pass: Wire {
    /// What stays until the call returns.
    type Hold;

    /// Takes the argument.
    fn hold(self) -> Self::Hold;

    /// Its wires.
    fn pass(hold: &Self::Hold) -> (Self::A, Self::B);
}

/// `type, |value| wire`
macro_rules! scalars {
    ($($type:ty, |$value:ident| $wire:expr;)*) => {$(
        impl Pass for $type {
            type Hold = <$type as Wire>::A;

            #[inline(always)]
            fn hold(self) -> Self::Hold {
                let $value = self;
                $wire
            }

            #[inline(always)]
            fn pass(hold: &Self::Hold) -> (Self::Hold, ()) {
                (*hold, ())
            }
        }
    )*};
}

scalars! {
    bool, |value| value.into();
    i8, |value| value.into();
    u8, |value| value.into();
    i16, |value| value.into();
    u16, |value| value.into();
    i32, |value| value;
    u32, |value| value;
    usize, |value| value;
    i64, |value| value;
    u64, |value| value;
    f32, |value| value;
    f64, |value| value;
    char, |value| value.into();
    JsValue, |value| value.into_raw().into_raw();
}

impl Pass for &JsValue {
    type Hold = u32;

    #[inline(always)]
    fn hold(self) -> u32 {
        self.borrow().raw()
    }

    #[inline(always)]
    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl Pass for &str {
    type Hold = Self;

    #[inline(always)]
    fn hold(self) -> Self {
        self
    }

    #[inline(always)]
    fn pass(hold: &Self) -> (*const u8, usize) {
        (hold.as_ptr(), hold.len())
    }
}

impl Pass for String {
    type Hold = String;

    #[inline(always)]
    fn hold(self) -> String {
        self
    }

    #[inline(always)]
    fn pass(hold: &String) -> (*const u8, usize) {
        (hold.as_ptr(), hold.len())
    }
}

impl<'a, T> Pass for &'a [T]
where
    &'a [T]: Wire<A = *const T, B = usize>,
{
    type Hold = Self;

    #[inline(always)]
    fn hold(self) -> Self {
        self
    }

    #[inline(always)]
    fn pass(hold: &Self) -> (*const T, usize) {
        (hold.as_ptr(), hold.len())
    }
}

impl<'a, T> Pass for &'a mut [T]
where
    &'a mut [T]: Wire<A = *mut T, B = usize>,
{
    // The address alone: the host may write there until the call returns, and nobody else.
    type Hold = (*mut T, usize, PhantomData<&'a mut [T]>);

    #[inline(always)]
    fn hold(self) -> Self::Hold {
        (self.as_mut_ptr(), self.len(), PhantomData)
    }

    #[inline(always)]
    fn pass(hold: &Self::Hold) -> (*mut T, usize) {
        (hold.0, hold.1)
    }
}

/// A value in slots, and the block of what they point to.
#[derive(Debug)]
pub struct Laid {
    slot: Slot,
    _block: Block,
}

impl Laid {
    /// Lays a value out.
    pub fn new(value: impl Element) -> Laid {
        let mut block = Block::new(value.room());
        let slot = value.lower_slot(&mut block);
        Laid { slot, _block: block }
    }

    /// The slot that stands for the value.
    pub fn slot(&self) -> *const Slot {
        &self.slot
    }

    /// What that slot points to, and how many.
    pub fn range(&self) -> (*const u8, usize) {
        super::element::range(self.slot)
    }
}

impl<T: Element> Pass for Vec<T> {
    type Hold = Laid;

    #[inline]
    fn hold(self) -> Laid {
        Laid::new(self)
    }

    #[inline]
    fn pass(hold: &Laid) -> (*const u8, usize) {
        hold.range()
    }
}

impl<T: Element> Pass for Option<T> {
    type Hold = Laid;

    #[inline]
    fn hold(self) -> Laid {
        Laid::new(self)
    }

    #[inline]
    fn pass(hold: &Laid) -> (*const Slot, ()) {
        (hold.slot(), ())
    }
}

impl Pass for Option<&str> {
    type Hold = Slot;

    #[inline]
    fn hold(self) -> Slot {
        self.map_or(Slot::NONE, Slot::text)
    }

    #[inline]
    fn pass(hold: &Slot) -> (*const Slot, ()) {
        (hold, ())
    }
}
