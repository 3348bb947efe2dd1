//! A slot: 16 bytes that hold one tagged value, for arguments of the dynamic
//! operations and for results of exports.

use crate::Handle;

/// The kinds of a slot.
pub mod kind {
    /// An absent value.
    pub const NONE: u32 = 0;
    /// `undefined`
    pub const UNDEFINED: u32 = 1;
    /// `null`
    pub const NULL: u32 = 2;
    /// A boolean: u32, 0 or 1.
    pub const BOOL: u32 = 3;
    /// A number: f64.
    pub const NUMBER: u32 = 4;
    /// A BigInt from an i64.
    pub const I64: u32 = 5;
    /// A BigInt from a u64.
    pub const U64: u32 = 6;
    /// UTF-8 text: pointer and length in bytes.
    pub const STRING: u32 = 7;
    /// UTF-16 text: pointer and length in units.
    pub const STRING16: u32 = 8;
    /// Bytes: pointer and length.
    pub const BYTES: u32 = 9;
    /// A handle that the receiver owns.
    pub const HANDLE: u32 = 10;
    /// A handle borrowed for one call.
    pub const BORROWED: u32 = 11;
    /// Numbers in a row: pointer and count, the element kind in `aux`.
    pub const ARRAY: u32 = 12;
    /// A list: pointer to slots, and their count.
    pub const LIST: u32 = 13;
    /// A record: pointer to the slots of its fields, and their count.
    pub const RECORD: u32 = 14;
    /// Data: pointer to a buffer, and its length in bytes.
    pub const DATA: u32 = 15;
    /// A value of the guest that the host holds: its id.
    pub const INSTANCE: u32 = 16;
}

/// One tagged value. Layout: `kind: u32 @0, aux: u32 @4, payload: 8 bytes @8`.
///
/// ```
/// use handwire_abi::{Slot, kind};
/// let slot = Slot::number(1.5);
/// assert_eq!((slot.kind(), slot.payload()), (kind::NUMBER, 1.5f64.to_bits()));
/// ```
#[repr(C, align(8))]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    kind: u32,
    aux: u32,
    payload: u64,
}

const _: () = assert!(size_of::<Slot>() == 16 && align_of::<Slot>() == 8);

impl Slot {
    /// An absent value.
    pub const NONE: Slot = Slot::new(kind::NONE, 0, 0);
    /// `undefined`
    pub const UNDEFINED: Slot = Slot::new(kind::UNDEFINED, 0, 0);
    /// `null`
    pub const NULL: Slot = Slot::new(kind::NULL, 0, 0);
    /// The value of `aux` that hands text or bytes over to the host.
    pub const HANDED_OVER: u32 = 1;

    /// A slot of any kind, from its three fields.
    pub const fn new(kind: u32, aux: u32, payload: u64) -> Slot {
        Slot { kind, aux, payload }
    }

    /// A boolean.
    pub const fn bool(value: bool) -> Slot {
        Slot::new(kind::BOOL, 0, value as u64)
    }

    /// A number.
    pub const fn number(value: f64) -> Slot {
        Slot::new(kind::NUMBER, 0, value.to_bits())
    }

    /// A BigInt.
    pub const fn i64(value: i64) -> Slot {
        Slot::new(kind::I64, 0, value as u64)
    }

    /// A BigInt of the bits taken as unsigned.
    pub const fn u64(value: u64) -> Slot {
        Slot::new(kind::U64, 0, value)
    }

    /// UTF-8 text, which must stay where it is while the slot is used.
    pub fn text(text: &str) -> Slot {
        Slot::range(kind::STRING, 0, text.as_ptr() as usize, text.len())
    }

    /// UTF-16 text, which must stay where it is while the slot is used.
    pub fn text16(units: &[u16]) -> Slot {
        Slot::range(kind::STRING16, 0, units.as_ptr() as usize, units.len())
    }

    /// Bytes, which must stay where they are while the slot is used.
    pub fn bytes(bytes: &[u8]) -> Slot {
        Slot::range(kind::BYTES, 0, bytes.as_ptr() as usize, bytes.len())
    }

    /// A kind whose payload is an address and a length.
    pub const fn range(kind: u32, aux: u32, address: usize, len: usize) -> Slot {
        Slot::new(kind, aux, address as u32 as u64 | (len as u64) << 32)
    }

    /// A handle whose ownership goes to the receiver.
    pub const fn handle(raw: u32) -> Slot {
        Slot::new(kind::HANDLE, 0, raw as u64)
    }

    /// A handle that stays the sender's.
    pub const fn borrowed(handle: Handle) -> Slot {
        Slot::new(kind::BORROWED, 0, handle.raw() as u64)
    }

    /// Its kind.
    pub const fn kind(self) -> u32 {
        self.kind
    }

    /// Its second field.
    pub const fn aux(self) -> u32 {
        self.aux
    }

    /// Its payload, as bits.
    pub const fn payload(self) -> u64 {
        self.payload
    }
}
