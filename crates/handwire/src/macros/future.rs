//! `async fn` in [`export!`](macro@crate::export) and [`import!`](crate::import!): what differs from `fn`.

/// An async function for the host. By hand, `async fn load(url: &str) -> Result<String, JsError>` is
///
/// ```ignore
/// async fn load(url: &str) -> Result<String, JsError> { … }
///
/// contract!("export load(url: str) -> async result<str>");
///
/// #[unsafe(no_mangle)]
/// unsafe extern "C" fn load(url: *const u8, url_len: usize) -> i32 {
///     let url = unsafe { export::lift_text(url, url_len) }.to_owned();
///     task::start(async move { load(&url).await }, export::return_result)
/// }
/// ```
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_async {
    ([$name:ident] [$($doc:literal)*] [$($js:literal)?] [$vis:vis] [$($pattern:tt)*] [$($result:ty)?] $body:block [$($arg:ident: $type:ty,)*]) => {
        $(#[doc = $doc])*
        #[allow(clippy::type_complexity)]
        $vis async fn $name($($pattern)*) $(-> $result)? $body

        const _: () = {

            const NAME: &str = $crate::__export_name!($name $($js)?);
            const _: () = $crate::__check_name(NAME);
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str("export "),
                $crate::wire::Piece::Str(NAME),
                $crate::wire::Piece::Str("("),
                $crate::__async_params!([] $($arg: $type,)*),
                $crate::wire::Piece::Str(") -> async "),
                $crate::wire::Piece::Sub(&$crate::__async_result!($($result)?)),
                $crate::wire::Piece::Doc(&[$($doc),*]),
                $crate::wire::Piece::Str("\n"),
            ];
            $crate::__line!(LINE);
            $crate::__async_shim!([$name] [$crate::__export_name!($name $($js)?)] [$($result)?] [] [] [] [] [] [$($arg: $type,)*]);
        };
    };
}

/// Without the feature, it is named.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_async {
    ([$name:ident] $($rest:tt)*) => {
        compile_error!(concat!("async fn ", stringify!($name), " needs the feature `async` of handwire"));
    };
}

/// The list of parameters: none of them borrows on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __async_params {
    ([$($pieces:tt)*] $($arg:ident: $type:ty,)*) => {{
        #[allow(unused_imports)]
        use $crate::task::Named as _;
        const ALL: $crate::wire::Text = &[$(
            $crate::wire::Piece::Str(concat!(stringify!($arg), ": ")),
            $crate::wire::Piece::Sub($crate::task::Argument::<$type>::TYPE),
            $crate::wire::Piece::Str(", "),
        )*];
        $crate::wire::Piece::Sub($crate::wire::but_last(ALL))
    }};
}

/// The type of the result, `()` too.
#[doc(hidden)]
#[macro_export]
macro_rules! __async_result {
    () => {
        $crate::__async_result!(())
    };
    ($result:ty) => {{
        #[allow(unused_imports)]
        use $crate::wire::NoError as _;
        $crate::task::result::<$result>($crate::wire::Way::<$result>::ERROR)
    }};
}

/// The wasm function. Each step takes one argument, as in the shim of a function that isn't async.
#[doc(hidden)]
#[macro_export]
macro_rules! __async_shim {
    ($path:tt $export:tt $result:tt [$($params:tt)*] [$($keeps:tt)*] [$($refused:tt)*] [$($give_up:tt)*] [$($call:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__async_shim!(
            $path $export $result
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($keeps)*
                // SAFETY: the wires are what the host gave for this type; the future is polled before the call returns.
                let mut keep = unsafe { (&&&$crate::task::Argument::<$type>::new()).keep(a, b) };
                if $crate::wire::TELLS && $crate::task::Keep::refused(&keep) {
                    $crate::wire::tell(stringify!($arg));
                }
            ]
            [$($refused)* | $crate::task::Keep::refused(&keep)]
            [$($give_up)* $crate::task::Keep::give_up(keep);]
            [$($call)* $crate::task::Kept::lift(&mut keep),]
            [$($rest)*]
        );
    };
    ($path:tt $export:tt [] $params:tt $keeps:tt $refused:tt $give_up:tt $call:tt []) => {
        $crate::__async_shim!($path $export [()] $params $keeps $refused $give_up $call []);
    };
    ([$($path:tt)*] [$($export:tt)*] [$result:ty] [$($params:tt)*] [$($keeps:tt)*] [$($refused:tt)*] [$($give_up:tt)*] [$($call:tt)*] []) => {
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $($export)*))]
        #[allow(dead_code, improper_ctypes_definitions)]
        unsafe extern "C" fn shim($($params)*) -> i32 {
            #[allow(unused_imports)]
            use $crate::task::{Borrowed as _, Leased as _, Owned as _, Whole as _};
            #[allow(unused_imports)]
            use $crate::wire::{Called as _, Caused as _, Named as _, Thrown as _, Told as _};
            $($keeps)*
            if false $($refused)* {
                $($give_up)*
                return 0;
            }
            $crate::task::start(
                async move { $($path)*($($call)*).await },
                // The way with the most references that fits: a method call finds it.
                |result| (&&&&$crate::wire::Way::<$result>::new()).end(result),
            )
        }
    };
}

