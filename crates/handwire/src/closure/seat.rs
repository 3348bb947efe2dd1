//! [`Seat`]: where the host finds a closure, and what is known of its calls. Its address is the closure's id.
//!
//! Closures that the guest owns, or has given to their functions, have a seat each in a pool; one that is lent
//! brings its own. The host is told when a closure ends, and doesn't use its id any more.

use super::code::Code;
use crate::exports::Shared;
use crate::id;
use crate::misuse::Misuse;
use crate::pool::{self, Pool};
use core::cell::Cell;
use core::ptr::{self, NonNull};
use heap::boxed::Box;

/// Nobody can call it. There may be a last call under way.
const ENDED: u32 = 0;
/// The next call has it alone.
const FREE: u32 = 1;
/// A call has it alone.
const BUSY: u32 = 2;
/// Any number of calls have it.
const MANY: u32 = 3;

/// What the id of a closure is the address of.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Seat {
    word: Cell<u32>,
    /// The calls under way, of one that many have, or that has ended.
    calls: Cell<u32>,
    code: Cell<Option<NonNull<dyn Code>>>,
}

impl Seat {
    /// One that gets the closure of somebody else. `alone`: one call at a time has it.
    #[inline(always)]
    pub(super) fn empty(alone: bool) -> Seat {
        Seat { word: Cell::new(if alone { FREE } else { MANY }), calls: Cell::new(0), code: Cell::new(None) }
    }

    /// The closure gets its seat.
    ///
    /// # Safety
    ///
    /// It stays for as long as the host may call it; and if it is called alone, nobody else uses it.
    #[inline(always)]
    pub(super) unsafe fn take_place(&self, code: NonNull<dyn Code>) {
        self.code.set(Some(code));
    }

    #[inline(always)]
    fn code(&self) -> &dyn Code {
        // SAFETY: what can be called is there, until its last call has ended.
        unsafe { self.code.get().unwrap_unchecked().as_ref() }
    }

    /// Begins a call that has the closure alone; nothing if it takes more than a look to know.
    #[inline(always)]
    pub(crate) fn enter(&self) -> Option<&dyn Code> {
        if self.word.get() != FREE {
            return None;
        }
        self.word.set(BUSY);
        Some(self.code())
    }

    /// Ends it.
    #[inline(always)]
    pub(crate) fn leave(&self) {
        if self.word.get() == BUSY {
            self.word.set(FREE);
        } else {
            self.part();
        }
    }

    /// A call of a closure that many may use at a time. One that can't be called is reported, and gives `refused`.
    pub(crate) fn join<R>(&self, refused: R, call: impl FnOnce(&dyn Code) -> R) -> R {
        let misuse = match self.word.get() {
            MANY => {
                self.calls.set(self.calls.get() + 1);
                let result = call(self.code());
                self.part();
                return result;
            }
            ENDED => Misuse::Dropped,
            _ => Misuse::ReEntered,
        };
        misuse.report("closure");
        refused
    }

    /// Ends a call that is counted.
    #[cold]
    #[inline(never)]
    fn part(&self) {
        self.calls.set(self.calls.get() - 1);
        if self.word.get() == ENDED && self.calls.get() == 0 {
            self.free();
        }
    }

    fn end(&self) {
        match self.word.replace(ENDED) {
            ENDED => return,
            BUSY => self.calls.set(1),
            _ => {}
        }
        if self.calls.get() == 0 {
            self.free();
        }
    }

    /// Drops the closure of one that is in the pool.
    fn free(&self) {
        // SAFETY: one that is lent is not ended.
        let owned: &Owned = unsafe { &*ptr::from_ref(self).byte_sub(Owned::SEAT).cast() };
        let code = self.code.take();
        pool().release(owned);
        // SAFETY: what is in the pool came from a `Box`.
        drop(code.map(|code| unsafe { Box::from_raw(code.as_ptr()) }));
    }
}

/// A seat of the pool. Its address is 8 more than a multiple of 16, by which its id is known.
#[repr(C, align(16))]
struct Owned {
    /// While it is free.
    next: Cell<*const Owned>,
    #[cfg(target_pointer_width = "32")]
    room: u32,
    seat: Seat,
}

impl Owned {
    const SEAT: usize = core::mem::offset_of!(Owned, seat);
}

const _: () = assert!(Owned::SEAT == 8);

impl pool::Entry for Owned {
    const FREE: Owned = Owned {
        next: Cell::new(ptr::null()),
        #[cfg(target_pointer_width = "32")]
        room: 0,
        seat: Seat { word: Cell::new(ENDED), calls: Cell::new(0), code: Cell::new(None) },
    };

    #[inline(always)]
    fn next(&self) -> *const Owned {
        self.next.get()
    }

