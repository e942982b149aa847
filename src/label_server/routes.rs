//! What is asked for, and what is answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answers::{
    CardAnswer, ChangedAnswer, DecideRequest, SessionAnswer, UndoRequest, coder_name, counts,
};
use super::assets::{POLICY, asset};
use super::decision_writer::{Change, DecisionWriter, NotDone, SharedSession};
use super::gate::{Gate, Link, Role};
use super::project::CardTexts;
use super::rate_limit::RateLimit;
use super::report_page::ReportPage;
use super::training_check::TrainingMonitor;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::label_page::{CoderAgreement, Progress, Refusal, context};

/// The largest body of a request.
const MAX_BODY: usize = 64 << 10;

/// How long a client may take to send it.
const BODY_TIME: Duration = Duration::from_secs(10);

/// For the interval of alpha.
const RESAMPLING: Resampling = Resampling { resamples: 1_000, seed: 1 };

type Answer = Response<Full<Bytes>>;

/// Why a request is not answered.
struct Refused {
    status: StatusCode,
    body: Value,
}

/// Everything that answers need.
#[derive(Debug)]
pub(super) struct Routes {
    gate: Gate,
    shared: Arc<SharedSession>,
    texts: Arc<CardTexts>,
    writer: DecisionWriter,
    report: Arc<ReportPage>,
    /// Where the labels are for training.
    training: Option<Arc<TrainingMonitor>>,
    limits: Mutex<Vec<(String, RateLimit)>>,
}

impl Routes {
    pub(super) fn new(
        gate: Gate,
        shared: Arc<SharedSession>,
        texts: Arc<CardTexts>,
        writer: DecisionWriter,
        report: ReportPage,
        training: Option<TrainingMonitor>,
    ) -> Self {
        let (report, training) = (Arc::new(report), training.map(Arc::new));
        Routes { gate, shared, texts, writer, report, training, limits: Mutex::default() }
    }

    /// Answers a request, whatever it is.
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Answer {
        let answer = self.route(request).await;
        let answer = answer.unwrap_or_else(|Refused { status, body }| json_with(status, &body));
        with_headers(answer)
    }

    async fn route(&self, request: Request<Incoming>) -> Result<Answer, Refused> {
        if !self.gate.is_ours(request.headers()) {
            return Err(refusal(StatusCode::FORBIDDEN, "this is not the page's own request"));
        }
        let is_get = request.method() == Method::GET;
        if let (true, Some(asset)) = (is_get, asset(request.uri().path())) {
            return Ok(answer(StatusCode::OK, asset.kind, asset.text));
        }
        if is_get && request.uri().path() == "/report" {
            return self.report_page(&request);
        }
        let link = self.gate.link(request.headers()).cloned().ok_or_else(|| {
            refusal(StatusCode::UNAUTHORIZED, "this link is not valid; open the one you were given")
        })?;
        if !self.is_allowed(&link) {
            return Err(refusal(StatusCode::TOO_MANY_REQUESTS, "too many requests; wait a second"));
        }
        let path = request.uri().path().to_string();
        match (request.method(), path.as_str()) {
            (&Method::GET, "/api/session") => Ok(self.session(&link)),
            (&Method::GET, "/api/next") => self.next(&link, number(&request, "after")),
            (&Method::GET, "/api/card") => {
                self.card(&link, number(&request, "card"), number(&request, "at"))
            }
            (&Method::GET, "/api/article") => self.article(&link, number(&request, "card")),
            (&Method::GET, "/api/progress") => self.progress(&link).await,
            (&Method::GET, "/api/training") => self.training(&link),
            (&Method::GET, "/api/agreement") => self.agreement(&link).await,
            (&Method::POST, "/api/decide") => {
                let asked: DecideRequest = body(request).await?;
                self.decide(&link, asked).await
            }
            (&Method::POST, "/api/undo") => {
                let asked: UndoRequest = body(request).await?;
                self.undo(&link, asked).await
            }
            (&Method::POST, "/api/report") => self.make_report(&link).await,
            _ => Err(refusal(StatusCode::NOT_FOUND, "there is nothing here")),
        }
    }