/// An async function of the host.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __import_async {
    ($docs:tt $vis:tt $module:tt $name:tt [] $($rest:tt)*) => {
        $crate::__import_async!($docs $vis $module $name [()] $($rest)*);
    };

    ([$($docs:tt)*] [$vis:vis] [$($module:tt)*] [$name:ident] [$result:ty] [$($key:tt)*] [$($types:tt)*] [$($arg:ident: $type:ty,)*]
        [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*]) => {
        $($docs)*
        #[allow(clippy::too_many_arguments, clippy::type_complexity)]
        $vis fn $name($($arg: $type),*) -> impl ::core::future::Future<Output = $result> {
            // Not inlined, and beside the line: so that reaches the module with every call.
            #[inline(never)]
            fn name() -> &'static str {
                const LINE: $crate::wire::Text = &[
                    $crate::wire::Piece::Str(concat!("import ", $($module)*, ".", stringify!($name), "(")),
                    $crate::__export_params!([] $($types)*),
                    $crate::wire::Piece::Str(")"),
                    $crate::task::settled::<$result>(),
                    $crate::wire::Piece::Str(" as"),
                    $crate::wire::Piece::Doc(&[$($key)*]),
                    $crate::wire::Piece::Str("\n"),
                ];
                $crate::__line!(LINE);
                concat!($($module)*, ".", stringify!($name))
            }

            #[cfg_attr(target_arch = "wasm32", link(wasm_import_module = "declared"))]
            #[allow(improper_ctypes)]
            unsafe extern "C" {
                #[cfg_attr(target_arch = "wasm32", link_name = $($key)*)]
                fn raw($($params)* waiter: u32);
            }

            #[cfg(target_arch = "wasm32")]
            let call = move |waiter: u32| {
                $($holds)*
                // SAFETY: what the wires point to stays until the call returns.
                unsafe { raw($($wires)* waiter) }
            };
            #[cfg(not(target_arch = "wasm32"))]
            let call = move |_: u32| {
                $(let _ = $arg;)*
                panic!(concat!($($module)*, ".", stringify!($name), ": there is a host on wasm32 only"))
            };
            $crate::task::Waiting::<$result, _>::new(name(), call)
        }
    };
}

/// Without the feature, it is named.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __import_async {
    ($docs:tt $vis:tt $module:tt [$name:ident] $($rest:tt)*) => {
        compile_error!(concat!("async fn ", stringify!($name), " needs the feature `async` of handwire"));
    };
}

/// A member of a class, as it was written.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_function {
    ([async] $class:ident [$($kept:tt)*] $name:ident $params:tt [$($result:ty)?] $body:block) => {
        impl $class {
            $($kept)* async fn $name $params $(-> $result)? $body
        }
    };
    ($kind:tt $class:ident [$($kept:tt)*] $name:ident $params:tt [$($result:ty)?] $body:block) => {
        impl $class {
            $($kept)* fn $name $params $(-> $result)? $body
        }
    };
}

/// An async member of a class, in a place where `Signature` has its result.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __class_async {
    ([$($docs:tt)*] $class:ident $name:ident [$($js:tt)*] $this:tt [$($receiver:tt)*] [$($args:tt)*]) => {
        const NAME: &str = $($js)*;
        const _: () = $crate::__check_member("method", NAME);
        const PARAMS: $crate::wire::Text = &[$crate::__async_params!([] $($args)*)];
        const LINE: $crate::wire::Text = &[
            $crate::wire::Piece::Str(concat!("method ", stringify!($class), ".")),
            $crate::wire::Piece::Str(NAME),
            $crate::wire::Piece::Str(concat!("(", $this)),
            $crate::wire::Piece::Str(if $this.is_empty() || $crate::wire::len(PARAMS) == 0 { "" } else { ", " }),
            $crate::wire::Piece::Sub(PARAMS),
            $crate::wire::Piece::Str(") -> async "),
            $crate::wire::Piece::Sub(&$crate::__async_result!(<$class as Signature>::Result)),
            $crate::wire::Piece::Doc(&[$($docs)*]),
            $crate::wire::Piece::Str("\n"),
        ];
        $crate::__line!(LINE);
        $crate::__async_shim!(
            [$class::$name] [concat!(stringify!($class), ".", $($js)*)] [<$class as Signature>::Result]
            [] [] [] [] [] [$($receiver)* $($args)*]
        );
    };
}

/// Without the feature, it is named.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __class_async {
    ($docs:tt $class:ident $name:ident $($rest:tt)*) => {
        compile_error!(concat!("async fn ", stringify!($name), " needs the feature `async` of handwire"));
    };
}
