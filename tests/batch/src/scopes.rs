//! Scopes: lists that are walked, values that leave, errors and nested calls in between.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsArray, JsError, JsFunction, JsType, JsValue, Local, export, js_str, scope, scope_out};

/// Both values in a scope of the callee's own, while the caller's is open.
fn nested(function: &JsFunction) -> Result<JsValue, JsError> {
    scope_out(|s| {
        let before = s.hold(function.call(&JsValue::UNDEFINED, ())?);
        let after = before.get(js_str!("next"))?;
        if after.is_undefined() { Ok(before) } else { Ok(after) }
    })
}

export! {
    /// The names of a linked list, and how many handles were alive while it was walked.
    fn scope_names(list: &JsValue) -> Result<Vec<String>, JsError> {
        scope(|s| {
            let mut names = Vec::new();
            let mut node = s.hold(list.clone());
            while !node.is_null() {
                names.push(node.get(js_str!("name"))?.get_as::<String>(js_str!("text"))?);
                node = node.get(js_str!("next"))?;
            }
            Ok(names)
        })
    }

    fn scope_last(list: &JsValue) -> Result<JsValue, JsError> {
        scope_out(|s| {
            let mut node = s.hold(list.clone());
            loop {
                let next = node.get(js_str!("next"))?;
                if next.is_null() { return Ok(node) }
                node = next;
            }
        })
    }

    /// Holds so many objects; then does what `end` says.
    fn scope_ends(objects: u32, end: u32) -> Result<u32, JsError> {
        scope(|s| {
            let mut all: Vec<Local<'_>> = Vec::new();
            for _ in 0..objects {
                all.push(s.hold(handwire::JsObject::new()));
            }
            match end {
                0 => Ok(all.len() as u32),
                1 => Err(JsError::new("told to fail")),
                2 => s.hold(()).get("x").map(|_| 0),
                _ => panic!("told to panic with {} objects", all.len()),
            }
        })
    }

    fn scope_fixed() -> Result<JsValue, JsError> {
        scope_out(|s| {
            s.hold(JsValue::NULL);
            s.hold(true);
            Ok(s.hold(JsValue::global()))
        })
    }

    /// One scope in another, a value of which goes to the outer one.
    fn scope_outward(value: &JsValue) -> Result<bool, JsError> {
        scope(|outer| {
            let kept = outer.hold(scope_out(|inner| inner.hold(value.clone()).get(js_str!("child")))?);
            let same = scope(|inner| inner.hold(value.clone()).get(js_str!("child")).map(|child| *child == *kept))?;
            kept.set(js_str!("touched"), kept)?;
            Ok(same && kept.to_value() == *kept)
        })
    }

    /// Calls a function, which may call this again, with a scope open around each.
    fn scope_nested(function: &JsFunction) -> Result<JsValue, JsError> { nested(function) }

    fn scope_arguments(function: &JsFunction) -> Result<JsValue, JsError> {
        scope_out(|s| {
            let array = s.hold(JsArray::of((1, 2)));
            let index = s.hold(1.0);
            let result = s.hold(JsArray::of((array, array.get(index)?, array.cast_ref::<JsArray>().map(|array| array.len().unwrap_or(9)))));
            Ok(s.hold(JsFunction::unchecked_ref(function).call(&result, (result, array))?))
        })
    }
}
