//! Programs that must not compile are in the folder `examples`, one mistake each; a test reads
//! what the compiler says of them.
#![no_std]
