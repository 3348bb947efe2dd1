//! What is lent is numbers.

handwire::export! {
    fn upper(texts: &mut [String]) {
        for text in texts { text.make_ascii_uppercase(); }
    }
}

fn main() {}
