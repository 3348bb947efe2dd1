//! One file, from `open` to `finish`.

use crate::counts::Counts;
use crate::deflater::Deflater;
use crate::options::Options;
use handwire::{JsArray, JsError, JsValue, Result};
use std::cell::Cell;

thread_local! {
    /// The file under way. Each export takes it out and puts it back, so that a progress
    /// function which calls the guest again meets an error, not a half-done job.
    static JOB: Cell<Option<Job>> = const { Cell::new(None) };
}

pub struct Job {
    options: Options,
    counts: Counts,
    deflater: Deflater,
    done: f64,
}

impl Job {
    pub fn open(options: &JsValue) -> Result<()> {
        let options = Options::read(options)?;
        let counts = Counts::new(options.shortest);
        let deflater = Deflater::new(options.level);
        JOB.set(Some(Job { options, counts, deflater, done: 0.0 }));
        Ok(())
    }

    /// After an error the file is dropped, and with it all handles that were kept for it.
    pub fn feed(piece: &[u8]) -> Result<Vec<u8>> {
        let mut job = Job::take()?;
        job.counts.add(piece);
        let deflated = job.deflater.push(piece);
        job.done += piece.len() as f64;
        if let Some(progress) = &job.options.progress {
            progress.call_as::<()>(&JsValue::UNDEFINED, (job.done, job.options.size))?;
        }
        JOB.set(Some(job));
        Ok(deflated)
    }

    pub fn finish(results: &JsValue) -> Result<Vec<u8>> {
        let mut job = Job::take()?;
        let counted = job.counts.finish();
        results.set("bytes", job.done)?;
        results.set("lines", counted.lines)?;
        results.set("words", counted.words)?;
        results.set("characters", counted.characters)?;
        results.set("broken", counted.broken)?;
        results.set("crowded", counted.crowded)?;
        let common = counted.most_frequent(job.options.top);
        let common: JsArray = common.into_iter().map(|(word, times)| JsArray::of((word, times))).collect();
        results.set("common", common)?;
        Ok(job.deflater.finish())
    }

    fn take() -> Result<Job> {
        JOB.take().ok_or_else(|| JsError::new("no file is open: call open first"))
    }
}
