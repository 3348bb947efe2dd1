//! [`JsArray`]: a list, from and to iterators.

use crate::answer::{answer, yes_or_no};
use crate::args::slots;
use crate::typed::typed;
use crate::{Args, FromJs, JsType, JsValue, Result, ToArg};
use core::marker::PhantomData;
use handwire_abi::{self as abi, class};
use heap::vec::Vec;

typed! {
    /// An array. Elements are reached by index through [`get`](JsValue::get),
    /// [`get_as`](JsValue::get_as) and [`set`](JsValue::set).
    ///
    /// ```no_run
    /// use handwire::JsArray;
    /// let words: JsArray = ["one", "two"].into_iter().collect();
    /// words.push("three")?;
    /// words.set(0, 1)?;
    /// assert_eq!(words.get_as::<String>(2)?, "three");
    /// for word in &words {
    ///     println!("{:?}", word?);
    /// }
    /// let numbers: Vec<f64> = JsArray::of((1, 2.5)).to_vec()?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    ///
    /// Arrays of many numbers cross best as typed arrays, like
    /// [`JsFloat64Array`](crate::JsFloat64Array).
    pub struct JsArray: JsObject; "Array", |value| abi::value_class(value.borrow()) == class::ARRAY
}

impl JsArray {
    /// `[]`
    #[inline]
    #[allow(clippy::new_without_default, reason = "it makes something in the host")]
    pub fn new() -> JsArray {
        JsArray::of(())
    }

    /// `[...args]`, in one crossing.
    #[inline]
    pub fn of(args: impl Args) -> JsArray {
        let handle = args.with(|args| {
            let (args, argc) = slots(args);
            // SAFETY: the slots and what they point to are readable.
            unsafe { abi::array_from(args, argc) }
        });
        JsArray::unchecked_from(JsValue::made(handle))
    }

    /// Its `length`.
    ///
    /// # Errors
    ///
    /// Only if it is a proxy of an array: what that throws.
    #[inline]
    pub fn len(&self) -> Result<u32> {
        // SAFETY: `out` is writable.
        answer(|out| unsafe { abi::array_length(self.borrow(), out) })
    }

    /// Whether it has no element.
    ///
    /// # Errors
    ///
    /// As [`len`](JsArray::len).
    #[inline]
    pub fn is_empty(&self) -> Result<bool> {
        self.len().map(|len| len == 0)
    }

    /// Appends one element, also if that is an array.
    ///
    /// # Errors
    ///
    /// A TypeError if the array is frozen; what a proxy throws.
    #[inline]
    pub fn push(&self, value: impl ToArg) -> Result<()> {
        let value = value.to_arg().slot();
        // SAFETY: the slot is readable, and so is what it points to: `value` is alive.
        yes_or_no(unsafe { abi::array_push(self.borrow(), &value) }).map(|_| ())
    }

    /// Its elements, one after the other; a hole is `undefined`. The length is looked at
    /// once, at the start.
    #[inline]
    pub fn iter(&self) -> JsArrayIter<'_> {
        self.iter_as()
    }

    /// The same, as values of type `T`.
    #[inline]
    pub fn iter_as<T: FromJs>(&self) -> JsArrayIter<'_, T> {
        JsArrayIter { array: self, next: 0, len: None, item: PhantomData }
    }

    /// All elements as values of type `T`.
    ///
    /// # Errors
    ///
    /// If one is no `T`; what a getter or proxy throws.
    pub fn to_vec<T: FromJs>(&self) -> Result<Vec<T>> {
        self.iter_as().collect()
    }
}

/// The elements of a [`JsArray`]. After an error from the array's length it ends.
#[derive(Debug)]
pub struct JsArrayIter<'a, T = JsValue> {
    array: &'a JsArray,
    next: u32,
    len: Option<u32>,
    item: PhantomData<fn() -> T>,
}

impl<T: FromJs> Iterator for JsArrayIter<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let len = match self.len {
            Some(len) => len,
            None => match self.array.len() {
                Ok(len) => *self.len.insert(len),
                Err(error) => {
                    self.len = Some(0);
                    return Some(Err(error));
                }
            },
        };
        let index = self.next;
        if index >= len {
            return None;
        }
        self.next += 1;
        Some(self.array.get_as(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.len {
            Some(len) => ((len - self.next) as usize, Some((len - self.next) as usize)),
            None => (0, None),
        }
    }
}

impl<'a> IntoIterator for &'a JsArray {
    type Item = Result<JsValue>;
    type IntoIter = JsArrayIter<'a>;

    fn into_iter(self) -> JsArrayIter<'a> {
        self.iter()
    }
}

impl<T: ToArg> FromIterator<T> for JsArray {
    /// All elements in one crossing.
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> JsArray {
        let items: Vec<T> = items.into_iter().collect();
        JsArray::from(&items[..])
    }
}

impl<T: ToArg> From<&[T]> for JsArray {
    /// All elements in one crossing.
    fn from(items: &[T]) -> JsArray {
        let args: Vec<_> = items.iter().map(ToArg::to_arg).collect();
        JsArray::of(&args[..])
    }
}

impl<T: ToArg> From<Vec<T>> for JsArray {
    #[inline]
    fn from(items: Vec<T>) -> JsArray {
        JsArray::from(&items[..])
    }
}
