//! What [`interface!`](crate::interface!) expands to: traits that both sides implement.
//!
//! On the wire an implementor is an owned handle, in both directions. One of the host arrives
//! as a [`Box`] or an [`Rc`] around an [`Implementor`], whose methods are declared imports; one of
//! the guest goes out by the id of its [`Rc`], to an object of the host whose methods are exports.

use crate::table::{self, Held};
use crate::wire::{Block, Element, Lift, Lower, Misfit, Pass, Receive, Return, Shared, Text, Wire};
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ops::Deref;
use handwire_abi::{self as abi, Handle, Slot};
#[doc(hidden)]
pub use heap::boxed::Box;
#[doc(hidden)]
pub use heap::rc::Rc;

/// A trait of [`interface!`](crate::interface!), as `dyn Trait`: what a `Box` or an `Rc` of it crosses by.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't cross in a Box or an Rc",
    label = "this is no `dyn Trait` of a trait that interface! made"
)]
pub trait Interface: 'static {
    /// Its name in the contract section.
    const TYPE: Text;
    /// The name, and what is before the method's in the names of the exports.
    const NAME: &'static str;

    /// An implementor of the host.
    fn boxed(host: Implementor) -> Box<Self>;

    /// What is behind this, if that is the host's.
    fn host(&self) -> Option<&Implementor>;
}

/// An object of the host that implements an interface. When it is dropped the host is told, which calls the
/// object's method `dispose`, if it has one.
#[derive(Debug)]
pub struct Implementor(Cell<Handle>);

impl Implementor {
    /// Takes over a handle that the host gave for an interface.
    #[doc(hidden)]
    pub fn new(handle: u32) -> Implementor {
        Implementor(Cell::new(Handle::from_raw(handle)))
    }

    /// The handle, for the time of a call.
    #[inline]
    pub fn handle(&self) -> u32 {
        self.0.get().raw()
    }

    /// Gives the handle up to the host: nothing is left to tell at the end.
    fn give(&self) -> u32 {
        self.0.replace(Handle::NONE).raw()
    }

    /// Another handle of the same object, for the host.
    fn share(&self) -> u32 {
        abi::handle_clone(self.0.get()).into_raw()
    }
}

impl Drop for Implementor {
    fn drop(&mut self) {
        if self.0.get() != Handle::NONE {
            abi::interface_release(self.0.get());
        }
    }
}

/// An implementor of the guest, in the table of what the host holds.
struct Own<I: ?Sized>(Rc<I>);

impl<I: Interface + ?Sized> Held for Own<I> {
    fn name(&self) -> &'static str {
        I::NAME
    }
}

/// The implementor that a method's export is called for: the first parameter of its shim, an id.
pub struct Receiver<I: ?Sized>(Rc<I>);

impl<I: ?Sized> Deref for Receiver<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.0
    }
}

impl<I: Interface + ?Sized> Wire for Receiver<I> {
    const TYPE: Text = I::TYPE;
    type A = u32;
    type B = ();
}

impl<'h, I: Interface + ?Sized> Lift<'h> for Receiver<I> {
    type Hold = Option<Rc<I>>;

    /// Where there is none, that is told to the host.
    #[inline]
    unsafe fn hold(id: u32, _: ()) -> Option<Rc<I>> {
        match table::get_as::<Own<I>>(id) {
            Ok(own) => Some(Rc::clone(&own.0)),
            Err(misuse) => {
                misuse.report(I::NAME);
                None
            }
        }
    }

    #[inline]
    fn refused(hold: &Option<Rc<I>>) -> bool {
        hold.is_none()
    }

    #[inline]
    fn give_up(hold: Option<Rc<I>>) {
        drop(hold);
    }

    #[inline]
    fn lift(hold: &'h mut Option<Rc<I>>) -> Receiver<I> {
        match hold.take() {
            Some(own) => Receiver(own),
            None => unreachable!("an argument is lifted once"),
        }
    }
}

/// Hands an implementor of the guest to the host.
fn offer<I: Interface + ?Sized>(own: Rc<I>) -> u32 {
    let id = table::insert(Rc::new(Own(own)));
    // SAFETY: pointer and length are those of a text.
    unsafe { abi::interface_new(id, I::NAME.as_ptr(), I::NAME.len()) }.into_raw()
}

/// What the host gets for a shared one.
#[doc(hidden)]
pub fn lower_shared<I: Interface + ?Sized>(mut shared: Rc<I>) -> u32 {
    let last = Rc::get_mut(&mut shared).is_some();
    match shared.host() {
        Some(host) if last => host.give(),
        Some(host) => host.share(),
        None => offer(shared),
    }
}

fn lower<I: Interface + ?Sized>(it: Box<I>) -> u32 {
    match it.host() {
        Some(host) => host.give(),
        None => offer::<I>(Rc::from(it)),
    }
}

impl<I: Interface + ?Sized> Wire for Box<I> {
    const TYPE: Text = I::TYPE;
    type A = u32;
    type B = ();
}

impl<'h, I: Interface + ?Sized> Lift<'h> for Box<I> {
    type Hold = u32;

    #[inline]
    unsafe fn hold(handle: u32, _: ()) -> u32 {
        handle
    }

    fn lift(hold: &'h mut u32) -> Box<I> {
        I::boxed(Implementor::new(*hold))
    }
}

impl<I: Interface + ?Sized> Element for Box<I> {
    const TYPE: Text = I::TYPE;

    unsafe fn lift_slot(slot: Slot) -> Box<I> {
        I::boxed(Implementor::new(slot.payload() as u32))
    }

    fn lower_slot(self, _block: &mut Block) -> Slot {
        Slot::handle(lower(self))
    }
}

impl<I: Interface + ?Sized> Lower for Box<I> {
    const TYPE: Text = I::TYPE;
    type Wire = u32;

    fn lower(self) -> u32 {
        lower(self)
    }
}

impl<I: Interface + ?Sized> Return for Box<I> {
    fn write(self) {
        crate::wire::return_block(self);
    }
}

impl<I: Interface + ?Sized> Receive for Box<I> {
    const TYPE: Text = I::TYPE;
    type Wire = u32;
    type Out = ();

    fn out(_: &mut MaybeUninit<Slot>) {}

    unsafe fn try_receive(handle: u32, _: MaybeUninit<Slot>) -> Result<Box<I>, Misfit> {
        Ok(I::boxed(Implementor::new(handle)))
    }
}

impl<I: Interface + ?Sized> Pass for Box<I> {
    type Hold = u32;

    fn hold(self) -> u32 {
        lower(self)
    }

    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl<I: Interface + Shared + ?Sized> Pass for Rc<I> {
    type Hold = u32;

    fn hold(self) -> u32 {
        lower_shared(self)
    }

    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}
