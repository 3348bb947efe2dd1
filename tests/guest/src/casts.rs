//! Checked casts to the typed family.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, lift_owned, return_result, return_text};
use handwire::*;
use heap::string::ToString;
use heap::vec::Vec;

/// Runs code for each type of the family.
macro_rules! family {
    ($run:ident!) => {
        $run! {
            JsString JsArray JsObject JsFunction JsBigInt JsSymbol JsDate JsInt8Array JsUint8Array
            JsUint8ClampedArray JsInt16Array JsUint16Array JsInt32Array JsUint32Array JsFloat32Array
            JsFloat64Array JsBigInt64Array JsBigUint64Array
        }
    };
}

contract! {
    r#"export cast_names(value: &js) -> str "All types that it is.""#,
    r#"export cast_to(value: js, type: str) -> result<js> "An array of the cast value, or of the value given back and the error's text.""#,
    r#"export cast_up(value: js) -> result<js> "An array up to a value and down again.""#,
    r#"export cast_lie(value: &js, type: str) -> result<js> "Takes a value for what it may not be, and uses it so.""#,
}

#[unsafe(no_mangle)]
extern "C" fn cast_names(value: Handle) {
    let value = lift_borrowed(value);
    let mut names = Vec::new();
    macro_rules! each {
        ($($type:ident)*) => {$(
            // All ways of asking agree.
            assert_eq!(value.is::<$type>(), value.cast_ref::<$type>().is_some());
            assert_eq!(value.is::<$type>(), $type::try_from(value.clone()).is_ok());
            if value.is::<$type>() {
                names.push($type::NAME);
            }
        )*};
    }
    family!(each!);
    return_text(names.join(" "));
}

#[unsafe(no_mangle)]
extern "C" fn cast_to(value: OwnedHandle, name: *const u8, name_len: usize) -> i32 {
    let value = lift_owned(value);
    let handle = value.borrow();
    macro_rules! each {
        ($($type:ident)*) => {
            match text!(name, name_len) {
                $($type::NAME => match value.cast::<$type>() {
                    Ok(cast) => {
                        // The same handle: nothing crossed but the question.
                        assert_eq!(cast.borrow(), handle);
                        Ok(JsArray::of((&cast,)))
                    }
                    Err(error) => {
                        let text = error.to_string();
                        assert_eq!(error.expected(), $type::NAME);
                        let value = error.into_value();
                        assert_eq!(value.borrow(), handle);
                        Ok(JsArray::of((&value, text)))
                    }
                },)*
                other => Err(JsError::new(other)),
            }
        };
    }
    let result = family!(each!);
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn cast_up(value: OwnedHandle) -> i32 {
    let value = lift_owned(value);
    let result = value.cast::<JsArray>().map(|array| {
        let object: JsObject = array.into();
        let value: JsValue = object.into();
        JsArray::unchecked_from(value)
    });
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn cast_lie(value: Handle, name: *const u8, name_len: usize) -> i32 {
    let value = lift_borrowed(value);
    let result = match text!(name, name_len) {
        "String" => Ok(JsValue::from(JsString::unchecked_ref(&value).to_utf8())),
        "String16" => Ok(JsValue::from(JsString::unchecked_ref(&value).utf16_len())),
        "Array" => JsArray::unchecked_ref(&value).len().map(JsValue::from),
        "push" => JsArray::unchecked_ref(&value).push(1).map(JsValue::from),
        "Function" => JsFunction::unchecked_ref(&value).call(&JsValue::UNDEFINED, ()),
        "construct" => JsFunction::unchecked_ref(&value).construct(()).map(JsValue::from),
        "BigInt" => Ok(JsValue::from(JsBigInt::unchecked_ref(&value).to_i64())),
        "BigInt u64" => Ok(JsValue::from(JsBigInt::unchecked_ref(&value).to_u64())),
        "Date" => Ok(JsValue::from(JsDate::unchecked_ref(&value).time())),
        "length" => Ok(JsValue::from(JsUint8Array::unchecked_ref(&value).len())),
        "copy_to" => Ok(JsValue::from(JsUint8Array::unchecked_ref(&value).copy_to(&mut [0; 4]))),
        "copy_from" => Ok(JsValue::from(JsUint8Array::unchecked_ref(&value).copy_from(0, &[0]))),
        other => Err(JsError::new(other)),
    };
    return_result(result)
}
