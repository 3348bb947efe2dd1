//! What calls back.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::{Cell, RefCell};
use core::time::Duration;
use handwire::{Closure, JsError, JsFunction, JsObject, JsValue, export};
use handwire_web::dom::Element;
use handwire_web::event::{self, Event, Options};
use handwire_web::timer;

fn ms(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

/// Calls a function of the host, of which nothing is expected.
fn tell(told: &JsFunction, what: &str) {
    told.call_as::<JsValue>(&JsValue::UNDEFINED, (what,)).expect("it doesn't throw");
}

/// What ends something that lives until then.
fn ender<T: 'static>(value: T) -> Closure<fn()> {
    let mut value = Some(value);
    Closure::new(move || drop(value.take()))
}

export! {
    /// A timer, with what drops it.
    fn after(time: f64, told: JsFunction) -> Closure<fn()> {
        ender(timer::after(ms(time), move || tell(&told, "after")))
    }

    fn after_forgotten(time: f64, told: JsFunction) {
        timer::after(ms(time), move || tell(&told, "after")).forget();
    }

    fn every(time: f64, told: JsFunction) -> Closure<fn()> {
        ender(timer::every(ms(time), move || tell(&told, "every")))
    }

    /// A timer that drops itself in its own call.
    fn times(time: f64, times: u32, told: JsFunction) {
        let timer = Rc::new(RefCell::new(None));
        let (own, left) = (Rc::clone(&timer), Cell::new(times));
        *timer.borrow_mut() = Some(timer::every(ms(time), move || {
            tell(&told, "time");
            left.set(left.get() - 1);
            if left.get() == 0 {
                own.borrow_mut().take();
            }
        }));
    }

    fn dropped_at_once(told: JsFunction) {
        drop(timer::after(ms(1.0), { let told = told.clone(); move || tell(&told, "never") }));
        drop(timer::every(ms(1.0), move || tell(&told, "never")));
    }

    /// A listener, with what drops it.
    fn listen(target: &JsObject, kind: &str, told: JsFunction) -> Closure<fn()> {
        let mut count = 0;
        ender(event::listen(target, kind, move |event: Event| {
            count += 1;
            event.prevent_default();
            tell(&told, &alloc::format!("{} {count}", event.kind()));
        }))
    }

    /// A listener whose calls take their time, each beside the others.
    fn listen_async(target: &JsObject, told: JsFunction) -> Closure<fn()> {
        let mut count = 0;
        ender(event::listen_async(target, "ping", move |event: Event| {
            count += 1;
            let (told, count) = (told.clone(), count);
            async move {
                tell(&told, &alloc::format!("{} {count}", event.kind()));
                handwire_web::sleep(ms(5.0 * f64::from(4 - count))).await;
                tell(&told, &alloc::format!("end {count}"));
                Ok(())
            }
        }))
    }

    fn listen_forgotten(target: &JsObject, told: JsFunction) {
        event::listen(target, "ping", move |_| tell(&told, "ping")).forget();
    }

    /// A listener that drops itself in its own call.
    fn listen_once(target: &JsObject, told: JsFunction) {
        let listener = Rc::new(RefCell::new(None));
        let own = Rc::clone(&listener);
        *listener.borrow_mut() = Some(event::listen(target, "ping", move |_| {
            own.borrow_mut().take();
            tell(&told, "once");
        }));
    }

    /// In the order of the tree: a capturing listener outside is called before one inside.
    fn capture(outer: &Element, inner: &Element, told: JsFunction) -> Closure<fn()> {
        let [first, second, third] = [told.clone(), told.clone(), told];
        let options = Options { capture: true, passive: Some(true) };
        ender([
            outer.on("click", move |event| tell(&first, &alloc::format!("out {:?}", event.position()))),
            event::listen_with(outer, "click", options, move |_| tell(&second, "capture")),
            inner.on("click", move |event| {
                let same = event.target() == event.current_target();
                event.stop_propagation();
                tell(&third, if same { "in" } else { "elsewhere" });
            }),
        ])
    }

    async fn next_key(target: JsObject) -> Result<String, JsError> {
        Ok(event::next(&target, "keydown").await.key().unwrap_or_default())
    }
}
