//! What every platform has.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use handwire::{JsValue, export};
use handwire_web::{console, error, log, random, storage, time, warn};

export! {
    fn lines(text: &str, value: &JsValue) {
        console::log(text);
        console::info("info %s");
        console::debug("debug");
        warn!("{text} has {} bytes", text.len());
        error!("{value:?}");
        console::group("group");
        console::inspect("value", value);
        log!("{}, {}", 1, 2);
        console::group_end();
    }

    /// Whether the clock runs forward, and how far it is from the host's two.
    fn clocks(now: f64, unix: f64) -> Vec<f64> {
        let start = time::Instant::now();
        let mut late = start;
        while late == start {
            late = time::Instant::now();
        }
        vec![(late - start).as_secs_f64() * 1000.0, (start - late).as_secs_f64(), start.ms() - now, time::unix_ms() - unix, start.elapsed().as_secs_f64()]
    }

    fn random_bytes(count: u32) -> Vec<u8> {
        let mut bytes = vec![0; count as usize];
        random::fill(&mut bytes);
        bytes
    }

    fn random_below(bound: u64) -> u64 {
        random::below(bound)
    }

    fn random_unit() -> f64 {
        random::next_f64()
    }

    fn random_bits() -> u64 {
        random::next_u64()
    }

    fn uuid() -> String {
        random::uuid()
    }

    /// A visit to a store: what was in it, what is in it then.
    fn visit(session: bool) -> Result<Vec<String>, handwire::JsError> {
        let store = if session { storage::session()? } else { storage::local()? };
        let mut told = vec![format!("{:?} {} {}", store.get("visits"), store.len(), store.is_empty())];
        store.set("visits", "1")?;
        store.set("Grüße", "🦀")?;
        let mut keys: Vec<_> = store.keys().collect();
        keys.sort();
        told.push(format!("{:?} {:?} {keys:?}", store.get("visits"), store.get("Grüße")));
        store.remove("visits");
        told.push(format!("{:?} {}", store.get("visits"), store.len()));
        let full = store.set("full", &"x".repeat(20_000_000)).unwrap_err();
        told.push(full.value().get_as("name")?);
        store.clear();
        told.push(format!("{}", store.len()));
        Ok(told)
    }
}
