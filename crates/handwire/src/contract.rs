//! [`contract!`]: what the exports mean, said in the module itself.

/// Puts lines into the contract section of the module, where the host reads them. Each
/// literal is one declaration; docs are a JSON string at its end. The grammar is in
/// section 10 of the contract.
///
/// ```
/// handwire::contract! {
///     r#"export greet(name: str) -> str "Greets by name.""#,
///     "export add(a: i32, b: i32) -> i32",
/// }
/// ```
///
/// It may stand any number of times, anywhere an item can. Beside the export that it
/// describes is the right place: a declaration in a source file of which nothing is used
/// doesn't arrive.
///
/// What is no declaration is refused at compile time:
///
/// ```compile_fail
/// handwire::contract!("exprot add(a: i32, b: i32) -> i32");
/// ```
///
/// It expands to a static in a custom section:
///
/// ```
/// const _: () = {
///     #[cfg_attr(target_arch = "wasm32", unsafe(link_section = "handwire"))]
///     #[allow(dead_code)]
///     static LINES: [u8; 34] = *b"export add(a: i32, b: i32) -> i32\n";
/// };
/// ```
#[macro_export]
macro_rules! contract {
    ($($line:literal),+ $(,)?) => {
        const _: () = {
            const TEXT: &str = concat!($($line, "\n"),+);
            #[cfg_attr(target_arch = "wasm32", unsafe(link_section = "handwire"))]
            #[allow(dead_code)]
            static LINES: [u8; TEXT.len()] = $crate::__bytes_of(TEXT);
        };
    };
}

/// For [`contract!`]: the text as an array, once each line begins as one must.
#[doc(hidden)]
pub const fn __bytes_of<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut array = [0; N];
    let mut at = 0;
    let mut start = 0;
    while at < N {
        array[at] = bytes[at];
        if bytes[at] == b'\n' {
            assert!(at == start || begins(bytes, start, b"export "), "a declaration begins with `export `");
            start = at + 1;
        }
        at += 1;
    }
    array
}

const fn begins(bytes: &[u8], start: usize, with: &[u8]) -> bool {
    let mut at = 0;
    while at < with.len() {
        if start + at >= bytes.len() || bytes[start + at] != with[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::contract!("export one()");
    crate::contract! {
        r#"export greet(name: str) -> str "Says \"hé\".""#,
        "export two(a: i32)",
    }

    #[test]
    fn lines_become_bytes() {
        const TEXT: &str = concat!("export a()", "\n", "export b() \"é\"", "\n");
        let bytes: [u8; TEXT.len()] = __bytes_of(TEXT);
        assert_eq!(bytes, TEXT.as_bytes());
        assert_eq!(__bytes_of::<1>("\n"), *b"\n");
    }

    #[test]
    fn beginnings() {
        assert!(begins(b"\nexport a", 1, b"export "));
        assert!(!begins(b"export", 0, b"export "));
        assert!(!begins(b"import a()", 0, b"export "));
    }
}
