//! The guest's memory: what it takes, what it gives back, how it grows.

use core::arch::wasm32::{memory_grow, memory_size};
use handwire::abi::Handle;
use handwire::export::{lift_borrowed, return_result};
use handwire::{JsString, JsUint8Array, Result, contract};
use heap::vec::Vec;

contract! {
    "export alloc_pages() -> usize",
    r#"export alloc_grow(pages: usize) -> bool "Grows the memory, past the allocator.""#,
    r#"export alloc_doubling(rounds: u32) -> u32 "Fills vectors that double again and again, and drops them.""#,
    r#"export alloc_aligned(align: usize) -> bool "Blocks of any alignment, grown and given back.""#,
    r#"export alloc_read_around(object: &js, name: str) -> result<str> "Reads a text and bytes around a getter that grows memory.""#,
    r#"export alloc_fill(size: usize) -> usize "Takes blocks of a size until there are no more, gives all back, and says how many.""#,
}

#[unsafe(no_mangle)]
extern "C" fn alloc_pages() -> usize {
    memory_size(0)
}

#[unsafe(no_mangle)]
extern "C" fn alloc_grow(pages: usize) -> u32 {
    (memory_grow(0, pages) != usize::MAX).into()
}

#[unsafe(no_mangle)]
extern "C" fn alloc_doubling(rounds: u32) -> u32 {
    let mut sum = 0u32;
    for round in 0..rounds {
        // Several at a time, so that their blocks lie between each other.
        let mut vectors = [const { Vec::new() }; 4];
        for number in 0..20_000 {
            for vector in &mut vectors {
                vector.push(number ^ round);
            }
        }
        sum = vectors.iter().flatten().fold(sum, |sum, number| sum.wrapping_add(*number));
    }
    sum
}

#[unsafe(no_mangle)]
extern "C" fn alloc_aligned(align: usize) -> u32 {
    use heap::alloc::{Layout, alloc_zeroed, dealloc, realloc};
    let aligned = |size| Layout::from_size_align(size, align).expect("a power of two");
    // SAFETY: sizes are not 0, and each block goes back once with the layout that it has.
    unsafe {
        let first = alloc_zeroed(aligned(100));
        let zeroed = (0..100).all(|at| first.add(at).read() == 0);
        first.write_bytes(0xA5, 100);
        let second = realloc(first, aligned(100), 10_000);
        let kept = (0..100).all(|at| second.add(at).read() == 0xA5);
        let third = realloc(second, aligned(10_000), 50);
        let still = (0..50).all(|at| third.add(at).read() == 0xA5);
        let at_multiples = [first, second, third].iter().all(|ptr| ptr.addr().is_multiple_of(align));
        dealloc(third, aligned(50));
        (zeroed && kept && still && at_multiples).into()
    }
}

#[unsafe(no_mangle)]
extern "C" fn alloc_read_around(object: Handle, name: *const u8, name_len: usize) -> i32 {
    let object = lift_borrowed(object);
    let read = || -> Result<_> {
        let before = JsString::from("before: é");
        // An argument lies in the arena while memory grows.
        let between: JsUint8Array = object.get_as(text!(name, name_len))?;
        let name = text!(name, name_len);
        Ok(heap::format!("{before} {name} {:?}", between.to_vec()))
    };
    return_result(read())
}

#[unsafe(no_mangle)]
extern "C" fn alloc_fill(size: usize) -> usize {
    let mut blocks = Vec::with_capacity(65_536);
    loop {
        let mut block = Vec::<u8>::new();
        if blocks.len() == blocks.capacity() || block.try_reserve_exact(size).is_err() {
            return blocks.len();
        }
        blocks.push(block);
    }
}
