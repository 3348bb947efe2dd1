//! Values that the host only carries.

use crate::counter::Counter;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsValue, Opaque};

pub(crate) struct State {
    steps: u32,
}

handwire::export! {
    fn opaque_state(steps: u32) -> Opaque<State> {
        Opaque(State { steps })
    }

    fn opaque_text(text: String) -> Opaque<String> {
        Opaque(text)
    }

    fn opaque_steps(state: &Opaque<State>) -> u32 {
        state.steps
    }

    fn opaque_step(state: &mut Opaque<State>) -> u32 {
        state.steps += 1;
        state.steps
    }

    fn opaque_end(state: Opaque<State>) -> u32 {
        state.0.steps
    }

    fn opaque_read(text: &Opaque<String>) -> String {
        text.0.clone()
    }

    fn opaque_maybe(state: Option<Opaque<State>>) -> Option<Opaque<State>> {
        state
    }

    fn opaque_all(states: Vec<Opaque<State>>) -> Result<Vec<Opaque<State>>, JsError> {
        Ok(states)
    }

    fn opaque_during(state: &mut Opaque<State>, callback: &JsFunction) -> Result<JsValue, JsError> {
        callback.call(&JsValue::UNDEFINED, (state.steps,))
    }

    fn opaque_counter(counter: Counter) -> Opaque<Counter> {
        Opaque(counter)
    }
}
