//! A record with a field of a type that is none.

struct Plain;

handwire::record! {
    struct Outer { inner: Plain }
}

fn main() {}
