//! The host's side of forms in a few lines: it reads a form, and writes what fits it.

use crate::data::Options;
use crate::data::form::node::kind;
use crate::data::form::{form_of, read};
use heap::string::String;
use heap::vec::Vec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::boxed::Box;

/// A form, as a host reads it.
#[derive(Debug, PartialEq)]
pub enum Form {
    Unknown,
    Boolean,
    Number,
    Text,
    Option(Box<Form>),
    List(Box<Form>),
    Tuple(Vec<Form>),
    Struct(Vec<(String, Form)>),
    Map(Box<Form>),
}

fn byte(bytes: &mut &[u8]) -> u8 {
    let (&first, rest) = bytes.split_first().expect("the form goes on");
    *bytes = rest;
    first
}

pub fn parse(bytes: &mut &[u8]) -> Form {
    match byte(bytes) {
        kind::UNKNOWN => Form::Unknown,
        kind::BOOLEAN => Form::Boolean,
        kind::NUMBER => Form::Number,
        kind::TEXT => Form::Text,
        kind::OPTION => Form::Option(parse(bytes).into()),
        kind::LIST => Form::List(parse(bytes).into()),
        kind::TUPLE => Form::Tuple((0..byte(bytes)).map(|_| parse(bytes)).collect()),
        kind::STRUCT => Form::Struct(
            (0..byte(bytes))
                .map(|_| {
                    let size = byte(bytes).into();
                    let (key, rest) = bytes.split_at(size);
                    *bytes = rest;
                    (String::from_utf8(key.to_vec()).unwrap(), parse(bytes))
                })
                .collect(),
        ),
        kind::MAP => Form::Map(parse(bytes).into()),
        other => panic!("no form begins with {other}"),
    }
}

/// What a host writes.
#[derive(Default)]
pub struct Written {
    pub words: Vec<f64>,
    pub text: String,
}

impl Written {
    fn text(&mut self, text: &str) {
        self.words.push(text.encode_utf16().count() as f64);
        self.text.push_str(text);
    }

    /// Whether the value fits.
    pub fn put(&mut self, form: &Form, value: &Value) -> bool {
        match (form, value) {
            (Form::Boolean, Value::Bool(yes)) => self.words.push(f64::from(u8::from(*yes))),
            (Form::Number, Value::Number(number)) => self.words.push(number.as_f64().unwrap()),
            (Form::Text, Value::String(text)) => self.text(text),
            (Form::Option(_), Value::Null) => self.words.push(0.0),
            (Form::Option(inner), value) => {
                self.words.push(1.0);
                return self.put(inner, value);
            }
            (Form::List(inner), Value::Array(list)) => {
                self.words.push(list.len() as f64);
                return list.iter().all(|value| self.put(inner, value));
            }
            (Form::Tuple(inner), Value::Array(list)) => {
                return inner.len() == list.len() && inner.iter().zip(list).all(|(form, value)| self.put(form, value));
            }
            (Form::Struct(fields), Value::Object(object)) => {
                let missing = fields.iter().enumerate().filter(|(_, (key, _))| !object.contains_key(key));
                self.words.push(missing.map(|(k, _)| (1u64 << k) as f64).sum());
                return fields.iter().all(|(key, form)| object.get(key).is_none_or(|value| self.put(form, value)));
            }
            (Form::Map(inner), Value::Object(object)) => {
                self.words.push(object.len() as f64);
                return object.iter().all(|(key, value)| {
                    self.text(key);
                    self.put(inner, value)
                });
            }
            _ => return false,
        }
        true
    }

    pub fn buffer(&self) -> Vec<u8> {
        let units = self.text.encode_utf16().count() as u32;
        let mut bytes: Vec<u8> =
            [0, 1, self.words.len() as u32, units].iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.extend(self.words.iter().flat_map(|word| word.to_le_bytes()));
        bytes.extend_from_slice(self.text.as_bytes());
        bytes
    }
}

pub fn learned<T: DeserializeOwned>(value: &impl Serialize) -> Option<Vec<u8>> {
    // As a host has it: keys are texts.
    let value = serde_json::to_value(value).expect("a value of JSON");
    let buffer = Options::new().encode(&value).expect("a value without handles");
    // SAFETY: it was written as a host does.
    unsafe { form_of::<T>(&buffer) }
}

pub fn form<T: DeserializeOwned>(value: &impl Serialize) -> Form {
    let bytes = learned::<T>(value).expect("a form");
    let rest = &mut &bytes[..];
    let form = parse(rest);
    assert!(rest.is_empty());
    form
}

/// In a form, and back; none if the value doesn't fit or isn't of the type.
pub fn through<T: DeserializeOwned>(form: &Form, value: &Value) -> Option<T> {
    let mut written = Written::default();
    if !written.put(form, value) {
        return None;
    }
    // SAFETY: it was written as a host does.
    unsafe { read(&written.buffer()) }.ok()
}
