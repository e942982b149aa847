//! What a coder says of a sentence beside its label.

use super::stored::stored;
use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::voice::{Attribution, Voice};

/// What a row says of a sentence beside its label: as it was sampled, or as the coder corrected it. What
/// the file does not say is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodedFacts {
    /// Whose words they are.
    pub voice: Option<Voice>,
    /// Who speaks.
    pub speakers: Option<Vec<String>>,
    /// The part of the article.
    pub part: Option<ArticlePart>,
}

stored!(CodedFacts { voice, speakers, part });

impl CodedFacts {
    /// Reads the columns that `sample` writes; an empty one says nothing, and `speaker` is none where the
    /// file lacks it.
    ///
    /// # Errors
    /// A voice or part that does not exist.
    pub fn parse(voice: &str, speaker: Option<&str>, part: &str) -> Result<Self, String> {
        let voice = known("voice", voice, Voice::of_name, &Voice::ALL.map(Voice::name))?;
        let parts = ArticlePart::ALL.map(ArticlePart::name);
        let part = known("part", part, ArticlePart::of_name, &parts)?;
        let speakers = speaker.map(|names| {
            let names = names.split(';').map(str::trim).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        });
        Ok(CodedFacts { voice, speakers: speakers.filter(|_| voice.is_some()), part })
    }

    /// What all rows of a sentence say; where they differ, nothing.
    pub(super) fn agreed<'f>(rows: impl Iterator<Item = &'f CodedFacts> + Clone) -> Self {
        CodedFacts {
            voice: agreed(rows.clone().map(|row| row.voice)),
            speakers: agreed(rows.clone().map(|row| row.speakers.clone())),
            part: agreed(rows.map(|row| row.part)),
        }
    }

    /// Puts what is said in place of what was found.
    pub(super) fn correct(&self, sentence: &mut Classified<'_>) {
        let found = &mut sentence.attribution;
        if let Some(part) = self.part {
            sentence.sentence.part = part;
        }
        if let Some(voice) = self.voice.filter(|voice| *voice != found.voice) {
            *found = Attribution { voice, ..Attribution::outlet() };
        }
        if let Some(speakers) = self.speakers.as_ref().filter(|_| found.voice == Voice::Attributed)
        {
            found.speakers.clone_from(speakers);
        }
    }
}

fn agreed<T: PartialEq>(mut of: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = of.next()??;
    of.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// What a column says; none where it is empty.
fn known<T>(
    column: &str,
    value: &str,
    of_name: impl Fn(&str) -> Option<T>,
    names: &[&str],
) -> Result<Option<T>, String> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let expected = || format!("`{column}` is `{value}`; expected one of {}", names.join(", "));
    of_name(&value.to_lowercase()).ok_or_else(expected).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_say_what_they_say() {
        let facts = CodedFacts::parse(" Attributed", Some("Ann Lee; Bo"), "").unwrap();
        assert_eq!((facts.voice, facts.part), (Some(Voice::Attributed), None));
        assert_eq!(facts.speakers.unwrap(), ["Ann Lee", "Bo"]);
        assert_eq!(CodedFacts::parse("", Some("Ann Lee"), "").unwrap(), CodedFacts::default());
        let error = CodedFacts::parse("paper", None, "").unwrap_err();
        assert_eq!(error, "`voice` is `paper`; expected one of outlet, attributed");
        assert!(CodedFacts::parse("", None, "advert").unwrap_err().contains("`part` is `advert`"));
    }
}
