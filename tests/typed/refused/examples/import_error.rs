//! What the host throws can be anything: it is a JsError.

handwire::import! {
    mod app {
        fn text() -> Result<String, String>;
    }
}

fn main() {
    app::text().unwrap();
}
