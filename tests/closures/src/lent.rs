//! Closures that are lent for a call, with what they borrow.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsArray, JsError, JsFunction, JsValue, export, import, scoped};

/// The type of a closure, which a declaration doesn't see.
type Each<'a> = &'a mut dyn FnMut(i32) -> i32;

import! {
    /// What the tests supply.
    pub mod lent {
        /// Numbers.
        fn each(f: &mut dyn FnMut(i32) -> i32) -> Result<i32, JsError>;
        /// Nothing in, nothing out.
        fn plain(f: &mut dyn FnMut());
        /// Text.
        fn texts(f: &mut dyn FnMut(String) -> String) -> Result<(), JsError>;
        /// One that may be called while it runs.
        fn recursive(f: &dyn Fn(i32) -> i32) -> Result<i32, JsError>;
        /// With a number behind it.
        fn with_number(f: &mut dyn FnMut(i32) -> i32, x: i32) -> i32;
        /// Two at once.
        fn two(a: &mut dyn FnMut(f64), b: &mut dyn FnMut(f64));
        /// By another name for its type.
        fn aliased(f: Each<'_>) -> Result<i32, JsError>;
    }

    fn sum_of(numbers: &[f64], f: &mut dyn FnMut(f64)) = "(numbers, f) => numbers.forEach((x) => f(x))";
}

export! {
    /// The sum of what an import calls with.
    fn sum_each() -> Result<i32, JsError> {
        let mut sum = 0;
        let last = lent::each(&mut |x| {
            sum += x;
            sum
        })?;
        assert!(last <= sum, "the result of a call is at most the sum at the end");
        Ok(sum)
    }

    /// How often.
    fn count_plain() -> u32 {
        let mut count = 0;
        lent::plain(&mut || count += 1);
        count
    }

    /// What an import says.
    fn collect_texts() -> Result<Vec<String>, JsError> {
        let mut all = Vec::new();
        lent::texts(&mut |text| {
            all.push(text);
            all.concat()
        })?;
        Ok(all)
    }

    /// Recursion through the host.
    fn recursive(by: i32) -> Result<i32, JsError> {
        lent::recursive(&|x| x + by)
    }

    /// Twice what it is called with, and how often it was.
    fn with_number(x: i32) -> i32 {
        let mut count = 0;
        lent::with_number(
            &mut |x| {
                count += 1;
                2 * x + count
            },
            x,
        ) + count
    }

    /// Two borrows of one call.
    fn two() -> Vec<f64> {
        let (mut a, mut b) = (0.0, 1.0);
        lent::two(&mut |x| a += x, &mut |x| b *= x);
        Vec::from([a, b])
    }

    /// Whatever can be called: `dyn`, in a box, by a reference, a function, one that is passed on.
    fn callables() -> Result<Vec<i32>, JsError> {
        fn pass_on(f: &mut impl FnMut(i32) -> i32) -> Result<i32, JsError> {
            lent::each(f)
        }
        fn minus(x: i32) -> i32 {
            -x
        }
        let mut count = 0;
        let mut counts = |x: i32| {
            count += 1;
            x + count
        };
        let mut all = Vec::from([pass_on(&mut counts)?, lent::each(&mut counts)?, lent::aliased(&mut counts)?]);
        let object: &mut dyn FnMut(i32) -> i32 = &mut counts;
        all.extend([lent::each(object)?, lent::aliased(object)?, lent::each(&mut &mut *object)?]);
        let mut boxed: Box<dyn FnMut(i32) -> i32> = Box::new(move |x| x * 2);
        all.extend([lent::each(&mut boxed)?, lent::each(&mut *boxed)?]);
        let shared: &dyn Fn(i32) -> i32 = &minus;
        all.extend([lent::each(&mut minus)?, lent::recursive(shared)?, lent::recursive(&minus)?]);
        Ok(all)
    }

    /// Inline code.
    fn sum_inline(numbers: &[f64]) -> f64 {
        let mut sum = 0.0;
        sum_of(numbers, &mut |x| sum += x);
        sum
    }

    /// `array.forEach` with a closure that borrows.
    fn sum_array(numbers: &JsArray) -> Result<f64, JsError> {
        let mut sum = 0.0;
        scoped(&mut |x: f64| sum += x, |add| numbers.call("forEach", (add,)))?;
        Ok(sum)
    }

    /// `JsArray::for_each`.
    fn for_each(values: &JsArray) -> Result<Vec<JsValue>, JsError> {
        let mut all = Vec::new();
        values.for_each(&mut |value: JsValue| all.insert(0, value))?;
        Ok(all)
    }

    /// Lends one to a function, and gives what that gives.
    fn lend(f: &JsFunction) -> Result<JsValue, JsError> {
        let mut count = 0;
        scoped(
            &mut |text: String| -> u32 {
                count += text.len() as u32;
                count
            },
            |lent| f.call(&JsValue::UNDEFINED, (lent,)),
        )
    }

    /// Lends one that calls what it is given.
    fn lend_calling(f: &JsFunction) -> Result<JsValue, JsError> {
        let mut count = 0;
        scoped(
            &mut |inner: JsFunction| -> Result<u32, JsError> {
                inner.call(&JsValue::UNDEFINED, ())?;
                count += 1;
                Ok(count)
            },
            |lent| f.call(&JsValue::UNDEFINED, (lent,)),
        )
    }

    /// So many scopes.
    fn many_scopes(f: &JsFunction, count: u32) -> Result<f64, JsError> {
        let mut sum = 0.0;
        for _ in 0..count {
            scoped(&mut |x: f64| sum += x, |add| f.call(&JsValue::UNDEFINED, (add,)))?;
        }
        Ok(sum)
    }
}
