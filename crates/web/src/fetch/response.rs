//! [`Response`].

use super::Chunks;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::task::AbortOnDrop;
use handwire::{JsError, JsObject, JsValue, import};

import! {
    fn status(response: &JsObject) -> u16 = "$1.status";
    fn url(response: &JsObject) -> String = "$1.url";
    fn header(response: &JsObject, name: &str) -> Result<Option<String>, JsError> = "$1.headers.get($2)";
    fn reader(response: &JsObject) -> Result<JsObject, JsError> = "$1.body?.getReader() ?? { read: async () => ({ done: true }) }";
    async fn read(reader: &JsObject) -> Result<Option<Vec<u8>>, JsError> = "$1.read().then(({ value }) => value)";
    fn body(response: &JsObject) -> Result<Option<JsObject>, JsError> = "$1.body";
    async fn text(response: &JsObject) -> Result<String, JsError> = "$1.text()";
    async fn bytes(response: &JsObject) -> Result<Vec<u8>, JsError> = "$1.arrayBuffer().then((buffer) => new Uint8Array(buffer))";
    async fn json(response: &JsObject) -> Result<JsValue, JsError> = "$1.json()";
}

/// A response, whose status and headers are here; its body may be on its way. Dropping it ends the request.
#[derive(Debug)]
pub struct Response {
    response: AbortOnDrop<JsObject>,
    reader: Option<JsObject>,
}

impl Response {
    pub(super) fn new(response: AbortOnDrop<JsObject>) -> Response {
        Response { response, reader: None }
    }

    /// The status: 200, 404 and so on.
    #[must_use]
    pub fn status(&self) -> u16 {
        status(&self.response)
    }

    /// Whether the status is one of success: 200 to 299.
    #[must_use]
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status())
    }

    /// Where it came from, after redirections.
    #[must_use]
    pub fn url(&self) -> String {
        url(&self.response)
    }

    /// The value of a header, if it has that, and if its server lets this page see it.
    ///
    /// # Errors
    ///
    /// If a header can't have that name.
    pub fn header(&self, name: &str) -> handwire::Result<Option<String>> {
        header(&self.response, name)
    }

    /// How many bytes the body has, if its server says so. Of a compressed one that is what comes over the wire, which is
    /// not what arrives here.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.header("content-length").ok()??.parse().ok()
    }

    /// What has arrived of the body since the last call, once there is something; nothing when the body has ended. Until
    /// the next call, the platform fetches only as much as it likes to keep.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end.
    pub async fn chunk(&mut self) -> handwire::Result<Option<Vec<u8>>> {
        let reader = match &self.reader {
            Some(reader) => reader,
            None => self.reader.insert(reader(&self.response)?),
        };
        let chunk = read(reader).await?;
        if chunk.is_none() {
            self.complete();
        }
        Ok(chunk)
    }

    /// The body as a stream of its chunks, for the adapters of `futures-util` and `futures-lite`.
    ///
    /// # Errors
    ///
    /// If [`chunk`](Response::chunk) has been called.
    pub fn chunks(self) -> handwire::Result<Chunks> {
        Chunks::new(self)
    }

    /// The platform's stream of the body, if there is one.
    pub(super) fn body(&self) -> handwire::Result<Option<JsObject>> {
        body(&self.response)
    }

    /// All of the body is here: there is nothing left to abort.
    pub(super) fn complete(&mut self) {
        AbortOnDrop::end(&mut self.response);
    }

    /// All of the body as text.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end, or if [`chunk`](Response::chunk) has been called.
    pub async fn text(self) -> handwire::Result<String> {
        text(&self.response).await
    }

    /// All of the body as bytes.
    ///
    /// # Errors
    ///
    /// As [`text`](Response::text).
    pub async fn bytes(self) -> handwire::Result<Vec<u8>> {
        bytes(&self.response).await
    }

    /// All of the body as a value, read as JSON by the platform.
    ///
    /// # Errors
    ///
    /// As [`text`](Response::text), and if it isn't JSON.
    pub async fn json(self) -> handwire::Result<JsValue> {
        json(&self.response).await
    }

    /// The response of the platform, with the body as far as it has not been read.
    #[must_use]
    pub fn as_js(&self) -> &JsObject {
        &self.response
    }
}
