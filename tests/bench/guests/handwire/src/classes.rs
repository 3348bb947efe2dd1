//! A class.

use handwire::{class, export};

struct Counter(i32);

class! {
    impl Counter {
        fn new(start: i32) -> Self {
            Counter(start)
        }

        fn add(&mut self, by: i32) -> i32 {
            self.0 = self.0.wrapping_add(by);
            self.0
        }

        fn set(&mut self, count: i32) {
            self.0 = count;
        }

        #[get]
        fn count(&self) -> i32 {
            self.0
        }

        fn measure(&self, text: &str) -> u32 {
            self.0 as u32 + text.len() as u32
        }
    }
}

export! {
    fn counted(counter: &Counter) -> i32 {
        counter.0
    }
}
