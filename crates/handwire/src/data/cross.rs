//! [`Data`]: a parameter or a result that crosses as data.

use super::error::DataError;
use super::{Options, exchange};
use crate::JsError;
use crate::wire::{Block, Element, Lift, Lower, Pass, Piece, Receive, Return, Text, Wire};
use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};
use handwire_abi::{Slot, kind};
use heap::boxed::Box;
use heap::string::ToString;
use heap::vec::Vec;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;

/// A serde type as a parameter or a result of exports and imports, and inside of options,
/// lists and records: any plain value of the host. The host loads the group `data` for it.
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
    /// None once it was lifted, and if the call is refused.
    type Hold = Option<Data<T>>;

    #[inline]
    unsafe fn hold(ptr: *const u8, len: usize) -> Option<Data<T>> {
        // SAFETY: they are what the host gave; arguments stay where they are until the call returns.
        match unsafe { exchange::read(crate::export::lift_bytes(ptr, len), true) } {
            Ok(value) => Some(Data(value)),
            Err(error) => {
                refuse(&error);
                None
            }
        }
    }

    #[inline(always)]
    fn refused(hold: &Option<Data<T>>) -> bool {
        hold.is_none()
    }

    /// Ends what was made. The host knows which handles that took with it.
    fn give_up(hold: Option<Data<T>>) {
        drop(hold);
    }

    #[inline(always)]
    fn lift(hold: &'h mut Option<Data<T>>) -> Data<T> {
        match hold.take() {
            Some(value) => value,
            None => unreachable!("a call that is refused lifts nothing"),
        }
    }
}

/// Tells the host that the call is none.
#[cold]
#[inline(never)]
fn refuse(error: &DataError) {
    let text = error.to_string();
    // SAFETY: pointer and length are those of a text.
    unsafe { handwire_abi::error_misuse(handwire_abi::misuse::WRONG_DATA, text.as_ptr(), text.len()) };
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
    unsafe fn receive(_: (), slot: MaybeUninit<Slot>) -> Data<T> {
        // SAFETY: the host wrote it for this type.
        let result = unsafe { exchange::take_slot(slot.assume_init()) };
        Data(result.unwrap_or_else(|error| wrong(&error)))
    }

    #[inline]
    unsafe fn try_receive(_: (), slot: MaybeUninit<Slot>) -> Result<Data<T>, JsError> {
        // SAFETY: as above.
        let result = unsafe { exchange::take_slot(slot.assume_init()) };
        result.map(Data).map_err(JsError::from)
    }
}

impl<T: Serialize + DeserializeOwned> Element for Data<T> {
    const TYPE: Text = TYPE;

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> Data<T> {
        // SAFETY: the caller says so.
        let result = unsafe { exchange::take_slot(slot) };
        Data(result.unwrap_or_else(|error| wrong(&error)))
    }

    /// As an allocation of its own, which goes to the host.
    #[inline]
    fn lower_slot(self, _block: &mut Block) -> Slot {
        let bytes = Box::into_raw(encode(&self.0).into_boxed_slice());
        Slot::range(kind::DATA, Slot::HANDED_OVER, bytes.cast::<u8>() as usize, bytes.len())
    }
}
