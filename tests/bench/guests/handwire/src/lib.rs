//! The column `handwire`: what its user writes today: plain exports with a line of the
//! contract, and the safe layer inside.

mod bytes;
mod errors;
mod handles;
mod json;
mod numbers;
mod text;
mod warm;
