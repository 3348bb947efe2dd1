//! [`class!`]: types whose values the host holds, with their methods.

use super::name::same;

/// Makes a class of a type: the host makes instances, calls their methods, and frees them.
///
/// ```no_run
/// use handwire::JsError;
///
/// #[derive(Default)]
/// struct Counter {
///     count: i32,
/// }
///
/// handwire::class! {
///     /// Counts.
///     impl Counter {
///         /// A counter that begins anywhere.
///         pub fn new(start: i32) -> Self {
///             Counter { count: start }
///         }
///
///         /// Counts on.
///         fn add(&mut self, by: i32) -> i32 {
///             self.count += by;
///             self.count
///         }
///
///         fn into_value(self) -> i32 {
///             self.count
///         }
///
///         #[name = "fromText"]
///         fn parse(text: &str) -> Result<Self, JsError> {
///             let count = text.parse().map_err(|_| JsError::new("no number"))?;
///             Ok(Counter { count })
///         }
///
///         #[get]
///         fn count(&self) -> i32 {
///             self.count
///         }
///
///         #[set]
///         fn set_count(&mut self, count: i32) {
///             self.count = count;
///         }
///     }
/// }
/// ```
///
/// On the host:
///
/// ```text
/// const counter = new exports.Counter(1);
/// counter.add(2);                             // 3
/// counter.count = 7;
/// exports.Counter.fromText("12").add(1);      // 13
/// counter.intoValue();                        // a TypeError: it is into_value, or what #[name] says
/// counter.into_value();                       // 7; counter has moved, and is no more to be used
/// ```
///
/// `new` is the constructor; a function without `self` is a static one. `#[get]` and `#[set]` make a property, of the function's
/// name, without `set_` in front. The block stays usable from Rust as what it is; other attributes stay where they are. A type
/// has one block of `class!`, and any number of others.
///
/// An `async fn` gives a promise (feature `async`); what it borrows stays borrowed until that is settled.
///
/// Instances of a class can be arguments and results of all functions that cross: see [`Class`](crate::Class). `Self` may stand
/// for the class in results, and as `Self`, `&Self`, `&mut Self`, `Option<Self>` and `Vec<Self>` in parameters.
///
/// Rust's rules of borrowing hold at run time. While a method with `&mut self` runs, any other
/// use of that instance, from a callback, is refused with an error, and so is what comes after
/// `free()`, or after a call that took the instance by value; nothing dies by it.
///
/// What has no place in a class is refused when it is compiled:
///
/// ```compile_fail
/// struct A;
/// handwire::class! { impl A { #[get] fn change(&mut self) -> i32 { 0 } } }
/// ```
/// ```compile_fail
/// struct A;
/// handwire::class! { impl A { fn free(&self) {} } }
/// ```
/// ```compile_fail
/// struct A;
/// handwire::class! { impl A { fn keep(&'static self) {} } }
/// ```
///
/// It is sugar. What is written by hand for `add` is
///
/// ```no_run
/// use handwire::{Class, contract, wire::{Lift, Piece, Text}};
///
/// struct Counter { count: i32 }
///
/// impl Counter {
///     fn add(&mut self, by: i32) -> i32 { self.count += by; self.count }
/// }
///
/// impl Class for Counter {
///     const TYPE: Text = &[Piece::Str("Counter")];
///     const REF: Text = &[Piece::Str("&Counter")];
///     const MUT: Text = &[Piece::Str("&mut Counter")];
///     fn name() -> &'static str { "Counter" }
/// }
/// handwire::__instance!([] Counter);
///
/// contract!(r#"class Counter "Counts.""#, r#"method Counter.add(&mut self, by: i32) -> i32 "Counts on.""#);
///
/// #[unsafe(export_name = "Counter.add")]
/// unsafe extern "C" fn add(this: u32, by: i32) -> i32 {
///     // SAFETY: the wire is an id that the host gave.
///     let mut hold = unsafe { <&mut Counter>::hold(this, ()) };
///     if <&mut Counter>::refused(&hold) {
///         return 0;
///     }
///     <&mut Counter>::lift(&mut hold).add(by)
/// }
/// ```
#[macro_export]
macro_rules! class {
    ($($(#[doc = $doc:literal])* impl $class:ident { $($members:tt)* })*) => {$(
        impl $crate::Class for $class {
            const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str(stringify!($class))];
            const REF: $crate::wire::Text = &[$crate::wire::Piece::Str(concat!("&", stringify!($class)))];
            const MUT: $crate::wire::Text = &[$crate::wire::Piece::Str(concat!("&mut ", stringify!($class)))];

            fn name() -> &'static str {
                stringify!($class)
            }

            #[inline(always)]
            fn family() -> &'static $crate::wire::Family {
                static FAMILY: $crate::wire::Family = $crate::wire::Family::of::<$class>();
                &FAMILY
            }
        }

        const _: () = {
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str(concat!("class ", stringify!($class))),
                $crate::wire::Piece::Doc(&[$($doc),*]),
                $crate::wire::Piece::Str("\n"),
            ];
            $crate::__line!(LINE);
        };

        $crate::__instance!([] $class);
        $crate::__class_members!($class $($members)*);
    )*};
}

