//! The macro that makes a type of the typed family: [`JsString`](crate::JsString) and so on.
//!
//! Each wraps what it derefs to, [`JsValue`](crate::JsValue) or
//! [`JsObject`](crate::JsObject), so an upcast costs nothing.

/// `typed! { /// Docs. pub struct Name: Parent; "Name in JavaScript", |value| check }`
macro_rules! typed {
    ($(#[$doc:meta])* pub struct $name:ident: $parent:ident; $label:literal, |$value:ident| $is:expr) => {
        $(#[$doc])*
        #[repr(transparent)]
        #[derive(Clone, PartialEq)]
        pub struct $name($crate::$parent);

        // SAFETY: it is transparent over its parent, which is `JsValue` or transparent over it.
        unsafe impl $crate::JsType for $name {
            const NAME: &'static str = $label;

            #[inline]
            fn is($value: &$crate::JsValue) -> bool {
                $is
            }

            #[inline]
            fn unchecked_from(value: $crate::JsValue) -> $name {
                $crate::typed::typed!(@wrap $name $parent value)
            }
        }

        impl core::ops::Deref for $name {
            type Target = $crate::$parent;

            #[inline]
            fn deref(&self) -> &$crate::$parent {
                &self.0
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl TryFrom<$crate::JsValue> for $name {
            type Error = $crate::CastError;

            #[inline]
            fn try_from(value: $crate::JsValue) -> Result<$name, $crate::CastError> {
                value.cast()
            }
        }

        impl $crate::ToArg for $name {
            #[inline]
            fn to_arg(&self) -> $crate::Arg<'_> {
                $crate::Arg::value(self)
            }
        }

        impl<'a> From<&'a $name> for $crate::Arg<'a> {
            #[inline]
            fn from(value: &'a $name) -> $crate::Arg<'a> {
                $crate::Arg::value(value)
            }
        }

        impl $crate::Key for $name {
            #[inline]
            fn to_key(&self) -> $crate::KeyRef<'_> {
                $crate::KeyRef::Value(self)
            }
        }

        impl $crate::FromJs for $name {
            #[inline]
            fn from_value(value: $crate::JsValue) -> $crate::Result<$name> {
                value.cast().map_err($crate::JsError::from)
            }
        }

        $crate::crossing!($name, concat!("js.", $label), concat!("&js.", $label));

        $crate::typed::typed!(@up $name $parent);
    };

    (@wrap $name:ident JsValue $value:ident) => { $name($value) };
    (@wrap $name:ident $parent:ident $value:ident) => {
        $name(<$crate::$parent as $crate::JsType>::unchecked_from($value))
    };

    (@up $name:ident JsValue) => { $crate::typed::typed!(@upcast $name JsValue |value| value.0); };
    (@up $name:ident $parent:ident) => {
        $crate::typed::typed!(@upcast $name $parent |value| value.0);
        $crate::typed::typed!(@upcast $name JsValue |value| $crate::JsValue::from(value.0));
    };

    (@upcast $name:ident $target:ident |$value:ident| $up:expr) => {
        impl From<$name> for $crate::$target {
            #[inline]
            fn from($value: $name) -> $crate::$target {
                $up
            }
        }

        impl AsRef<$crate::$target> for $name {
            #[inline]
            fn as_ref(&self) -> &$crate::$target {
                self
            }
        }
    };
}

pub(crate) use typed;
