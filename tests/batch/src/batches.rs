//! Batches: every operation and operand, references, results, failures, and batches in batches.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use handwire::batch::Batch;
use handwire::{JsArray, JsError, JsFunction, JsObject, JsString, JsValue, export, js_str, scope};

struct Kept(RefCell<Batch>);

// SAFETY: an instance is entered by one thread at a time, says the contract.
unsafe impl Sync for Kept {}

/// One that is used by every call, as a program keeps one.
static KEPT: Kept = Kept(RefCell::new(Batch::new()));

export! {
    /// One of each operation, with the results of all.
    fn batch_each(object: &JsObject, class: &JsFunction) -> Result<Vec<JsValue>, JsError> {
        let mut batch = Batch::new();
        let mut run = batch.record();
        let all = [
            run.get(object, "number"),
            run.set(object, js_str!("set"), "new"),
            run.call(object, "list", ("a", 1)),
            run.construct(class, (1.5, true)),
            run.apply(class, object, ("this",)),
            run.get(object, 7u32),
        ];
        let kept = all.map(|each| run.keep(each));
        assert_eq!(run.len(), 6);
        let mut results = run.run()?;
        kept.into_iter().map(|each| results.take(each)).collect()
    }

    /// Each kind of operand, as the arguments of one call.
    fn batch_operands(list: &JsFunction, value: &JsValue) -> Result<JsValue, JsError> {
        let owned = JsString::from("owned");
        let (mut batch, array) = (Batch::new(), JsArray::of((1,)));
        let mut run = batch.record();
        let scalars = run.apply(list, (), (i8::MIN, u8::MAX, i16::MIN, u16::MAX, i32::MIN, u32::MAX, 7u32, 1usize << 31));
        let floats = run.apply(list, (), (-0.0, f64::NAN, 0.1f32, f64::MAX, i64::MIN, u64::MAX, true, false));
        let texts = run.apply(list, (), ("", "né😀", String::from("string"), &String::from("reference"), "\0", "\u{feff}x", js_str!("name"), &owned));
        let others = run.apply(list, (), ((), None::<&str>, Some("some"), value, &array, &b"\x01\x02\x03\x04\x05"[..], &b""[..], texts));
        let many: [u32; 20] = core::array::from_fn(|i| i as u32);
        let all = run.apply(list, (), (scalars, floats, texts, others));
        let listed = run.apply(list, (), many);
        let sliced = run.apply(list, (), &["a", "b", "c"][..]);
        let none = run.apply(list, (), ());
        let end = run.apply(list, (), [all, listed, sliced, none]);
        let end = run.keep(end);
        run.run()?.take(end)
    }

    /// A chain: each operation uses what the one before it gave.
    fn batch_chain(start: &JsValue, steps: u32) -> Result<JsValue, JsError> {
        let mut batch = KEPT.0.borrow_mut();
        let mut run = batch.record();
        let mut at = run.get(start, js_str!("next"));
        for _ in 1..steps {
            at = run.get(at, js_str!("next"));
        }
        let end = run.keep(at);
        run.run()?.take(end)
    }

    /// So many texts, set as properties of an object.
    fn batch_texts(object: &JsValue, texts: Vec<String>) -> Result<(), JsError> {
        let mut batch = KEPT.0.borrow_mut();
        let mut run = batch.record();
        for (i, text) in texts.iter().enumerate() {
            run.set(object, i, text);
        }
        run.run()?;
        Ok(())
    }

    /// Sets a property so many times, in one crossing each time.
    fn batch_many(object: &JsValue, operations: u32, rounds: u32) -> Result<(), JsError> {
        let mut batch = KEPT.0.borrow_mut();
        for _ in 0..rounds {
            let mut run = batch.record();
            for i in 0..operations {
                run.set(object, js_str!("label"), "some text");
                run.set(object, js_str!("count"), i);
            }
            run.run()?;
        }
        Ok(())
    }

    /// Calls each function; the first error ends it. With `wrap`, as the batch tells it.
    fn batch_stops(functions: Vec<JsFunction>, wrap: bool) -> Result<u32, JsError> {
        let mut batch = Batch::new();
        let mut run = batch.record();
        for function in &functions {
            let made = run.apply(function, (), ());
            run.keep(made);
        }
        match run.run() {
            Ok(_) => Ok(functions.len() as u32),
            Err(error) if wrap => Err(JsError::new(&alloc::format!("{error} ({})", error.operation()))),
            Err(error) => Err(error.into()),
        }
    }

    /// Calls each function, with what the one before it gave; tells the status of each.
    fn batch_goes_on(functions: Vec<JsFunction>, chained: bool) -> Vec<JsValue> {
        let mut batch = Batch::new();
        let mut run = batch.record();
        let mut last = None;
        let mut all = Vec::new();
        for function in &functions {
            let made = run.apply(function, (), (last.filter(|_| chained),));
            last = Some(made);
            all.push((made, run.keep(made)));
        }
        let mut results = run.run_all();
        assert_eq!(results.first_failed().is_some(), results.failed() > 0);
        all.into_iter()
            .map(|(made, kept)| match results.status(made) {
                Ok(()) => results.take::<JsValue>(kept).unwrap_or_else(JsError::into_value),
                Err(error) => JsArray::of(("failed", error)).into(),
            })
            .collect()
    }

    /// Keeps all results, and takes every second.
    fn batch_leaves(function: &JsFunction, times: u32) -> Result<u32, JsError> {
        let mut batch = Batch::new();
        let mut run = batch.record();
        let kept: Vec<_> = (0..times).map(|i| { let made = run.apply(function, (), (i,)); run.keep(made) }).collect();
        let mut results = run.run()?;
        let mut taken = 0;
        for kept in kept.iter().step_by(2) {
            taken += u32::from(!results.take::<JsValue>(*kept)?.is_undefined());
            assert!(results.take::<JsValue>(*kept)?.is_undefined());
        }
        Ok(taken)
    }

    /// Nothing at all, and what was recorded but not run.
    fn batch_empty(object: &JsValue) -> Result<u32, JsError> {
        let mut batch = Batch::new();
        batch.record().set(object, "never", 1);
        batch.record().run()?;
        Ok(batch.record().run_all().failed() as u32)
    }

    /// A batch that calls a function, which may call this again.
    fn batch_nested(function: &JsFunction, depth: u32) -> Result<f64, JsError> {
        let mut batch = Batch::new();
        let mut run = batch.record();
        let before = run.apply(function, (), (depth, "before"));
        let inner = run.apply(function, (), (depth, before));
        let after = run.apply(function, (), (depth, inner));
        let after = run.keep(after);
        run.run()?.take(after)
    }

    /// A reference of one recording in another.
    fn batch_foreign(object: &JsValue) {
        let mut batch = Batch::new();
        let old = batch.record().get(object, "x");
        batch.record().get(old, "x");
    }

    /// Values of a scope as operands.
    fn batch_scope(object: &JsValue) -> Result<(), JsError> {
        let mut batch = Batch::new();
        scope(|s| {
            let (a, b) = (s.hold(JsObject::new()), s.hold(2.5));
            let mut run = batch.record();
            run.set(object, "a", a);
            run.set(a, "b", b);
            run.run().map(|_| ()).map_err(JsError::from)
        })
    }
}
