//! A result that nobody owns.

handwire::import! {
    mod app {
        fn text() -> &'static str;
    }
}

fn main() {
    app::text();
}
