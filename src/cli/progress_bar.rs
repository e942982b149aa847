//! Messages and progress on standard error.

use std::io::Write;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::host::{self, Host};
use crate::classifier::Classifier;
use crate::io::Progress;
use crate::model::ReaderKind;
use crate::render::harmless;

/// Writes a line to standard error, or tells it the host.
pub(super) fn say(line: &str) {
    let line = harmless(line);
    if let Some(host) = host::current() {
        return host.say(&line);
    }
    // Standard error may be closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A bar with rate and time left; invisible unless standard error is a terminal.
pub(super) struct ProgressLine {
    bar: ProgressBar,
    reading: Progress,
    host: Option<Arc<dyn Host>>,
}

impl ProgressLine {
    pub(super) fn new(reading: Progress) -> Self {
        let bar =
            ProgressBar::with_draw_target(reading.total_bytes(), ProgressDrawTarget::stderr());
        let known = "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
        let template = if reading.total_bytes().is_some() {
            known
        } else {
            "{spinner} {bytes} {bytes_per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        ProgressLine { bar, reading, host: host::current() }
    }

    pub(super) fn tick(&self) {
        self.bar.set_position(self.reading.bytes());
        if let Some(host) = &self.host {
            host.progress(self.reading.bytes(), self.reading.total_bytes());
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A bar over the sentences that an encoder reads; invisible unless standard error is a terminal, and
/// where words are counted, which takes no time.
pub(super) struct EncoderBar {
    bar: ProgressBar,
    host: Option<Arc<dyn Host>>,
}

impl EncoderBar {
    /// For a number of sentences.
    pub(super) fn new(n_sentences: usize, reader: ReaderKind) -> Self {
        let target = match reader {
            ReaderKind::Words => ProgressDrawTarget::hidden(),
            ReaderKind::Encoder => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(Some(n_sentences as u64), target);
        let template = "{wide_bar} {pos}/{len} sentences read, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let host = host::current().filter(|_| reader == ReaderKind::Encoder);
        EncoderBar { bar, host }
    }

    /// So many more are read.
    pub(super) fn add(&self, n_sentences: usize) {
        self.bar.inc(n_sentences as u64);
        self.tell();
    }

    /// So many of so many are read.
    pub(super) fn set(&self, n_read: usize, n_sentences: usize) {
        self.bar.set_length(n_sentences as u64);
        self.bar.set_position(n_read as u64);
        self.tell();
    }

    fn tell(&self) {
        if let Some(host) = &self.host {
            host.progress(self.bar.position(), self.bar.length());
        }
    }
}

/// A classifier that shows how far its encoder has read.
pub(super) fn watched(classifier: Classifier) -> Classifier {
    let bar = EncoderBar::new(0, classifier.model().reader());
    classifier.watched(move |n_read, n_sentences| bar.set(n_read, n_sentences))
}

impl Drop for EncoderBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