/// One member after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_members {
    ($class:ident) => {};
    ($class:ident $(#[$($attr:tt)*])* $vis:vis async fn $name:ident $params:tt $(-> $result:ty)? $body:block $($rest:tt)*) => {
        $crate::__class_attrs!([] [async] [] [] [$([$($attr)*])*] $class [$vis] $name $params [$($result)?] $body);
        $crate::__class_members!($class $($rest)*);
    };
    ($class:ident $(#[$($attr:tt)*])* $vis:vis fn $name:ident $params:tt $(-> $result:ty)? $body:block $($rest:tt)*) => {
        $crate::__class_attrs!([] [method] [] [] [$([$($attr)*])*] $class [$vis] $name $params [$($result)?] $body);
        $crate::__class_members!($class $($rest)*);
    };
}

/// Sorts attributes: docs, what kind of member it is, its name, and those that stay.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_attrs {
    ([$($docs:tt)*] $kind:tt $js:tt [$($kept:tt)*] [[doc = $doc:literal] $($more:tt)*] $($member:tt)*) => {
        $crate::__class_attrs!([$($docs)* $doc,] $kind $js [$($kept)* #[doc = $doc]] [$($more)*] $($member)*);
    };
    ($docs:tt [async] $js:tt $kept:tt [[get] $($more:tt)*] $($member:tt)*) => { compile_error!("a getter is not async"); };
    ($docs:tt [async] $js:tt $kept:tt [[set] $($more:tt)*] $($member:tt)*) => { compile_error!("a setter is not async"); };
    ($docs:tt $kind:tt $js:tt $kept:tt [[get] $($more:tt)*] $($member:tt)*) => {
        $crate::__class_attrs!($docs [get] $js $kept [$($more)*] $($member)*);
    };
    ($docs:tt $kind:tt $js:tt $kept:tt [[set] $($more:tt)*] $($member:tt)*) => {
        $crate::__class_attrs!($docs [set] $js $kept [$($more)*] $($member)*);
    };
    ($docs:tt $kind:tt $js:tt $kept:tt [[name = $name:literal] $($more:tt)*] $($member:tt)*) => {
        $crate::__class_attrs!($docs $kind [$name] $kept [$($more)*] $($member)*);
    };
    ($docs:tt $kind:tt $js:tt [$($kept:tt)*] [[$($other:tt)*] $($more:tt)*] $($member:tt)*) => {
        $crate::__class_attrs!($docs $kind $js [$($kept)* #[$($other)*]] [$($more)*] $($member)*);
    };
    ($docs:tt $kind:tt [$($js:literal)?] [$($kept:tt)*] [] $class:ident [$vis:vis] $name:ident $params:tt [$($result:ty)?] $body:block) => {
        $crate::__class_function!($kind $class [$($kept)* $vis] $name $params [$($result)?] $body);

        const _: () = {
            // `Self` has its meaning here, and the shim a name for what it says.
            trait Signature {
                type Result;
            }
            impl Signature for $class {
                type Result = $crate::__class_result!($($result)?);
            }
            $crate::__class_receiver!($kind $class [$docs $kind $class $name [$crate::__class_name!($kind $name $($js)?)]] $params);
        };
    };
}

/// What a member without a result returns.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_result {
    () => {
        ()
    };
    ($result:ty) => {
        $result
    };
}

/// The name that the host sees. That of a setter begins with `set_`.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_name {
    ([set] $name:ident $js:literal) => {
        concat!("set_", $js)
    };
    ($kind:tt $name:ident $js:literal) => {
        $js
    };
    ($kind:tt $name:ident) => {
        stringify!($name)
    };
}

/// Tells by its parameters what a member takes itself as.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_receiver {
    ([async] $($member:tt)*) => { $crate::__class_receiver!([method] $($member)*); };
    ([get] $class:ident $member:tt (&self $(,)?)) => { $crate::__class_args!($class $member "&self" [this: &$class,] []); };
    ([get] $($rest:tt)*) => { compile_error!("a getter takes &self, and nothing else"); };
    ([set] $class:ident $member:tt (&mut self, $($args:tt)+)) => { $crate::__class_args!($class $member "&mut self" [this: &mut $class,] [] $($args)+); };
    ([set] $class:ident $member:tt (&self, $($args:tt)+)) => { $crate::__class_args!($class $member "&self" [this: &$class,] [] $($args)+); };
    ([set] $($rest:tt)*) => { compile_error!("a setter takes &mut self or &self, and a value"); };
    ([method] $class:ident $member:tt (&self $(, $($args:tt)*)?)) => { $crate::__class_args!($class $member "&self" [this: &$class,] [] $($($args)*)?); };
    ([method] $class:ident $member:tt (&mut self $(, $($args:tt)*)?)) => { $crate::__class_args!($class $member "&mut self" [this: &mut $class,] [] $($($args)*)?); };
    ([method] $class:ident $member:tt (self $(, $($args:tt)*)?)) => { $crate::__class_args!($class $member "self" [this: $class,] [] $($($args)*)?); };
    ([method] $class:ident $member:tt (mut self $(, $($args:tt)*)?)) => { $crate::__class_args!($class $member "self" [this: $class,] [] $($($args)*)?); };
    ([method] $class:ident $member:tt ($($args:tt)*)) => { $crate::__class_args!($class $member "" [] [] $($args)*); };
}

/// Puts the class in the place of `Self`, which has no meaning in a function of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_args {
    ($class:ident [$($member:tt)*] $this:tt $receiver:tt $args:tt) => {
        $crate::__class_member!($($member)* $this $receiver $args);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] mut $($rest:tt)*) => {
        $crate::__class_args!($class $member $this $receiver [$($args)*] $($rest)*);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: Self $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: $class,] $($($rest)*)?);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: &Self $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: &$class,] $($($rest)*)?);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: &mut Self $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: &mut $class,] $($($rest)*)?);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: Option<Self> $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: Option<$class>,] $($($rest)*)?);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: Vec<Self> $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: Vec<$class>,] $($($rest)*)?);
    };
    ($class:ident $member:tt $this:tt $receiver:tt [$($args:tt)*] $arg:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__class_args!($class $member $this $receiver [$($args)* $arg: $type,] $($($rest)*)?);
    };
}

