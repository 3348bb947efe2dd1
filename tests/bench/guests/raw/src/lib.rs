//! The column `raw`: what one writes who takes handwire-abi alone: the host's operations, and
//! exports that a few lines of the page's own JavaScript call.

mod handles;
mod imports;
mod out;

pub use bench_by_hand::*;
