//! The native functions. Each is a closure over the event loop of its script, and what else it needs; a script's `toString` may call it
//! again while it runs.

use crate::event_loop::{EventLoop, Waiting};
use crate::realm::{self, Deferred, host};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::time::Duration;
use handwire::{CallArgs, Closure, JsError, JsFunction, JsObject, JsValue, Variadic};
use handwire_web::{fetch, sleep};

type Result<T> = core::result::Result<T, JsError>;

/// The functions of the replies that `fetch` gave.
type Replies = Rc<RefCell<Vec<Closure<fn() -> JsValue>>>>;

/// What lives as long as the script: its functions are dead once this is dropped.
pub struct Natives {
    functions: Vec<Closure<Variadic>>,
    replies: Replies,
}

impl Drop for Natives {
    fn drop(&mut self) {
        self.functions.clear();
        self.replies.borrow_mut().clear();
    }
}

/// Makes the native functions, and puts them into a realm.
pub fn register(realm: &JsObject, base: &str, event_loop: &Rc<EventLoop>) -> Result<Natives> {
    let replies = Rc::new(RefCell::new(Vec::new()));
    let functions = [
        ("print", print(event_loop)),
        ("setTimeout", set_timeout(realm, event_loop)),
        ("clearTimeout", clear_timeout(event_loop)),
        ("fetch", fetch(realm, base, event_loop, &replies)),
    ];
    let mut natives = Natives { functions: Vec::new(), replies };
    for (name, function) in functions {
        realm.set(name, function.as_js())?;
        natives.functions.push(function);
    }
    Ok(natives)
}

/// `print(...values)`: a line of them all.
fn print(event_loop: &Rc<EventLoop>) -> Closure<Variadic> {
    let event_loop = Rc::clone(event_loop);
    Closure::variadic_shared(move |args: CallArgs<'_>| -> Result<JsValue> {
        let mut line = String::new();
        for i in 0..args.len() {
            line += if i > 0 { " " } else { "" };
            line += &realm::text(&args.get(i))?;
        }
        event_loop.lines.set(event_loop.lines.get() + 1);
        host::print(&line);
        Ok(JsValue::UNDEFINED)
    })
}

/// `setTimeout(callback, ms, ...args)`: the id.
fn set_timeout(realm: &JsObject, event_loop: &Rc<EventLoop>) -> Closure<Variadic> {
    let (realm, event_loop) = (realm.clone(), Rc::clone(event_loop));
    Closure::variadic_shared(move |args: CallArgs<'_>| -> Result<JsValue> {
        let callback: JsFunction = args.get(0).cast().map_err(|_| {
            JsError::from(realm::type_error(&realm, "setTimeout: the first argument must be a function"))
        })?;
        let time = Duration::try_from_secs_f64(realm::time(&args.get(1))? / 1000.0).unwrap_or(Duration::MAX);
        let waiting = Waiting::Timer { callback, args: (2..args.len()).map(|i| args.get(i)).collect() };
        let id = event_loop.start(waiting, async move {
            sleep(time).await;
            Ok(JsValue::UNDEFINED)
        });
        Ok(id.into())
    })
}

/// `clearTimeout(id)`: of an id that is none, nothing.
fn clear_timeout(event_loop: &Rc<EventLoop>) -> Closure<Variadic> {
    let event_loop = Rc::clone(event_loop);
    Closure::variadic_shared(move |args: CallArgs<'_>| {
        if let Ok(id) = args.get_as::<u32>(0) {
            event_loop.cancel(id);
        }
        JsValue::UNDEFINED
    })
}

/// `fetch(url)`: a promise for an object with `status`, `ok` and `text()`.
fn fetch(realm: &JsObject, base: &str, event_loop: &Rc<EventLoop>, replies: &Replies) -> Closure<Variadic> {
    let (realm, base) = (realm.clone(), String::from(base));
    let (event_loop, replies) = (Rc::clone(event_loop), Rc::clone(replies));
    Closure::variadic_shared(move |args: CallArgs<'_>| -> Result<JsValue> {
        let url = realm::address(&realm::text(&args.get(0))?, &base)?;
        let (promise, deferred) = Deferred::new(&realm)?;
        let (realm, replies) = (realm.clone(), Rc::clone(&replies));
        event_loop.start(Waiting::Request(deferred), async move {
            let response = fetch::get(&url).await?;
            let reply = realm::object(&realm);
            reply.set("status", response.status())?;
            reply.set("ok", response.ok())?;
            let body = response.text().await?;
            let text: Closure<fn() -> JsValue> = Closure::shared(move || realm::resolved(&realm, &body));
            reply.set("text", text.as_js())?;
            replies.borrow_mut().push(text);
            Ok(reply.into())
        });
        Ok(promise)
    })
}
