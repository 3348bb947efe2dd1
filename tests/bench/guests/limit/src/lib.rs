//! The column `limit`: the least code that does the job by hand, with imports made for just
//! these rows, and JavaScript tuned to them. A reference, not a library: its slab checks
//! nothing, names are interned for good, and the room is not meant for calls within calls.

mod futures;
mod handles;
mod out;
mod shape;
mod structs;

pub use bench_by_hand::*;
