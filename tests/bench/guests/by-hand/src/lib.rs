//! What the columns `raw` and `limit` have in common: exports of numbers, and text and bytes
//! that their glue has put into the room.

mod into;
mod numbers;
mod room;

pub use into::*;
pub use numbers::*;
pub use room::*;
