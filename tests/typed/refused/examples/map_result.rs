//! The same as a result.

use std::collections::HashMap;

handwire::export! {
    fn words() -> HashMap<String, u32> {
        HashMap::new()
    }
}

fn main() {}
