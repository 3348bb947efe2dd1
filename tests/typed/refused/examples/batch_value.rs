//! A value that a batch uses is kept until the batch has run.

use handwire::JsObject;
use handwire::batch::Batch;

fn main() {
    let mut batch = Batch::new();
    let mut run = batch.record();
    run.get(&JsObject::new(), "x");
    run.run().unwrap();
}
