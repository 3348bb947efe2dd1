//! A type that the wire has no form for, as an import's parameter.

use std::collections::HashMap;

handwire::import! {
    mod app {
        fn count(words: HashMap<String, u32>);
    }
}

fn main() {
    app::count(HashMap::new());
}
