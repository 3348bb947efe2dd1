//! An argument ends with its call.

handwire::export! {
    fn keep(text: &'static str) -> usize {
        text.len()
    }
}

fn main() {}
