//! [`export!`]: functions for the host, with the types of both sides.

/// Makes functions of a guest callable by the host, with their own types.
///
/// ```no_run
/// handwire::export! {
///     /// Greets by name.
///     fn greet(name: &str) -> String {
///         format!("Hello, {name}!")
///     }
///
///     /// How many characters a text has, under another name for the host.
///     #[name = "charCount"]
///     pub fn char_count(text: &str) -> usize {
///         text.chars().count()
///     }
///
///     fn parse(text: &str) -> Result<i32, core::num::ParseIntError> {
///         text.parse()
///     }
/// }
/// ```
///
/// A parameter that the function changes is `mut`, as in any function: `fn next(mut n: u32) -> u32`.
///
/// An error can be anything with a text; which forms there are is in [`wire`](crate::wire#errors).
///
/// On the host: `exports.greet("World")`, `exports.charCount("hé")`, and `exports.parse("x")`,
/// which throws. Which types can cross is in section 10 of the
/// [contract](handwire_abi). What can't is a compile error that names it: a type without a form on the wire,
///
/// ```compile_fail
/// handwire::export! { fn change(text: &mut str) { text.make_ascii_lowercase(); } }
/// ```
/// ```compile_fail
/// handwire::export! { fn count(words: std::collections::HashMap<String, u32>) -> usize { words.len() } }
/// ```
///
/// an argument that would outlive its call,
///
/// ```compile_fail
/// handwire::export! { fn keep(text: &'static str) -> usize { text.len() } }
/// ```
///
/// and a name that the linker (`memory`, the math library's) or the runtime (`hw_`) needs for itself.
///
/// ```compile_fail
/// handwire::export! { fn memory() -> u32 { 0 } }
/// ```
///
/// An `async fn` is a promise to the host (feature `async`): see the module `task`.
///
/// It is sugar. What is written by hand for `greet` is
///
/// ```no_run
/// use handwire::{contract, export};
///
/// fn greet(name: &str) -> String {
///     format!("Hello, {name}!")
/// }
///
/// contract!(r#"export greet(name: str) -> str "Greets by name.""#);
///
/// const _: () = {
///     #[unsafe(export_name = "greet")]
///     unsafe extern "C" fn shim(name: *const u8, name_len: usize) {
///         // SAFETY: the host gives a text that stays for the time of the call.
///         let result = greet(unsafe { export::lift_text(name, name_len) });
///         export::return_text(result);
///     }
/// };
/// ```
#[macro_export]
macro_rules! export {
    ($(
        $(#[doc = $doc:literal])* $(#[name = $js:literal])?
        $vis:vis $($word:ident)+ ($($($arg:ident)+: $type:ty),* $(,)?) $(-> $result:ty)? $body:block
    )*) => {$(
        $crate::__export_args!(
            [[$($word)+] [$($doc)*] [$($js)?] [$vis] [$($($arg)+: $type),*] [$($result)?] $body]
            [] [$($($arg)+: $type,)*]
        );
    )*};
}

/// The names of the parameters: `mut` is the function's own affair.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_args {
    ($item:tt [$($args:tt)*] [mut $arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__export_args!($item [$($args)* $arg: $type,] [$($rest)*]);
    };
    ($item:tt [$($args:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__export_args!($item [$($args)* $arg: $type,] [$($rest)*]);
    };
    ([$($item:tt)*] $args:tt []) => {
        $crate::__export_item!($($item)* $args);
    };
}

/// One function: the words before its brackets say of which kind.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_item {
    ([async fn $name:ident] $($rest:tt)*) => { $crate::__export_async!([$name] $($rest)*); };
    ([fn $name:ident] [$($doc:literal)*] [$($js:literal)?] [$vis:vis] [$($pattern:tt)*] [$($result:ty)?] $body:block [$($arg:ident: $type:ty,)*]) => {
        $(#[doc = $doc])*
        #[allow(clippy::type_complexity)]
        $vis fn $name($($pattern)*) $(-> $result)? $body

        const _: () = {
            const NAME: &str = $crate::__export_name!($name $($js)?);
            const _: () = $crate::__check_name(NAME);
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str("export "),
                $crate::wire::Piece::Str(NAME), $crate::wire::Piece::Str("("),
                $crate::__export_params!([] $($arg: $type,)*),
                $crate::wire::Piece::Str(")"),
                $crate::wire::Piece::Sub(&$crate::__export_result!($($result)?)),
                $crate::wire::Piece::Doc(&[$($doc),*]),
                $crate::wire::Piece::Str("\n"),
            ];
            $crate::__line!(LINE);
            $crate::__export_shim!([$name] [$crate::__export_name!($name $($js)?)] [$($result)?] [] [] [] [] [] [] [] [$($arg: $type,)*]);
        };
    };
}

/// The name that the host sees.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_name {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $js:literal) => {
        $js
    };
}

