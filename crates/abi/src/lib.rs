#![doc = include_str!("../WIRE.md")]
#![no_std]

mod handle;
mod imports;
mod info;
mod slot;

pub use handle::{Handle, OwnedHandle};
pub use imports::*;
pub use info::Info;
pub use slot::{Slot, kind};

/// The contract's major version: guest and host must have the same.
pub const MAJOR: u16 = 1;

/// The contract's minor version: a host serves guests of its own and of every lower one.
pub const MINOR: u16 = 0;

/// What `value_kind` answers: `typeof`, with `null` apart.
pub mod value_kind {
    /// `undefined`
    pub const UNDEFINED: u32 = 1;
    /// `null`
    pub const NULL: u32 = 2;
    /// `true` or `false`
    pub const BOOL: u32 = 3;
    /// A number.
    pub const NUMBER: u32 = 4;
    /// A BigInt.
    pub const BIGINT: u32 = 5;
    /// A string.
    pub const STRING: u32 = 6;
    /// A symbol.
    pub const SYMBOL: u32 = 7;
    /// Anything callable.
    pub const FUNCTION: u32 = 8;
    /// Any other object.
    pub const OBJECT: u32 = 9;
}

/// What `value_class` answers: the nature of an object, the same across realms.
pub mod class {
    /// None of the others; primitives too.
    pub const OTHER: u32 = 0;
    /// An array.
    pub const ARRAY: u32 = 1;
    /// A Date.
    pub const DATE: u32 = 2;
    /// An Error.
    pub const ERROR: u32 = 3;
    /// An ArrayBuffer.
    pub const ARRAY_BUFFER: u32 = 4;
    /// A DataView.
    pub const DATA_VIEW: u32 = 5;
    /// A typed array: this plus the [`element`](crate::element) kind.
    pub const TYPED_ARRAY: u32 = 16;
}

/// The element kinds of typed arrays.
pub mod element {
    /// `Int8Array`
    pub const I8: u32 = 1;
    /// `Uint8Array`
    pub const U8: u32 = 2;
    /// `Uint8ClampedArray`
    pub const U8_CLAMPED: u32 = 3;
    /// `Int16Array`
    pub const I16: u32 = 4;
    /// `Uint16Array`
    pub const U16: u32 = 5;
    /// `Int32Array`
    pub const I32: u32 = 6;
    /// `Uint32Array`
    pub const U32: u32 = 7;
    /// `Float32Array`
    pub const F32: u32 = 8;
    /// `Float64Array`
    pub const F64: u32 = 9;
    /// `BigInt64Array`
    pub const I64: u32 = 10;
    /// `BigUint64Array`
    pub const U64: u32 = 11;
}

/// How a value of the guest was misused, for `error_misuse`.
pub mod misuse {
    /// It is in use further out, in a way that excludes this use.
    pub const RE_ENTERED: u32 = 1;
    /// It was freed or dropped.
    pub const DROPPED: u32 = 2;
    /// It was given away.
    pub const MOVED: u32 = 3;
    /// It is a value of another type.
    pub const WRONG_VALUE: u32 = 4;
    /// The guest has owners of its own, so that no call may change it or take it.
    pub const SHARED: u32 = 5;
    /// It is data of another type than the function takes.
    pub const WRONG_DATA: u32 = 6;
}

/// The words of a batch, section 14 of the contract.
pub mod batch {
    /// `first[second]`
    pub const GET: u32 = 1;
    /// `first[second] = third`
    pub const SET: u32 = 2;
    /// `first[second](...args)`
    pub const CALL: u32 = 3;
    /// `new first(...args)`
    pub const CONSTRUCT: u32 = 4;
    /// `first.call(second, ...args)`
    pub const APPLY: u32 = 5;

    /// The bit of an operation whose result the guest wants.
    pub const KEEP: u32 = 16;
    /// The flag of a batch that goes on after an operation has failed.
    pub const ALL: u32 = 1;

    /// Where in the word of an operation the kind of its first operand stands.
    pub const FIRST: u32 = 8;
    /// The second's.
    pub const SECOND: u32 = 12;
    /// The third's.
    pub const THIRD: u32 = 16;
    /// Where the number of arguments stands.
    pub const ARGC: u32 = 16;
    /// How many arguments there can be.
    pub const MOST_ARGS: usize = 0xFFFF;
    /// How many kinds of arguments one word has.
    pub const ARGS_A_WORD: usize = 8;
    /// How many bits one of them has.
    pub const KIND_BITS: u32 = 4;

    /// `undefined`: no word.
    pub const UNDEFINED: u32 = 0;
    /// `null`: no word.
    pub const NULL: u32 = 1;
    /// `false`: no word.
    pub const FALSE: u32 = 2;
    /// `true`: no word.
    pub const TRUE: u32 = 3;
    /// A number: the two words of an f64.
    pub const NUMBER: u32 = 4;
    /// A number: an i32.
    pub const INTEGER: u32 = 5;
    /// Text: how many UTF-16 units of the batch's text it is, from where the one before ended.
    pub const TEXT: u32 = 6;
    /// A handle, borrowed.
    pub const HANDLE: u32 = 7;
    /// The result of an earlier operation: which.
    pub const RESULT: u32 = 8;
    /// A BigInt: the two words of an i64.
    pub const I64: u32 = 9;
    /// A BigInt: the two words of a u64.
    pub const U64: u32 = 10;
    /// A `Uint8Array`: how many bytes, and then the bytes, filled up to whole words.
    pub const BYTES: u32 = 11;
}
