//! A record of one field for each type, given back as it came.

use crate::handles::{Label, Node};
use crate::records::{Every, Mode, Point, Shape, Tree};
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{
    JsArray, JsBigInt, JsBigInt64Array, JsBigUint64Array, JsDate, JsFloat32Array, JsFloat64Array, JsFunction,
    JsInt8Array, JsInt16Array, JsInt32Array, JsObject, JsString, JsSymbol, JsUint8Array, JsUint8ClampedArray,
    JsUint16Array, JsUint32Array, JsValue,
};

macro_rules! fields {
    ($($type:ty: $record:ident $echo:ident;)*) => {
        handwire::record! {$(
            pub struct $record { value: $type }
        )*}

        handwire::export! {$(
            fn $echo(record: $record) -> $record {
                record
            }
        )*}
    };
}

fields! {
    bool: BoolField bool_field;
    i8: I8Field i8_field;
    u8: U8Field u8_field;
    i16: I16Field i16_field;
    u16: U16Field u16_field;
    i32: I32Field i32_field;
    u32: U32Field u32_field;
    usize: UsizeField usize_field;
    i64: I64Field i64_field;
    u64: U64Field u64_field;
    f32: F32Field f32_field;
    f64: F64Field f64_field;
    char: CharField char_field;
    String: StrField str_field;
    Vec<u8>: BytesField bytes_field;
    Vec<f64>: NumbersField numbers_field;
    Vec<String>: TextsField texts_field;
    Vec<Option<i64>>: SparseField sparse_field;
    JsValue: AnyField any_field;
    JsObject: ObjectField object_field;
    JsFunction: FunctionField function_field;
    JsString: StringField string_field;
    JsBigInt: BigintField bigint_field;
    JsSymbol: SymbolField symbol_field;
    JsArray: ArrayField array_field;
    JsDate: DateField date_field;
    JsInt8Array: Int8sField int8s_field;
    JsUint8Array: Uint8sField uint8s_field;
    JsUint8ClampedArray: ClampedField clamped_field;
    JsInt16Array: Int16sField int16s_field;
    JsUint16Array: Uint16sField uint16s_field;
    JsInt32Array: Int32sField int32s_field;
    JsUint32Array: Uint32sField uint32s_field;
    JsFloat32Array: Float32sField float32s_field;
    JsFloat64Array: Float64sField float64s_field;
    JsBigInt64Array: Bigint64sField bigint64s_field;
    JsBigUint64Array: Biguint64sField biguint64s_field;
    Node: NodeField node_field;
    Label: LabelField label_field;
    Point: PointField point_field;
    Mode: ModeField mode_field;
    Shape: ShapeField shape_field;
    Tree: TreeField tree_field;
    Every: EveryField every_field;
    Option<u64>: MaybeField maybe_field;
}
