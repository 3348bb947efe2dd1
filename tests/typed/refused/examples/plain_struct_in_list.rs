//! The same in a list.

struct Plain;

handwire::export! {
    fn all(plain: Vec<Plain>) -> usize {
        plain.len()
    }
}

fn main() {}
