//! What is inside of lists, tuples, structs, maps and enums in a form.

use super::super::text::Text;
use super::formed::Formed;
use super::misread::Misread;
use core::marker::PhantomData;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

type Result<T, E = Misread> = core::result::Result<T, E>;

/// Values in turn.
pub(super) struct Items<'r, 'de> {
    formed: &'r mut Formed<'de>,
    left: usize,
}

impl<'r, 'de> Items<'r, 'de> {
    #[inline(always)]
    pub(super) fn new(formed: &'r mut Formed<'de>, left: usize) -> Items<'r, 'de> {
        Items { formed, left }
    }

    /// How many were not taken.
    #[inline(always)]
    pub(super) fn left(&self) -> usize {
        self.left
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = Misread;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        match seed.deserialize(&mut *self.formed) {
            Ok(value) => Ok(Some(value)),
            Err(Misread) => Err(Misread),
        }
    }

    #[inline(always)]
    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>> {
        self.next_element_seed(PhantomData)
    }

    /// No more than the words that are there.
    fn size_hint(&self) -> Option<usize> {
        Some(self.left.min(self.formed.words()))
    }
}

/// Values in turn, of which a form is learned.
pub(super) struct Learned<'r, 'de> {
    formed: &'r mut Formed<'de>,
    left: usize,
    parent: usize,
    /// The node of the next, and how much further that of the one after it is: the elements of a list have one.
    child: usize,
    step: usize,
}

impl<'r, 'de> Learned<'r, 'de> {
    #[cold]
    pub(super) fn of_list(formed: &'r mut Formed<'de>, left: usize) -> Learned<'r, 'de> {
        let parent = formed.node();
        Learned { formed, left, parent, child: 0, step: 0 }
    }

    #[cold]
    pub(super) fn of_tuple(formed: &'r mut Formed<'de>, left: usize) -> Learned<'r, 'de> {
        let parent = formed.node();
        Learned { formed, left, parent, child: 0, step: 1 }
    }
}

impl<'de> SeqAccess<'de> for Learned<'_, 'de> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.formed.learner().ok_or(Misread)?.inside(self.parent, self.child)?;
        self.left -= 1;
        self.child += self.step;
        seed.deserialize(&mut *self.formed).map(Some)
    }
}

/// Where the keys of an object are.
#[derive(Clone, Copy)]
enum Keys {
    /// The fields of a struct, from one on, but for those whose bits are set.
    Fields(&'static [&'static str], usize, u64),
    /// In the form: so many are left.
    Entries(usize),
    /// A struct's, in an ordinary buffer: its fields, the address of the next key, and how many are left.
    LearnedFields(&'static [&'static str], usize, u32),
    /// A map's, there.
    LearnedEntries(usize, u32),
    /// None is left, and what was given last is one that no struct has.
    Strange,
}

/// Values by their keys.
pub(super) struct Keyed<'r, 'de> {
    formed: &'r mut Formed<'de>,
    keys: Keys,
    parent: usize,
}

/// A type that refuses what it doesn't know must be sent all keys, and is in no form. It is found by a key that it can't know.
const STRANGE: &str = "\u{0}handwire";

impl<'r, 'de> Keyed<'r, 'de> {
    /// A struct of which some fields are missing.
    pub(super) fn of_fields(formed: &'r mut Formed<'de>, fields: &'static [&'static str], missing: u64) -> Self {
        Keyed { formed, keys: Keys::Fields(fields, 0, missing), parent: 0 }
    }

    /// A map of so many entries.
    pub(super) fn of_map(formed: &'r mut Formed<'de>, count: usize) -> Self {
        let parent = formed.node();
        let keys = match formed.learner() {
            None => Keys::Entries(count),
            Some(learner) => Keys::LearnedEntries(learner.keys.0, learner.keys.1),
        };
        Keyed { formed, keys, parent }
    }

    /// A struct that is learned.
    #[cold]
    pub(super) fn to_learn(formed: &'r mut Formed<'de>, fields: &'static [&'static str]) -> Result<Self> {
        let parent = formed.node();
        let learner = formed.learner().ok_or(Misread)?;
        learner.fields(fields)?;
        let (at, left) = learner.keys;
        Ok(Keyed { formed, keys: Keys::LearnedFields(fields, at, left), parent })
    }

    #[inline(never)]
    fn next_key(&mut self) -> Result<Option<&'de str>> {
        match self.keys {
            Keys::Fields(fields, mut next, missing) => {
                while next < fields.len() && missing.checked_shr(next as u32).is_some_and(|bits| bits & 1 != 0) {
                    next += 1;
                }
                self.keys = Keys::Fields(fields, next + 1, missing);
                Ok(fields.get(next).copied())
            }
            Keys::Entries(0) | Keys::LearnedEntries(_, 0) | Keys::Strange => Ok(None),
            Keys::Entries(left) => {
                self.keys = Keys::Entries(left - 1);
                Ok(Some(self.formed.text()))
            }
            Keys::LearnedEntries(at, left) => {
                let learner = self.formed.learner().ok_or(Misread)?;
                let (key, after) = learner.key(at)?;
                learner.inside(self.parent, 0)?;
                self.keys = Keys::LearnedEntries(after, left - 1);
                Ok(Some(key))
            }
            Keys::LearnedFields(fields, at, left) => self.learn(fields, at, left).map(Some),
        }
    }

    #[cold]
    fn learn(&mut self, fields: &'static [&'static str], mut at: usize, mut left: u32) -> Result<&'de str> {
        let learner = self.formed.learner().ok_or(Misread)?;
        while left > 0 {
            let (key, after) = learner.key(at)?;
            (at, left) = (after, left - 1);
            match fields.iter().position(|&field| field == key) {
                Some(number) if !learner.is_undefined() => {
                    learner.inside(self.parent, number)?;
                    self.keys = Keys::LearnedFields(fields, at, left);
                    return Ok(key);
                }
                _ => learner.pass_over()?,
            }
        }
        self.keys = Keys::Strange;
        Ok(STRANGE)
    }
}

impl<'de> MapAccess<'de> for Keyed<'_, 'de> {
    type Error = Misread;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        match self.next_key()? {
            Some(key) => seed.deserialize(Text(key)).map(Some).map_err(|_| Misread),
            None => Ok(None),
        }
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        match self.keys {
            Keys::Strange => seed.deserialize(().into_deserializer()),
            _ => seed.deserialize(&mut *self.formed),
        }
    }

    /// No more than the words that are there.
    fn size_hint(&self) -> Option<usize> {
        match self.keys {
            Keys::Entries(left) => Some(left.min(self.formed.words())),
            _ => None,
        }
    }
}

/// A variant of an enum, by its name.
pub(super) struct Variant<'de>(pub(super) &'de str);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Misread;
    type Variant = Unit;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Unit)> {
        let name = BorrowedStrDeserializer::<Misread>::new(self.0);
        Ok((seed.deserialize(name)?, Unit))
    }
}

/// The content of a variant that has none.
pub(super) struct Unit;

impl<'de> VariantAccess<'de> for Unit {
    type Error = Misread;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value> {
        Err(Misread)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value> {
        Err(Misread)
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value> {
        Err(Misread)
    }
}
