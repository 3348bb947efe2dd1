//! Many operations in one crossing.

use handwire::abi::Handle;
use handwire::batch::Batch;
use handwire::{JsArray, JsType, contract, export, js_str};

contract! {
    "export set_labels(objects: &js, n: u32) -> u32",
    "export call_texts(function: &js, n: u32) -> u32",
}

/// How many operations a batch has.
const OPERATIONS: u32 = 1000;

#[unsafe(no_mangle)]
extern "C" fn set_labels(objects: Handle, n: u32) -> u32 {
    let objects = export::lift_borrowed(objects);
    let objects = JsArray::unchecked_ref(&objects).to_vec::<handwire::JsValue>().unwrap();
    let mut batch = Batch::new();
    bench_common::with_text(|text| {
        for _ in 0..n {
            let mut run = batch.record();
            for i in 0..OPERATIONS {
                run.set(&objects[i as usize & 7], js_str!("label"), text);
            }
            run.run().unwrap();
        }
    });
    n
}

#[unsafe(no_mangle)]
extern "C" fn call_texts(function: Handle, n: u32) -> u32 {
    let function = export::lift_borrowed(function);
    let mut batch = Batch::new();
    bench_common::with_text(|text| {
        for _ in 0..n {
            let mut run = batch.record();
            for _ in 0..OPERATIONS {
                run.apply(&*function, (), (text,));
            }
            run.run().unwrap();
        }
    });
    n
}
