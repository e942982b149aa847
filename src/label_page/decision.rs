//! What a coder said of a sentence.

use serde::{Deserialize, Serialize};

use crate::article_parts::ArticlePart;
use crate::voice::Voice;

/// The answer to the codebook's question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// One of the labels.
    Label(String),
    /// Left for later.
    Skipped,
    /// No label fits; a note says why.
    CannotSay,
}

impl Answer {
    /// The label; none where there is none.
    pub fn label(&self) -> Option<&str> {
        match self {
            Answer::Label(label) => Some(label),
            Answer::Skipped | Answer::CannotSay => None,
        }
    }

    /// The word in the column `status` of label files.
    pub fn status(&self) -> &'static str {
        match self {
            Answer::Label(_) => "labelled",
            Answer::Skipped => "skipped",
            Answer::CannotSay => "cannot say",
        }
    }
}

/// One decision of one coder on one card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The card's number, from 0.
    pub card: u32,
    /// Who decided.
    pub coder: String,
    /// Chosen by the page, the same when it asks again, so that nothing is counted twice.
    pub request: String,
    /// The answer.
    pub answer: Answer,
    /// What the coder adds.
    #[serde(default)]
    pub note: String,
    /// The voice, where the coder corrects it.
    #[serde(default)]
    pub voice: Option<Voice>,
    /// Who speaks, where the coder corrects it; several joined by `; `.
    #[serde(default)]
    pub speaker: Option<String>,
    /// The part of the article, where the coder corrects it.
    #[serde(default)]
    pub part: Option<ArticlePart>,
    /// Words that decided, in Unicode characters of the sentence, the end not included.
    #[serde(default)]
    pub marks: Vec<(usize, usize)>,
    /// When, in seconds since 1970.
    #[serde(default)]
    pub time: u64,
    /// How long the card was looked at.
    #[serde(default)]
    pub seconds: f64,
    /// The codebook and its version, such as `stance 1`.
    #[serde(default)]
    pub codebook: String,
}

impl Decision {
    /// The label, or why there is none.
    pub fn word(&self) -> &str {
        self.answer.label().unwrap_or(self.answer.status())
    }

    /// Maximum number of characters of a note, and of a speaker's name.
    const MAX_TEXT: usize = 2_000;

    /// Refuses a decision that no page would send; `n_characters` is the sentence's length.
    pub fn check(&self, labels: &[String], n_characters: usize) -> Result<(), String> {
        if let Some(label) = self.answer.label().filter(|label| !labels.iter().any(|l| l == label))
        {
            let expected = labels.join(", ");
            return Err(format!("unknown label `{label}`, expected one of {expected}"));
        }
        let texts = [&self.note, self.speaker.as_ref().unwrap_or(&self.note)];
        if texts.iter().any(|text| text.chars().count() > Self::MAX_TEXT) {
            return Err(format!("the note is too long: {} characters at most", Self::MAX_TEXT));
        }
        if self.request.is_empty() || self.request.len() > 64 {
            return Err("`request` must have 1 to 64 characters".to_string());
        }
        let fits = |&(start, end): &(usize, usize)| start < end && end <= n_characters;
        if !self.marks.iter().all(fits) || self.marks.len() > n_characters {
            return Err("`marks` lie outside of the sentence".to_string());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_sends_is_refused() {
        let good = Decision {
            card: 0,
            coder: "Ann".into(),
            request: "r".into(),
            answer: Answer::Label("critical".into()),
            note: String::new(),
            voice: None,
            speaker: None,
            part: None,
            marks: vec![(0, 3)],
            time: 0,
            seconds: 1.0,
            codebook: String::new(),
        };
        let labels = ["critical".to_string()];
        assert_eq!(good.check(&labels, 3), Ok(()));
        let bad = [
            Decision { answer: Answer::Label("hostile".into()), ..good.clone() },
            Decision { note: "x".repeat(2_001), ..good.clone() },
            Decision { speaker: Some("x".repeat(2_001)), ..good.clone() },
            Decision { request: String::new(), ..good.clone() },
            Decision { marks: vec![(0, 4)], ..good.clone() },
            Decision { marks: vec![(2, 2)], ..good.clone() },
        ];
        for decision in bad {
            assert!(decision.check(&labels, 3).is_err(), "{decision:?}");
        }
    }
}
