//! [`record!`]: structs and enums that cross by value.

/// Makes structs and enums that cross by value, as plain objects and strings of the host.
///
/// A struct's fields are of any type that an `Option` can hold; on the host it is an object
/// with these properties. An enum has no fields; on the host it is the name of its variant.
///
/// ```no_run
/// handwire::record! {
///     /// A place on the page, in pixels.
///     #[derive(Clone, Copy, Debug)]
///     pub struct Point { pub x: f64, pub y: f64 }
///
///     /// How to round.
///     #[derive(Clone, Copy, Debug)]
///     pub enum Mode { Fast, Exact }
/// }
///
/// handwire::export! {
///     fn middle(points: Vec<Point>, mode: Mode) -> Option<Point> {
///         let count = points.len() as f64;
///         let sum = points.iter().copied().reduce(|a, b| Point { x: a.x + b.x, y: a.y + b.y })?;
///         let middle = Point { x: sum.x / count, y: sum.y / count };
///         Some(match mode {
///             Mode::Exact => middle,
///             Mode::Fast => Point { x: middle.x.round(), y: middle.y.round() },
///         })
///     }
/// }
/// ```
///
/// What an `Option` can't hold is refused: a struct that is no record, an option of an option.
///
/// ```compile_fail
/// struct Plain;
/// handwire::record! { struct Outer { inner: Plain } }
/// ```
/// ```compile_fail
/// handwire::record! { struct Outer { inner: Option<Option<i32>> } }
/// handwire::export! { fn take(outer: Outer) -> bool { outer.inner.is_some() } }
/// ```
///
/// It expands to the type as written, to [`Element`](crate::wire::Element) (each field in a
/// slot; an enum as the number of its variant) and the other traits of
/// [`wire`](crate::wire), and to a line of the contract section:
/// `record Point { x: f64, y: f64 }`, `enum Mode { Fast, Exact }`, and one for each doc
/// comment: `doc Point "A place on the page, in pixels."`.
#[macro_export]
macro_rules! record {
    () => {};

    ($(#[$($meta:tt)*])* $vis:vis struct $name:ident { $($(#[$($field_meta:tt)*])* $field_vis:vis $field:ident: $type:ty),+ $(,)? } $($rest:tt)*) => {
        $(#[$($meta)*])*
        $vis struct $name { $($(#[$($field_meta)*])* $field_vis $field: $type),+ }

        const _: () = {

            const ALL: $crate::wire::Text =
                &[$($crate::wire::Piece::Str(concat!(stringify!($field), ": ")), $crate::wire::Piece::Sub(<$type as $crate::wire::Element>::TYPE), $crate::wire::Piece::Str(", ")),+];
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str(concat!("record ", stringify!($name), " { ")),
                $crate::wire::Piece::Sub($crate::wire::but_last(ALL)),
                $crate::wire::Piece::Str(" }\n"),
                $crate::wire::Piece::Sub($crate::__docs!([stringify!($name)] [] $(#[$($meta)*])*)),
                $($crate::wire::Piece::Sub($crate::__docs!([stringify!($name), ".", stringify!($field)] [] $(#[$($field_meta)*])*)),)+
            ];
            $crate::__line!(LINE);

            const FIELDS: usize = [$(stringify!($field)),+].len();

            impl $name {
                /// # Safety
                ///
                /// The host wrote one slot for each field.
                unsafe fn lift_fields(mut slots: *const $crate::abi::Slot) -> ::core::result::Result<$name, $crate::wire::Misfit> {
                    $(
                        // SAFETY: the caller says so.
                        let $field = unsafe { <$type as $crate::wire::Element>::try_lift_slot(slots.read()) };
                        slots = slots.wrapping_add(1);
                    )+
                    let _ = slots;
                    Ok($name { $($field: $field.map_err(|misfit| misfit.in_field(stringify!($field)))?),+ })
                }

                /// # Safety
                ///
                /// The host wrote one slot for each field.
                unsafe fn claim_fields(slots: *mut $crate::abi::Slot) -> bool {
                    let mut at = 0;
                    $(
                        // SAFETY: the caller says so.
                        if !unsafe { <$type as $crate::wire::Element>::claim_slot(slots.add(at)) } {
                            $crate::wire::refused_in_field(stringify!($field));
                            // SAFETY: the caller says so.
                            unsafe { $name::unclaim_fields(slots, at) };
                            return false;
                        }
                        at += 1;
                    )+
                    at > 0
                }

                /// # Safety
                ///
                /// The host wrote one slot for each field.
                unsafe fn unclaim_fields(slots: *mut $crate::abi::Slot, claimed: usize) {
                    let mut at = 0;
                    $(
                        if at < claimed {
                            // SAFETY: the caller says so.
                            unsafe { <$type as $crate::wire::Element>::unclaim_slot(slots.add(at)) };
                        }
                        at += 1;
                    )+
                    let _ = at;
                }
            }

            impl $crate::wire::Element for $name {
                const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str(stringify!($name))];

                // What it holds isn't known here: a record may have lists of itself.
                const FALLIBLE: bool = $crate::wire::MAY_REFUSE;

                unsafe fn lift_slot(slot: $crate::abi::Slot) -> $name {
                    // SAFETY: the caller says so.
                    let record = unsafe { <$name as $crate::wire::Element>::try_lift_slot(slot) };
                    record.unwrap_or_else(|misfit| misfit.panic(stringify!($name)))
                }

                unsafe fn try_lift_slot(slot: $crate::abi::Slot) -> ::core::result::Result<$name, $crate::wire::Misfit> {
                    let slots = slot.payload() as u32 as usize as *mut $crate::abi::Slot;
                    // SAFETY: the payload is the address of the fields; what the host hands over is an allocation of that size.
                    unsafe {
                        let record = $name::lift_fields(slots);
                        if slot.aux() & $crate::abi::Slot::HANDED_OVER != 0 {
                            $crate::hw_free(slots.cast(), FIELDS * ::core::mem::size_of::<$crate::abi::Slot>(), 8);
                        }
                        record
                    }
                }

                unsafe fn claim_slot(slot: *mut $crate::abi::Slot) -> bool {
                    // SAFETY: the payload is the address of the fields.
                    unsafe { $name::claim_fields(slot.read().payload() as u32 as usize as *mut $crate::abi::Slot) }
                }

                unsafe fn unclaim_slot(slot: *mut $crate::abi::Slot) {
                    // SAFETY: the payload is the address of the fields.
                    unsafe { $name::unclaim_fields(slot.read().payload() as u32 as usize as *mut $crate::abi::Slot, FIELDS) };
                }

                fn room(&self) -> usize {
                    FIELDS * ::core::mem::size_of::<$crate::abi::Slot>() $(+ $crate::wire::Element::room(&self.$field))+
                }

                fn lower_slot(self, block: &mut $crate::wire::Block) -> $crate::abi::Slot {
                    let slots = block.take(FIELDS * ::core::mem::size_of::<$crate::abi::Slot>()).cast::<$crate::abi::Slot>();
                    let mut at = slots;
                    $(
                        let slot = $crate::wire::Element::lower_slot(self.$field, block);
                        // SAFETY: there is room for one slot a field.
                        unsafe { at.write(slot) };
                        at = at.wrapping_add(1);
                    )+
                    let _ = at;
                    $crate::abi::Slot::range($crate::abi::kind::RECORD, 0, slots as usize, FIELDS)
                }
            }

            $crate::__throw_by_value!($name);

            impl $crate::wire::Wire for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type A = *const $crate::abi::Slot;
                type B = ();
            }

            impl<'h> $crate::wire::Lift<'h> for $name {
                type Hold = *const $crate::abi::Slot;

                unsafe fn hold(slots: *const $crate::abi::Slot, _: ()) -> *const $crate::abi::Slot {
                    // SAFETY: they are what the host gave.
                    if unsafe { $name::claim_fields(slots.cast_mut()) } { slots } else { ::core::ptr::null() }
                }

                fn refused(slots: &*const $crate::abi::Slot) -> bool {
                    slots.is_null()
                }

                fn give_up(slots: *const $crate::abi::Slot) {
                    if !slots.is_null() {
                        // SAFETY: `hold` was given what the host gave.
                        unsafe { $name::unclaim_fields(slots.cast_mut(), FIELDS) };
                    }
                }

                fn lift(hold: &'h mut *const $crate::abi::Slot) -> $name {
                    // SAFETY: `hold` was given what the host gave.
                    unsafe { $name::lift_fields(*hold) }.unwrap_or_else(|misfit| misfit.panic(stringify!($name)))
                }
            }

            impl $crate::wire::Return for $name {
                fn write(self) {
                    $crate::wire::return_block(self);
                }
            }

            impl $crate::wire::Pass for $name {
                type Hold = $crate::wire::Laid;

                fn hold(self) -> $crate::wire::Laid {
                    $crate::wire::Laid::new(self)
                }

                fn pass(hold: &$crate::wire::Laid) -> (*const $crate::abi::Slot, ()) {
                    (hold.range().0.cast(), ())
                }
            }

            impl $crate::wire::Receive for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type Wire = ();
                type Out = *mut $crate::abi::Slot;

                fn out(slot: &mut ::core::mem::MaybeUninit<$crate::abi::Slot>) -> *mut $crate::abi::Slot {
                    slot.as_mut_ptr()
                }

                unsafe fn try_receive(_: (), slot: ::core::mem::MaybeUninit<$crate::abi::Slot>) -> ::core::result::Result<$name, $crate::wire::Misfit> {
                    // SAFETY: the host wrote it for this type.
                    unsafe { <$name as $crate::wire::Element>::try_lift_slot(slot.assume_init()) }
                }
            }

            impl $crate::wire::Lower for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type Wire = ();

                fn lower(self) {
                    $crate::wire::Return::write(self);
                }
            }
        };

        $crate::record! { $($rest)* }
    };

    ($(#[$($meta:tt)*])* $vis:vis enum $name:ident { $($(#[$($variant_meta:tt)*])* $variant:ident),+ $(,)? } $($rest:tt)*) => {
        $(#[$($meta)*])*
        $vis enum $name { $($(#[$($variant_meta)*])* $variant),+ }

        const _: () = {

            const ALL: $crate::wire::Text = &[$($crate::wire::Piece::Str(stringify!($variant)), $crate::wire::Piece::Str(", ")),+];
            const LINE: $crate::wire::Text = &[
                $crate::wire::Piece::Str(concat!("enum ", stringify!($name), " { ")),
                $crate::wire::Piece::Sub($crate::wire::but_last(ALL)),
                $crate::wire::Piece::Str(" }\n"),
                $crate::wire::Piece::Sub($crate::__docs!([stringify!($name)] [] $(#[$($meta)*])*)),
                $($crate::wire::Piece::Sub($crate::__docs!([stringify!($name), ".", stringify!($variant)] [] $(#[$($variant_meta)*])*)),)+
            ];
            $crate::__line!(LINE);

            impl $name {
                fn from_number(number: u32) -> $name {
                    $(if number == $name::$variant as u32 { return $name::$variant; })+
                    panic!(concat!("the host gave no variant of ", stringify!($name)))
                }
            }

            impl $crate::wire::Element for $name {
                const TYPE: $crate::wire::Text = &[$crate::wire::Piece::Str(stringify!($name))];

                unsafe fn lift_slot(slot: $crate::abi::Slot) -> $name {
                    $name::from_number(f64::from_bits(slot.payload()) as u32)
                }

                fn lower_slot(self, _block: &mut $crate::wire::Block) -> $crate::abi::Slot {
                    $crate::abi::Slot::number((self as u32).into())
                }
            }

            $crate::__throw_by_value!($name);

            impl $crate::wire::Wire for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type A = u32;
                type B = ();
            }

            impl<'h> $crate::wire::Lift<'h> for $name {
                type Hold = u32;

                unsafe fn hold(number: u32, _: ()) -> u32 {
                    number
                }

                fn lift(hold: &'h mut u32) -> $name {
                    $name::from_number(*hold)
                }
            }

            impl $crate::wire::Return for $name {
                fn write(self) {
                    $crate::wire::Return::write(self as u32);
                }
            }

            impl $crate::wire::Pass for $name {
                type Hold = u32;

                fn hold(self) -> u32 {
                    self as u32
                }

                fn pass(hold: &u32) -> (u32, ()) {
                    (*hold, ())
                }
            }

            impl $crate::wire::Receive for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type Wire = u32;
                type Out = ();

                fn out(_: &mut ::core::mem::MaybeUninit<$crate::abi::Slot>) {}

                unsafe fn try_receive(number: u32, _: ::core::mem::MaybeUninit<$crate::abi::Slot>) -> ::core::result::Result<$name, $crate::wire::Misfit> {
                    Ok($name::from_number(number))
                }
            }

            impl $crate::wire::Lower for $name {
                const TYPE: $crate::wire::Text = <$name as $crate::wire::Element>::TYPE;
                type Wire = u32;

                fn lower(self) -> u32 {
                    self as u32
                }
            }
        };

        $crate::record! { $($rest)* }
    };
}