    fn is_allowed(&self, link: &Link) -> bool {
        let now = Instant::now();
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, limit)) = limits.iter_mut().find(|(name, _)| *name == link.name) {
            return limit.allows(now);
        }
        limits.push((link.name.clone(), RateLimit::new(now)));
        true
    }

    fn session(&self, link: &Link) -> Answer {
        let session = self.shared.lock();
        let name = coder_name(link.role, &link.name);
        json_answer(&SessionAnswer::of(
            &session,
            name,
            link.role,
            self.report.label_file(),
            self.training.is_some(),
        ))
    }

    fn next(&self, link: &Link, after: Option<u32>) -> Result<Answer, Refused> {
        let session = self.shared.lock();
        let Role::Coder(coder) = link.role else { return Err(not_yours()) };
        let next = session.next(coder, after.map(|after| after as usize));
        let card = next.map(|at| session.assignment().queue(coder)[at]);
        let card = card.map(|card| CardAnswer::of(&session, &self.texts, link.role, card));
        let next = card.transpose().map_err(|error| failure(&error))?;
        let counts = counts(&session, link.role);
        Ok(json_answer(&ChangedAnswer { next, counts, warning: self.shared.warning() }))
    }

    /// The card of a number, or at a place in the queue.
    fn card(&self, link: &Link, card: Option<u32>, at: Option<u32>) -> Result<Answer, Refused> {
        let session = self.shared.lock();
        let card = match (link.role, card, at) {
            (Role::Coder(coder), None, Some(at)) => {
                session.assignment().queue(coder).get(at as usize).copied()
            }
            (Role::Coder(coder), Some(card), _) => {
                Some(card).filter(|card| session.assignment().has(coder, *card))
            }
            (Role::Lead, card, _) => card,
            (Role::Coder(_), None, None) => None,
        };
        let card = card.ok_or_else(not_yours)?;
        let card = CardAnswer::of(&session, &self.texts, link.role, card);
        card.map(|card| json_answer(&card)).map_err(|error| failure(&error))
    }

    fn article(&self, link: &Link, card: Option<u32>) -> Result<Answer, Refused> {
        let may = |card: &u32| match link.role {
            Role::Coder(coder) => self.shared.lock().assignment().has(coder, *card),
            Role::Lead => true,
        };
        let card = card.filter(may).ok_or_else(not_yours)?;
        let card = self.texts.card(card).map_err(|error| failure(&error))?;
        let article = self.texts.article(card.article).map_err(|error| failure(&error))?;
        Ok(json_answer(&context(&article, &card).sentences))
    }

    async fn progress(&self, link: &Link) -> Result<Answer, Refused> {
        let shared = Arc::clone(&self.shared);
        let mut progress = apart(move || Progress::of(&shared.lock())).await?;
        if let (Role::Coder(coder), true) = (link.role, progress.coders.len() > 1) {
            // Others' labels are theirs alone until both are done.
            progress = progress.of_coder(coder);
        }
        Ok(json_answer(&progress))
    }

    /// How the model does that the labels train; trains anew, in the background, where there are enough new
    /// ones.
    fn training(&self, link: &Link) -> Result<Answer, Refused> {
        let monitor =
            self.training.as_ref().filter(|_| self.sees_all(link)).ok_or_else(not_yours)?;
        let labelled = self.shared.lock().labelled_cards();
        if monitor.begins(labelled.iter().filter(|is_labelled| **is_labelled).count()) {
            let (monitor, texts) = (Arc::clone(monitor), Arc::clone(&self.texts));
            tokio::task::spawn_blocking(move || monitor.run(&labelled, &texts));
        }
        Ok(json_answer(&monitor.state()))
    }

    /// Whether figures on all coders are shown to this one.
    fn sees_all(&self, link: &Link) -> bool {
        link.role == Role::Lead || self.shared.lock().header().coders.len() == 1
    }

    async fn agreement(&self, link: &Link) -> Result<Answer, Refused> {
        let shared = Arc::clone(&self.shared);
        let found = apart(move || CoderAgreement::of(&shared.lock(), RESAMPLING)).await?;
        let is_done = found.shared > 0 && found.complete == found.shared;
        match link.role {
            Role::Coder(_) if !is_done => Err(refusal(
                StatusCode::FORBIDDEN,
                "agreement is shown once every coder has labelled all shared sentences",
            )),
            _ => Ok(json_answer(&found)),
        }
    }

    async fn decide(&self, link: &Link, asked: DecideRequest) -> Result<Answer, Refused> {
        let (card, role) = (asked.card, link.role);
        let codebook = self.shared.lock().header().codebook_version();
        let text = self.texts.card(card).map_err(|_| not_yours())?.drawn.text;
        let name = coder_name(role, &link.name);
        let (decision, seen) = asked.decision(name, codebook, now());
        let (decision, length) = (Box::new(decision), text.chars().count());
        let done = self.writer.write(Change::Decide { decision, seen, length }).await;
        done.map_err(not_done)?;
        let session = self.shared.lock();
        let next = match role {
            Role::Coder(coder) => {
                let queue = session.assignment().queue(coder);
                let at = queue.binary_search(&card).ok();
                session.next(coder, at).map(|at| queue[at])
            }
            Role::Lead => Some(card),
        };
        self.changed(&session, role, next)
    }

    async fn undo(&self, link: &Link, asked: UndoRequest) -> Result<Answer, Refused> {
        let coder = coder_name(link.role, &link.name).to_string();
        if asked.request.is_empty() || asked.request.len() > 64 {
            return Err(refusal(StatusCode::BAD_REQUEST, "`request` must have 1 to 64 characters"));
        }
        let change = Change::Undo { coder, request: asked.request, time: now() };
        let card = self.writer.write(change).await.map_err(not_done)?;
        self.changed(&self.shared.lock(), link.role, Some(card))
    }

    fn changed(
        &self,
        session: &crate::label_page::Session,
        role: Role,
        next: Option<u32>,
    ) -> Result<Answer, Refused> {
        let next = next.map(|card| CardAnswer::of(session, &self.texts, role, card));
        let next = next.transpose().map_err(|error| failure(&error))?;
        let warning = self.shared.warning();
        Ok(json_answer(&ChangedAnswer { next, counts: counts(session, role), warning }))
    }

    async fn make_report(&self, link: &Link) -> Result<Answer, Refused> {
        if !self.sees_all(link) {
            return Err(not_yours());
        }
        let ticket = random_ticket().map_err(|error| failure(&error))?;
        let report = Arc::clone(&self.report);
        let made = apart(move || report.make(ticket)).await?;
        let (ticket, file) = made.map_err(|error| failure(&error))?;
        Ok(json_answer(&json!({"address": format!("/report?ticket={ticket}"), "file": file})))
    }

    /// The report page brings its own policy along.
    fn report_page(&self, request: &Request<Incoming>) -> Result<Answer, Refused> {
        let ticket = parameter(request, "ticket").unwrap_or_default();
        match self.report.take(ticket) {
            Some(page) => {
                let mut answer = Response::new(Full::new(Bytes::from(page)));
                let headers = answer.headers_mut();
                let html = HeaderValue::from_static("text/html; charset=utf-8");
                headers.insert(header::CONTENT_TYPE, html);
                let frames = HeaderValue::from_static("frame-ancestors 'none'");
                headers.insert(header::CONTENT_SECURITY_POLICY, frames);
                Ok(answer)
            }
            None => {
                Err(refusal(StatusCode::GONE, "make the report again: this address served once"))
            }
        }
    }
}

