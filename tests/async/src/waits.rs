//! Values of the host that are awaited, and what tells that they were dropped.

use alloc::string::{String, ToString};
use futures_util::future::{Either, select};
use handwire::task::AbortOnDrop;
use handwire::{JsError, JsFunction, JsFuture, JsPromise, JsValue, export, import};

/// Calls a function of the host when it is dropped.
pub struct Guard(pub JsFunction, pub String);

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.0.call(&JsValue::UNDEFINED, (self.1.as_str(),)));
    }
}

export! {
    /// What any value gives when it is awaited.
    async fn wait(value: JsValue) -> Result<JsValue, JsError> {
        JsFuture::from(value).await
    }

    /// The same without a `Result` around it.
    async fn wait_text(value: JsValue) -> String {
        match JsFuture::from(value).await {
            Ok(value) => alloc::format!("{value:?}"),
            Err(error) => alloc::format!("failed: {}", error.message()),
        }
    }

    /// Twice a number, which needs no handle.
    async fn number(promise: JsPromise) -> Result<f64, JsError> {
        Ok(promise.value_as::<f64>().await? * 2.0)
    }

    /// What a promise gives, as some types take it.
    async fn typed(a: JsPromise, b: JsPromise, c: JsPromise) -> Result<String, JsError> {
        let text: String = a.value_as().await?;
        let whole: Option<u8> = b.value_as().await?;
        let any: JsValue = c.value_as().await?;
        Ok(alloc::format!("{text} {whole:?} {any:?}"))
    }

    /// The first of two numbers; the other one is dropped.
    async fn first_number(a: JsPromise, b: JsPromise) -> Result<f64, JsError> {
        match select(a.value_as::<f64>(), b.value_as::<f64>()).await {
            Either::Left((result, _)) | Either::Right((result, _)) => result,
        }
    }

    /// The first of two; the other one is dropped.
    async fn first(a: JsPromise, b: JsPromise) -> Result<JsValue, JsError> {
        match select(JsFuture::from(a), JsFuture::from(b)).await {
            Either::Left((result, _)) | Either::Right((result, _)) => result,
        }
    }

    /// Awaits a promise by reference, twice.
    async fn twice_awaited(promise: &JsPromise) -> Result<bool, JsError> {
        Ok(promise.await?.same_value(&promise.await?))
    }

    /// Awaits while something is held that tells of its end.
    async fn guarded(name: &str, promise: JsPromise, dropped: JsFunction) -> Result<JsValue, JsError> {
        let _guard = Guard(dropped, name.to_string());
        promise.await
    }

    /// Asks the embedder, while something is held that tells of its end.
    async fn guarded_ask(question: &str, dropped: JsFunction) -> Result<String, JsError> {
        let _guard = Guard(dropped, question.to_string());
        app::ask_with(question).await
    }

    /// Calls a function between two waits.
    async fn between(before: JsPromise, call: JsFunction, after: JsPromise) -> Result<JsValue, JsError> {
        before.await?;
        call.call(&JsValue::UNDEFINED, ())?;
        after.await
    }

    /// Asks twice at once, and takes the first answer.
    async fn first_asked(a: &str, b: &str) -> Result<String, JsError> {
        let (a, b) = (core::pin::pin!(app::ask_with(a)), core::pin::pin!(app::ask_with(b)));
        match select(a, b).await {
            Either::Left((result, _)) | Either::Right((result, _)) => result,
        }
    }

    /// Makes a future of an import, and never polls it.
    async fn unpolled() -> bool {
        drop(app::ask_with("never"));
        true
    }

    async fn typed_number() -> Result<f64, JsError> { app::number().await }
    async fn typed_texts() -> Result<alloc::vec::Vec<Option<String>>, JsError> { app::texts().await }
    async fn typed_nothing() -> Result<(), JsError> { app::nothing().await }
    async fn typed_value() -> JsValue { app::value().await }
    async fn typed_big() -> i64 { app::big().await }
    async fn typed_bytes() -> alloc::vec::Vec<u8> { app::bytes().await.unwrap_or_default() }

    /// Awaits a promise with a signal of the guest's own.
    async fn signalled(make: JsFunction) -> Result<JsValue, JsError> {
        AbortOnDrop::new(|signal| async move {
            let promise: JsPromise = make.call_as(&JsValue::UNDEFINED, (&signal,))?;
            promise.await
        })?
        .await
    }

    /// The same, with the signal kept for what came of it, which ends well or not, after another wait.
    async fn signalled_on(make: JsFunction, rest: JsPromise, well: bool) -> Result<JsValue, JsError> {
        let head = AbortOnDrop::new(|signal| async move {
            let promise: JsPromise = make.call_as(&JsValue::UNDEFINED, (&signal,))?;
            promise.await
        })?;
        let mut kept = head.keep().await?;
        rest.await?;
        if well {
            AbortOnDrop::end(&mut kept);
        }
        Ok(JsValue::clone(&kept))
    }

    /// Dies after a wait.
    async fn explode(promise: JsPromise) {
        drop(promise.await);
        panic!("exploded after a wait");
    }

    /// Dies at once.
    async fn explode_now() {
        panic!("exploded at once");
    }

    /// Dies when it is dropped.
    async fn explode_when_dropped(promise: JsPromise) {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("exploded when dropped");
            }
        }
        let _bomb = Bomb;
        drop(promise.await);
        core::mem::forget(_bomb);
    }

    fn die() { panic!("died") }
    fn add(a: i32, b: i32) -> i32 { a + b }
}

import! {
    mod app {
        async fn ask_with(question: &str) -> Result<String, JsError>;
        async fn number() -> Result<f64, JsError>;
        async fn texts() -> Result<alloc::vec::Vec<Option<String>>, JsError>;
        async fn nothing() -> Result<(), JsError>;
        async fn value() -> JsValue;
        async fn big() -> i64;
        async fn bytes() -> Result<alloc::vec::Vec<u8>, JsError>;
    }
}
