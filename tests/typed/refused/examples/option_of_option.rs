//! A host couldn't tell `Some(None)` from `None`.

handwire::export! {
    fn twice(maybe: Option<Option<i32>>) -> bool {
        maybe.is_some()
    }
}

fn main() {}
