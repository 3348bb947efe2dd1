//! Does nothing: Cargo wants a build script beside `links`, and `links` is what
//! makes two versions of the contract in one module a build error.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
