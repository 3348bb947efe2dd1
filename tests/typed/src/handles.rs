//! Host values: any, of a known class, and of types of the guest's own; owned and borrowed.

use handwire::{
    JsArray, JsBigInt, JsBigInt64Array, JsBigUint64Array, JsDate, JsFloat32Array, JsFloat64Array, JsFunction,
    JsInt8Array, JsInt16Array, JsInt32Array, JsObject, JsString, JsSymbol, JsUint8Array, JsUint8ClampedArray,
    JsUint16Array, JsUint32Array, JsValue,
};

handwire::js_type! {
    /// A node of the page, say.
    pub struct Node: JsObject;
    /// A text that stays the host's.
    pub struct Label: JsString;
}

every! {
    JsValue: any any_try any_option any_list any_both;
    JsObject: object object_try object_option object_list object_both;
    JsFunction: function function_try function_option function_list function_both;
    JsString: string string_try string_option string_list string_both;
    JsBigInt: bigint bigint_try bigint_option bigint_list bigint_both;
    JsSymbol: symbol symbol_try symbol_option symbol_list symbol_both;
    JsArray: array array_try array_option array_list array_both;
    JsDate: date date_try date_option date_list date_both;
    JsInt8Array: int8s int8s_try int8s_option int8s_list int8s_both;
    JsUint8Array: uint8s uint8s_try uint8s_option uint8s_list uint8s_both;
    JsUint8ClampedArray: clamped clamped_try clamped_option clamped_list clamped_both;
    JsInt16Array: int16s int16s_try int16s_option int16s_list int16s_both;
    JsUint16Array: uint16s uint16s_try uint16s_option uint16s_list uint16s_both;
    JsInt32Array: int32s int32s_try int32s_option int32s_list int32s_both;
    JsUint32Array: uint32s uint32s_try uint32s_option uint32s_list uint32s_both;
    JsFloat32Array: float32s float32s_try float32s_option float32s_list float32s_both;
    JsFloat64Array: float64s float64s_try float64s_option float64s_list float64s_both;
    JsBigInt64Array: bigint64s bigint64s_try bigint64s_option bigint64s_list bigint64s_both;
    JsBigUint64Array: biguint64s biguint64s_try biguint64s_option biguint64s_list biguint64s_both;
    Node: node node_try node_option node_list node_both;
    Label: label label_try label_option label_list label_both;
}

borrowed! {
    any_borrowed: &JsValue => JsValue, clone;
    object_borrowed: &JsObject => JsObject, clone;
    function_borrowed: &JsFunction => JsFunction, clone;
    string_borrowed: &JsString => JsString, clone;
    bigint_borrowed: &JsBigInt => JsBigInt, clone;
    symbol_borrowed: &JsSymbol => JsSymbol, clone;
    array_borrowed: &JsArray => JsArray, clone;
    date_borrowed: &JsDate => JsDate, clone;
    uint8s_borrowed: &JsUint8Array => JsUint8Array, clone;
    float64s_borrowed: &JsFloat64Array => JsFloat64Array, clone;
    node_borrowed: &Node => Node, clone;
    label_borrowed: &Label => Label, clone;
}
