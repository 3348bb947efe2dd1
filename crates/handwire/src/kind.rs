//! What `typeof` says.

use core::fmt;
use handwire_abi::value_kind;

/// The kind of a value: `typeof`, with `null` apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A BigInt.
    BigInt,
    /// A string.
    String,
    /// A symbol.
    Symbol,
    /// Anything that can be called.
    Function,
    /// Any other object.
    Object,
}

impl Kind {
    /// Of the number on the wire. What is not in the table is an object of some kind.
    #[inline]
    pub(crate) const fn from_wire(kind: u32) -> Kind {
        match kind {
            value_kind::UNDEFINED => Kind::Undefined,
            value_kind::NULL => Kind::Null,
            value_kind::BOOL => Kind::Bool,
            value_kind::NUMBER => Kind::Number,
            value_kind::BIGINT => Kind::BigInt,
            value_kind::STRING => Kind::String,
            value_kind::SYMBOL => Kind::Symbol,
            value_kind::FUNCTION => Kind::Function,
            _ => Kind::Object,
        }
    }

    /// Its name, as `typeof` has it; `null` is `"null"`.
    ///
    /// ```
    /// assert_eq!(handwire::Kind::Bool.name(), "boolean");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Undefined => "undefined",
            Kind::Null => "null",
            Kind::Bool => "boolean",
            Kind::Number => "number",
            Kind::BigInt => "bigint",
            Kind::String => "string",
            Kind::Symbol => "symbol",
            Kind::Function => "function",
            Kind::Object => "object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_the_contract_has_its_kind() {
        let names = (value_kind::UNDEFINED..=value_kind::OBJECT).map(|kind| Kind::from_wire(kind).name());
        let expected = ["undefined", "null", "boolean", "number", "bigint", "string", "symbol", "function", "object"];
        assert!(names.eq(expected));
    }
}
