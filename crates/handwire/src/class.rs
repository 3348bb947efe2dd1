//! [`Class`]: what the host holds as an instance; and [`Opaque`], a value that it only carries.
//! How they cross is in `wire/instance.rs`.

use crate::instances::Family;
use crate::wire::{Piece, Text};
use core::ops::{Deref, DerefMut};

/// A type whose values the host holds: made by [`class!`](crate::class!), and [`Opaque`].
///
/// It crosses everywhere: by value (the instance moves), as `&T` and `&mut T` (borrowed for
/// the call), in `Option`, `Vec` and the fields of records, as the result of an export. Rust's
/// rules hold at run time: a call that breaks one is refused before the function
/// runs, with an error that names class and method, and nothing has moved then.
///
/// An `Rc` of it is shared with the host. As a parameter, `Rc<T>` makes the guest one more
/// owner, and the host's instance stays; as a result it becomes an instance whose value the guest
/// owns, too. While there is another `Rc` or `Weak` of a value, a call that wants to change
/// it or to take it is refused as `shared`: what should change then has a `Cell`, as
/// everywhere in Rust. Inside of an `Option`, a `Vec` or a record, an `Rc` moves like a value.
pub trait Class: Sized + 'static {
    /// Its name in the contract section.
    const TYPE: Text;
    /// The name of `&Self`.
    const REF: Text;
    /// The name of `&mut Self`.
    const MUT: Text;

    /// What a misuse calls it.
    fn name() -> &'static str;

    /// What its instances have in common; one static, where there is a place for it.
    #[doc(hidden)]
    #[inline(always)]
    fn family() -> &'static Family {
        const { &Family::of::<Self>() }
    }
}

/// A value that the host only carries and hands back, of any type.
///
/// On the host it is an object without properties. Given to a function of another type than it
/// was made for, it is refused as `wrong-value`.
///
/// ```no_run
/// use handwire::Opaque;
///
/// struct Parser { position: usize }
///
/// handwire::export! {
///     fn parser() -> Opaque<Parser> {
///         Opaque(Parser { position: 0 })
///     }
///     fn advance(parser: &mut Opaque<Parser>, by: usize) -> usize {
///         parser.position += by;
///         parser.position
///     }
///     fn finish(parser: Opaque<Parser>) -> usize {
///         parser.0.position
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opaque<T>(pub T);

impl<T> Deref for Opaque<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Opaque<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: 'static> Class for Opaque<T> {
    const TYPE: Text = &[Piece::Str("opaque")];
    const REF: Text = &[Piece::Str("&opaque")];
    const MUT: Text = &[Piece::Str("&mut opaque")];

    fn name() -> &'static str {
        core::any::type_name::<T>()
    }
}

crate::__instance!([T: 'static] Opaque<T>);