/// The list of parameters: `name: type, name: type`.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_params {
    ([$($pieces:tt)*]) => { $crate::wire::Piece::Sub(&[$($pieces)*]) };
    ([] $arg:ident: $type:ty, $($rest:tt)*) => {
        $crate::__export_params!([
            $crate::wire::Piece::Str(concat!(stringify!($arg), ": ")), $crate::wire::Piece::Sub(<$type as $crate::wire::Wire>::TYPE),
        ] $($rest)*)
    };
    ([$($pieces:tt)+] $arg:ident: $type:ty, $($rest:tt)*) => {
        $crate::__export_params!([
            $($pieces)+ $crate::wire::Piece::Str(concat!(", ", stringify!($arg), ": ")), $crate::wire::Piece::Sub(<$type as $crate::wire::Wire>::TYPE),
        ] $($rest)*)
    };
}

/// ` -> type`, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_result {
    () => {
        []
    };
    ($result:ty) => {{
        #[allow(unused_imports)]
        use $crate::wire::NoError as _;
        $crate::wire::result::<$result>($crate::wire::Way::<$result>::ERROR)
    }};
}

/// The wasm function. Each step takes one argument; `a`, `b` and `hold` are other names in each,
/// because a macro's own names are new each time. Given are the path of the function, the name of the export,
/// and its result; a call that an argument refuses ends before any is lifted.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_shim {
    ($path:tt $export:tt $result:tt [$($params:tt)*] [$($wires:tt)*] [$($types:tt)*] [$($holds:tt)*] [$($refused:tt)*] [$($give_up:tt)*] [$($call:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__export_shim!(
            $path $export $result
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($wires)* a b]
            [$($types)* [$type]]
            [$($holds)*
                // SAFETY: the wires are what the host gave for this type.
                let mut hold = unsafe { <$type as $crate::wire::Lift>::hold(a, b) };
                if $crate::wire::TELLS && <$type as $crate::wire::Lift>::refused(&hold) {
                    $crate::wire::tell(stringify!($arg));
                }
            ]
            [$($refused)* | <$type as $crate::wire::Lift>::refused(&hold)]
            [$($give_up)* <$type as $crate::wire::Lift>::give_up(hold);]
            [$($call)* hold]
            [$($rest)*]
        );
    };
    ($path:tt $export:tt [] $params:tt $wires:tt $types:tt $holds:tt $refused:tt $give_up:tt $call:tt []) => {
        $crate::__export_shim!($path $export [()] $params $wires $types $holds $refused $give_up $call []);
    };
    ([$($path:tt)*] [$($export:tt)*] [$result:ty] $params:tt $wires:tt $types:tt [$($holds:tt)*] [$($refused:tt)*] [$($give_up:tt)*] $call:tt []) => {
        $crate::__export_function!([$($export)*] [$result] $params $wires $types {
            let result = {
                $($holds)*
                if false $($refused)* {
                    $($give_up)*
                    return $crate::wire::Zero::ZERO;
                }
                $crate::__export_call!([$($path)*] $types $call)
            };
            #[allow(unused_imports)]
            use $crate::wire::{Called as _, Caused as _, Named as _, Plain as _, Thrown as _, Told as _};
            // The way with the most references that fits: a method call finds it.
            (&&&&$crate::wire::Way::<$result>::new()).end(result)
        });
    };
}

