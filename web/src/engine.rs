//! The page's side of the worker that runs the engine. The only module that talks to it.
//!
//! Questions and answers are JSON texts, which cross to another thread faster than objects: `{id, call}` there,
//! `{id, ok}` or `{id, error}` back, with the text of the answer in `ok`, or the texts of its parts. A worker that fails
//! or falls silent is ended, and the next question starts another one with the same settings and files.

use std::{cell::RefCell, collections::VecDeque, rc::Rc, time::Duration};

use dagwright_core::{
    answer::{Request, SourceFile},
    diagnostic::Diagnostic,
};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::{
    answer::News,
    decode::{self, Object},
    fetch::folder,
};

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The engine could not be started: its files are missing or were refused.
    NotStarted,
    /// It failed at, or was silent to, this very question.
    Stopped,
}

/// How long a worker that is warm may be silent.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a worker may be silent that has not answered yet: the browser still compiles what it runs.
const PATIENCE_WHILE_COLD: Duration = Duration::from_secs(10);
/// How long a new worker may take to arrive over a slow line and to start.
const PATIENCE_AT_START: Duration = Duration::from_secs(60);

/// The engine, wherever it runs. Copies are the same engine.
#[derive(Clone, Copy)]
pub struct Engine(StoredValue<Rc<RefCell<Inner>>, LocalStorage>);

#[derive(Default)]
struct Inner {
    settings: Value,
    files: Vec<SourceFile>,
    worker: Option<Running>,
    /// What the worker was sent and has not replied to: it takes one after the other.
    waiting: VecDeque<Waiting>,
    /// Goes off when the worker takes too long over the first of them.
    alarm: Option<TimeoutHandle>,
    last: u32,
}

struct Running {
    worker: Worker,
    /// Whether it has replied at least once.
    proven: bool,
    /// Whether it has answered a question since files were loaded.
    warm: bool,
    /// Kept as long as the worker may call it.
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(JsValue)>,
}

struct Waiting {
    id: u32,
    is_question: bool,
    /// Takes the reply or, where there is none, whether the engine had worked before.
    settle: Function,
}

