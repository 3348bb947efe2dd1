//! The safe layer.
#![no_std]
