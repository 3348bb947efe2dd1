//! [`import!`]: functions of the host, with the types of both sides.

/// Declares functions of the host, which a guest calls like its own.
///
/// A `mod` is a module of functions that the embedder supplies, by name. Functions with a text
/// are inline JavaScript: one expression in which `$1`, `$2` … are the arguments and `$host` is
/// the host, or an arrow function.
///
/// ```no_run
/// handwire::import! {
///     /// What the page supplies: `instantiate(source, { imports: { app: { log, ask } } })`.
///     pub mod app {
///         /// Shows a line.
///         fn log(level: u8, message: &str);
///         fn ask(question: &str) -> Result<String, JsError>;
///     }
///
///     fn now() -> f64 = "Date.now()";
///     fn hypot(a: f64, b: f64) -> f64 = "Math.hypot($1, $2)";
///     fn shout(text: &str) -> String = "(text) => text.toUpperCase()";
/// }
///
/// fn greet() -> Result<(), handwire::JsError> {
///     let name = app::ask("Who is there?")?;
///     app::log(1, &shout(&name));
///     Ok(())
/// }
/// ```
///
/// What the host's function throws, or returns of a wrong type, is an `Err`; of a function
/// without `Result` it is a panic at the caller's line. All types of a parameter of
/// [`export!`](macro@crate::export) can be one here, and all that own what they hold a result. Anything
/// else is a compile error that names the type:
///
/// ```compile_fail
/// handwire::import! { mod app { fn title() -> &'static str; } }
/// ```
///
/// A closure that is lent, `f: &mut dyn FnMut(i32) -> i32` or `f: &dyn Fn(i32) -> i32`, is a parameter of any type that can be called so:
/// `f: &mut (impl FnMut(i32) -> i32 + ?Sized)` in the function that this makes, so that the host's calls are calls of that very closure. Such a
/// type under another name stays what it is.
///
/// An `async fn` is called when its future is polled first (feature `async`). Its error is that of a `fn`, for what the promise rejects with. The embedder's function gets one argument more, an
/// object whose `signal` is aborted when the future is dropped; inline code sees that as `$signal`.
///
/// It is sugar for a plain import whose name is the whole signature, so that two crates that
/// declare one name differently don't meet, and for a line of the contract section. By hand, `log` is
///
/// ```no_run
/// handwire::contract!(r#"import app.log(level: u8, message: str) as "app.log(level: u8, message: &str)""#);
///
/// #[inline(never)]
/// #[track_caller]
/// fn log(level: u8, message: &str) {
///     #[link(wasm_import_module = "declared")]
///     unsafe extern "C" {
///         #[link_name = "app.log(level: u8, message: &str)"]
///         fn raw(level: u32, message: *const u8, message_len: usize);
///     }
///     // SAFETY: the text is readable for the time of the call.
///     unsafe { raw(level.into(), message.as_ptr(), message.len()) };
///     if let Some(error) = handwire::wire::take_thrown() {
///         panic!("{error}");
///     }
/// }
/// # #[cfg(not(target_arch = "wasm32"))]
/// # #[unsafe(export_name = "app.log(level: u8, message: &str)")]
/// # extern "C" fn the_host_s(_: u32, _: *const u8, _: usize) {}
/// ```
///
/// By hand the function is not inlined, of the macro only the part that looks at an exception: beside it, the line always reaches the module.
#[macro_export]
macro_rules! import {
    () => {};

    ($(#[doc = $mod_doc:literal])* $mod_vis:vis mod $module:ident {
        $($(#[doc = $doc:literal])* $vis:vis $($word:ident)+ ($($params:tt)*) $(-> $result:ty)?;)*
    } $($rest:tt)*) => {
        $(#[doc = $mod_doc])*
        $mod_vis mod $module {
            #[allow(unused_imports)]
            use super::*;
            #[allow(unused_imports)]
            use $crate::JsError;

            $(
                $crate::__import_args!(
                    [[$($word)+] [$(#[doc = $doc])*] [pub] [stringify!($module)] [$($result)?] []]
                    [] [] [] [] [] [$($params)*,]
                );
            )*
        }
        $crate::import! { $($rest)* }
    };

    ($(#[doc = $doc:literal])* $vis:vis $($word:ident)+ ($($params:tt)*) $(-> $result:ty)? = $code:literal; $($rest:tt)*) => {
        $crate::__import_args!(
            [[$($word)+] [$(#[doc = $doc])*] [$vis] ["js"] [$($result)?] [, " = ", $code]]
            [] [] [] [] [] [$($params)*,]
        );
        $crate::import! { $($rest)* }
    };
}

/// The parameters of one function: their types in the contract, those that they have in Rust, the wires' types, what makes the wires, and
/// these. Each step takes one; the names that it makes are other ones in each, because a macro's own names are new each time.
#[doc(hidden)]
#[macro_export]
macro_rules! __import_args {
    // Behind the last one there is a comma too many, or the only one.
    ([$($item:tt)*] $types:tt $args:tt $params:tt $holds:tt $wires:tt [$(,)?]) => {
        $crate::__import_item!($($item)* $types $args $params $holds $wires);
    };

    // A closure that is lent is of a type of its own, so that to call it is no second call by a table.
    ($item:tt $types:tt $args:tt $params:tt $holds:tt $wires:tt
        [$arg:ident: &mut dyn FnMut($($a:ty),* $(,)?) $(-> $r:ty)?, $($rest:tt)*]) => {
        $crate::__import_args!(@lent lend fn($($a),*) $(-> $r)?, $arg: &mut dyn FnMut($($a),*) $(-> $r)?, &mut (impl FnMut($($a),*) $(-> $r)? + ?Sized);
            $item $types $args $params $holds $wires [$($rest)*]);
    };
    ($item:tt $types:tt $args:tt $params:tt $holds:tt $wires:tt
        [$arg:ident: &dyn Fn($($a:ty),* $(,)?) $(-> $r:ty)?, $($rest:tt)*]) => {
        $crate::__import_args!(@lent lend_shared fn($($a),*) $(-> $r)?, $arg: &dyn Fn($($a),*) $(-> $r)?, &(impl Fn($($a),*) $(-> $r)? + ?Sized);
            $item $types $args $params $holds $wires [$($rest)*]);
    };
    (@lent $lend:ident $signature:ty, $arg:ident: $type:ty, $own:ty;
        $item:tt [$($types:tt)*] [$($args:tt)*] [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] $rest:tt) => {
        $crate::__import_args!(
            $item
            [$($types)* $arg: $type,]
            [$($args)* $arg: $own,]
            [$($params)* a: <$type as $crate::wire::Wire>::A,]
            [$($holds)*
                let hold = $crate::wire::$lend::<$signature, _>($arg);
                let a = hold.closure_id();
            ]
            [$($wires)* a,]
            $rest
        );
    };

    ($item:tt [$($types:tt)*] [$($args:tt)*] [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__import_args!(
            $item
            [$($types)* $arg: $type,]
            [$($args)* $arg: $type,]
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($holds)*
                let hold = $crate::wire::Pass::hold($arg);
                let (a, b) = <$type as $crate::wire::Pass>::pass(&hold);
            ]
            [$($wires)* a, b,]
            [$($rest)*]
        );
    };
}

/// One function, with its key: the words before its brackets say of which kind.
#[doc(hidden)]
#[macro_export]
macro_rules! __import_item {
    ([fn $name:ident] $docs:tt $vis:tt [$($module:tt)*] [$($result:ty)?] [$($code:tt)*] [$($types:tt)*] $($rest:tt)*) => {
        $crate::__import_function!(
            $docs $vis [$($module)*] [$name] [$($result)?]
            [concat!($($module)*, ".", stringify!($name), $crate::__signature!([$($types)*] $($result)?) $($code)*)] [$($types)*] $($rest)*
        );
    };
    ([async fn $name:ident] $docs:tt $vis:tt [$($module:tt)*] [$($result:ty)?] [$($code:tt)*] [$($types:tt)*] $($rest:tt)*) => {
        $crate::__import_async!(
            $docs $vis [$($module)*] [$name] [$($result)?]
            [concat!("async ", $($module)*, ".", stringify!($name), $crate::__signature!([$($types)*] $($result)?) $($code)*)] [$($types)*] $($rest)*
        );
    };
}

/// What stands behind a function's name: `(level: u8, message: &str) -> bool`.
#[doc(hidden)]
#[macro_export]
macro_rules! __signature {
    ([$($args:tt)*]) => { concat!("(", $crate::__signature!(@ [] $($args)*), ")") };
    ([$($args:tt)*] $result:ty) => { concat!("(", $crate::__signature!(@ [] $($args)*), ") -> ", stringify!($result)) };
    (@ []) => { "" };
    (@ [$($done:tt)*] $arg:ident: $type:ty,) => { concat!($($done)* stringify!($arg), ": ", stringify!($type)) };
    (@ [$($done:tt)*] $arg:ident: $type:ty, $($rest:tt)+) => {
        $crate::__signature!(@ [$($done)* stringify!($arg), ": ", stringify!($type), ", ",] $($rest)+)
    };
}

/// One function.
#[doc(hidden)]
#[macro_export]
macro_rules! __import_function {
    ($docs:tt $vis:tt $module:tt $name:tt [] $($rest:tt)*) => {
        $crate::__import_function!($docs $vis $module $name [()] $($rest)*);
    };

    ([$($docs:tt)*] [$vis:vis] [$($module:tt)*] [$name:ident] [$result:ty] [$($key:tt)*] [$($types:tt)*] [$($arg:ident: $type:ty,)*]
        [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*]) => {
        $($docs)*
        #[inline]
        #[track_caller]
        #[allow(clippy::too_many_arguments, clippy::type_complexity)]
        $vis fn $name($($arg: $type),*) -> $result {
            // Not inlined, and beside the line: so that reaches the module with every call.
            #[cold]
            #[inline(never)]
            #[track_caller]
            #[allow(dead_code)]
            fn caught(status: $crate::wire::Status) -> $result {
                const LINE: $crate::wire::Text = &[
                    $crate::wire::Piece::Str(concat!("import ", $($module)*, ".", stringify!($name), "(")),
                    $crate::__export_params!([] $($types)*),
                    $crate::wire::Piece::Str(")"),
                    $crate::wire::received::<$result>(),
                    $crate::wire::Piece::Str(" as"),
                    $crate::wire::Piece::Doc(&[$($key)*]),
                    $crate::wire::Piece::Str("\n"),
                    $crate::wire::Piece::Sub($crate::__docs!([$($module)*, ".", stringify!($name)] [] $($docs)*)),
                ];
                $crate::__line!(LINE);
                <$result as $crate::wire::Receive>::caught(status)
            }

            #[cfg_attr(target_arch = "wasm32", link(wasm_import_module = "declared"))]
            #[allow(improper_ctypes)]
            unsafe extern "C" {
                #[cfg_attr(target_arch = "wasm32", link_name = $($key)*)]
                fn raw($($params)* out: <$result as $crate::wire::Receive>::Out) -> <$result as $crate::wire::Receive>::Wire;
            }

            #[cfg(target_arch = "wasm32")]
            {
                $($holds)*
                let mut slot = ::core::mem::MaybeUninit::uninit();
                // SAFETY: what the wires point to stays until the call returns.
                let wire = unsafe { raw($($wires)* <$result as $crate::wire::Receive>::out(&mut slot)) };
                match $crate::wire::take_status() {
                    // SAFETY: the host threw nothing, so it gave a value.
                    None => unsafe { <$result as $crate::wire::Receive>::receive(wire, slot, concat!($($module)*, ".", stringify!($name))) },
                    Some(status) => caught(status),
                }
            }
            #[cfg(not(target_arch = "wasm32"))]
            {
                $(let _ = $arg;)*
                panic!(concat!($($module)*, ".", stringify!($name), ": there is a host on wasm32 only"))
            }
        }
    };
}
