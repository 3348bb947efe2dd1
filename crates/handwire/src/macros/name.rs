//! Names that a guest can't give to what it exports, refused when it is compiled.

/// Refuses names that can't be exported from wasm without hurting something else.
#[doc(hidden)]
pub const fn __check_name(name: &str) {
    const TAKEN: &[&str] = &[
        "memory",
        "main",
        "_start",
        "_initialize",
        "memcpy",
        "memmove",
        "memset",
        "memcmp",
        "bcmp",
        "strlen",
        "malloc",
        "free",
        "calloc",
        "realloc",
        "abort",
        "acos",
        "acosf",
        "acosh",
        "asin",
        "asinf",
        "asinh",
        "atan",
        "atan2",
        "atanf",
        "atanh",
        "cbrt",
        "ceil",
        "ceilf",
        "copysign",
        "cos",
        "cosf",
        "cosh",
        "erf",
        "erfc",
        "exp",
        "exp2",
        "expf",
        "expm1",
        "fabs",
        "fabsf",
        "fdim",
        "floor",
        "floorf",
        "fma",
        "fmax",
        "fmin",
        "fmod",
        "fmodf",
        "frexp",
        "hypot",
        "ldexp",
        "lgamma",
        "log",
        "log10",
        "log1p",
        "log2",
        "logf",
        "modf",
        "nextafter",
        "pow",
        "powf",
        "remainder",
        "remquo",
        "rint",
        "round",
        "roundf",
        "scalbn",
        "sin",
        "sincos",
        "sinf",
        "sinh",
        "sqrt",
        "sqrtf",
        "tan",
        "tanf",
        "tanh",
        "tgamma",
        "trunc",
        "truncf",
    ];
    let bytes = name.as_bytes();
    assert!(
        !(bytes.len() > 2 && bytes[0] == b'h' && bytes[1] == b'w' && bytes[2] == b'_'),
        "names that start with hw_ are the runtime's: rename the export, or give it another name with #[name = \"...\"]"
    );
    let mut i = 0;
    while i < TAKEN.len() {
        assert!(
            !same(bytes, TAKEN[i].as_bytes()),
            "the linker needs this name for itself: give the export another one with #[name = \"...\"]"
        );
        i += 1;
    }
    i = 0;
    while i < bytes.len() {
        let ok = bytes[i] == b'_' || bytes[i].is_ascii_alphabetic() || i > 0 && bytes[i].is_ascii_digit();
        assert!(ok, "the name of an export has letters, digits and _ only");
        i += 1;
    }
    assert!(!bytes.is_empty(), "an export has a name");
}

pub(super) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
