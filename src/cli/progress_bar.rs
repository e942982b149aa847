//! Messages and progress on standard error.

use std::io::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::io::Progress;

/// Writes a line to standard error.
pub(super) fn say(line: &str) {
    // Standard error may be closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A bar with rate and time left; invisible unless standard error is a terminal.
pub(super) struct ProgressLine {
    bar: ProgressBar,
    reading: Progress,
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
        ProgressLine { bar, reading }
    }

    pub(super) fn tick(&self) {
        self.bar.set_position(self.reading.bytes());
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
