//! [`Data`]: a parameter or a result that crosses as data.

use super::error::DataError;
use super::form::{self, Misread};
use super::{Options, exchange};
use crate::wire::{self, Block, Element, Lift, Lower, Misfit, Pass, Piece, Receive, Return, Text, Wire};
use crate::{FromJs, JsValue};
use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};
use handwire_abi::{Slot, kind};
use heap::boxed::Box;
use heap::vec::Vec;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;

/// A serde type as a parameter or a result of exports, imports, closures and functions of the host,
/// and inside of options, lists and records: any plain value of the host. The host loads the group `data` for it.
///
/// ```no_run
/// use handwire::{data::Data, export};
/// use std::collections::BTreeMap;
///
/// export! {
///     /// How often each word is there: an object of numbers.
///     fn count(words: Data<Vec<String>>) -> Data<BTreeMap<String, u32>> {
///         let mut counts = BTreeMap::new();
///         for word in words.0 {
///             *counts.entry(word).or_default() += 1;
///         }
///         Data(counts)
///     }
/// }
/// ```
///
/// As a parameter of an export, a type by serde's derive is told to the host with the second value: from then on values that have
/// just its fields go without keys and tags, which takes a third less time or better. Nothing else is different for that; but the type's
/// `Deserialize` runs once more over that second value, and over a few later ones if a field was absent then.
///
/// A result that can't be written (see [`to_js`](super::to_js)) is a panic: return what `to_js` gives, where
/// that can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Data<T>(pub T);

impl<T> Deref for Data<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Data<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Data<T> {
    #[inline]
    fn from(value: T) -> Data<T> {
        Data(value)
    }
}

const TYPE: Text = &[Piece::Str("data")];

impl<T> Wire for Data<T> {
    const TYPE: Text = TYPE;
    type A = *const u8;
    type B = usize;
}

impl<'h, T: DeserializeOwned> Lift<'h> for Data<T> {
    /// The value, and whether there is none: then the call is refused. The mark is by itself, as a look at the one that is in a `Result` has compilers
    /// take that apart, and copy the rest of it once more.
    type Hold = (MaybeUninit<Data<T>>, bool);

    #[inline(always)]
    unsafe fn hold(ptr: *const u8, len: usize) -> Self::Hold {
        // SAFETY: they are what the host gave; arguments stay where they are until the call returns.
        let bytes = unsafe { crate::export::lift_bytes(ptr, len) };
        // SAFETY: the host wrote it.
        let mut value = if form::is_formed(bytes) { unsafe { form::read(bytes) } } else { Err(Misread) };
        if value.is_err() {
            slowly(bytes, &mut value);
        }
        match value {
            Ok(value) => (MaybeUninit::new(Data(value)), false),
            Err(Misread) => (MaybeUninit::uninit(), true),
        }
    }

    #[inline(always)]
    fn refused(hold: &Self::Hold) -> bool {
        hold.1
    }

    /// Ends what was made. The host knows which handles that took with it.
    fn give_up((value, refused): Self::Hold) {
        if !refused {
            // SAFETY: there is one.
            drop(unsafe { value.assume_init() });
        }
    }

    #[inline(always)]
    fn lift((value, _): &'h mut Self::Hold) -> Data<T> {
        // SAFETY: a call that is refused lifts nothing; it is lifted once, and not given up then.
        unsafe { value.assume_init_read() }
    }
}

/// An argument as it comes, or the end of the call. Into its place: what a function gives, and what is there already, is copied where the two meet.
#[inline(never)]
fn slowly<T: DeserializeOwned>(bytes: &[u8], place: &mut Result<T, Misread>) {
    // SAFETY: the host wrote it.
    let value = if form::is_formed(bytes) { exchange::misread(bytes) } else { unsafe { exchange::argument(bytes) } };
    *place = value.map_err(|error| {
        wire::refuse(error.into());
        Misread
    });
}

/// The kind of a slot that has what was made of its data already, as the address of a box. No host sees it.
const MADE: u32 = u32::MAX;

/// The value in such a slot.
fn made<T>(slot: Slot) -> *mut Data<T> {
    slot.payload() as u32 as usize as *mut Data<T>
}

#[cold]
#[inline(never)]
fn wrong(error: &DataError) -> ! {
    panic!("{error}")
}

impl<T: Serialize> Lower for Data<T> {
    const TYPE: Text = TYPE;
    type Wire = ();