/// The line of a member, and its wasm function, in a place where `Signature` has its result.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_member {
    ($docs:tt [async] $($member:tt)*) => { $crate::__class_async!($docs $($member)*); };
    ([$($docs:tt)*] [$kind:ident] $class:ident $name:ident [$($js:tt)*] $this:tt [$($receiver:tt)*] [$($args:tt)*]) => {
        const NAME: &str = $($js)*;
        const _: () = $crate::__check_member(stringify!($kind), NAME);
        const PARAMS: $crate::wire::Text = &[$crate::__export_params!([] $($args)*)];
        const LINE: $crate::wire::Text = &[
            $crate::wire::Piece::Str(concat!(stringify!($kind), " ", stringify!($class), ".")),
            $crate::wire::Piece::Str(NAME),
            $crate::wire::Piece::Str(concat!("(", $this)),
            $crate::wire::Piece::Str(if $this.is_empty() || $crate::wire::len(PARAMS) == 0 { "" } else { ", " }),
            $crate::wire::Piece::Sub(PARAMS),
            $crate::wire::Piece::Str(")"),
            $crate::wire::Piece::Sub(&$crate::__class_line_result!($class)),
            $crate::wire::Piece::Doc(&[$($docs)*]),
            $crate::wire::Piece::Str("\n"),
        ];
        $crate::__line!(LINE);
        $crate::__export_shim!(
            [$class::$name] [concat!(stringify!($class), ".", $($js)*)] [<$class as Signature>::Result]
            [] [] [] [] [] [] [] [$($receiver)* $($args)*]
        );
    };
}

/// ` -> type`, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __class_line_result {
    ($class:ident) => {{
        #[allow(unused_imports)]
        use $crate::wire::NoError as _;
        $crate::wire::result::<<$class as Signature>::Result>($crate::wire::Way::<<$class as Signature>::Result>::ERROR)
    }};
}

/// Refuses names that a class has for itself, or that the host could not use.
#[doc(hidden)]
pub const fn __check_member(kind: &str, name: &str) {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let ok = bytes[i] == b'_' || bytes[i].is_ascii_alphabetic() || i > 0 && bytes[i].is_ascii_digit();
        assert!(ok, "the name of a member has letters, digits and _ only");
        i += 1;
    }
    assert!(!bytes.is_empty(), "a member has a name");
    const TAKEN: &[&str] = &["free", "constructor", "prototype", "__proto__"];
    i = 0;
    while i < TAKEN.len() {
        assert!(
            !same(bytes, TAKEN[i].as_bytes()),
            "classes of the host have something of their own under this name: give the member another one with #[name = \"...\"]"
        );
        i += 1;
    }
    if same(kind.as_bytes(), b"set") {
        assert!(
            matches!(bytes, [b's', b'e', b't', b'_', _, ..]),
            "a setter is called set_ and the name of the property, or has a #[name = \"...\"]"
        );
    }
}
