//! Handles made and dropped in great number.

use handwire::abi::Handle;
use handwire::export::lift_borrowed;
use handwire::{JsObject, JsString, JsValue, contract};
use heap::vec::Vec;

contract! {
    r#"export leak_cycles(count: u32) "Makes and drops values, one after the other.""#,
    r#"export leak_clones(value: &js, count: u32) "Clones a value so many times, then drops all.""#,
    r#"export leak_objects(count: u32) "Objects with a property, a string each.""#,
    r#"export leak_high(count: u32) -> u32 "So many values at a time, and how many differ.""#,
    r#"export leak_fixed(count: u32) "Values that have fixed handles.""#,
    r#"export leak_stale(value: &js) -> bool "Uses a value after its release.""#,
    r#"export leak_twice(value: &js) "Releases a value twice.""#,
    r#"export leak_forged(handle: u32) -> bool "Uses any number as a handle.""#,
    r#"export leak_release(handle: u32) "Releases any number.""#,
}

#[unsafe(no_mangle)]
extern "C" fn leak_cycles(count: u32) {
    for number in 0..count {
        drop(JsValue::from(number));
    }
}

#[unsafe(no_mangle)]
extern "C" fn leak_clones(value: Handle, count: u32) {
    let value = lift_borrowed(value);
    let clones: Vec<JsValue> = (0..count).map(|_| value.clone()).collect();
    assert!(clones.iter().all(|clone| *clone == *value));
}

#[unsafe(no_mangle)]
extern "C" fn leak_objects(count: u32) {
    for number in 0..count {
        let object = JsObject::new();
        let text = JsString::from("text");
        object.set("number", number).expect("a plain object takes it");
        object.set("text", &text).expect("a plain object takes it");
        assert_eq!(object.get_as::<u32>("number").expect("it was set"), number);
    }
}

#[unsafe(no_mangle)]
extern "C" fn leak_high(count: u32) -> u32 {
    let values: Vec<JsValue> = (0..count).map(JsValue::from).collect();
    let mut handles: Vec<u32> = values.iter().map(|value| value.borrow().raw()).collect();
    handles.sort_unstable();
    handles.dedup();
    handles.len() as u32
}

#[unsafe(no_mangle)]
extern "C" fn leak_fixed(count: u32) {
    for _ in 0..count {
        let values =
            [JsValue::UNDEFINED, JsValue::NULL, true.into(), false.into(), JsValue::global(), JsValue::extras()];
        drop(values.clone());
    }
}

#[unsafe(no_mangle)]
extern "C" fn leak_stale(value: Handle) -> u32 {
    let clone = lift_borrowed(value).clone();
    let handle = clone.borrow();
    drop(clone);
    lift_borrowed(handle).truthy().into()
}

#[unsafe(no_mangle)]
extern "C" fn leak_twice(value: Handle) {
    let clone = lift_borrowed(value).clone().into_raw().into_raw();
    handwire::abi::handle_release(Handle::from_raw(clone));
    handwire::abi::handle_release(Handle::from_raw(clone));
}

#[unsafe(no_mangle)]
extern "C" fn leak_forged(handle: u32) -> u32 {
    handwire::abi::value_truthy(Handle::from_raw(handle))
}

#[unsafe(no_mangle)]
extern "C" fn leak_release(handle: u32) {
    handwire::abi::handle_release(Handle::from_raw(handle));
}
