//! [`External`]: a Rust value that an object of the host carries, as a runtime's natives do.

use crate::misuse::Misuse;
use crate::table::{self, Held};
use crate::{JsObject, JsType, JsValue};
use core::fmt;
use core::marker::PhantomData;
use handwire_abi as abi;
use heap::rc::Rc;

/// What `external_id` says of an object that another instance made.
const OTHERS: u32 = u32::MAX;

/// Rust values that the host carries for the guest: an object in which it sees nothing, and
/// which the guest turns back by a checked downcast. Where the host is to see methods, a class
/// is the thing.
///
/// The object owns the value: it is dropped when the object is collected, or by [`take`](External::take).
///
/// ```no_run
/// use handwire::{External, JsValue};
/// use std::cell::RefCell;
///
/// struct Parser { line: RefCell<u32> }
///
/// let object = External::new(Parser { line: RefCell::new(0) });
/// JsValue::global().set("parser", &object)?;
/// // …
/// let parser = External::<Parser>::get(&JsValue::global().get("parser")?)?;
/// *parser.line.borrow_mut() += 1;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct External<T> {
    of: PhantomData<T>,
}

struct Carried<T>(Rc<T>);

impl<T: 'static> Held for Carried<T> {
    fn name(&self) -> &'static str {
        core::any::type_name::<T>()
    }
}

impl<T: 'static> External<T> {
    /// A new object that carries a value.
    #[allow(clippy::new_ret_no_self)]
    pub fn new(value: T) -> JsObject {
        External::share(Rc::new(value))
    }

    /// A new object that carries a value of which the guest keeps owners of its own.
    pub fn share(value: Rc<T>) -> JsObject {
        let id = table::insert(Rc::new(Carried(value)));
        JsObject::unchecked_from(JsValue::made(abi::external_new(id)))
    }

    /// The value that an object carries.
    ///
    /// # Errors
    ///
    /// If it carries none, or one of another type, or of another instance, or one that was taken.
    pub fn get(object: &JsValue) -> Result<Rc<T>, ExternalError> {
        Ok(Rc::clone(&carried::<T>(object)?.1.0))
    }

    /// Takes the value out of an object, for good.
    ///
    /// # Errors
    ///
    /// As [`get`](External::get).
    pub fn take(object: &JsValue) -> Result<Rc<T>, ExternalError> {
        let (id, carried) = carried::<T>(object)?;
        drop(table::remove(id));
        Ok(Rc::clone(&carried.0))
    }
}

fn carried<T: 'static>(object: &JsValue) -> Result<(u32, Rc<Carried<T>>), ExternalError> {
    let reason = match abi::external_id(object.borrow()) {
        0 => Reason::NoExternal,
        OTHERS => Reason::OtherInstance,
        id => match table::get_as::<Carried<T>>(id) {
            Ok(value) => return Ok((id, value)),
            Err(Misuse::WrongValue) => Reason::OtherType(table::name(id).unwrap_or_default()),
            Err(_) => Reason::Taken,
        },
    };
    Err(ExternalError { wanted: core::any::type_name::<T>(), reason })
}

/// Why a value carries no external of the type that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExternalError {
    wanted: &'static str,
    reason: Reason,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reason {
    NoExternal,
    OtherInstance,
    OtherType(&'static str),
    Taken,
}

impl fmt::Display for ExternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an external of {}, found ", self.wanted)?;
        match self.reason {
            Reason::NoExternal => f.write_str("a value that is no external"),
            Reason::OtherInstance => f.write_str("one of another instance, or of one from before a restart"),
            Reason::OtherType(found) => write!(f, "one of {found}"),
            Reason::Taken => f.write_str("one whose value was taken out"),
        }
    }
}

impl core::error::Error for ExternalError {}
