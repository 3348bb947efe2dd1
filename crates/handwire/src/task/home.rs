//! [`Home`]: a task in memory of its own, which the next one of its size gets when it is over.

use super::executor::Task;
use crate::exports::Shared;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr::{self, NonNull};
use heap::alloc::{Layout, alloc, dealloc, handle_alloc_error};

/// Homes are of a multiple of this size, and up to that many steps are kept.
const STEP: usize = 16;
const STEPS: usize = 16;
/// What any of those is good for.
const ALIGN: usize = 8;
/// How many homes are kept at most.
const MOST: u32 = 1024;

/// Homes without a task, by their size; each begins with the address of the next.
struct Empty {
    first: [*mut u8; STEPS],
    count: u32,
}

static EMPTY: Shared<Empty> = Shared::new(Empty { first: [ptr::null_mut(); STEPS], count: 0 });

/// Which list is that of a layout; none of one that isn't kept.
#[inline(always)]
const fn list_of(layout: Layout) -> Option<usize> {
    let list = layout.size().saturating_sub(1) / STEP;
    if list < STEPS && layout.align() <= ALIGN { Some(list) } else { None }
}

/// What is allocated for a layout.
#[inline(always)]
const fn room_for(layout: Layout) -> Layout {
    let room = match list_of(layout) {
        Some(list) => Layout::from_size_align((list + 1) * STEP, ALIGN),
        None => Ok(layout),
    };
    match room {
        Ok(room) => room,
        Err(_) => panic!("of a size that is"),
    }
}

/// A task where it stays until it is gone.
pub(crate) struct Home<T: ?Sized>(NonNull<T>, PhantomData<T>);

impl<T: Task + 'static> Home<T> {
    #[inline]
    pub(super) fn new(task: T) -> Home<T> {
        let layout = const {
            assert!(size_of::<T>() > 0, "a task is something");
            Layout::new::<T>()
        };
        let kept = list_of(layout).and_then(|list| {
            // SAFETY: one thread is in this instance, and nothing here comes back.
            let empty = unsafe { &mut *EMPTY.get() };
            let home = NonNull::new(empty.first[list])?;
            // SAFETY: a home that is empty begins with the address of the next.
            empty.first[list] = unsafe { home.cast::<*mut u8>().read() };
            empty.count -= 1;
            Some(home)
        });
        let home = kept.unwrap_or_else(|| new_home(const { room_for(Layout::new::<T>()) })).cast::<T>();
        // SAFETY: nobody else has it, and it is large enough.
        unsafe { home.write(task) };
        Home(home, PhantomData)
    }
}

impl<T: Task + 'static> From<Home<T>> for Home<dyn Task> {
    #[inline]
    fn from(home: Home<T>) -> Home<dyn Task> {
        let home: NonNull<dyn Task> = ManuallyDrop::new(home).0;
        Home(home, PhantomData)
    }
}

#[cold]
#[inline(never)]
fn new_home(room: Layout) -> NonNull<u8> {
    // SAFETY: the size of a room is not 0.
    NonNull::new(unsafe { alloc(room) }).unwrap_or_else(|| handle_alloc_error(room))
}

impl<T: ?Sized> Home<T> {
    #[inline(always)]
    pub(super) fn task(&mut self) -> Pin<&mut T> {
        // SAFETY: it is there, and stays there until it is dropped.
        unsafe { Pin::new_unchecked(self.0.as_mut()) }
    }
}

impl<T: ?Sized> Home<T> {
    /// The task is over: of what is in there, nothing has to be dropped any more.
    #[inline]
    pub(super) fn leave(self) {
        // SAFETY: it is there, and this is the end of it.
        unsafe { ManuallyDrop::new(self).give_back() }
    }

    /// # Safety
    ///
    /// Nobody looks at the task after this.
    #[inline]
    unsafe fn give_back(&self) {
        // SAFETY: it is still ours.
        let layout = unsafe { Layout::for_value(self.0.as_ref()) };
        let home = self.0.cast::<u8>();
        if let Some(list) = list_of(layout) {
            // SAFETY: one thread is in this instance, and nothing here comes back.
            let empty = unsafe { &mut *EMPTY.get() };
            if empty.count < MOST {
                empty.count += 1;
                // SAFETY: the home is ours, and has room for an address.
                unsafe { home.cast::<*mut u8>().write(empty.first[list]) };
                empty.first[list] = home.as_ptr();
                return;
            }
        }
        // SAFETY: it was allocated for this.
        unsafe { dealloc(home.as_ptr(), room_for(layout)) };
    }
}

impl<T: ?Sized> Drop for Home<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it is there, and nobody sees it any more.
        unsafe {
            self.0.drop_in_place();
            self.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::ended::Ended;
    use core::fmt::Debug;
    use core::task::Context;
    use heap::rc::Rc;
    use heap::vec::Vec;

    /// A task that shows when it is dropped.
    struct Shown<T>(T, Option<Rc<()>>);

    impl<T: Unpin + 'static> Task for Shown<T> {
        fn poll(self: Pin<&mut Self>, _: u32, _: &mut Context<'_>) -> Ended {
            Ended::NONE
        }
    }

    #[repr(align(32))]
    #[derive(Clone, Copy, PartialEq, Debug)]
    struct Aligned([u8; 32]);

    fn live_and_die<T: Copy + PartialEq + Debug + Unpin + 'static>(content: T) {
        let witness = Rc::new(());
        let home = || Home::new(Shown(content, Some(witness.clone())));
        let mut homes: Vec<Home<dyn Task>> = (0..3).map(|_| home().into()).collect();
        let mut typed = home();
        assert_eq!(Rc::strong_count(&witness), 5);
        assert_eq!(typed.task().0, content);
        assert!(typed.0.as_ptr().is_aligned());
        drop(homes.pop());
        drop(typed);
        assert_eq!(Rc::strong_count(&witness), 3);
        drop(homes);
        assert_eq!(Rc::strong_count(&witness), 1);
    }

    /// One test, because one thread at a time may be in here.
    #[test]
    fn tasks_of_all_sizes_live_in_homes_which_are_used_again() {
        live_and_die(());
        live_and_die(7u8);
        live_and_die([1u16; 9]);
        live_and_die([2u64; 20]);
        live_and_die([3u32; 1000]);
        live_and_die(Aligned([4; 32]));

        let witness = Rc::new(());
        let mut over = Home::new(Shown([5u8; 40], Some(witness.clone())));
        let place = over.0.cast::<u8>();
        over.task().1 = None;
        over.leave();
        let next = Home::new(Shown([6u64; 5], Some(witness.clone())));
        assert_eq!(next.0.cast::<u8>(), place);
        drop(next);
        assert_eq!(Rc::strong_count(&witness), 1);

        let many: Vec<_> = (0..MOST + 500).map(|_| Home::new(Shown([7u8; 200], None))).collect();
        drop(many);
        // SAFETY: one thread is in here.
        assert_eq!(unsafe { (*EMPTY.get()).count }, MOST);
    }
}
