//! [`JsDate`]: points in time.

use crate::typed::typed;
use crate::{JsType, JsValue};
use handwire_abi::{self as abi, class};

typed! {
    /// A Date.
    ///
    /// ```no_run
    /// use handwire::{JsDate, JsValue};
    /// let day = JsDate::new(86_400_000.0);
    /// assert_eq!(day.time(), 86_400_000.0);
    /// assert_eq!(day.call_as::<u8>("getUTCDate", ())?, 2);
    /// let now: f64 = JsValue::global().get("Date")?.call_as("now", ())?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    pub struct JsDate: JsObject; "Date", |value| abi::value_class(value.borrow()) == class::DATE
}

impl JsDate {
    /// A Date of so many milliseconds since 1970; NaN gives an invalid one, and so does
    /// what is beyond 8.64e15 either way.
    #[inline]
    pub fn new(time: f64) -> JsDate {
        JsDate::unchecked_from(JsValue::made(abi::date_new(time)))
    }

    /// Its milliseconds since 1970; NaN if it is invalid.
    #[inline]
    pub fn time(&self) -> f64 {
        abi::date_time(self.borrow())
    }
}
