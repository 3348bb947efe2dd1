//! A struct that is no record.

struct Plain {
    number: i32,
}

handwire::export! {
    fn read(plain: Plain) -> i32 {
        plain.number
    }
}

fn main() {}
