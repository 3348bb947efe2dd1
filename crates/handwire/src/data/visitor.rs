//! Whose a visitor is, by the name of its type: a compiler knows the answer.

/// Whether a visitor is one of serde's derive: others may do something else with a struct's fields in turn than by their keys.
#[inline(always)]
pub(super) fn is_derived<V>() -> bool {
    let name = core::any::type_name::<V>();
    // With lifetimes or without, as compilers write them.
    ["::__Visitor", "::__Visitor<'_>", "::__Visitor<'_, '_>"].iter().any(|end| name.ends_with(end))
}

/// Whether a visitor is one of serde's own: of lists, tuples, maps, options.
#[inline(always)]
pub(super) fn is_own<V>() -> bool {
    let name = core::any::type_name::<V>();
    // Which crate of serde's they are in depends on its version.
    ["serde_core::de::impls::", "serde::de::impls::"].iter().any(|start| name.starts_with(start))
}
