//! What an export returns outlives its arguments.

handwire::export! {
    fn first(text: &str) -> &str {
        &text[..1]
    }
}

fn main() {}