/// Why a change was not made, for the page.
fn not_done(reason: NotDone) -> Refused {
    match reason {
        NotDone::Refused(Refusal::Changed(entry)) => {
            let revision = entry.revision;
            let decision = entry.decisions.last();
            let body = json!({"error": "changed", "revision": revision, "decision": decision});
            Refused { status: StatusCode::CONFLICT, body }
        }
        NotDone::Refused(Refusal::Repeated) => refusal(StatusCode::CONFLICT, "done already"),
        NotDone::Refused(Refusal::Invalid(reason)) => refusal(StatusCode::BAD_REQUEST, &reason),
        NotDone::NotSaved(reason) => refusal(StatusCode::INSUFFICIENT_STORAGE, &reason),
    }
}

/// Runs work that takes a while beside the answers.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    let failed = |_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "it failed; try again");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

async fn body<T: DeserializeOwned>(request: Request<Incoming>) -> Result<T, Refused> {
    let is_json =
        request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json {
        return Err(refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "expected JSON"));
    }
    let whole = Limited::new(request.into_body(), MAX_BODY).collect();
    let late = |_| refusal(StatusCode::REQUEST_TIMEOUT, "the request came too slowly");
    let bad = |reason: &str| refusal(StatusCode::BAD_REQUEST, reason);
    let whole = tokio::time::timeout(BODY_TIME, whole).await.map_err(late)?;
    let whole = whole.map_err(|error| bad(&format!("{error}")))?.to_bytes();
    serde_json::from_slice(&whole).map_err(|error| bad(&error.to_string()))
}

fn parameter<'r>(request: &'r Request<Incoming>, name: &str) -> Option<&'r str> {
    let pairs = request.uri().query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn number(request: &Request<Incoming>, name: &str) -> Option<u32> {
    parameter(request, name).and_then(|value| value.parse().ok())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs())
}

fn random_ticket() -> Result<String, Error> {
    super::project::random_hexadecimal()
}

fn not_yours() -> Refused {
    refusal(StatusCode::NOT_FOUND, "this sentence is not among yours")
}

fn failure(error: &Error) -> Refused {
    refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
}

fn refusal(status: StatusCode, reason: &str) -> Refused {
    Refused { status, body: json!({"error": reason}) }
}

fn json_answer<T: Serialize>(body: &T) -> Answer {
    json_with(StatusCode::OK, body)
}

fn json_with<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    // Answers hold nothing that JSON cannot hold.
    let body = serde_json::to_string(body).unwrap_or_default();
    answer(status, "application/json", body)
}

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// Adds what holds for every answer.
fn with_headers(mut answer: Answer) -> Answer {
    let headers = answer.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}
