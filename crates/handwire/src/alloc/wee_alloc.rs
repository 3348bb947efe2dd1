//! The feature `wee_alloc`: see the warning in the parent module.
//!
//! Without its size classes: they cost 0.4 KB, and memory grows just the same.

#[global_allocator]
static ALLOCATOR: ::wee_alloc::WeeAlloc<'static> = ::wee_alloc::WeeAlloc::INIT;
