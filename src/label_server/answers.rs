//! What page and server say to each other, as JSON.

use serde::{Deserialize, Serialize};

use super::gate::Role;
use super::project::CardTexts;
use crate::agreement::coder_labels::ADJUDICATED;
use crate::article_parts::ArticlePart;
use crate::codebook::Codebook;
use crate::error::Error;
use crate::label_page::{Answer, Card, Decision, Header, Session, context};
use crate::text::Span;
use crate::voice::Voice;

/// What the page asks for with each decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideRequest {
    pub(super) card: u32,
    /// The revision of the coder's decision that the page shows.
    seen: u32,
    request: String,
    answer: Answer,
    #[serde(default)]
    note: String,
    #[serde(default)]
    voice: Option<Voice>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    part: Option<ArticlePart>,
    #[serde(default)]
    marks: Vec<(usize, usize)>,
    #[serde(default)]
    seconds: f64,
}

impl DecideRequest {
    /// The decision of a coder, and the revision that the page has seen.
    pub(super) fn decision(self, coder: &str, codebook: String, time: u64) -> (Decision, u32) {
        let seconds =
            if self.seconds.is_finite() { self.seconds.clamp(0.0, 86_400.0) } else { 0.0 };
        let decision = Decision {
            card: self.card,
            coder: coder.to_string(),
            request: self.request,
            answer: self.answer,
            note: self.note.trim().to_string(),
            voice: self.voice,
            speaker: self.speaker,
            part: self.part,
            marks: self.marks,
            time,
            seconds,
            codebook,
        };
        (decision, self.seen)
    }
}

/// To take back the last decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoRequest {
    pub(super) request: String,
}

/// What the page needs once.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "fields of a JSON object")]
pub(super) struct SessionAnswer<'a> {
    coder: &'a str,
    is_lead: bool,
    /// Whether figures on all coders are shown.
    sees_all: bool,
    /// Whether the labels are to train a model.
    is_for_training: bool,
    has_several: bool,
    coders: &'a [String],
    dimension: &'a str,
    labels: &'a [String],
    codebook: Option<&'a Codebook>,
    codebook_version: String,
    is_blind: bool,
    label_file: String,
    counts: Counts,
}

/// How far a coder has come.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    total: usize,
    decided: usize,
    skipped: usize,
}

impl<'a> SessionAnswer<'a> {
    pub(super) fn of(
        session: &'a Session,
        coder: &'a str,
        role: Role,
        label_file: String,
        is_for_training: bool,
    ) -> Self {
        let header: &Header = session.header();
        let is_lead = role == Role::Lead;
        SessionAnswer {
            coder,
            is_lead,
            sees_all: is_lead || header.coders.len() == 1,
            is_for_training,
            has_several: header.coders.len() > 1,
            coders: if is_lead { &header.coders } else { &[] },
            dimension: &header.dimension,
            labels: &header.labels,
            codebook: header.codebook.as_ref(),
            codebook_version: header.codebook_version(),
            is_blind: header.is_blind,
            label_file,
            counts: counts(session, role),
        }
    }
}

pub(super) fn counts(session: &Session, role: Role) -> Counts {
    let Role::Coder(coder) = role else { return Counts { total: 0, decided: 0, skipped: 0 } };
    let (decided, skipped) = session.counts(coder);
    Counts { total: session.assignment().queue(coder).len(), decided, skipped }
}

/// A card as the page shows it. The model's guess is not among it.
#[derive(Debug, Serialize)]
pub(super) struct CardAnswer {
    card: u32,
    /// Its place in the coder's queue, from 0.
    at: usize,
    /// Of the coder's own decision.
    revision: u32,
    text: String,
    /// In Unicode characters of the text.
    mentions: Vec<(usize, usize)>,
    target: String,
    /// Empty where the labelling is blind.
    outlet: String,
    date: String,
    url: String,
    headline: String,
    before: String,
    after: String,
    voice: Voice,
    speaker: String,
    part: ArticlePart,
    /// The coder's own decision.
    decision: Option<Decision>,
    /// What every coder said, for who adjudicates.
    codes: Vec<Decision>,
}

impl CardAnswer {
    /// The card of a number.
    pub(super) fn of(
        session: &Session,
        texts: &CardTexts,
        role: Role,
        number: u32,
    ) -> Result<Self, Error> {
        let Card { drawn, article, mentions, .. } = texts.card(number)?;
        let n_coders = session.header().coders.len();
        let (coder, codes) = match role {
            Role::Coder(coder) => (coder, Vec::new()),
            Role::Lead => {
                let codes = (0..n_coders).filter_map(|coder| session.decision(number, coder));
                (n_coders, codes.cloned().collect())
            }
        };
        let entry = session.entry(number, coder);
        let card = Card { drawn, article, mentions, stratum: 0 };
        let around = context(&texts.article(article)?, &card);
        let Card { drawn, mentions, .. } = card;
        let at = session.assignment().queue(coder).binary_search(&number).unwrap_or_default();
        let shown = |text: String| if session.header().is_blind { String::new() } else { text };
        Ok(CardAnswer {
            card: number,
            at,
            revision: entry.map_or(0, |entry| entry.revision),
            mentions: mentions.iter().map(|span| characters(&drawn.text, span)).collect(),
            text: drawn.text,
            target: drawn.target,
            outlet: shown(drawn.outlet),
            date: shown(drawn.date),
            url: shown(drawn.url),
            headline: drawn.headline,
            before: around.before,
            after: around.after,
            voice: drawn.voice,
            speaker: drawn.speakers.join("; "),
            part: drawn.part,
            decision: entry.and_then(|entry| entry.decisions.last()).cloned(),
            codes,
        })
    }
}

/// Bytes as characters.
fn characters(text: &str, span: &Span) -> (usize, usize) {
    let before = text.get(..span.start).map_or(0, |before| before.chars().count());
    (before, before + text.get(span.clone()).map_or(0, |inside| inside.chars().count()))
}

/// The answer to a change.
#[derive(Debug, Serialize)]
pub(super) struct ChangedAnswer {
    /// The card to be shown now; none where all is done.
    pub(super) next: Option<CardAnswer>,
    pub(super) counts: Counts,
    /// What hinders the label file; empty where nothing does.
    pub(super) warning: String,
}

/// The coder under whose name a link decides.
pub(super) fn coder_name(role: Role, name: &str) -> &str {
    match role {
        Role::Coder(_) => name,
        Role::Lead => ADJUDICATED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_characters() {
        assert_eq!(characters("😀 the plân", &(5..14)), (2, 10));
        assert_eq!(characters("plan", &(2..9)), (2, 2));
    }
}
