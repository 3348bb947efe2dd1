//! An error that has no text.

struct Silent;

handwire::export! {
    fn fail() -> Result<(), Silent> {
        Err(Silent)
    }
}

fn main() {}
