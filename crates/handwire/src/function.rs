//! [`JsFunction`]: what can be called.

use crate::answer::answer;
use crate::args::slots;
use crate::typed::typed;
use crate::{Args, FromJs, JsObject, JsType, JsValue, Kind, Result};
use handwire_abi as abi;

typed! {
    /// A function of the host, or a class.
    ///
    /// Its `call` is of the function itself; for a method of the function object use
    /// [`JsValue::call`], as in `JsValue::call(&function, "bind", (&this,))`.
    ///
    /// ```no_run
    /// use handwire::{JsFunction, JsValue};
    /// let max: JsFunction = JsValue::global().get("Math")?.get_as("max")?;
    /// assert_eq!(max.call_as::<f64>(&JsValue::UNDEFINED, (1, 2.5))?, 2.5);
    /// let map: JsFunction = JsValue::global().get_as("Map")?;
    /// map.construct(())?.call("set", ("key", 1))?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    pub struct JsFunction: JsObject; "Function", |value| value.kind() == Kind::Function
}

impl JsFunction {
    /// `self.call(this, ...args)`
    ///
    /// # Errors
    ///
    /// What it throws.
    #[inline]
    pub fn call(&self, this: &JsValue, args: impl Args) -> Result<JsValue> {
        self.call_as(this, args)
    }

    /// The same, with the result as a `T`; `()` drops it.
    ///
    /// # Errors
    ///
    /// What it throws; also if the result is not a `T`, see [`FromJs`].
    #[inline]
    pub fn call_as<T: FromJs>(&self, this: &JsValue, args: impl Args) -> Result<T> {
        answer(|out| {
            args.with(|args| {
                let (args, argc) = slots(args);
                // SAFETY: `out` is writable, the slots and what they point to readable.
                unsafe { abi::function_call(self.borrow(), this.borrow(), args, argc, out) }
            })
        })
    }

    /// `new self(...args)`
    ///
    /// # Errors
    ///
    /// What it throws; a TypeError if it is no constructor.
    #[inline]
    pub fn construct(&self, args: impl Args) -> Result<JsObject> {
        let handle = args.with(|args| {
            let (args, argc) = slots(args);
            // SAFETY: the slots and what they point to are readable.
            unsafe { abi::function_construct(self.borrow(), args, argc) }
        });
        JsValue::checked(handle).map(JsObject::unchecked_from)
    }
}
