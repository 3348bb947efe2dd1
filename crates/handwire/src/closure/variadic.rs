//! Closures of any arguments, as a runtime's native functions are.

use super::code::{Call, Code};
use super::{Closure, Signature, seat};
use crate::wire::{Piece, Return, Text, Throw};
use crate::{FromJs, JsValue};
use core::cell::UnsafeCell;
use core::fmt;
use core::mem::ManuallyDrop;
use handwire_abi::{OwnedHandle, Slot, kind};

/// The type of a closure of any arguments: `fn(..)`.
#[derive(Debug)]
pub enum Variadic {}

impl Signature for Variadic {
    const PARAMS: Text = &[];
    const TYPE: Text = &[Piece::Str("fn(..)")];
}

/// Set when the function was called with `new`.
const NEW: u32 = 1;

/// What a [variadic](Closure::variadic) closure was called with.
pub struct CallArgs<'a> {
    slots: &'a [Slot],
    this: JsValue,
    flags: u32,
}

impl CallArgs<'_> {
    /// How many arguments there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// An argument; `undefined` where there is none, as in JavaScript.
    pub fn get(&self, index: usize) -> JsValue {
        match self.argument(index) {
            Some(Argument::Number(number)) => JsValue::from(number),
            Some(Argument::Value(value)) => JsValue::clone(&value),
            None => JsValue::UNDEFINED,
        }
    }

    /// An argument as a `T`. A number takes no handle.
    ///
    /// # Errors
    ///
    /// If it is not a `T`, see [`FromJs`].
    pub fn get_as<T: FromJs>(&self, index: usize) -> crate::Result<T> {
        match self.argument(index) {
            Some(Argument::Number(number)) => T::from_number(number),
            Some(Argument::Value(value)) => T::from_ref(&value),
            None => T::from_value(JsValue::UNDEFINED),
        }
    }

    /// The receiver.
    #[inline]
    pub fn this(&self) -> &JsValue {
        &self.this
    }

    /// Whether the function was called with `new`: then [`this`](CallArgs::this) is the new
    /// object, which is the result unless the closure gives another object.
    #[inline]
    pub fn is_new(&self) -> bool {
        self.flags & NEW != 0
    }

    fn argument(&self, index: usize) -> Option<Argument> {
        let slot = self.slots.get(index)?;
        Some(if slot.kind() == kind::NUMBER {
            Argument::Number(f64::from_bits(slot.payload()))
        } else {
            Argument::Value(value_in(*slot))
        })
    }
}

enum Argument {
    Number(f64),
    /// Which stays that of the arguments.
    Value(ManuallyDrop<JsValue>),
}

/// The value whose handle is in a slot, without its ownership.
fn value_in(slot: Slot) -> ManuallyDrop<JsValue> {
    ManuallyDrop::new(JsValue::made(OwnedHandle::from_raw(slot.payload() as u32)))
}

impl Drop for CallArgs<'_> {
    fn drop(&mut self) {
        for slot in self.slots {
            if slot.kind() == kind::HANDLE {
                drop(ManuallyDrop::into_inner(value_in(*slot)));
            }
        }
    }
}

impl fmt::Debug for CallArgs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallArgs").field("len", &self.len()).field("is_new", &self.is_new()).finish()
    }
}

/// What a variadic closure can give: whatever becomes a [`JsValue`], or a `Result` of it.
pub trait AnyOutcome {
    /// Writes the return slot, as the last act of a call, and gives the status.
    fn write(self) -> i32;
}

impl<T: Into<JsValue>> AnyOutcome for T {
    #[inline]
    fn write(self) -> i32 {
        Return::write(self.into());
        0
    }
}

impl<T: Into<JsValue>, E: Throw> AnyOutcome for Result<T, E> {
    #[inline]
    fn write(self) -> i32 {
        match self {
            Ok(value) => AnyOutcome::write(value),
            Err(error) => {
                error.throw();
                1
            }
        }
    }
}

impl Closure<Variadic> {
    /// A closure of any arguments, which it gets in a [`CallArgs`]; one call at a time.
    ///
    /// ```no_run
    /// use handwire::{CallArgs, Closure, JsError, JsValue};
    ///
    /// let join = Closure::variadic(|args: CallArgs<'_>| {
    ///     let mut text = String::new();
    ///     for i in 0..args.len() {
    ///         text += &args.get_as::<String>(i)?;
    ///     }
    ///     Ok::<_, JsError>(text)
    /// });
    /// JsValue::global().set("join", join.into_js())?;
    /// # Ok::<(), JsError>(())
    /// ```
    pub fn variadic<F, R>(closure: F) -> Closure<Variadic>
    where
        F: FnMut(CallArgs<'_>) -> R + 'static,
        R: AnyOutcome + 'static,
    {
        Closure::own(seat::insert(Any { code: UnsafeCell::new(closure) }, true), TEXT)
    }

    /// A [variadic](Closure::variadic) closure that doesn't change what it captured, and can be
    /// called while it runs: so has a function to be that runs code of its caller's, such as the
    /// `toString` of an argument.
    pub fn variadic_shared<F, R>(closure: F) -> Closure<Variadic>
    where
        F: Fn(CallArgs<'_>) -> R + 'static,
        R: AnyOutcome + 'static,
    {
        Closure::own(seat::insert(SharedAny { code: closure }, false), TEXT)
    }
}

const TEXT: &str = "fn(..)";

/// Of a closure that changes what it captured: one call at a time has it.
struct Any<F> {
    code: UnsafeCell<F>,
}

impl<F: FnMut(CallArgs<'_>) -> R + 'static, R: AnyOutcome + 'static> Code for Any<F> {
    fn name(&self) -> &'static str {
        TEXT
    }

    fn call(&self, call: Call) -> i32 {
        // SAFETY: as said.
        let result = unsafe { &mut *self.code.get() }(arguments(&call));
        result.write()
    }
}

/// Of a closure that only looks at what it captured.
struct SharedAny<F> {
    code: F,
}

impl<F: Fn(CallArgs<'_>) -> R + 'static, R: AnyOutcome + 'static> Code for SharedAny<F> {
    fn name(&self) -> &'static str {
        TEXT
    }

    fn call(&self, call: Call) -> i32 {
        (self.code)(arguments(&call)).write()
    }
}

/// What a call brings, all of which it gives to the closure.
fn arguments(call: &Call) -> CallArgs<'_> {
    // SAFETY: the host wrote so many slots, which stay for the time of the call.
    let slots = unsafe { core::slice::from_raw_parts(call.args, call.argc) };
    CallArgs { slots, this: JsValue::made(OwnedHandle::from_raw(call.this)), flags: call.flags }
}
