//! The feature `dlmalloc`.

#[global_allocator]
static ALLOCATOR: ::dlmalloc::GlobalDlmalloc = ::dlmalloc::GlobalDlmalloc;