    #[inline(always)]
    fn set_next(&self, next: *const Owned) {
        self.next.set(next);
    }
}

static POOL: Shared<Pool<Owned>> = Shared::new(Pool::new());

fn pool() -> &'static Pool<Owned> {
    // SAFETY: one thread is in this instance, and all in there are cells.
    unsafe { &*POOL.get() }
}

/// Whether an even id is that of a closure.
#[inline]
pub(crate) const fn is_closure(id: u32) -> bool {
    id & 8 != 0
}

/// Gives a closure an id, which owns it until [`remove`]. `alone`: one call at a time has it.
#[inline]
pub(super) fn insert(code: impl Code + 'static, alone: bool) -> u32 {
    let code: Box<dyn Code> = Box::new(code);
    // It has no calls as long as it is free.
    let seat = &pool().take().seat;
    seat.code.set(NonNull::new(Box::into_raw(code)));
    seat.word.set(if alone { FREE } else { MANY });
    id::of(seat)
}

/// The seat of an id.
///
/// # Safety
///
/// The host has it from the guest, and has not ended it.
#[inline(always)]
pub(crate) unsafe fn seat<'a>(id: u32) -> &'a Seat {
    // SAFETY: the caller says so.
    unsafe { id::entry(id) }
}

/// Ends an id that [`insert`] gave. If the closure runs now, it is dropped when it returns.
pub(crate) fn remove(id: u32) {
    // SAFETY: whoever owns a closure ends it once; seats of the pool stay.
    unsafe { seat(id) }.end();
}

/// How many closures have an id.
pub(super) fn live() -> usize {
    pool().live()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::turn;
    use core::cell::RefCell;
    use heap::rc::Rc;

    /// Adds, and says when it is dropped.
    struct Adds(Rc<Cell<i32>>);
    impl Code for Adds {
        fn name(&self) -> &'static str {
            "fn(i32)->i32"
        }
        fn call4i(&self, a: i32, _: i32, _: i32, _: i32) -> i32 {
            self.0.get() + a
        }
    }
    impl Drop for Adds {
        fn drop(&mut self) {
            self.0.set(-1);
        }
    }

    fn at(id: u32) -> &'static Seat {
        // SAFETY: seats of the pool stay.
        unsafe { seat(id) }
    }

    #[test]
    fn one_at_a_time_is_called_alone_and_many_are_not() {
        let _turn = turn();
        let state = Rc::new(Cell::new(5));
        let one = insert(Adds(Rc::clone(&state)), true);
        assert!(is_closure(one) && one & 1 == 0);
        for _ in 0..2 {
            assert_eq!(at(one).enter().unwrap().call4i(1, 0, 0, 0), 6);
            assert!(at(one).enter().is_none());
            at(one).leave();
        }
        let many = insert(Adds(Rc::clone(&state)), false);
        assert!(at(many).enter().is_none());
        assert_eq!(at(many).join(0, |code| at(many).join(0, |_| code.call4i(2, 0, 0, 0))), 7);
        remove(one);
        remove(many);
        assert_eq!(live(), 0);
    }

    #[test]
    fn what_ends_in_a_call_ends_with_the_last_one() {
        let _turn = turn();
        for alone in [true, false] {
            let state = Rc::new(Cell::new(5));
            let id = insert(Adds(Rc::clone(&state)), alone);
            if alone {
                assert!(at(id).enter().is_some());
                remove(id);
                remove(id);
                assert_eq!(state.get(), 5);
                at(id).leave();
            } else {
                at(id).join((), |_| {
                    at(id).join((), |_| remove(id));
                    assert_eq!(state.get(), 5);
                });
            }
            assert_eq!(state.get(), -1);
            assert_eq!(live(), 0);
            assert!(at(id).enter().is_none(), "the seat is empty");
        }
    }

    #[test]
    fn a_seat_is_not_used_again_soon() {
        let _turn = turn();
        let ids = RefCell::new(heap::vec::Vec::new());
        for _ in 0..100 {
            let id = insert(Adds(Rc::new(Cell::new(0))), true);
            assert!(!ids.borrow().contains(&id));
            ids.borrow_mut().push(id);
            remove(id);
        }
    }

    #[test]
    fn one_that_is_lent_is_called_where_it_lies() {
        let state = Rc::new(Cell::new(5));
        let code = Adds(Rc::clone(&state));
        let lent: &(dyn Code + 'static) = &code;
        let seat = Seat::empty(true);
        // SAFETY: it stays in this function.
        unsafe { seat.take_place(lent.into()) };
        assert_eq!(seat.enter().unwrap().call4i(3, 0, 0, 0), 8);
        assert!(seat.enter().is_none());
        seat.leave();
        assert!(seat.enter().is_some());
        drop(code);
        assert_eq!(state.get(), -1);
    }
}