/// What the worker can do, and what it needs for it.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Call<'a> {
    Open { settings: &'a Value },
    Load { files: Vec<SourceFile> },
    Answer { request: &'a Request },
    Follow { request: &'a Request, seen: Option<u64> },
    Layout { dag: &'a str, folded: &'a [String] },
}

/// What there is to say of a config by itself.
pub struct Examined {
    /// The config; null where it could not be read.
    pub document: Value,
    /// Every finding.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Message<'a> {
    id: u32,
    call: Call<'a>,
}

/// Address of the worker.
pub fn address() -> Option<String> {
    folder("engine").map(|folder| format!("{folder}/worker.js"))
}

impl Engine {
    /// An engine that starts with its first question.
    pub fn new(settings: Value) -> Self {
        let inner = Inner {
            settings,
            ..Inner::default()
        };
        Self(StoredValue::new_local(Rc::new(RefCell::new(inner))))
    }

    /// The settings that it starts with.
    pub fn settings(self) -> Value {
        self.0.with_value(|inner| inner.borrow().settings.clone())
    }

    /// Starts the worker ahead of the first question.
    pub fn prepare(self) {
        if !self.runs() {
            drop(self.start());
        }
    }

    /// Adds files of a catalogue to those that the engine knows. Answers with what is wrong with them.
    pub async fn load(self, files: Vec<SourceFile>) -> Result<Vec<Diagnostic>, Trouble> {
        if !self.runs() {
            self.start()?;
        }
        {
            let inner = self.0.get_value();
            let mut inner = inner.borrow_mut();
            for file in files {
                inner.files.retain(|own| own.path != file.path);
                inner.files.push(file);
            }
        }
        let loaded = self.text(Call::Load { files: self.files() }).await?;
        Ok(object(&loaded)?.list("diagnostics", decode::diagnostic))
    }

    /// Asks. The answer stays JSON text.
    pub async fn answer(self, request: &Request) -> Result<String, Trouble> {
        self.text(Call::Answer { request }).await
    }

    /// Asks about a config by itself.
    pub async fn examine(self, request: &Request) -> Result<Examined, Trouble> {
        let mut answer = object(&self.answer(request).await?)?;
        let mut config = answer.object("config").unwrap_or_else(|| Value::Null.into());
        Ok(Examined {
            document: config.value("document").unwrap_or_default(),
            diagnostics: answer.list("diagnostics", decode::diagnostic),
        })
    }

    /// Asks, and is told what is not as in the answer of the revision that was seen.
    pub async fn follow(self, request: &Request, seen: Option<u64>) -> Result<News, Trouble> {
        self.ask(Call::Follow { request, seen }).await.map(News::from)
    }

    /// Has a DAG laid out. Both stay JSON texts: only the element that draws them reads them.
    pub async fn layout(self, dag: &str, folded: &[String]) -> Result<String, Trouble> {
        self.text(Call::Layout { dag, folded }).await
    }

    async fn text(self, call: Call<'_>) -> Result<String, Trouble> {
        self.ask(call).await?.as_string().ok_or(Trouble::Stopped)
    }

    async fn ask(self, call: Call<'_>) -> Result<JsValue, Trouble> {
        if !self.runs() {
            self.start()?;
        }
        let promise = self.post(call).ok_or(Trouble::NotStarted)?;
        let reply = JsFuture::from(promise).await.map_err(|_| Trouble::Stopped)?;
        match reply.as_bool() {
            None => Ok(reply),
            Some(true) => Err(Trouble::Stopped),
            Some(false) => Err(Trouble::NotStarted),
        }
    }

    fn runs(self) -> bool {
        self.0.with_value(|inner| inner.borrow().worker.is_some())
    }

    fn files(self) -> Vec<SourceFile> {
        self.0.with_value(|inner| inner.borrow().files.clone())
    }

    fn start(self) -> Result<(), Trouble> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = address().ok_or(Trouble::NotStarted)?;
        let worker = Worker::new_with_options(&address, &options).map_err(|_| Trouble::NotStarted)?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            self.hear(&event.data());
        });
        let fail = Closure::<dyn FnMut(JsValue)>::new(move |_| self.stop());
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        let settings = {
            let inner = self.0.get_value();
            let mut inner = inner.borrow_mut();
            inner.worker = Some(Running {
                worker,
                proven: false,
                warm: false,
                _hear: hear,
                _fail: fail,
            });
            inner.settings.clone()
        };
        // Their replies are of no interest: what goes wrong in them shows in the question behind them.
        drop(self.post(Call::Open { settings: &settings }));
        let files = self.files();
        if !files.is_empty() {
            drop(self.post(Call::Load { files }));
        }
        Ok(())
    }

    /// Sends a message and promises its reply.
    fn post(self, call: Call<'_>) -> Option<Promise> {
        let inner = self.0.get_value();
        let is_question = !matches!(call, Call::Open { .. } | Call::Load { .. });
        let id = {
            let mut inner = inner.borrow_mut();
            inner.last = inner.last.wrapping_add(1);
            inner.last
        };
        let text = serde_json::to_string(&Message { id, call }).ok()?;
        let promise = Promise::new(&mut |settle, _| {
            inner.borrow_mut().waiting.push_back(Waiting {
                id,
                is_question,
                settle,
            });
        });
        let is_next = {
            let inner = inner.borrow();
            let worker = &inner.worker.as_ref()?.worker;
            worker.post_message(&JsValue::from_str(&text)).ok()?;
            inner.waiting.len() == 1
        };
        if is_next {
            self.watch();
        }
        Some(promise)
    }

    /// Begins to wait for what the worker is at now. What stands behind it is waited for when its turn comes.
    fn watch(self) {
        let inner = self.0.get_value();
        let mut inner = inner.borrow_mut();
        if let Some(alarm) = inner.alarm.take() {
            alarm.clear();
        }
        if let (Some(running), Some(next)) = (&inner.worker, inner.waiting.front()) {
            let patience = match (running.proven, running.warm && next.is_question) {
                (false, _) => PATIENCE_AT_START,
                (true, false) => PATIENCE_WHILE_COLD,
                (true, true) => PATIENCE,
            };
            inner.alarm = set_timeout_with_handle(move || self.stop(), patience).ok();
        }
    }

    fn hear(self, reply: &JsValue) {
        let member = |name: &str| Reflect::get(reply, &name.into()).unwrap_or_default();
        let (id, ok) = (member("id"), member("ok"));
        // An engine that failed once may have left its memory in any state.
        if ok.is_undefined() {
            return self.stop();
        }
        let inner = self.0.get_value();
        let waiting = {
            let mut inner = inner.borrow_mut();
            let place = inner.waiting.iter().position(|waiting| id == waiting.id);
            let waiting = place.and_then(|place| inner.waiting.remove(place));
            if let (Some(running), Some(waiting)) = (&mut inner.worker, &waiting) {
                running.proven = true;
                // What was loaded makes the next answer a slow one.
                running.warm = waiting.is_question;
            }
            waiting
        };
        if let Some(waiting) = waiting {
            self.watch();
            waiting.settle(&ok);
        }
    }

    /// Ends the worker and tells all who wait.
    fn stop(self) {
        let inner = self.0.get_value();
        let (running, waiting) = {
            let mut inner = inner.borrow_mut();
            if let Some(alarm) = inner.alarm.take() {
                alarm.clear();
            }
            (inner.worker.take(), std::mem::take(&mut inner.waiting))
        };
        let proven = running.as_ref().is_some_and(|running| running.proven);
        if let Some(running) = running {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.terminate();
            // This may run inside one of its closures, which must not be freed under their own feet.
            set_timeout(move || drop(running), Duration::ZERO);
        }
        for waiting in waiting {
            waiting.settle(&proven.into());
        }
    }
}

fn object(text: &str) -> Result<Object, Trouble> {
    let value: Value = serde_json::from_str(text).map_err(|_| Trouble::Stopped)?;
    Ok(value.into())
}

impl Waiting {
    fn settle(self, reply: &JsValue) {
        drop(self.settle.call1(&JsValue::NULL, reply));
    }
}