/// The call of the function, with what was held for each parameter.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_call {
    ([$($path:tt)*] [] []) => { $($path)*() };
    ([$($path:tt)*] [[$type:ty] $($types:tt)*] [$hold:ident $($holds:ident)*]) => {
        <$type as $crate::wire::Lift>::lend(&mut $hold, |value| $($path)*(value, $($crate::wire::Lift::lift(&mut $holds)),*))
    };
}

/// The wasm function itself, of its body. If its first argument is a value of the guest, the straight way is for one that nobody uses; any
/// other is seen to in a function of its own, which calls again. That is for calls in which nothing but the function runs code of others.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_function {
    ([$($export:tt)*] [$result:ty] [$($params:tt)*] [] [] $body:block) => {
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $($export)*))]
        #[allow(dead_code, improper_ctypes_definitions)]
        unsafe extern "C" fn shim($($params)*) -> <$result as $crate::wire::Output>::Wire $body
    };
    ([$($export:tt)*] [$result:ty] [$($params:tt)*] [$wire:ident $($wires:ident)*] [[$type:ty] $([$other:ty])*] $body:block) => {
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $($export)*))]
        #[allow(dead_code, improper_ctypes_definitions, clippy::too_many_arguments)]
        unsafe extern "C" fn shim($($params)*) -> <$result as $crate::wire::Output>::Wire {
            #[cold]
            #[inline(never)]
            #[allow(clippy::too_many_arguments)]
            unsafe fn again($($params)*) -> <$result as $crate::wire::Output>::Wire {
                let Some(id) = <$type as $crate::wire::Lift>::admit(&$wire) else {
                    return $crate::wire::Zero::ZERO;
                };
                // SAFETY: the wires are what the host gave.
                let result = unsafe { shim($wire, $($wires),*) };
                <$type as $crate::wire::Lift>::resume(id);
                result
            }

            if <$result as $crate::wire::Output>::PLAIN $(&& <$other as $crate::wire::Lift>::PLAIN)* && !<$type as $crate::wire::Lift>::is_ready(&$wire) {
                // SAFETY: as above.
                return unsafe { again($wire, $($wires),*) };
            }
            $body
        }
    };
}

/// A line with the doc comment among some attributes: `doc path "text"`; nothing if there is none.
#[doc(hidden)]
#[macro_export]
macro_rules! __docs {
    // Of inline code: nobody else has it.
    (["js", $($path:expr),+] $($rest:tt)*) => {
        &[]
    };
    ([$($path:expr),+] [$($doc:literal)*] #[doc = $line:literal] $($rest:tt)*) => {
        $crate::__docs!([$($path),+] [$($doc)* $line] $($rest)*)
    };
    ($path:tt $docs:tt #[$($other:tt)*] $($rest:tt)*) => {
        $crate::__docs!($path $docs $($rest)*)
    };
    ($path:tt []) => {
        &[]
    };
    ([$($path:expr),+] [$($doc:literal)+]) => {
        &[
            $crate::wire::Piece::Str(concat!("doc ", $($path),+)),
            $crate::wire::Piece::Doc(&[$($doc),+]),
            $crate::wire::Piece::Str("\n"),
        ]
    };
}

/// A line of the contract section, from a [`Text`](crate::wire::Text).
#[doc(hidden)]
#[macro_export]
macro_rules! __line {
    ($text:ident) => {
        #[cfg_attr(target_arch = "wasm32", unsafe(link_section = "handwire"))]
        #[allow(dead_code)]
        static SECTION: [u8; $crate::wire::len($text)] = $crate::wire::copy($text);
    };
}
