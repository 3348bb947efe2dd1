//! A parameter that no host can give.

handwire::export! {
    fn change(text: &mut str) {
        text.make_ascii_lowercase();
    }
}

fn main() {}
