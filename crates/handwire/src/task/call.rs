//! Calls of async exports: what their shims are made of.

use super::executor::{self, Task};
use super::waker::waker;
use crate::wire::{Lift, Output, Piece, Text, Way, Wire};
use core::borrow::Borrow;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};
use handwire_abi::{self as abi, Slot};
use heap::borrow::ToOwned;
use heap::boxed::Box;
use heap::string::String;

/// Starts a call: runs the future as far as it goes. Gives a status if it is over then, or else the id of the task
/// that goes on with it, and settles the call.
#[inline]
pub fn start<F: Future + 'static>(future: F, end: fn(F::Output) -> i32) -> i32 {
    let id = executor::reserve();
    let mut call = Box::pin(Call { future: Some(future), end });
    let waker = waker(id);
    match call.as_mut().advance(&mut Context::from_waker(&waker)) {
        Poll::Ready(output) => {
            executor::end(id);
            drop(call);
            end(output)
        }
        Poll::Pending => {
            executor::put_back(id, call);
            executor::number(id) as i32
        }
    }
}

struct Call<F: Future> {
    future: Option<F>,
    end: fn(F::Output) -> i32,
}

impl<F: Future> Call<F> {
    /// The output, once all that the future held is gone.
    #[inline]
    fn advance(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future stays where it is until it is dropped there.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Poll::Pending };
        // SAFETY: as above.
        let result = unsafe { Pin::new_unchecked(future) }.poll(context);
        if result.is_ready() {
            this.future = None;
        }
        result
    }
}

impl<F: Future> Task for Call<F> {
    fn poll(mut self: Pin<&mut Self>, id: u32, context: &mut Context<'_>) -> Poll<()> {
        let Poll::Ready(output) = self.as_mut().advance(context) else { return Poll::Pending };
        if !executor::is_cancelled(id) {
            let status = (self.end)(output);
            // Right behind the return slot, which the host reads now.
            abi::task_settle(executor::number(id), status as u32);
        }
        Poll::Ready(())
    }
}

/// Ends a call whose result is no `Result`: through the return slot, too.
pub trait Whole<R> {
    /// Writes it, and gives the status.
    fn end(&self, result: R) -> i32;
}

impl<R: crate::wire::Return> Whole<R> for Way<R> {
    #[inline]
    fn end(&self, result: R) -> i32 {
        result.write();
        0
    }
}

/// The type of a result in an export's line.
pub const fn result<R: Output>(error: Text) -> [Piece; 3] {
    if R::TYPE.is_empty() {
        return [Piece::Str("()"), Piece::Str(""), Piece::Str("")];
    }
    [Piece::Sub(R::TYPE), Piece::Sub(error), Piece::Str(R::CLOSE)]
}

/// A parameter of an async export: kept by the call, and lent to the function.
#[derive(Debug)]
pub struct Argument<T>(PhantomData<T>);

impl<T> Argument<T> {
    /// That of a type.
    #[allow(clippy::new_without_default)]
    #[inline]
    #[must_use]
    pub const fn new() -> Argument<T> {
        Argument(PhantomData)
    }
}

/// What is kept of an argument for as long as the call lasts.
pub trait Kept<'h> {
    /// The argument.
    type Value;

    /// Lends it, or gives it: once.
    fn lift(&'h mut self) -> Self::Value;
}

/// Keeps a parameter that owns what it holds.
pub trait Owned<A, B> {
    /// What is kept.
    type Kept;

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for this type.
    unsafe fn keep(&self, a: A, b: B) -> Self::Kept;
}

impl<T: Wire + for<'h> Lift<'h>> Owned<T::A, T::B> for Argument<T> {
    type Kept = Value<T>;

    #[inline(always)]
    unsafe fn keep(&self, a: T::A, b: T::B) -> Value<T> {
        // SAFETY: the caller says so.
        Value(Some(unsafe { lifted(a, b) }))
    }
}

/// A value that is given once.
#[derive(Debug)]
pub struct Value<T>(Option<T>);

impl<'h, T> Kept<'h> for Value<T> {
    type Value = T;

    #[inline(always)]
    fn lift(&'h mut self) -> T {
        match self.0.take() {
            Some(value) => value,
            None => unreachable!("an argument is lifted once"),
        }
    }
}

/// Keeps a parameter that borrows: as what owns the same.
pub trait Borrowed<A, B> {
    /// What is kept.
    type Kept;

    /// Takes the wires.
    ///
    /// # Safety
    ///
    /// They are what the host gave for the type that owns.
    unsafe fn keep(&self, a: A, b: B) -> Self::Kept;
}

impl<'a, T: ?Sized + ToOwned> Borrowed<<&'a T as Wire>::A, <&'a T as Wire>::B> for &Argument<&'a T>
where
    &'a T: Wire,
    T::Owned: Wire + for<'h> Lift<'h>,
{
    type Kept = Copied<T>;

    #[inline(always)]
    unsafe fn keep(&self, a: <&'a T as Wire>::A, b: <&'a T as Wire>::B) -> Copied<T> {
        // SAFETY: the caller says so; the two have the same wires, but for what a pointer points to.
        Copied(unsafe { lifted(same(a), same(b)) })
    }
}

/// What owns the same as a parameter that borrows.
pub struct Copied<T: ?Sized + ToOwned>(T::Owned);

impl<'h, T: ?Sized + ToOwned + 'h> Kept<'h> for Copied<T> {
    type Value = &'h T;

    #[inline(always)]
    fn lift(&'h mut self) -> &'h T {
        self.0.borrow()
    }
}

impl Borrowed<*const Slot, ()> for &Argument<Option<&str>> {
    type Kept = CopiedOption;

    #[inline]
    unsafe fn keep(&self, a: *const Slot, b: ()) -> CopiedOption {
        // SAFETY: the caller says so.
        CopiedOption(unsafe { lifted(a, b) })
    }
}

/// A text that may be missing.
#[derive(Debug)]
pub struct CopiedOption(Option<String>);

impl<'h> Kept<'h> for CopiedOption {
    type Value = Option<&'h str>;

    #[inline]
    fn lift(&'h mut self) -> Option<&'h str> {
        self.0.as_deref()
    }
}

/// Lifts a value that owns what it holds.
///
/// # Safety
///
/// The wires are what the host gave for this type.
#[inline(always)]
unsafe fn lifted<T: Wire + for<'h> Lift<'h>>(a: T::A, b: T::B) -> T {
    // SAFETY: the caller says so.
    let mut hold = unsafe { T::hold(a, b) };
    // SAFETY: the value is of one type for every lifetime of what is held, so it borrows nothing of it.
    T::lift(unsafe { &mut *ptr::from_mut(&mut hold) })
}

/// A wire as another type of its size.
///
/// # Safety
///
/// It is a number, or a pointer, in both.
#[inline(always)]
unsafe fn same<A, B>(wire: A) -> B {
    const { assert!(size_of::<A>() == size_of::<B>(), "one wire") };
    let wire = ManuallyDrop::new(wire);
    // SAFETY: the caller says so.
    unsafe { mem::transmute_copy(&wire) }
}

impl<T: ?Sized + ToOwned<Owned: Wire>> Argument<&T> {
    /// Its name in the contract section: that of what owns the same.
    pub const TYPE: Text = <T::Owned as Wire>::TYPE;
}

/// The names of all other parameters.
pub trait Named {
    /// As everywhere else.
    const TYPE: Text;
}

impl<T: Wire> Named for Argument<T> {
    const TYPE: Text = T::TYPE;
}
