//! [`contract!`]: what the exports mean, said in the module itself.

/// Puts lines into the contract section of the module, where the host reads them. Each
/// text is one declaration, a literal or any other constant; docs are a JSON string at its
/// end. The grammar is in sections 10 and 11 of the contract.
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
///     static SECTION: [u8; 34] = *b"export add(a: i32, b: i32) -> i32\n";
/// };
/// ```
#[macro_export]
macro_rules! contract {
    ($($line:expr),+ $(,)?) => {
        const _: () = {
            const LINES: &[&str] = &[$($line),+];
            #[cfg_attr(target_arch = "wasm32", unsafe(link_section = "handwire"))]
            #[allow(dead_code)]
            static SECTION: [u8; $crate::__section_len(LINES)] = $crate::__section(LINES);
        };
    };
}

/// For [`contract!`]: how many bytes the lines have with their ends.
#[doc(hidden)]
pub const fn __section_len(lines: &[&str]) -> usize {
    let mut len = 0;
    let mut at = 0;
    while at < lines.len() {
        len += lines[at].len() + 1;
        at += 1;
    }
    len
}

/// For [`contract!`]: the lines in a row, each with its end, once each begins as one must.
#[doc(hidden)]
pub const fn __section<const N: usize>(lines: &[&str]) -> [u8; N] {
    let mut section = [b'\n'; N];
    let mut end = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].as_bytes();
        assert!(
            begins(line, b"export ")
                || begins(line, b"import ")
                || begins(line, b"record ")
                || begins(line, b"interface ")
                || begins(line, b"enum ")
                || begins(line, b"type ")
                || begins(line, b"class ")
                || begins(line, b"method ")
                || begins(line, b"get ")
                || begins(line, b"set ")
                || begins(line, b"doc "),
            "a declaration begins with one of the words of sections 10 and 11 of the contract, as `export `"
        );
        let mut from = 0;
        while from < line.len() {
            assert!(line[from] != b'\n', "a declaration is one line");
            section[end] = line[from];
            end += 1;
            from += 1;
        }
        end += 1;
        at += 1;
    }
    section
}

const fn begins(line: &[u8], with: &[u8]) -> bool {
    let mut at = 0;
    while at < with.len() {
        if at >= line.len() || line[at] != with[at] {
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
        concat!("export ", "two", "(a: i32)"),
    }
    crate::contract! {
        r#"class Counter "Counts.""#,
        "method Counter.new(start: i32) -> Counter",
        "get Counter.count(&self) -> i32",
        "set Counter.set_count(&mut self, count: i32)",
        "interface Logger { log(message: str); flush() detached }",
        r#"doc Logger.log "Writes a line.""#,
        "export later(all: data, each: fn(Counter)->bool) -> async result<data>",
        r#"import app.logger() -> Logger as "app.logger()""#,
        "record Point { x: f64, y: f64 }",
        "enum Side { left, right }",
        "type Node = js.Object",
    }

    #[test]
    fn lines_become_bytes() {
        const LINES: &[&str] = &["export a()", "export b() \"é\""];
        let section: [u8; __section_len(LINES)] = __section(LINES);
        assert_eq!(section, *"export a()\nexport b() \"é\"\n".as_bytes());
    }

    #[test]
    fn beginnings() {
        assert!(begins(b"export a", b"export "));
        assert!(!begins(b"export", b"export "));
        assert!(!begins(b"import a()", b"export "));
    }

    #[test]
    #[should_panic(expected = "one line")]
    fn a_declaration_is_one_line() {
        __section::<12>(&["export a()\n"]);
    }
}