    #[inline]
    fn lower(self) {
        self.write();
    }
}

impl<T: Serialize> Return for Data<T> {
    /// # Panics
    ///
    /// If the value can't be written.
    #[inline]
    fn write(self) {
        if let Err(error) = exchange::give_back(self.0) {
            wrong(&error);
        }
    }
}

impl<T: DeserializeOwned> FromJs for Data<T> {
    /// As [`from_js`](super::from_js): for the results of functions of the host, properties and elements.
    #[inline]
    fn from_value(value: JsValue) -> crate::Result<Data<T>> {
        Data::from_ref(&value)
    }

    #[inline]
    fn from_ref(value: &JsValue) -> crate::Result<Data<T>> {
        Ok(Data(exchange::from_js(value)?))
    }
}

impl<T: Serialize> Pass for Data<T> {
    type Hold = Vec<u8>;

    #[inline]
    fn hold(self) -> Vec<u8> {
        encode(&self.0)
    }

    #[inline]
    fn pass(hold: &Vec<u8>) -> (*const u8, usize) {
        (hold.as_ptr(), hold.len())
    }
}

#[cfg(feature = "functions")]
impl<T: Serialize + DeserializeOwned> crate::HostArg for Data<T> {
    type Arg = JsValue;

    /// # Panics
    ///
    /// If the value can't be written.
    #[inline]
    fn host_arg(self) -> JsValue {
        super::to_js(&self.0).unwrap_or_else(|error| wrong(&error))
    }
}

fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    match exchange::write(value, Options::new(), core::mem::take) {
        Ok(bytes) => bytes,
        Err(error) => wrong(&error),
    }
}

impl<T: DeserializeOwned> Receive for Data<T> {
    const TYPE: Text = TYPE;
    type Wire = ();
    type Out = *mut Slot;

    #[inline(always)]
    fn out(slot: &mut MaybeUninit<Slot>) -> *mut Slot {
        slot.as_mut_ptr()
    }

    #[inline]
    unsafe fn try_receive(_: (), slot: MaybeUninit<Slot>) -> Result<Data<T>, Misfit> {
        // SAFETY: the host wrote it for this type.
        let result = unsafe { exchange::take_slot(slot.assume_init()) };
        result.map(Data).map_err(Misfit::from)
    }
}

impl<T: Serialize + DeserializeOwned> Element for Data<T> {
    const TYPE: Text = TYPE;
    const FALLIBLE: bool = true;

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> Data<T> {
        // SAFETY: the caller says so.
        unsafe { Self::try_lift_slot(slot) }.unwrap_or_else(|misfit| misfit.panic("data"))
    }

    #[inline]
    unsafe fn try_lift_slot(slot: Slot) -> Result<Data<T>, Misfit> {
        if slot.kind() == MADE {
            // SAFETY: `claim_slot` has put it there.
            return Ok(*unsafe { Box::from_raw(made(slot)) });
        }
        // SAFETY: the caller says so.
        unsafe { exchange::take_slot(slot) }.map(Data).map_err(Misfit::from)
    }

    /// Makes the value, which the slot has from then on.
    unsafe fn claim_slot(slot: *mut Slot) -> bool {
        // SAFETY: the caller says so; arguments stay where they are until the call returns.
        let result = unsafe {
            let payload = slot.read().payload();
            let (ptr, len) = (payload as u32 as usize as *const u8, (payload >> 32) as usize);
            exchange::read(crate::export::lift_bytes(ptr, len), true)
        };
        match result {
            Ok(value) => {
                let value = Box::into_raw(Box::new(Data::<T>(value)));
                // SAFETY: the slot may be written.
                unsafe { slot.write(Slot::new(MADE, 0, value as usize as u64)) };
                true
            }
            Err(error) => {
                wire::refuse(error.into());
                false
            }
        }
    }

    unsafe fn unclaim_slot(slot: *mut Slot) {
        // SAFETY: `claim_slot` has put it there.
        drop(unsafe { Box::<Data<T>>::from_raw(made(slot.read())) });
    }

    /// As an allocation of its own, which goes to the host.
    #[inline]
    fn lower_slot(self, _block: &mut Block) -> Slot {
        let bytes = Box::into_raw(encode(&self.0).into_boxed_slice());
        Slot::range(kind::DATA, Slot::HANDED_OVER, bytes.cast::<u8>() as usize, bytes.len())
    }
}
