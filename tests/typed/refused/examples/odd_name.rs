//! A name that can't stand in a declaration.

handwire::export! {
    #[name = "a-b"]
    fn dash() -> u32 {
        0
    }
}

fn main() {}
