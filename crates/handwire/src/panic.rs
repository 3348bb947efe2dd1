//! Last words: a panic's message and place reach the host before the instance dies.
//!
//! The host throws a `PanicError` with the text `at src/lib.rs:7:5: message`. The
//! text is streamed piece by piece, so that it takes neither a buffer nor the allocator,
//! which may be what failed.
//!
//! - Guests without std: the feature `panic-handler` is the `#[panic_handler]`. It ends in
//!   a trap.
//! - The smallest guests without std: the feature `panic-trap` traps and says nothing, which
//!   is some 2 KB less; the host throws a `PanicError` all the same.
//! - Guests with std: the feature `std` sets a panic hook when the host asks for the info
//!   record, which it does before the first call. A hook that was set before is called as
//!   well; one that is set later replaces it, as is the way of hooks.
//!
//! Without any, the host sees a trap and says so.

#[cfg(any(test, all(target_arch = "wasm32", any(feature = "std", feature = "panic-handler"))))]
mod words {
    use core::fmt::{self, Display, Write};
    use core::panic::Location;

    /// Writes a panic's text. An error of the message's own code is the end of it.
    ///
    /// The place is written without formatting: in the smallest guests nothing else needs
    /// that machinery, which is as large as an allocator.
    #[inline]
    pub(super) fn say(out: &mut impl Write, location: Option<&Location<'_>>, message: impl Display) -> fmt::Result {
        if let Some(location) = location {
            out.write_str("at ")?;
            out.write_str(location.file())?;
            out.write_str(":")?;
            number(out, location.line())?;
            out.write_str(":")?;
            number(out, location.column())?;
            out.write_str(": ")?;
        }
        write!(out, "{message}")
    }

    fn number(out: &mut impl Write, number: u32) -> fmt::Result {
        if let rest @ 1.. = number / 10 {
            self::number(out, rest)?;
        }
        let digit = (number % 10) as usize;
        out.write_str("0123456789".get(digit..=digit).unwrap_or_default())
    }

    /// Streams to the host.
    #[cfg(target_arch = "wasm32")]
    pub(super) struct Host;

    #[cfg(target_arch = "wasm32")]
    impl Write for Host {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            // SAFETY: pointer and length are those of a text.
            unsafe { handwire_abi::error_panic(piece.as_ptr(), piece.len()) };
            Ok(())
        }
    }
}

/// Sets the panic hook that tells the host, once. `hw_info` calls it; call it yourself if
/// code that can panic runs before, in a start function.
///
/// It does nothing on targets other than wasm32.
#[cfg(feature = "std")]
pub fn install() {
    #[cfg(target_arch = "wasm32")]
    hook::install();
}

#[cfg(all(feature = "std", target_arch = "wasm32"))]
mod hook {
    use super::words::{Host, say};
    use std::boxed::Box;
    use std::panic::{PanicHookInfo, set_hook, take_hook};
    use std::string::String;
    use std::sync::Once;

    pub(super) fn install() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let before = take_hook();
            set_hook(Box::new(move |info| {
                // The host takes what it gets; there is nobody else to tell.
                let _ = say(&mut Host, info.location(), message(info));
                before(info);
            }));
        });
    }

    fn message<'a>(info: &'a PanicHookInfo<'_>) -> &'a str {
        let payload = info.payload();
        match payload.downcast_ref::<&str>() {
            Some(text) => text,
            None => payload.downcast_ref::<String>().map_or("a value that is no text", String::as_str),
        }
    }
}

#[cfg(all(feature = "panic-handler", not(feature = "std"), target_arch = "wasm32"))]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    // The host takes what it gets; there is nobody else to tell.
    let _ = words::say(&mut words::Host, info.location(), info.message());
    core::arch::wasm32::unreachable()
}

#[cfg(all(feature = "panic-trap", not(any(feature = "std", feature = "panic-handler")), target_arch = "wasm32"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[cfg(test)]
mod tests {
    use super::words::say;
    use core::panic::Location;
    use heap::{format, string::String};

    #[test]
    fn the_text_has_place_and_message() {
        let here = Location::caller();
        let mut text = String::new();
        say(&mut text, Some(here), format_args!("{} of {}", 1, "two")).unwrap();
        assert_eq!(text, format!("at {}:{}:{}: 1 of two", here.file(), here.line(), here.column()));
        let mut text = String::new();
        say(&mut text, None, "no place").unwrap();
        assert_eq!(text, "no place");
    }
}
