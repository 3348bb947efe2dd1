//! [`Request`].

use super::Response;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::task::AbortOnDrop;
use handwire::{JsError, JsObject, JsUint8Array, JsValue, import};

import! {
    // The signal is that of whoever may drop the response. That of the call is for an instance that dies before its head is here.
    async fn request(url: &str, method: &str, headers: Vec<String>, body: &JsValue, signal: JsValue) -> Result<JsObject, JsError>
        = "(url, method, flat, body, signal, call) => {
            const headers = new Headers();
            for (let i = 0; i < flat.length; i += 2) headers.append(flat[i], flat[i + 1]);
            const controller = new AbortController();
            for (const each of [signal, call.signal]) each.addEventListener('abort', () => controller.abort());
            return fetch(url, { method, headers, body, signal: controller.signal });
        }";
}

/// A request, until it is sent.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    method: String,
    url: String,
    /// Name and value in turn.
    headers: Vec<String>,
    body: JsValue,
}

impl Request {
    /// A request with any method.
    pub fn new(method: &str, url: &str) -> Request {
        Request { method: method.into(), url: url.into(), headers: Vec::new(), body: JsValue::UNDEFINED }
    }

    /// Asks for a resource.
    pub fn get(url: &str) -> Request {
        Request::new("GET", url)
    }

    /// Sends something to a resource.
    pub fn post(url: &str) -> Request {
        Request::new("POST", url)
    }

    /// One header more. Names and values are looked at when the request is sent.
    pub fn header(mut self, name: &str, value: &str) -> Request {
        self.headers.extend([name.into(), value.into()]);
        self
    }

    /// A text as the body: `text/plain`, if no header says otherwise.
    pub fn text(self, text: &str) -> Request {
        self.body(text.into())
    }

    /// Bytes as the body.
    pub fn bytes(self, bytes: &[u8]) -> Request {
        self.body(JsUint8Array::from(bytes).into())
    }

    /// Any body that the platform takes: a `Blob`, `FormData`, `URLSearchParams`.
    pub fn body(mut self, body: JsValue) -> Request {
        self.body = body;
        self
    }

    /// Sends it, and waits for the status and the headers of the response. A status that says that something is wrong is
    /// no error here: see [`Response::ok`].
    ///
    /// # Errors
    ///
    /// What the platform throws when it can't send it (a method, a header or a URL that it doesn't take, a policy that
    /// forbids it) or when the connection fails.
    pub async fn send(self) -> handwire::Result<Response> {
        let head = AbortOnDrop::new(|signal| request(&self.url, &self.method, self.headers, &self.body, signal))?;
        Ok(Response::new(head.keep().await?))
    }
}
