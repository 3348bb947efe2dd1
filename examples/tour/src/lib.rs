//! tour: one job that needs most of what crosses. A file comes in piece by piece; the guest
//! counts it and deflates it, tells a function of the host how far it is, and at the end
//! writes what it found into an object of the host.
//!
//! It links std and allocates as any Rust program does; nothing here is special but the
//! exports below, which are what `contract!` says and a line or two of lifting each. The
//! host's half of the job is `tour.js`, which the page and `run.js` share.

mod counts;
mod deflater;
mod job;
mod options;

use handwire::{JsFunction, JsValue, Result, abi, contract, export};
use job::Job;

contract!(r#"export open(options: &js) -> result<()> "Begins a file: see Options.""#);

/// Begins a file; one that is under way is dropped.
#[unsafe(no_mangle)]
extern "C" fn open(options: abi::Handle) -> i32 {
    export::return_result(Job::open(&export::lift_borrowed(options)))
}

contract!(
    r#"export feed(piece: bytes) -> result<bytes> "Counts and deflates a piece; gives what is deflated so far.""#
);

/// Takes the next piece of the file, which may end anywhere, within a character too.
#[unsafe(no_mangle)]
extern "C" fn feed(piece: *const u8, piece_len: usize) -> i32 {
    // SAFETY: the host gives bytes that stay for the time of the call.
    let piece = unsafe { export::lift_bytes(piece, piece_len) };
    export::return_result(Job::feed(piece))
}

contract!(
    r#"export finish(results: &js) -> result<bytes> "Ends the file: writes what was counted; gives what is left of the deflated.""#
);

/// Ends the file.
#[unsafe(no_mangle)]
extern "C" fn finish(results: abi::Handle) -> i32 {
    export::return_result(Job::finish(&export::lift_borrowed(results)))
}

contract!(
    r#"export rescue(act: &js, seen: &js) -> result<()> "Calls a function, and writes into `seen` what the guest sees if it throws.""#
);

/// The way of an error from the host to the guest: a `JsError` like any other of Rust.
#[unsafe(no_mangle)]
extern "C" fn rescue(act: abi::Handle, seen: abi::Handle) -> i32 {
    export::return_result(look_at(&export::lift_borrowed(act), &export::lift_borrowed(seen)))
}

fn look_at(act: &JsValue, seen: &JsValue) -> Result<()> {
    let act: JsFunction = act.to()?;
    if let Err(error) = act.call_as::<()>(&JsValue::UNDEFINED, ()) {
        seen.set("message", error.message())?;
        seen.set("stack", error.stack())?;
    }
    Ok(())
}
