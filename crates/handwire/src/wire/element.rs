//! [`Element`]: what can stand inside of something else, in a slot.

use super::{Block, Misfit, Piece, Text};
use handwire_abi::{Slot, element, kind};
use heap::string::String;
use heap::vec::Vec;

/// A type that can be the content of an `Option`, of a `Vec`, or a field of a record: every
/// type of the contract that owns what it holds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross in an option, a list or a record",
    label = "the wire has no form for this type inside of another",
    note = "numbers, bool, char, String, JsValue and the typed family, Option and Vec of those, records and enums of record!, newtypes of js_type! can"
)]
pub trait Element: Sized {
    /// Its name in the contract section.
    const TYPE: Text;

    /// The name of a list of it.
    const LIST: Text = &[Piece::Str("["), Piece::Sub(Self::TYPE), Piece::Str("]")];

    /// The element kind of a list that is a typed array: it can be returned as it is.
    const ELEMENT: Option<u32> = None;

    /// How it can be one of the four numbers of a call of a closure.
    const SCALAR: Scalar = Scalar::No;

    /// Its name in an option.
    const OPTION: Text = &[Piece::Sub(Self::TYPE), Piece::Str("?")];

    /// Whether it is an `Option`: one inside of another is refused, because a host could
    /// not tell `Some(None)` from `None`.
    const OPTIONAL: bool = false;

    /// Makes an integer of the four numbers of a call; of its low bits, if it is narrow.
    ///
    /// # Panics
    ///
    /// If the type's [`SCALAR`](Element::SCALAR) is not `Integer`.
    fn from_i32(_integer: i32) -> Self {
        panic!("no integer")
    }

    /// The integer as the result of a call.
    ///
    /// # Panics
    ///
    /// As `from_i32`.
    fn into_i32(self) -> i32 {
        panic!("no integer")
    }

    /// Makes the value that a slot holds.
    ///
    /// # Safety
    ///
    /// The host wrote the slot for this type, and it was not lifted before.
    unsafe fn lift_slot(slot: Slot) -> Self;

    /// How much of a block the value takes besides its own slot.
    fn room(&self) -> usize {
        0
    }

    /// Puts the value into a slot, and what it points to into the block.
    fn lower_slot(self, block: &mut Block) -> Slot;

    /// Whether the guest may find that it can't have what the host gave: then it is claimed before it is lifted as
    /// an argument, and lifted by [`try_lift_slot`](Element::try_lift_slot) as a result.
    const FALLIBLE: bool = false;

    /// The same as [`lift_slot`](Element::lift_slot) for what is no argument, and so was not claimed.
    ///
    /// # Errors
    ///
    /// The guest can't have the value, or a part of it. All of it has ended.
    ///
    /// # Safety
    ///
    /// As for [`Element::lift_slot`].
    #[inline(always)]
    unsafe fn try_lift_slot(slot: Slot) -> Result<Self, Misfit> {
        // SAFETY: the caller says so.
        Ok(unsafe { Self::lift_slot(slot) })
    }

    /// Claims what a slot of an argument holds, at any depth: that nobody else takes the values of the guest that it
    /// names, and that data is of the right type. All, or nothing and false: the host was told, or [`refuse`](super::refuse) was.
    /// What is made of data meanwhile is kept in the slot.
    ///
    /// # Safety
    ///
    /// The host wrote the slot for this type, in memory that may be written; it is lifted or [unclaimed](Element::unclaim_slot) then.
    #[inline(always)]
    unsafe fn claim_slot(_slot: *mut Slot) -> bool {
        true
    }

    /// Ends those claims.
    ///
    /// # Safety
    ///
    /// The slot was claimed, and not lifted.
    #[inline(always)]
    unsafe fn unclaim_slot(_slot: *mut Slot) {}

    /// Makes a list of what the host wrote: slots, or numbers in a row.
    ///
    /// # Safety
    ///
    /// `ptr` and `len` are what the host gave for a list of this type.
    unsafe fn lift_list(ptr: *const u8, len: usize) -> Vec<Self> {
        let slots: *const Slot = ptr.cast();
        // SAFETY: the host wrote `len` slots.
        (0..len).map(|i| unsafe { Self::lift_slot(slots.add(i).read()) }).collect()
    }

