//! Writes decisions: one thread, one sync for all that wait.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::label_file::{Key, LabelFile};
use super::project::{CardTexts, line};
use crate::error::Error;
use crate::io::SyncedLog;
use crate::label_page::{Decision, Record, Refusal, Session, Undone};

/// What a coder asks for.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A decision on a card of so many characters, and the revision that the page has seen.
    Decide { decision: Box<Decision>, seen: u32, length: usize },
    /// To take back the last decision.
    Undo { coder: String, request: String, time: u64 },
}

/// Why a change was not made.
#[derive(Debug)]
pub(super) enum NotDone {
    /// The session refuses it.
    Refused(Refusal),
    /// The disk does: nothing is changed.
    NotSaved(String),
}

/// The number of the card that was changed.
pub(super) type Done = Result<u32, NotDone>;

/// A change that waits, and who waits for it.
struct Job {
    change: Change,
    reply: oneshot::Sender<Done>,
}

/// The state that all see, and the way to change it.
#[derive(Debug)]
pub(super) struct SharedSession {
    session: Mutex<Session>,
    /// What hinders the label file, empty where nothing does.
    warning: Mutex<String>,
}

/// Hands changes to the thread that writes.
#[derive(Debug, Clone)]
pub(super) struct DecisionWriter {
    jobs: Sender<Job>,
}

impl SharedSession {
    pub(super) fn new(session: Session) -> Self {
        SharedSession { session: Mutex::new(session), warning: Mutex::default() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What hinders the label file, though the journal has everything.
    pub(super) fn warning(&self) -> String {
        self.warning.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn warn(&self, warning: String) {
        *self.warning.lock().unwrap_or_else(PoisonError::into_inner) = warning;
    }
}

impl DecisionWriter {
    /// Starts the thread. It ends when all writers are gone and everything is written.
    pub(super) fn start(
        shared: Arc<SharedSession>,
        texts: Arc<CardTexts>,
        journal: SyncedLog,
        label_file: LabelFile,
    ) -> (Self, JoinHandle<()>) {
        let (jobs, waiting) = channel();
        let files = Files { shared, texts, journal, label_file };
        (DecisionWriter { jobs }, std::thread::spawn(move || files.run(&waiting)))
    }

    /// Waits until a change is on disk.
    pub(super) async fn write(&self, change: Change) -> Done {
        let (reply, done) = oneshot::channel();
        let ended = || NotDone::NotSaved("the program is ending".to_string());
        self.jobs.send(Job { change, reply }).map_err(|_| ended())?;
        done.await.map_err(|_| ended())?
    }
}

/// What the thread works on.
struct Files {
    shared: Arc<SharedSession>,
    texts: Arc<CardTexts>,
    journal: SyncedLog,
    label_file: LabelFile,
}

/// Maximum number of changes with one sync.
const BATCH: usize = 256;

impl Files {
    fn run(mut self, waiting: &Receiver<Job>) {
        let mut held: Vec<Job> = Vec::new();
        loop {
            if held.is_empty() {
                let Ok(job) = waiting.recv() else {
                    // If it fails, the next start makes the file anew.
                    let _ = self.label_file.sync();
                    return;
                };
                held.push(job);
            }
            while held.len() < BATCH {
                let Ok(job) = waiting.try_recv() else { break };
                held.push(job);
            }
            held = self.write(held);
        }
    }

    /// Writes one change of each coder, and gives back the others: each must see what the one before did.
    fn write(&mut self, jobs: Vec<Job>) -> Vec<Job> {
        let (mut accepted, mut later) = (Vec::new(), Vec::new());
        let mut coders: Vec<String> = Vec::new();
        for job in jobs {
            let coder = job.change.coder().to_string();
            if coders.contains(&coder) {
                later.push(job);
                continue;
            }
            coders.push(coder);
            let record = self.record(&job.change);
            match record {
                Ok(record) => accepted.push((record, job.reply)),
                // Whoever asked may be gone.
                Err((card, Refusal::Repeated)) => drop(job.reply.send(Ok(card))),
                Err((_, refusal)) => drop(job.reply.send(Err(NotDone::Refused(refusal)))),
            }
        }
        if accepted.is_empty() {
            return later;
        }
        let lines: Vec<u8> = accepted.iter().flat_map(|(record, _)| line(record)).collect();
        let saved = self.journal.append(&lines);
        if let Ok(()) = saved {
            let mut session = self.shared.lock();
            accepted.iter().for_each(|(record, _)| session.apply(record.clone()));
            drop(session);
            self.update_label_file(&accepted);
        }
        for (record, reply) in accepted {
            let done = match &saved {
                Ok(()) => Ok(card_of(&record)),
                Err(error) => Err(NotDone::NotSaved(error.to_string())),
            };
            drop(reply.send(done));
        }
        later
    }

    /// The record of a change, if the session takes it.
    fn record(&self, change: &Change) -> Result<Record, (u32, Refusal)> {
        let session = self.shared.lock();
        match change {
            Change::Decide { decision, seen, length } => {
                let refuse = |refusal| (decision.card, refusal);
                session.check(decision, *seen, *length).map_err(refuse)?;
                Ok(Record::Decided(*decision.clone()))
            }
            Change::Undo { coder, request, time } => {
                let nothing = || (0, Refusal::Invalid("there is nothing to undo".to_string()));
                let number = session.coder(coder).ok_or_else(nothing)?;
                if let Some(card) = session.card_of_last_request(number, request) {
                    return Err((card, Refusal::Repeated));
                }
                let card = session.last_decided(number).ok_or_else(nothing)?;
                let (coder, request, time) = (coder.clone(), request.clone(), *time);
                Ok(Record::Undone(Undone { card, coder, request, time }))
            }
        }
    }

    fn update_label_file(&mut self, accepted: &[(Record, oneshot::Sender<Done>)]) {
        let changes: Result<Vec<(Key, Option<Vec<u8>>)>, Error> =
            accepted.iter().map(|(record, _)| self.row(record)).collect();
        let (shared, texts) = (Arc::clone(&self.shared), Arc::clone(&self.texts));
        let all = || {
            let session = shared.lock();
            let rows = session.decisions().map(|(card, _, decision)| {
                Ok(((card, decision.coder.clone()), texts.row(decision)?))
            });
            rows.collect()
        };
        let written = changes.and_then(|changes| self.label_file.write(&changes, all));
        let warning = match written {
            Ok(()) => String::new(),
            Err(error) => format!(
                "{error}. Your labels are safe in the journal; the label file is written again with the \
                 next one, or at the next start"
            ),
        };
        self.shared.warn(warning);
    }

    /// The row that a record leaves behind; none where it takes away the only decision.
    fn row(&self, record: &Record) -> Result<(Key, Option<Vec<u8>>), Error> {
        let (card, coder) = match record {
            Record::Undone(undone) => (undone.card, undone.coder.clone()),
            Record::Decided(decision) => (decision.card, decision.coder.clone()),
            _ => return Ok(((0, String::new()), None)),
        };
        let session = self.shared.lock();
        let number = session.coder(&coder).unwrap_or_default();
        let decision = session.decision(card, number).cloned();
        drop(session);
        let row = decision.map(|decision| self.texts.row(&decision)).transpose()?;
        Ok(((card, coder), row))
    }
}

fn card_of(record: &Record) -> u32 {
    match record {
        Record::Decided(decision) => decision.card,
        Record::Undone(undone) => undone.card,
        _ => 0,
    }
}

impl Change {
    fn coder(&self) -> &str {
        match self {
            Change::Decide { decision, .. } => &decision.coder,
            Change::Undo { coder, .. } => coder,
        }
    }
}
