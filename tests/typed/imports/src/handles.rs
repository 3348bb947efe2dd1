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

through! {
    JsValue: AnyField any any_try any_option any_list any_field;
    JsObject: ObjectField object object_try object_option object_list object_field;
    JsFunction: FunctionField function function_try function_option function_list function_field;
    JsString: StringField string string_try string_option string_list string_field;
    JsBigInt: BigintField bigint bigint_try bigint_option bigint_list bigint_field;
    JsSymbol: SymbolField symbol symbol_try symbol_option symbol_list symbol_field;
    JsArray: ArrayField array array_try array_option array_list array_field;
    JsDate: DateField date date_try date_option date_list date_field;
    JsInt8Array: Int8sField int8s int8s_try int8s_option int8s_list int8s_field;
    JsUint8Array: Uint8sField uint8s uint8s_try uint8s_option uint8s_list uint8s_field;
    JsUint8ClampedArray: ClampedField clamped clamped_try clamped_option clamped_list clamped_field;
    JsInt16Array: Int16sField int16s int16s_try int16s_option int16s_list int16s_field;
    JsUint16Array: Uint16sField uint16s uint16s_try uint16s_option uint16s_list uint16s_field;
    JsInt32Array: Int32sField int32s int32s_try int32s_option int32s_list int32s_field;
    JsUint32Array: Uint32sField uint32s uint32s_try uint32s_option uint32s_list uint32s_field;
    JsFloat32Array: Float32sField float32s float32s_try float32s_option float32s_list float32s_field;
    JsFloat64Array: Float64sField float64s float64s_try float64s_option float64s_list float64s_field;
    JsBigInt64Array: Bigint64sField bigint64s bigint64s_try bigint64s_option bigint64s_list bigint64s_field;
    JsBigUint64Array: Biguint64sField biguint64s biguint64s_try biguint64s_option biguint64s_list biguint64s_field;
    Node: NodeField node node_try node_option node_list node_field;
    Label: LabelField label label_try label_option label_list label_field;
}

lent! {
    any_borrowed: &JsValue => JsValue;
    object_borrowed: &JsObject => JsObject;
    function_borrowed: &JsFunction => JsFunction;
    string_borrowed: &JsString => JsString;
    bigint_borrowed: &JsBigInt => JsBigInt;
    symbol_borrowed: &JsSymbol => JsSymbol;
    array_borrowed: &JsArray => JsArray;
    date_borrowed: &JsDate => JsDate;
    int8s_borrowed: &JsInt8Array => JsInt8Array;
    uint8s_borrowed: &JsUint8Array => JsUint8Array;
    clamped_borrowed: &JsUint8ClampedArray => JsUint8ClampedArray;
    int16s_borrowed: &JsInt16Array => JsInt16Array;
    uint16s_borrowed: &JsUint16Array => JsUint16Array;
    int32s_borrowed: &JsInt32Array => JsInt32Array;
    uint32s_borrowed: &JsUint32Array => JsUint32Array;
    float32s_borrowed: &JsFloat32Array => JsFloat32Array;
    float64s_borrowed: &JsFloat64Array => JsFloat64Array;
    bigint64s_borrowed: &JsBigInt64Array => JsBigInt64Array;
    biguint64s_borrowed: &JsBigUint64Array => JsBigUint64Array;
    node_borrowed: &Node => Node;
    label_borrowed: &Label => Label;
}
