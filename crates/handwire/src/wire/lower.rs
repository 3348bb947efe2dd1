//! [`Lower`]: results of exports.

use super::{Element, Return, Text};
use crate::JsValue;
use heap::string::String;
use heap::vec::Vec;

/// What a result of this type is on the wire: a name in the contract section, and a wasm
/// result, which is `()` for what goes through the return slot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross as a result",
    label = "the wire has no form for this type",
    note = "numbers, bool, char, String, Vec, JsValue and the typed family, Option of those, records and enums of record!, newtypes of js_type!, (), and Result of those with an error that is Display and 'static can"
)]
pub trait Lower {
    /// Its name in the contract section; empty for `()`.
    const TYPE: Text;
    /// The wasm result.
    type Wire;
    /// Whether no code of others runs when it is lowered.
    const PLAIN: bool = false;

    /// Ends the call: gives the wasm result, or writes the return slot as the last act.
    fn lower(self) -> Self::Wire;
}

/// `type, wire type, |value| wire`
macro_rules! scalars {
    ($($type:ty, $wire:ty, |$value:ident| $lower:expr;)*) => {$(
        impl Lower for $type {
            const TYPE: Text = <$type as Element>::TYPE;
            type Wire = $wire;
            const PLAIN: bool = true;

            #[inline(always)]
            fn lower(self) -> $wire {
                let $value = self;
                $lower
            }
        }
    )*};
}

scalars! {
    bool, u32, |value| value.into();
    i8, i32, |value| value.into();
    u8, u32, |value| value.into();
    i16, i32, |value| value.into();
    u16, u32, |value| value.into();
    i32, i32, |value| value;
    u32, u32, |value| value;
    usize, usize, |value| value;
    i64, i64, |value| value;
    u64, u64, |value| value;
    f32, f32, |value| value;
    f64, f64, |value| value;
    char, u32, |value| value.into();
    JsValue, u32, |value| value.into_raw().into_raw();
}

impl Lower for () {
    const TYPE: Text = &[];
    type Wire = ();
    const PLAIN: bool = true;

    #[inline(always)]
    fn lower(self) {}
}

impl Lower for String {
    const TYPE: Text = <String as Element>::TYPE;
    type Wire = ();

    #[inline]
    fn lower(self) {
        self.write();
    }
}

impl Lower for &'static str {
    const TYPE: Text = <String as Element>::TYPE;
    type Wire = ();

    #[inline]
    fn lower(self) {
        self.write();
    }
}

impl<T: Element> Lower for Vec<T> {
    const TYPE: Text = T::LIST;
    type Wire = ();

    #[inline]
    fn lower(self) {
        self.write();
    }
}

impl<T: Element> Lower for Option<T> {
    const TYPE: Text = <Option<T> as Element>::TYPE;
    type Wire = ();

    #[inline]
    fn lower(self) {
        self.write();
    }
}
