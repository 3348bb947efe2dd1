//! [`js_type!`]: newtypes of the typed family.

/// Makes a type of a guest's own of one of the typed family: for what an object is by
/// agreement and not by nature, as an element of a page is. It crosses wherever what it wraps
/// does, and derefs to it.
///
/// A cast to it is not checked beyond the type that it wraps. The name goes into the
/// contract section, so that the host's side is documented with it.
///
/// ```no_run
/// handwire::js_type! {
///     /// An element of the page.
///     pub struct Element: JsObject;
/// }
///
/// handwire::export! {
///     fn title(element: &Element) -> Result<String, handwire::JsError> {
///         element.get_as("title")
///     }
/// }
/// ```
///
/// Any name will do, those of the traits behind it, too:
///
/// ```no_run
/// handwire::js_type! { pub struct Text: JsString; pub struct Slot: JsObject; pub struct Element: JsObject; }
/// handwire::record! { pub struct Wire { pub element: Element, pub text: Option<Text>, pub slots: Vec<Slot> } }
/// handwire::export! { fn wire(piece: Wire, text: &Text, block: Option<Slot>) -> Wire { let _ = (text, block); piece } }
/// handwire::import! { mod lower { fn lift(wire: Wire, element: &Element) -> Result<Wire, JsError>; } }
/// # fn main() {}
/// ```
///
/// It expands to a `#[repr(transparent)]` struct with [`JsType`](crate::JsType), `Deref`,
/// `From`, `AsRef`, `TryFrom<JsValue>`, [`FromJs`](crate::FromJs), [`ToArg`](crate::ToArg)
/// and the traits of [`wire`](crate::wire).
#[macro_export]
macro_rules! js_type {
    ($($(#[$($meta:tt)*])* $vis:vis struct $name:ident: $parent:ident;)*) => {$(
        $crate::js_newtype! { $(#[$($meta)*])* $vis struct $name: $parent; }

        const _: () = {
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str(concat!("type ", stringify!($name), " = ")),
                $crate::wire::Piece::Sub(<$crate::$parent as $crate::wire::Element>::TYPE),
                $crate::wire::Piece::Str("\n"),
                $crate::wire::Piece::Sub($crate::__docs!([stringify!($name)] [] $(#[$($meta)*])*)),
            ];
            $crate::__line!(LINE);
        };

        $crate::crossing!($name, stringify!($name), concat!("&", stringify!($name)));
    )*};
}

/// The newtype, without its crossing: for a library whose types are in the contract as what they wrap, under no name that a guest could
/// have for something else.
#[doc(hidden)]
#[macro_export]
macro_rules! js_newtype {
    ($(#[$meta:meta])* $vis:vis struct $name:ident: $parent:ident;) => {
        $(#[$meta])*
        #[repr(transparent)]
        #[derive(Clone, PartialEq, Debug)]
        $vis struct $name($crate::$parent);

        // SAFETY: it is transparent over its parent, which is of the family.
        unsafe impl $crate::JsType for $name {
            const NAME: &'static str = <$crate::$parent as $crate::JsType>::NAME;

            fn is(value: &$crate::JsValue) -> bool {
                <$crate::$parent as $crate::JsType>::is(value)
            }

            fn unchecked_from(value: $crate::JsValue) -> $name {
                $name(<$crate::$parent as $crate::JsType>::unchecked_from(value))
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = $crate::$parent;

            fn deref(&self) -> &$crate::$parent {
                &self.0
            }
        }

        impl ::core::convert::AsRef<$crate::JsValue> for $name {
            fn as_ref(&self) -> &$crate::JsValue {
                &self.0
            }
        }

        impl ::core::convert::From<$name> for $crate::JsValue {
            fn from(value: $name) -> $crate::JsValue {
                value.0.into()
            }
        }

        impl ::core::convert::TryFrom<$crate::JsValue> for $name {
            type Error = $crate::CastError;

            fn try_from(value: $crate::JsValue) -> ::core::result::Result<$name, $crate::CastError> {
                value.cast()
            }
        }

        impl $crate::FromJs for $name {
            fn from_value(value: $crate::JsValue) -> $crate::Result<$name> {
                value.cast().map_err($crate::JsError::from)
            }
        }

        impl $crate::ToArg for $name {
            fn to_arg(&self) -> $crate::Arg<'_> {
                $crate::Arg::value(&self.0)
            }
        }
    };
}

/// The traits of [`wire`](crate::wire) for a type that is transparent over [`JsValue`](crate::JsValue).
#[doc(hidden)]
#[macro_export]
macro_rules! crossing {
    ($name:ident, $owned:expr, $borrowed:expr) => {
        impl $crate::wire::Element for $name {
            const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str($owned)];

            #[inline]
            unsafe fn lift_slot(slot: $crate::abi::Slot) -> $name {
                // SAFETY: the host wrote a handle, and checked what it is.
                <$name as $crate::JsType>::unchecked_from(unsafe {
                    <$crate::JsValue as $crate::wire::Element>::lift_slot(slot)
                })
            }

            #[inline]
            fn lower_slot(self, block: &mut $crate::wire::Block) -> $crate::abi::Slot {
                $crate::wire::Element::lower_slot($crate::JsValue::from(self), block)
            }
        }

        impl $crate::wire::Wire for $name {
            const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
            type A = u32;
            type B = ();
        }

        impl<'h> $crate::wire::Lift<'h> for $name {
            type Hold = ::core::option::Option<$crate::JsValue>;

            #[inline]
            unsafe fn hold(handle: u32, _: ()) -> Self::Hold {
                // SAFETY: the host gave a handle, and checked what it is.
                unsafe { <$crate::JsValue as $crate::wire::Lift>::hold(handle, ()) }
            }

            #[inline]
            fn lift(hold: &'h mut Self::Hold) -> $name {
                <$name as $crate::JsType>::unchecked_from(<$crate::JsValue as $crate::wire::Lift>::lift(hold))
            }
        }

        impl $crate::wire::Wire for &$name {
            const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str($borrowed)];
            type A = u32;
            type B = ();
        }

        impl<'h> $crate::wire::Lift<'h> for &'h $name {
            type Hold = ::core::mem::ManuallyDrop<$crate::JsValue>;

            #[inline]
            unsafe fn hold(handle: u32, _: ()) -> Self::Hold {
                // SAFETY: the host gave a handle, and checked what it is.
                unsafe { <&$crate::JsValue as $crate::wire::Lift>::hold(handle, ()) }
            }

            #[inline]
            fn lift(hold: &'h mut Self::Hold) -> &'h $name {
                <$name as $crate::JsType>::unchecked_ref(hold)
            }
        }

        impl $crate::wire::Lower for $name {
            const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
            type Wire = u32;

            #[inline]
            fn lower(self) -> u32 {
                $crate::wire::Lower::lower($crate::JsValue::from(self))
            }
        }

        impl $crate::wire::Return for $name {
            #[inline]
            fn write(self) {
                $crate::wire::Return::write($crate::JsValue::from(self));
            }
        }

        impl $crate::wire::Pass for $name {
            type Hold = u32;

            #[inline]
            fn hold(self) -> u32 {
                $crate::wire::Lower::lower(self)
            }

            #[inline]
            fn pass(hold: &u32) -> (u32, ()) {
                (*hold, ())
            }
        }

        impl $crate::wire::Pass for &$name {
            type Hold = u32;

            #[inline]
            fn hold(self) -> u32 {
                self.borrow().raw()
            }

            #[inline]
            fn pass(hold: &u32) -> (u32, ()) {
                (*hold, ())
            }
        }

        impl $crate::wire::Receive for $name {
            const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
            type Wire = u32;
            type Out = ();

            #[inline]
            fn out(_: &mut ::core::mem::MaybeUninit<$crate::abi::Slot>) {}

            #[inline]
            unsafe fn try_receive(
                handle: u32,
                slot: ::core::mem::MaybeUninit<$crate::abi::Slot>,
            ) -> ::core::result::Result<$name, $crate::wire::Misfit> {
                // SAFETY: the host gave a handle, and checked what it is.
                let value = unsafe { <$crate::JsValue as $crate::wire::Receive>::try_receive(handle, slot) };
                value.map(<$name as $crate::JsType>::unchecked_from)
            }
        }
    };
}
