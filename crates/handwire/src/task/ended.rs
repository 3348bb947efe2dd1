//! [`Ended`]: what becomes of a task when it is polled.

use super::executor::number;
use handwire_abi as abi;

/// The statuses of an end are 0 to 2.
const STATUS_BITS: u32 = 2;
const STATUS: u32 = (1 << STATUS_BITS) - 1;

/// What became of a task; if that is the end of a call, the host is still to be told: nothing else may happen before that. In one number, as
/// `hw_settle` gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[must_use = "the host is to be told"]
pub(crate) struct Ended(u32);

impl Ended {
    /// No call has ended.
    pub(super) const NONE: Ended = Ended(0);
    /// There is more to do. (No end of a call is as small.)
    pub(super) const GOES_ON: Ended = Ended(1);

    #[inline]
    pub(super) fn new(id: u32, status: i32) -> Ended {
        Ended(number(id) << STATUS_BITS | status as u32)
    }

    #[inline]
    pub(crate) fn raw(self) -> u32 {
        self.0
    }

    /// That of a call which the host doesn't know yet.
    #[inline]
    pub(super) fn status(self) -> i32 {
        assert!(self != Ended::NONE, "the host cancelled a task before it began");
        (self.0 & STATUS) as i32
    }

    #[inline]
    pub(super) fn tell(self) {
        if self.0 != 0 {
            abi::task_settle(self.0 >> STATUS_BITS, self.0 & STATUS);
        }
    }
}
