//! A name that the linker uses for the module's memory.

handwire::export! {
    fn memory() -> u32 {
        0
    }
}

fn main() {}
