//! The same in an import.

handwire::import! {
    mod app {
        fn twice() -> Option<Option<i32>>;
    }
}

fn main() {
    app::twice();
}
