//! A name of the runtime's, given with an attribute.

handwire::export! {
    #[name = "hw_info"]
    fn info() -> u32 {
        0
    }
}

fn main() {}