    /// The same for what is no argument.
    ///
    /// # Errors
    ///
    /// As for [`Element::try_lift_slot`].
    ///
    /// # Safety
    ///
    /// As for [`Element::lift_list`].
    #[inline]
    unsafe fn try_lift_list(ptr: *const u8, len: usize) -> Result<Vec<Self>, Misfit> {
        if !Self::FALLIBLE {
            // SAFETY: the caller says so.
            return Ok(unsafe { Self::lift_list(ptr, len) });
        }
        let slots: *const Slot = ptr.cast();
        let mut list = Ok(Vec::new());
        for i in 0..len {
            // Those behind the first that can't be had are lifted, too: that is how they end.
            // SAFETY: the host wrote `len` slots.
            let lifted = unsafe { Self::try_lift_slot(slots.add(i).read()) };
            match (&mut list, lifted) {
                (Ok(list), Ok(value)) => list.push(value),
                (Ok(_), Err(misfit)) => list = Err(misfit.in_list(i)),
                (Err(_), _) => {}
            }
        }
        list
    }

    /// How much of a block a list takes besides its own slot.
    fn list_room(list: &[Self]) -> usize {
        list_room(list)
    }

    /// Puts a list into the block.
    fn lower_list(list: Vec<Self>, block: &mut Block) -> Slot {
        lower_list(kind::LIST, list.into_iter().map(|value| move |block: &mut Block| value.lower_slot(block)), block)
    }
}

/// What a type is where four numbers are the arguments of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// None of them.
    No,
    /// An integer of up to 32 bits, or a boolean.
    Integer,
    /// A floating-point number.
    Float,
}

/// The room of slots in a row, and of what they point to.
pub fn list_room<T: Element>(list: &[T]) -> usize {
    list.len() * size_of::<Slot>() + list.iter().map(T::room).sum::<usize>()
}

/// Puts slots into the block, one behind the other, each with what it points to.
pub fn lower_list<F: FnOnce(&mut Block) -> Slot>(
    kind: u32,
    lowerings: impl ExactSizeIterator<Item = F>,
    block: &mut Block,
) -> Slot {
    let count = lowerings.len();
    let slots: *mut Slot = block.take(count * size_of::<Slot>()).cast();
    for (i, lower) in lowerings.enumerate() {
        let slot = lower(block);
        // SAFETY: there is room for `count` slots.
        unsafe { slots.add(i).write(slot) };
    }
    Slot::range(kind, 0, slots as usize, count)
}

/// The slot of numbers in a row. `aux` is 1 for what is handed over.
#[inline]
pub(crate) fn array(element: u32, aux: u32, address: usize, len: usize) -> Slot {
    if element == element::U8 {
        Slot::range(kind::BYTES, aux, address, len)
    } else {
        Slot::range(kind::ARRAY, element << 8 | aux, address, len)
    }
}

/// Whether what a slot points to is the guest's to free.
#[inline]
pub(super) fn handed_over(slot: Slot) -> bool {
    slot.aux() & Slot::HANDED_OVER != 0
}

/// The pointer and length in a slot's payload.
#[inline]
pub(super) fn range(slot: Slot) -> (*const u8, usize) {
    let payload = slot.payload();
    (payload as u32 as usize as *const u8, (payload >> 32) as usize)
}

impl Element for String {
    const TYPE: Text = &[Piece::Str("str")];

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> String {
        let (ptr, len) = range(slot);
        // SAFETY: the host wrote text there; what it hands over is an allocation of that size.
        unsafe {
            if handed_over(slot) {
                return String::from_utf8_unchecked(Vec::from_raw_parts(ptr.cast_mut(), len, len));
            }
            crate::export::lift_text(ptr, len).into()
        }
    }

    #[inline]
    fn room(&self) -> usize {
        Block::size(self.len())
    }

    #[inline]
    fn lower_slot(self, block: &mut Block) -> Slot {
        Slot::range(kind::STRING, 0, block.copy(self.as_bytes()), self.len())
    }
}
