//! Interfaces with async methods: implementors of the host that are awaited, and those of the guest that the host awaits.

use alloc::boxed::Box;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use futures_util::future::{Either, join_all, select};
use handwire::{CallError, JsError, JsFunction, JsPromise, JsValue, LocalBoxFuture, export, import, interface, record};

use crate::waits::Guard;

record! {
    /// Why a store has nothing.
    pub struct StoreError { pub reason: String, pub code: u32 }

    /// Why there is none, without words.
    #[derive(Debug)]
    pub enum Lack { Empty, Gone }
}

impl From<JsError> for Lack {
    fn from(error: JsError) -> Lack {
        if error.message() == "gone" { Lack::Gone } else { Lack::Empty }
    }
}

type Answer = Result<String, CallError<StoreError>>;

interface! {
    /// Keeps texts.
    pub trait Store {
        /// The text of a key.
        async fn get(&self, key: &str) -> Result<String, CallError<StoreError>>;
        async fn put(&self, key: String, value: &str, flags: &[u8], note: Option<&str>) -> Result<(), JsError>;
        fn size(&self) -> u32;
        async fn clear(&self);
    }

    /// Arguments and results of all kinds.
    pub trait Forms {
        async fn number(&self, of: f64) -> f64;
        async fn big(&self, of: u64) -> u64;
        async fn numbers(&self, of: &[f64]) -> Vec<f64>;
        async fn texts(&self, of: Vec<String>) -> Result<Vec<String>, JsError>;
        async fn record(&self, of: StoreError) -> StoreError;
        async fn value(&self, of: JsValue) -> JsValue;
        async fn borrowed(&self, of: &JsValue) -> Result<JsValue, Lack>;
        async fn store(&self, of: Rc<dyn Store>) -> Option<Rc<dyn Store>>;
        async fn lack(&self, of: Option<Lack>) -> Result<Lack, Lack>;
    }
}

fn shown(answer: Answer) -> String {
    match answer {
        Ok(value) => value,
        Err(CallError::Declared(StoreError { reason, code })) => format!("{reason} ({code})"),
        Err(CallError::Unexpected(error)) => format!("unexpected: {:?}", error.into_value()),
    }
}

export! {
    async fn store_get(store: Box<dyn Store>, key: &str) -> Result<String, CallError<StoreError>> {
        store.get(key).await
    }

    /// What became of it, in words.
    async fn store_shown(store: Box<dyn Store>, key: &str) -> String {
        shown(store.get(key).await)
    }

    /// The very value that was thrown.
    async fn store_thrown(store: Box<dyn Store>) -> JsValue {
        match store.get("thrown").await {
            Err(CallError::Unexpected(error)) => error.into_value(),
            answer => JsValue::from(shown(answer).as_str()),
        }
    }

    async fn store_put(store: Rc<dyn Store>, key: &str, value: &str) -> Result<u32, JsError> {
        store.put(key.to_string(), value, &[1, 2], Some("note")).await?;
        store.put(key.to_string(), value, &[], None).await?;
        store.clear().await;
        Ok(store.size())
    }

    /// All at once; in their order.
    async fn store_all(store: Box<dyn Store>, keys: Vec<String>) -> Vec<String> {
        join_all(keys.iter().map(|key| store.get(key))).await.into_iter().map(shown).collect()
    }

    /// The first of a method and a promise; a method that comes later is dropped.
    async fn store_or(store: Box<dyn Store>, other: JsPromise) -> Result<String, JsError> {
        match select(store.get("slow"), other.into_future()).await {
            Either::Left((answer, _)) => Ok(shown(answer)),
            Either::Right((value, _)) => Ok(format!("{:?}", value?)),
        }
    }

    /// Makes the future of a method, and never polls it.
    async fn store_unpolled(store: Box<dyn Store>, value: JsValue) -> bool {
        drop((store.get("never"), store.put("key".to_string(), "value", &[], None)));
        drop(value);
        true
    }

    /// Something is held that tells of its end, behind the method.
    async fn store_guarded(store: Box<dyn Store>, dropped: JsFunction) -> Result<String, CallError<StoreError>> {
        let _guard = Guard(dropped, "guard".to_string());
        store.get("guarded").await
    }

    /// An import whose line names an error.
    async fn ask_declared(question: &str) -> String { shown(app::ask_declared(question).await) }

    async fn forms_number(forms: Box<dyn Forms>, of: f64) -> f64 { forms.number(of).await }
    async fn forms_big(forms: Box<dyn Forms>, of: u64) -> u64 { forms.big(of).await }
    async fn forms_numbers(forms: Box<dyn Forms>, of: &[f64]) -> Vec<f64> { forms.numbers(of).await }
    async fn forms_texts(forms: Box<dyn Forms>, of: Vec<String>) -> Result<Vec<String>, JsError> { forms.texts(of).await }
    async fn forms_record(forms: Box<dyn Forms>, of: StoreError) -> StoreError { forms.record(of).await }
    async fn forms_value(forms: Box<dyn Forms>, of: JsValue) -> JsValue { forms.value(of).await }
    async fn forms_borrowed(forms: Box<dyn Forms>, of: &JsValue) -> Result<JsValue, Lack> { forms.borrowed(of).await }
    async fn forms_store(forms: Box<dyn Forms>, of: Rc<dyn Store>) -> Option<Rc<dyn Store>> { forms.store(of).await }
    async fn forms_lack(forms: Box<dyn Forms>, of: Option<Lack>) -> Result<Lack, Lack> { forms.lack(of).await }

    /// The same, called by the host.
    fn forms_through(forms: Rc<dyn Forms>) -> Box<dyn Forms> { Box::new(Through(forms)) }

    /// A store of the guest: each of its methods waits for this first.
    fn new_store(wait: JsPromise, dropped: JsFunction) -> Box<dyn Store> {
        Box::new(Memory { wait, texts: RefCell::default(), guard: Guard(dropped, "store".to_string()) })
    }

    /// One that asks another.
    fn store_through(store: Rc<dyn Store>) -> Box<dyn Store> { Box::new(Asking(store)) }
}

