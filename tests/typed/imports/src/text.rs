//! Text and bytes, and lists in lists.

use alloc::string::String;
use alloc::vec::Vec;

through! {
    String: StrField str str_try str_option str_list str_field;
    Vec<u8>: BytesField bytes bytes_try bytes_option bytes_list bytes_field;
    Vec<f64>: NumbersField numbers numbers_try numbers_option numbers_list numbers_field;
    Vec<String>: TextsField texts texts_try texts_option texts_list texts_field;
    Vec<Option<i64>>: SparseField sparse sparse_try sparse_option sparse_list sparse_field;
}

lent! {
    str_borrowed: &str => String;
    str_maybe: Option<&str> => Option<String>;
}
