//! Scopes: values of the host that end together, in one crossing.
//!
//! A scope is a list in the guest, and the host knows nothing of it. So what is made in a
//! call that is nested in another's scope can't fall into that scope: there is no current
//! one, only the one that the program has in its hands.

use crate::{Arg, Args, JsValue, Key, KeyRef, Result, ToArg};
use core::cell::RefCell;
use core::marker::PhantomData;
use core::num::NonZeroU32;
use core::ops::Deref;
use core::{fmt, mem, ptr};
use handwire_abi::{self as abi, Handle};
use heap::vec::Vec;

/// Runs with a scope, and releases what was held in it, whether `run` gives a value, an error
/// or a panic.
///
/// ```no_run
/// use handwire::{JsValue, js_str, scope};
///
/// fn titles(list: &JsValue) -> handwire::Result<f64> {
///     scope(|s| {
///         let mut length = 0.0;
///         let mut node = s.hold(list.get(js_str!("firstChild"))?);
///         while !node.is_null() {
///             length += node.get(js_str!("title"))?.get_as::<f64>(js_str!("length"))?;
///             node = node.get(js_str!("nextSibling"))?;
///         }
///         Ok(length)
///     }) // all nodes and titles are released here, together
/// }
/// ```
///
/// Scopes nest. A value can't leave its scope, and so is never released twice or too early:
///
/// ```compile_fail
/// let left = handwire::scope(|s| s.hold(handwire::JsValue::NULL));
/// ```
/// ```compile_fail
/// handwire::scope(|outer| {
///     let mut kept = outer.hold(handwire::JsValue::NULL);
///     handwire::scope(|inner| kept = inner.hold(handwire::JsValue::NULL));
/// });
/// ```
///
/// The one that should goes through [`scope_out`].
#[inline]
pub fn scope<R>(run: impl for<'s> FnOnce(Scope<'s>) -> R) -> R {
    let open = Open::new();
    run(Scope::of(&open))
}

/// Runs with a scope, and takes one value out of it; all others are released.
///
/// ```no_run
/// use handwire::{JsValue, js_str, scope_out};
///
/// fn last(list: &JsValue) -> handwire::Result<JsValue> {
///     scope_out(|s| {
///         let mut node = s.hold(list.get(js_str!("firstChild"))?);
///         loop {
///             let next = node.get(js_str!("nextSibling"))?;
///             if next.is_null() {
///                 return Ok(node);
///             }
///             node = next;
///         }
///     })
/// }
/// ```
///
/// # Errors
///
/// That of `run`; then nothing leaves.
pub fn scope_out<E>(
    run: impl for<'s> FnOnce(Scope<'s>) -> core::result::Result<Local<'s>, E>,
) -> core::result::Result<JsValue, E> {
    let open = Open::new();
    let handle = run(Scope::of(&open))?.borrow();
    Ok(open.take(handle))
}

/// The list of a scope, which is released with it.
struct Open(RefCell<Vec<Handle>>);

impl Open {
    const fn new() -> Open {
        Open(RefCell::new(Vec::new()))
    }

    /// Takes a value out. Whatever has a fixed handle was never in.
    fn take(&self, handle: Handle) -> JsValue {
        let mut handles = self.0.borrow_mut();
        if let Some(at) = handles.iter().rposition(|&held| held == handle) {
            handles.swap_remove(at);
        }
        JsValue::made(abi::OwnedHandle::from_raw(handle.raw()))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let handles = mem::take(self.0.get_mut());
        if !handles.is_empty() {
            // SAFETY: a vector of handles is as many numbers in a row.
            unsafe { abi::handle_release_all(handles.as_ptr().cast(), handles.len()) }
        }
    }
}

/// A scope that is open: what holds values for [`scope`].
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    open: &'s Open,
    // No scope's lifetime can be taken for another's.
    brand: PhantomData<fn(&'s ()) -> &'s ()>,
}

impl<'s> Scope<'s> {
    fn of(open: &'s Open) -> Scope<'s> {
        Scope { open, brand: PhantomData }
    }

    /// Holds a value until the scope ends.
    #[inline]
    pub fn hold(self, value: impl Into<JsValue>) -> Local<'s> {
        let handle = value.into().into_raw().into_raw();
        if !Handle::from_raw(handle).is_fixed() {
            self.open.0.borrow_mut().push(Handle::from_raw(handle));
        }
        match NonZeroU32::new(handle) {
            Some(handle) => Local { handle, scope: self },
            None => unreachable!("a value has a handle"),
        }
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scope({})", self.open.0.borrow().len())
    }
}

/// A value that lives until its [`Scope`] ends: to copy and to drop it does nothing.
///
/// It can do what a [`JsValue`] can. What [`get`](Local::get) and [`call`](Local::call) give
/// is in the same scope.
#[derive(Clone, Copy)]
pub struct Local<'s> {
    handle: NonZeroU32,
    scope: Scope<'s>,
}

impl<'s> Local<'s> {
    /// The scope that it lives in.
    #[inline]
    pub const fn scope(self) -> Scope<'s> {
        self.scope
    }

    /// `self[key]`, in the same scope; see [`JsValue::get`].
    ///
    /// # Errors
    ///
    /// What a getter or a proxy throws; a TypeError for `undefined` and `null`.
    #[inline]
    pub fn get(self, key: impl Key) -> Result<Local<'s>> {
        JsValue::get(&self, key).map(|value| self.scope.hold(value))
    }

    /// `self[key](...args)`, with the result in the same scope; see [`JsValue::call`].
    ///
    /// # Errors
    ///
    /// What the method throws; a TypeError if there is none.
    #[inline]
    pub fn call(self, key: impl Key, args: impl Args) -> Result<Local<'s>> {
        JsValue::call(&self, key, args).map(|value| self.scope.hold(value))
    }

    /// The same value, owned, with a handle of its own.
    #[inline]
    pub fn to_value(self) -> JsValue {
        JsValue::clone(&self)
    }
}

impl Deref for Local<'_> {
    type Target = JsValue;

    #[inline]
    fn deref(&self) -> &JsValue {
        // SAFETY: a value is transparent over its handle. This one isn't dropped, and its
        // handle lives as long as the scope.
        unsafe { &*ptr::from_ref(&self.handle).cast() }
    }
}

impl ToArg for Local<'_> {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        Arg::value(self)
    }
}

impl Key for Local<'_> {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Value(self)
    }
}

impl fmt::Debug for Local<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Natively, an operation panics: what passes here has crossed nothing.

    #[test]
    fn what_has_a_fixed_handle_is_held_by_nobody() {
        let sum = scope(|s| {
            let values = [s.hold(JsValue::TRUE), s.hold(JsValue::NULL), s.hold(())];
            assert_eq!(values[0].as_bool(), Some(true));
            scope(|inner| assert!(inner.hold(true).as_bool() == values[0].as_bool()));
            values.iter().filter(|value| value.is_null()).count()
        });
        assert_eq!(sum, 1);
    }

    #[test]
    fn one_leaves() {
        assert_eq!(scope_out(|s| Ok::<_, ()>(s.hold(JsValue::NULL))), Ok(JsValue::NULL));
        assert_eq!(scope_out(|s| Err::<Local<'_>, _>(s.hold(()).is_undefined())), Err(true));
    }
}
