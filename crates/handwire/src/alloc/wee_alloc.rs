//! The feature `wee_alloc`: see the warning in the parent module.

#[global_allocator]
static ALLOCATOR: ::wee_alloc::WeeAlloc<'static> = ::wee_alloc::WeeAlloc::INIT;
