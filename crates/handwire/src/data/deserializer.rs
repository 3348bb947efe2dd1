//! serde's Deserializer: what each value is to the type that asks for it.

use super::access::{Elements, Entries, Fields, Variant};
use super::copied::copied;
use super::date;
use super::error::DataError;
use super::handle;
use super::numbers::Numbers;
use super::numeric::number;
use super::reader::{Reader, Shape, Value};
use super::tag;
use super::visitor::is_derived;
use crate::JsValue;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserializer, Error, IntoDeserializer, SeqAccess, Unexpected, Visitor};

type Result<T, E = DataError> = core::result::Result<T, E>;

/// What a value of the host is for, where something else was asked for.
const HOST_VALUE: &str = "a function, a symbol or another value that is no data";

impl<'de> Reader<'de> {
    /// A value whatever it is, as JSON would have it where JSON can say it.
    fn any<V: Visitor<'de>>(&mut self, value: Value<'de>, visitor: V) -> Result<V::Value> {
        match value {
            Value::Undefined | Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(_) | Value::Float(_) | Value::I64(_) | Value::U64(_) | Value::Big { .. } => {
                number(value, visitor)
            }
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Value::Numbers { element, bytes } => whole(Numbers::new(element, bytes), Numbers::left, visitor),
            Value::Array(count) => self.array(count, visitor),
            Value::Map(count) => self.map(count, false, visitor),
            Value::Object(shape) => {
                self.enter()?;
                let result = visitor.visit_map(Fields::new(self, shape, false))?;
                self.leave();
                Ok(result)
            }
            Value::Date(time) => match date::text(time) {
                Some(text) => visitor.visit_string(text),
                None => visitor.visit_unit(),
            },
            Value::Handle(_) => Err(Error::invalid_type(Unexpected::Other(HOST_VALUE), &visitor)),
        }
    }

    #[inline]
    fn array<V: Visitor<'de>>(&mut self, count: usize, visitor: V) -> Result<V::Value> {
        self.enter()?;
        let mut elements = Elements::new(self, count);
        let result = visitor.visit_seq(&mut elements)?;
        let left = elements.left();
        if left > 0 {
            return Err(Error::invalid_length(count, &Shorter(count - left)));
        }
        self.leave();
        Ok(result)
    }

    /// A struct by its keys: a property that is undefined is as good as none, as in JSON.
    #[inline]
    fn fields<V: Visitor<'de>>(&mut self, shape: Shape, visitor: V) -> Result<V::Value> {
        self.enter()?;
        let result = visitor.visit_map(Fields::new(self, shape, true))?;
        self.leave();
        Ok(result)
    }

    /// A struct whose fields are all there, in their order: then nobody has to look at its keys.
    #[inline]
    fn in_order<V: Visitor<'de>>(&mut self, fields: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.enter()?;
        let mut values = Elements::of(self, fields);
        let result = visitor.visit_seq(&mut values)?;
        // There are more names than fields where one has several, and then it is there twice.
        if let Some(key) = values.next_key() {
            return Err(Error::duplicate_field(key));
        }
        self.leave();
        Ok(result)
    }

    fn map<V: Visitor<'de>>(&mut self, count: usize, texts: bool, visitor: V) -> Result<V::Value> {
        self.enter()?;
        let mut entries = Entries::new(self, count, texts);
        let result = visitor.visit_map(&mut entries)?;
        entries.finish()?;
        self.leave();
        Ok(result)
    }

    /// The very value of the host.
    fn host_value<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let value = match self.next()? {
            Value::Undefined => JsValue::UNDEFINED,
            Value::Null => JsValue::NULL,
            Value::Bool(value) => JsValue::from(value),
            Value::Int(value) => JsValue::from(f64::from(value)),
            Value::Float(value) => JsValue::from(value),
            Value::I64(value) => crate::JsBigInt::from(value).into(),
            Value::U64(value) => crate::JsBigInt::from(value).into(),
            Value::Text(text) => JsValue::from(text),
            Value::Handle(number) => self.handle(number)?,
            other => {
                let part = self.part()?;
                self.pass_over_rest(other)?;
                part
            }
        };
        visitor.visit_u128(handle::framed(value))
    }
}

