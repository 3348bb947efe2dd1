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
/// **An `async` method** (feature `async`) gives a [`LocalBoxFuture`](crate::LocalBoxFuture), which is what an implementor of the
/// guest writes down. It may borrow `self`, and nothing else: arguments that are borrowed are copied before the `async` block. On the host it gives
/// a promise, or any value, or throws; what a promise rejects with is the error. It is called when the future is polled first, with one
/// argument more, whose `signal` is aborted if the future is dropped. A value of the guest gives a promise, and takes a `{ signal }` in that place.
///
/// ```no_run
/// # #[cfg(feature = "async")]
/// # mod example {
/// use handwire::{CallError, LocalBoxFuture};
///
/// handwire::record! { pub struct StoreError { pub reason: String } }
///
/// handwire::interface! {
///     trait Store { async fn get(&self, key: &str) -> Result<String, CallError<StoreError>>; }
/// }
///
/// /// Asks another twice.
/// struct Again(Box<dyn Store>);
///
/// impl Store for Again {
///     fn get(&self, key: &str) -> LocalBoxFuture<'_, Result<String, CallError<StoreError>>> {
///         let key = key.to_owned();
///         Box::pin(async move {
///             match self.0.get(&key).await {
///                 Ok(value) => Ok(value),
///                 Err(_) => self.0.get(&key).await,
///             }
///         })
///     }
/// }
///
/// handwire::export! { async fn greeting(store: Box<dyn Store>) -> Result<String, CallError<StoreError>> { store.get("greeting").await } }
/// # }
/// # fn main() {}
/// ```
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

    // `$detached` and `$async` are never there: they carry the marks, which have no fragments of their own.

    ($(#[doc = $doc:literal])* $vis:vis trait $name:ident {
        $($(#[doc = $method_doc:literal])* $(#[detached $($detached:literal)?])? $(async $($async:literal)?)?
            fn $method:ident(&self $(, $arg:ident: $type:ty)* $(,)?) $(-> $result:ty)?;)+
    } $($rest:tt)*) => {
        $(#[doc = $doc])*
        $vis trait $name {
            $($crate::__interface_item!([$(async $($async)?)?] [$(#[doc = $method_doc])*] $method [$($arg: $type),*] [$($result)?]);)+

            #[doc(hidden)]
            fn __host(&self) -> ::core::option::Option<&$crate::interface::Implementor> {
                ::core::option::Option::None
            }
        }

        const _: () = {
            const METHODS: $crate::wire::Text = &[$(
                $crate::wire::Piece::Str(concat!(stringify!($method), "(")),
                $crate::__interface_params!([$(async $($async)?)?] $($arg: $type,)*),
                $crate::wire::Piece::Str(")"),
                $crate::__interface_result!([$(detached $($detached)?)? $(async $($async)?)?] [$($result)?]),
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
                    $crate::__interface_host!(
                        [$(async $($async)?)?]
                        [concat!("interface ", stringify!($name), ".", stringify!($method), $crate::__signature!([$($arg: $type,)*] $($result)?))]
                        $method [$($arg: $type),*] [$($result)?]
                    );
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

                unsafe fn try_lift(handle: u32) -> ::core::result::Result<$crate::interface::Rc<dyn $name>, $crate::wire::Misfit> {
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
                    $crate::__interface_own!(
                        [$(async $($async)?)?] [concat!(stringify!($name), "@", module_path!(), ".", stringify!($method))]
                        [dyn $name] $method [$($arg: $type),*] [$($result)?]
                    );
                };
            )+
        };

        $crate::interface! { $($rest)* }
    };
}
