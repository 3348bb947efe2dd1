//! [`interface!`]: traits that the host implements for the guest, and the guest for the host.

/// Makes traits whose implementors cross: objects of the host that the guest calls, and values of the guest that
/// the host calls.
///
/// ```no_run
/// use handwire::CallError;
/// use std::rc::Rc;
///
/// handwire::record! { pub struct AskError { pub reason: String } }
///
/// handwire::interface! {
///     /// Where lines go, and answers come from.
///     pub trait Logger {
///         /// Writes a line.
///         fn log(&self, message: &str);
///         fn ask(&self, question: &str) -> Result<String, CallError<AskError>>;
///         /// Writes a line, some time.
///         #[detached]
///         fn note(&self, text: &str);
///     }
/// }
///
/// /// Writes each line twice.
/// struct Twice(Rc<dyn Logger>);
///
/// impl Logger for Twice {
///     fn log(&self, message: &str) { self.0.log(message); self.0.log(message) }
///     fn ask(&self, question: &str) -> Result<String, CallError<AskError>> { self.0.ask(question) }
///     fn note(&self, text: &str) { self.0.note(text) }
/// }
///
/// handwire::export! {
///     fn greet(logger: Box<dyn Logger>) {
///         match logger.ask("Who is there?") {
///             Ok(name) => logger.log(&format!("Hello, {name}!")),
///             Err(CallError::Declared(AskError { reason })) => logger.log(&reason),
///             Err(CallError::Unexpected(thrown)) => logger.note(&thrown.message()),
///         }
///     }
///
///     fn twice(logger: Rc<dyn Logger>) -> Box<dyn Logger> { Box::new(Twice(logger)) }
/// }
/// ```
///
/// On the host: `exports.greet({ log(message) { … }, ask: (question) => …, note(text) { … } })`, and
/// `exports.twice(logger).log("hé")`.
///
/// **An object of the host** is taken where a `Box<dyn Logger>` or an `Rc<dyn Logger>` is declared, in an
/// `Option`, a `Vec` or a record, too; one that lacks a method is a `TypeError` that names all that
/// are missing. It is the guest's until it is dropped: then the host forgets it, and calls its method
/// `dispose`, if it has one. Each time that it is passed it gets a life of its own. A method is looked up at each call. If it goes
/// back to the host as a result or an argument, that is the same object again, and it is not disposed of.
///
/// What a method throws is the `Err` of its result: see [`CallError`](crate::CallError) for what that can be. From a method
/// without `Result`, and where what it returns is of a wrong type, it is a panic that names the method; its place is that of
/// the method here, because a call through `dyn` doesn't say where it is made.
///
/// **A detached method** has no result. The call is queued by the host with a copy of its arguments, and made when
/// the guest has returned; what it throws goes to the embedder.
///
/// **A value of the guest** is an object with these methods on the host, and with `free()`. It
/// lives until that is called, or the object is collected. Errors of its methods are those of [`export!`](macro@crate::export).
///
/// Parameters and results are those of [`import!`](crate::import!) and [`export!`](macro@crate::export) at once; methods take `&self`.
/// Any other receiver is refused:
///
/// ```compile_fail
/// handwire::interface! { trait Counter { fn count(&mut self); } }
/// ```
///
/// It expands to the trait as written, with one hidden method of its own; to an implementation
/// whose methods are imports `interface Logger.log(message: &str)` of the module `declared`, with the handle of the object
/// before the arguments; to exports `Logger@crate::module.log`, with an id before the arguments; and to lines of the contract section:
/// `interface Logger { log(message: str); ask(question: str) -> result<str, AskError>; note(text: str) detached }`, and one
/// for each doc comment.
#[macro_export]
macro_rules! interface {
    () => {};

    // `$detached` is never there: it carries the mark, which has no fragment of its own.

    ($(#[doc = $doc:literal])* $vis:vis trait $name:ident {
        $($(#[doc = $method_doc:literal])* $(#[detached $($detached:literal)?])? fn $method:ident(&self $(, $arg:ident: $type:ty)* $(,)?) $(-> $result:ty)?;)+
    } $($rest:tt)*) => {
        $(#[doc = $doc])*
        $vis trait $name {
            $($(#[doc = $method_doc])* fn $method(&self $(, $arg: $type)*) $(-> $result)?;)+

            #[doc(hidden)]
            fn __host(&self) -> ::core::option::Option<&$crate::interface::Implementor> {
                ::core::option::Option::None
            }
        }

        const _: () = {
            const METHODS: $crate::wire::Text = &[$(
                $crate::wire::Piece::Str(concat!(stringify!($method), "(")),
                $crate::__export_params!([] $($arg: $type,)*),
                $crate::wire::Piece::Str(")"),
                $crate::__interface_result!([$(detached $($detached)?)?] [$($result)?]),
                $crate::wire::Piece::Str("; "),
            )+];
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str(concat!("interface ", stringify!($name), " { ")),
                $crate::wire::Piece::Sub($crate::wire::but_last(METHODS)),
                $crate::wire::Piece::Str(" }\n"),
                $crate::wire::Piece::Sub($crate::__docs!([stringify!($name)] [] $(#[doc = $doc])*)),
                $($crate::wire::Piece::Sub($crate::__docs!([stringify!($name), ".", stringify!($method)] [] $(#[doc = $method_doc])*)),)+
            ];
            $crate::__line!(LINE);

            struct Host($crate::interface::Implementor);

            impl $name for Host {
                $(
                    #[track_caller]
                    fn $method(&self $(, $arg: $type)*) $(-> $result)? {
                        let this = self.0.handle();
                        $crate::__interface_call!(
                            [this] [$($result)?]
                            [concat!("interface ", stringify!($name), ".", stringify!($method), $crate::__signature!([$($arg: $type,)*] $($result)?))]
                            [] [] [] [$($arg: $type,)*]
                        )
                    }
                )+

                fn __host(&self) -> ::core::option::Option<&$crate::interface::Implementor> {
                    ::core::option::Option::Some(&self.0)
                }
            }

            impl $crate::interface::Interface for dyn $name {
                const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str(stringify!($name))];
                const NAME: &'static str = concat!(stringify!($name), "@", module_path!());

                fn boxed(host: $crate::interface::Implementor) -> $crate::interface::Box<dyn $name> {
                    $crate::interface::Box::new(Host(host))
                }

                fn host(&self) -> ::core::option::Option<&$crate::interface::Implementor> {
                    self.__host()
                }
            }

            impl $crate::wire::Shared for dyn $name {
                const TYPE: $crate::wire::Text = <dyn $name as $crate::interface::Interface>::TYPE;
                const REF: $crate::wire::Text = <dyn $name as $crate::interface::Interface>::TYPE;
                type Hold = u32;

                unsafe fn hold(handle: u32) -> u32 {
                    handle
                }

                fn refused(_: &u32) -> bool {
                    false
                }

                fn give_up(_: u32) {}

                fn held(hold: &mut u32) -> $crate::interface::Rc<dyn $name> {
                    $crate::interface::Rc::new(Host($crate::interface::Implementor::new(*hold)))
                }

                unsafe fn lift(handle: u32) -> $crate::interface::Rc<dyn $name> {
                    $crate::interface::Rc::new(Host($crate::interface::Implementor::new(handle)))
                }

                unsafe fn try_lift(handle: u32) -> ::core::result::Result<$crate::interface::Rc<dyn $name>, $crate::JsError> {
                    ::core::result::Result::Ok($crate::interface::Rc::new(Host($crate::interface::Implementor::new(handle))))
                }

                fn claim(_: u32) -> bool {
                    true
                }

                fn unclaim(_: u32) {}

                fn lower(value: $crate::interface::Rc<dyn $name>) -> u32 {
                    $crate::interface::lower_shared(value)
                }

                fn slot(handle: u32) -> $crate::abi::Slot {
                    $crate::abi::Slot::handle(handle)
                }
            }

            $(
                const _: () = {
                    #[allow(clippy::too_many_arguments)]
                    fn call(own: $crate::interface::Receiver<dyn $name> $(, $arg: $type)*) $(-> $result)? {
                        own.$method($($arg),*)
                    }

                    $crate::__export_shim!(
                        [call] [concat!(stringify!($name), "@", module_path!(), ".", stringify!($method))] [$($result)?]
                        [] [] [] [] [] [own: $crate::interface::Receiver<dyn $name>, $($arg: $type,)*]
                    );
                };
            )+
        };

        $crate::interface! { $($rest)* }
    };
}

/// ` -> type`, ` detached`, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_result {
    ([] []) => {
        $crate::wire::Piece::Str("")
    };
    ([] [$result:ty]) => {
        $crate::wire::received::<$result>()
    };
    ([detached] []) => {
        $crate::wire::Piece::Str(" detached")
    };
    ([detached] [$result:ty]) => {
        compile_error!("a detached method has no result: nobody waits for it")
    };
}

/// The body of a method that is the host's. Each step takes one argument, as in `__import_function!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface_call {
    ($this:tt $result:tt $key:tt [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] [$arg:ident: $type:ty, $($rest:tt)*]) => {
        $crate::__interface_call!(
            $this $result $key
            [$($params)* a: <$type as $crate::wire::Wire>::A, b: <$type as $crate::wire::Wire>::B,]
            [$($holds)*
                let hold = $crate::wire::Pass::hold($arg);
                let (a, b) = <$type as $crate::wire::Pass>::pass(&hold);
            ]
            [$($wires)* a, b,]
            [$($rest)*]
        )
    };

    ($this:tt [] $key:tt $params:tt $holds:tt $wires:tt []) => {
        $crate::__interface_call!($this [()] $key $params $holds $wires [])
    };

    ([$this:ident] [$result:ty] [$($key:tt)*] [$($params:tt)*] [$($holds:tt)*] [$($wires:tt)*] []) => {{
        #[cfg_attr(target_arch = "wasm32", link(wasm_import_module = "declared"))]
        #[allow(improper_ctypes)]
        unsafe extern "C" {
            #[cfg_attr(target_arch = "wasm32", link_name = $($key)*)]
            #[allow(dead_code)]
            fn raw(this: u32, $($params)* out: <$result as $crate::wire::Receive>::Out) -> <$result as $crate::wire::Receive>::Wire;
        }

        #[cfg(target_arch = "wasm32")]
        {
            $($holds)*
            let mut slot = ::core::mem::MaybeUninit::uninit();
            // SAFETY: what the wires point to stays until the call returns.
            let wire = unsafe { raw($this, $($wires)* <$result as $crate::wire::Receive>::out(&mut slot)) };
            match $crate::wire::take_status() {
                // SAFETY: the host threw nothing, so it gave a value.
                ::core::option::Option::None => unsafe { <$result as $crate::wire::Receive>::receive(wire, slot) },
                ::core::option::Option::Some(status) => <$result as $crate::wire::Receive>::caught(status),
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            let _ = $this;
            $($holds)*
            let _ = ($($wires)*);
            panic!(concat!($($key)*, ": there is a host on wasm32 only"))
        }
    }};
}
