//! The column `handwire`: what its user writes: functions inside of `export!`, functions of the
//! host inside of `import!`, and the safe layer.

mod batch;
mod bytes;
mod classes;
mod closures;
mod errors;
mod futures;
mod handles;
mod json;
mod numbers;
mod structs;
mod text;
mod warm;
