//! What stands in doc comments, and other names for the host.

handwire::export! {
    /// Says "hé" – with a \ backslash, a tab	and 日本語 🎉.
    fn doc_odd() {}

    /// First line.
    ///
    /// - a list, with `code` and */ the end of a comment
    /// - @param that is none
    fn doc_lines() {}

    ///
    fn doc_empty() {}

    /// Multiplies.
    #[name = "multRs"]
    fn mult(a: i32, b: i32) -> i32 {
        a.wrapping_mul(b)
    }

    /// A word of JavaScript.
    #[name = "delete"]
    fn remove(new: i32, default: i32) -> i32 {
        new.wrapping_add(default)
    }

    /// What a module of JavaScript has names for already.
    #[name = "fetch"]
    fn fetch_it(delete: bool) -> bool {
        !delete
    }
}
