//! Streams both ways.

use crate::waits::Guard;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use futures_util::StreamExt;
use futures_util::stream;
use handwire::task::into_js_stream;
use handwire::{JsError, JsFunction, JsFuture, JsPromise, JsStream, JsValue, export};

export! {
    /// All items.
    async fn collect(items: JsValue) -> Result<Vec<JsValue>, JsError> {
        let mut items = JsStream::new(items)?;
        let mut all = Vec::new();
        while let Some(item) = items.next().await { all.push(item?); }
        // Asked again after its end, it is at its end.
        assert!(items.next().await.is_none());
        Ok(all)
    }

    /// The first items, and the stream is let go.
    async fn take(items: JsValue, count: u32) -> Result<Vec<JsValue>, JsError> {
        JsStream::new(items)?.take(count as usize).collect::<Vec<_>>().await.into_iter().collect()
    }

    /// The bytes of a stream of typed arrays, and how many pieces they came in.
    async fn count_bytes(body: JsValue) -> Result<Vec<f64>, JsError> {
        let mut body = JsStream::new(body)?;
        let (mut bytes, mut pieces) = (0.0, 0.0);
        while let Some(piece) = body.next().await {
            bytes += piece?.get_as::<f64>("byteLength")?;
            pieces += 1.0;
        }
        Ok([bytes, pieces].into())
    }

    /// The numbers from 0 on, which tell when each is made, and when the stream goes.
    fn numbers(count: u32, log: JsFunction) -> JsValue {
        let guard = Guard(log.clone(), "gone".into());
        into_js_stream(stream::iter(0..count).map(move |i| {
            let _ = &guard;
            drop(log.call(&JsValue::UNDEFINED, (i,)));
            i
        }))
    }

    /// What promises give, one after another; a rejection is an error of the stream.
    fn settled_in_order(promises: Vec<JsPromise>) -> JsValue {
        into_js_stream(stream::iter(promises).then(JsFuture::from))
    }

    /// Each item of a stream of the host's, twice: from the host and to it.
    fn doubled(items: JsValue) -> Result<JsValue, JsError> {
        Ok(into_js_stream(JsStream::new(items)?.map(|item| Ok::<f64, JsError>(item?.as_f64().unwrap_or(f64::NAN) * 2.0))))
    }

    /// Items of many kinds.
    fn kinds() -> JsValue {
        into_js_stream(stream::iter([JsValue::from(1.5), JsValue::from("text"), JsValue::TRUE, JsValue::UNDEFINED]))
    }

    /// Texts, the longest beyond what a guest keeps.
    fn texts(count: u32, size: u32) -> JsValue {
        into_js_stream(stream::iter(0..count).map(move |i| i.to_string().repeat(size as usize)))
    }

    fn byte_lists() -> JsValue {
        into_js_stream(stream::iter([alloc::vec![1u8, 2], Vec::new(), alloc::vec![7; 100_000]]))
    }

    fn failing(error: JsValue) -> JsValue {
        let items: [Result<f64, JsError>; 3] = [Ok(1.0), Err(error.into()), Ok(2.0)];
        into_js_stream(stream::iter(items))
    }

    fn failing_text() -> JsValue {
        into_js_stream(stream::iter([Err::<String, &str>("out of numbers")]))
    }

    /// Dies at its second item.
    fn exploding() -> JsValue {
        into_js_stream(stream::iter(0..3).map(|i| { assert!(i < 1, "exploded in a stream"); i }))
    }
}
