//! Properties and methods of a value, by name, index, string or symbol.
//!
//! They are methods of every [`JsValue`], as in JavaScript: a string has properties, too,
//! and `undefined` throws.

use crate::answer::{answer, yes_or_no};
use crate::args::slots;
use crate::{Args, FromJs, JsArray, JsType, JsValue, Key, KeyRef, Result, ToArg};
use handwire_abi as abi;

impl JsValue {
    /// `self[key]`; `undefined` if there is no such property. A key that stands in the
    /// program is best a [`js_str!`](crate::js_str): its text crosses once.
    ///
    /// # Errors
    ///
    /// What a getter or a proxy throws; a TypeError for `undefined` and `null`.
    #[inline]
    pub fn get(&self, key: impl Key) -> Result<JsValue> {
        self.get_as(key)
    }

    /// `self[key]` as a `T`. A number comes without a handle being made for it.
    ///
    /// ```no_run
    /// # use handwire::{JsArray, JsValue};
    /// # let canvas = JsValue::global();
    /// let width: u32 = canvas.get_as("width")?;
    /// let title = canvas.get_as::<Option<String>>("title")?;
    /// let first = JsArray::from_iter([1.5]).get_as::<f64>(0)?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](JsValue::get); also if it is not a `T`, see [`FromJs`].
    #[inline]
    pub fn get_as<T: FromJs>(&self, key: impl Key) -> Result<T> {
        let object = self.borrow();
        // SAFETY: `out` is writable; a name's pointer and length are those of a text.
        answer(|out| unsafe {
            match key.to_key() {
                KeyRef::Name(name) => abi::object_get_named(object, name.as_ptr(), name.len(), out),
                KeyRef::Index(index) => abi::array_get(object, index, out),
                KeyRef::Value(key) => abi::object_get(object, key.borrow(), out),
            }
        })
    }

    /// `self[key] = value`; `false` if the object refuses, as a frozen one does.
    ///
    /// # Errors
    ///
    /// What a setter or a proxy throws; a TypeError for what is no object.
    #[inline]
    pub fn set(&self, key: impl Key, value: impl ToArg) -> Result<bool> {
        let (object, value) = (self.borrow(), value.to_arg().slot());
        // SAFETY: the slot is readable, and so is what it points to: `value` is alive.
        // A name's pointer and length are those of a text.
        yes_or_no(unsafe {
            match key.to_key() {
                KeyRef::Name(name) => abi::object_set_named(object, name.as_ptr(), name.len(), &value),
                KeyRef::Index(index) => abi::array_set(object, index, &value),
                KeyRef::Value(key) => abi::object_set(object, key.borrow(), &value),
            }
        })
    }

    /// `key in self`.
    ///
    /// # Errors
    ///
    /// What a proxy throws; a TypeError for what is no object.
    #[inline]
    pub fn has(&self, key: impl Key) -> Result<bool> {
        yes_or_no(key.to_key().with(|key| abi::object_has(self.borrow(), key)))
    }

    /// `delete self[key]`; `false` if the object refuses, as a frozen one does.
    ///
    /// # Errors
    ///
    /// What a proxy throws; a TypeError for what is no object.
    #[inline]
    pub fn delete(&self, key: impl Key) -> Result<bool> {
        yes_or_no(key.to_key().with(|key| abi::object_delete(self.borrow(), key)))
    }

    /// `Object.keys(self)`: the names of its own enumerable properties, symbols left out.
    ///
    /// # Errors
    ///
    /// What a proxy throws; a TypeError for `undefined` and `null`.
    #[inline]
    pub fn keys(&self) -> Result<JsArray> {
        JsValue::checked(abi::object_keys(self.borrow())).map(JsArray::unchecked_from)
    }

    /// `self[key](...args)`, in one crossing.
    ///
    /// ```no_run
    /// # let context = handwire::JsValue::global();
    /// context.call("fillRect", (0, 0, 150.5, 75))?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the method throws; a TypeError if there is none.
    #[inline]
    pub fn call(&self, key: impl Key, args: impl Args) -> Result<JsValue> {
        self.call_as(key, args)
    }

    /// The same, with the result as a `T`; `()` drops it.
    ///
    /// # Errors
    ///
    /// As [`call`](JsValue::call); also if the result is not a `T`, see [`FromJs`].
    #[inline]
    pub fn call_as<T: FromJs>(&self, key: impl Key, args: impl Args) -> Result<T> {
        let object = self.borrow();
        answer(|out| {
            args.with(|args| {
                let (args, argc) = slots(args);
                match key.to_key() {
                    // SAFETY: `out` is writable, the slots and what they point to readable;
                    // a name's pointer and length are those of a text.
                    KeyRef::Name(name) => unsafe {
                        abi::object_call_named(object, name.as_ptr(), name.len(), args, argc, out)
                    },
                    // SAFETY: as above.
                    key => key.with(|key| unsafe { abi::object_call(object, key, args, argc, out) }),
                }
            })
        })
    }

    /// `self instanceof class`.
    ///
    /// # Errors
    ///
    /// What a proxy or `Symbol.hasInstance` throws; a TypeError if `class` is none.
    #[inline]
    pub fn instance_of(&self, class: &JsValue) -> Result<bool> {
        yes_or_no(abi::object_instance_of(self.borrow(), class.borrow()))
    }
}