/// A sequence must have been taken whole.
fn whole<'de, A, V>(mut sequence: A, left: impl Fn(&A) -> usize, visitor: V) -> Result<V::Value>
where
    A: SeqAccess<'de, Error = DataError>,
    V: Visitor<'de>,
{
    let count = left(&sequence);
    let result = visitor.visit_seq(&mut sequence)?;
    match left(&sequence) {
        0 => Ok(result),
        left => Err(Error::invalid_length(count, &Shorter(count - left))),
    }
}

/// How many elements were wanted of more.
struct Shorter(usize);

impl de::Expected for Shorter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} elements", self.0)
    }
}

/// `method method …`: what checks the type by itself.
macro_rules! any {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            let value = self.next()?;
            self.any(value, visitor)
        }
    )*};
}

/// Integers: a number with a fraction, or beyond what a number holds exactly, is none. A Date is its milliseconds.
macro_rules! integers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self.integer()? {
                Some(value) => number(Value::Int(value), visitor),
                None => self.rare_integer(visitor),
            }
        }
    )*};
}

impl<'de> Reader<'de> {
    #[inline(never)]
    fn rare_integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.next()? {
            Value::Int(value) => number(Value::Int(value), visitor),
            Value::Float(0.0) => visitor.visit_u64(0),
            Value::Float(value) if value.abs() > tag::SAFE as f64 && value as i64 as f64 == value => {
                Err(Error::custom(format_args!("the number {value} is too large to be exact: a BigInt is")))
            }
            Value::Date(time) if !time.is_nan() => number(Value::Float(time), visitor),
            value => self.any(value, visitor),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = DataError;

    any! { deserialize_any deserialize_bool }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    #[inline]
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }

    #[inline]
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if let Some(value) = self.float()? {
            return visitor.visit_f64(value);
        }
        match self.next()? {
            Value::Float(value) | Value::Date(value) => visitor.visit_f64(value),
            Value::Int(value) => visitor.visit_f64(value.into()),
            value => self.any(value, visitor),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if let Some(text) = self.short_text()? {
            return visitor.visit_borrowed_str(text);
        }
        match self.next()? {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            value => self.any(value, visitor),
        }
    }

    #[inline]
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if let Some(text) = self.short_text()? {
            return visitor.visit_string(copied(text).into());
        }
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if handle::is_asked_for::<V>() {
            return self.host_value(visitor);
        }
        match self.peek() {
            Some(tag::UNDEFINED | tag::NULL) => {
                self.pass();
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    any! { deserialize_unit deserialize_map }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next()? {
            Value::Array(count) => self.array(count, visitor),
            // As numbers, where they were not asked for as bytes.
            Value::Bytes(bytes) => whole(Numbers::new(handwire_abi::element::U8, bytes), Numbers::left, visitor),
            value => self.any(value, visitor),
        }
    }

    #[inline]
    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if is_derived::<V>()
            && let Some((shape, ordered)) = self.defined(fields)?
        {
            return if ordered { self.in_order(fields, visitor) } else { self.fields(shape, visitor) };
        }
        match self.next()? {
            Value::Object(shape) => self.fields(shape, visitor),
            Value::Map(count) => self.map(count, true, visitor),
            value => self.any(value, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.next()? {
            Value::Text(variant) => visitor
                .visit_enum(IntoDeserializer::into_deserializer(BorrowedStrDeserializer::<DataError>::new(variant))),
            Value::Object(shape) => {
                self.enter()?;
                let result = visitor.visit_enum(Variant::find(self, shape)?)?;
                self.leave();
                Ok(result)
            }
            Value::Map(1) => {
                self.enter()?;
                let result = visitor.visit_enum(Variant::of_map(self))?;
                self.leave();
                Ok(result)
            }
            value => self.any(value, visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.pass_over()?;
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}
