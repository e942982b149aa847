//! How much was read, and from when.

use super::article_view::ArticleView;
use super::stored::stored;
use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::text::words::counted_words;
use serde::{Serialize, Serializer};

/// How much of an outlet, or of all outlets, was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: u64,
    /// Sentences that count: headlines and bodies.
    pub sentences: u64,
    /// Words in them.
    pub words: u64,
    /// How many of them stand in another outlet too.
    pub shared: u64,
    /// Sentences in readers' comments, left out.
    pub comments: u64,
    /// Sentences of boilerplate, left out.
    pub boilerplate: u64,
    /// The earliest and the latest day, as `2017-07-09`.
    #[serde(flatten, serialize_with = "first_and_last")]
    pub days: Option<(String, String)>,
    /// Articles whose date does not begin with a day such as 2017-07-09.
    pub undated: u64,
}

stored!(Counts { articles, sentences, words, shared, comments, boilerplate, days, undated });

fn first_and_last<D, S: Serializer>(days: &D, serializer: S) -> Result<S::Ok, S::Error>
where
    D: Clone + Into<Option<(String, String)>>,
{
    #[derive(Serialize)]
    struct Fields {
        first_day: Option<String>,
        last_day: Option<String>,
    }
    let (first_day, last_day) = days.clone().into().unzip();
    Fields { first_day, last_day }.serialize(serializer)
}

impl Counts {
    /// Counts one article.
    pub(super) fn add(&mut self, view: &ArticleView<'_>) {
        self.articles += 1;
        match view.day {
            Some(day) => self.span(&day.to_string(), &day.to_string()),
            None => self.undated += 1,
        }
        view.sentences.iter().for_each(|sentence| self.add_sentence(sentence));
    }

    fn add_sentence(&mut self, classified: &Classified<'_>) {
        match classified.sentence.part {
            ArticlePart::Comment => self.comments += 1,
            ArticlePart::Boilerplate => self.boilerplate += 1,
            ArticlePart::Headline | ArticlePart::Body => {
                self.sentences += 1;
                self.words += counted_words(classified.sentence.text).count() as u64;
                self.shared += u64::from(!classified.shared_with.is_empty());
            }
        }
    }

    /// Counts what another outlet's counts hold.
    pub(super) fn merge(&mut self, other: &Counts) {
        self.articles += other.articles;
        self.sentences += other.sentences;
        self.words += other.words;
        self.shared += other.shared;
        self.comments += other.comments;
        self.boilerplate += other.boilerplate;
        self.undated += other.undated;
        if let Some((first, last)) = &other.days {
            self.span(first, last);
        }
    }

    fn span(&mut self, first: &str, last: &str) {
        let (from, to) = self.days.get_or_insert_with(|| (first.to_owned(), last.to_owned()));
        if first < from.as_str() {
            first.clone_into(from);
        }
        if last > to.as_str() {
            last.clone_into(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_alone_are_no_words() {
        assert_eq!(counted_words("It is — he said — \"can't happen\" ...").count(), 6);
    }

    #[test]
    fn days_span_all_outlets() {
        let at = |first: &str, last: &str| Counts {
            days: Some((first.to_owned(), last.to_owned())),
            ..Counts::default()
        };
        let mut counts = at("2017-07-09", "2017-07-10");
        counts.merge(&at("2017-07-08", "2017-07-09"));
        counts.merge(&Counts::default());
        assert_eq!(counts, at("2017-07-08", "2017-07-10"));
    }
}