import! {
    mod app { async fn ask_declared(question: &str) -> Result<String, CallError<StoreError>>; }
}

struct Memory {
    wait: JsPromise,
    texts: RefCell<Vec<(String, String)>>,
    guard: Guard,
}

impl Store for Memory {
    fn get(&self, key: &str) -> LocalBoxFuture<'_, Answer> {
        let key = key.to_string();
        Box::pin(async move {
            let _guard = Guard(self.guard.0.clone(), format!("get {key}"));
            if key == "now" {
                return Ok("at once".to_string());
            }
            (&self.wait).into_future().await.map_err(CallError::Unexpected)?;
            assert!(key != "panic", "asked to");
            let texts = self.texts.borrow();
            match texts.iter().find(|(known, _)| *known == key) {
                Some((_, value)) => Ok(value.clone()),
                None => Err(StoreError { reason: format!("no {key}"), code: 404 }.into()),
            }
        })
    }

    fn put(
        &self,
        key: String,
        value: &str,
        flags: &[u8],
        note: Option<&str>,
    ) -> LocalBoxFuture<'_, Result<(), JsError>> {
        let value = format!("{value} {flags:?} {note:?}");
        Box::pin(async move {
            (&self.wait).into_future().await?;
            self.texts.borrow_mut().push((key, value));
            Ok(())
        })
    }

    fn size(&self) -> u32 {
        self.texts.borrow().len() as u32
    }

    fn clear(&self) -> LocalBoxFuture<'_, ()> {
        Box::pin(async { self.texts.borrow_mut().clear() })
    }
}

struct Asking(Rc<dyn Store>);

impl Store for Asking {
    fn get(&self, key: &str) -> LocalBoxFuture<'_, Answer> {
        self.0.get(key)
    }

    fn put(
        &self,
        key: String,
        value: &str,
        flags: &[u8],
        note: Option<&str>,
    ) -> LocalBoxFuture<'_, Result<(), JsError>> {
        self.0.put(key, value, flags, note)
    }

    fn size(&self) -> u32 {
        self.0.size()
    }

    fn clear(&self) -> LocalBoxFuture<'_, ()> {
        self.0.clear()
    }
}

struct Through(Rc<dyn Forms>);

impl Forms for Through {
    fn number(&self, of: f64) -> LocalBoxFuture<'_, f64> {
        self.0.number(of)
    }
    fn big(&self, of: u64) -> LocalBoxFuture<'_, u64> {
        self.0.big(of)
    }
    fn numbers(&self, of: &[f64]) -> LocalBoxFuture<'_, Vec<f64>> {
        self.0.numbers(of)
    }
    fn texts(&self, of: Vec<String>) -> LocalBoxFuture<'_, Result<Vec<String>, JsError>> {
        self.0.texts(of)
    }
    fn record(&self, of: StoreError) -> LocalBoxFuture<'_, StoreError> {
        self.0.record(of)
    }
    fn value(&self, of: JsValue) -> LocalBoxFuture<'_, JsValue> {
        self.0.value(of)
    }
    fn borrowed(&self, of: &JsValue) -> LocalBoxFuture<'_, Result<JsValue, Lack>> {
        self.0.borrowed(of)
    }
    fn store(&self, of: Rc<dyn Store>) -> LocalBoxFuture<'_, Option<Rc<dyn Store>>> {
        self.0.store(of)
    }
    fn lack(&self, of: Option<Lack>) -> LocalBoxFuture<'_, Result<Lack, Lack>> {
        self.0.lack(of)
    }
}
