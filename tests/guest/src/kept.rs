//! Values that the guest keeps from one call to the next, as an app does.

use core::cell::RefCell;
use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, lift_owned, return_result};
use handwire::{JsValue, contract};
use heap::vec::Vec;

struct Kept(RefCell<Vec<Option<JsValue>>>);

// SAFETY: an instance is entered by one thread at a time, says the contract.
unsafe impl Sync for Kept {}

static KEPT: Kept = Kept(RefCell::new(Vec::new()));

fn handle(index: usize) -> Handle {
    let kept = KEPT.0.borrow();
    kept.get(index).and_then(Option::as_ref).expect("nothing is kept here").borrow()
}

contract! {
    r#"export keep(value: js) -> usize "Its index.""#,
    "export kept_clone(index: usize) -> js",
    "export kept_drop(index: usize)",
    "export kept_handle(index: usize) -> u32",
    r#"export kept_get(index: usize, name: str) -> result<js> "The getter may drop what is kept.""#,
}

#[unsafe(no_mangle)]
extern "C" fn keep(value: OwnedHandle) -> usize {
    let mut kept = KEPT.0.borrow_mut();
    kept.push(Some(lift_owned(value)));
    kept.len() - 1
}

#[unsafe(no_mangle)]
extern "C" fn kept_clone(index: usize) -> OwnedHandle {
    lift_borrowed(handle(index)).clone().into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn kept_drop(index: usize) {
    let value = KEPT.0.borrow_mut().get_mut(index).and_then(Option::take);
    drop(value);
}

#[unsafe(no_mangle)]
extern "C" fn kept_handle(index: usize) -> u32 {
    handle(index).raw()
}

#[unsafe(no_mangle)]
extern "C" fn kept_get(index: usize, name: *const u8, name_len: usize) -> i32 {
    return_result(lift_borrowed(handle(index)).get(text!(name, name_len)))
}
