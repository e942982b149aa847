//! Where in an article the target, criticism and sources stand: one cell per sentence of the body, and
//! over all articles of an outlet the sentences by tenths of the body.

use std::cmp::{Ordering, Reverse};

use serde::{Serialize, Serializer};

use super::collector::{Collector, OutletFinishInputs, TargetView, keep_first};
use super::probability_sums::PredictionSums;
use super::sentence_label::{SentenceLabel, mention_of};
use super::serialize::rounded;
use super::stored::stored;
use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of articles of an outlet shown sentence by sentence.
const SHOWN: usize = 5;

/// Maximum number of sentences of an article that is shown one by one: a live blog of thousands would fill
/// the page. Tenths count all.
const MOST_CELLS: usize = 500;

/// Maximum number of characters of a sentence in its cell: enough to find it, too few to replace it.
const OPENING: usize = 80;

/// Where one outlet's articles that name the target do so.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Prominence {
    /// How many articles name the target, in headline or body.
    pub articles: u64,
    /// Their bodies in ten parts, the first tenth first; an article of fewer than ten sentences
    /// leaves some parts without any.
    pub tenths: [Decile; 10],
    /// The five articles in which most sentences name the target, by date, then by id.
    pub ribbons: Vec<SentenceStrip>,
}

stored!(Prominence { articles, tenths, ribbons });

/// The sentences that stand in one tenth of their article's body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decile {
    /// All of them.
    pub sentences: u64,
    /// Those that convey a source's words.
    pub attributed: u64,
    /// The outlet's own sentences that name the target, added up.
    pub own: PredictionSums,
    /// The attributed sentences that name it.
    pub told: PredictionSums,
}

stored!(Decile { sentences, attributed, own, told });

/// One article's body, sentence by sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceStrip {
    /// The article's id.
    pub article: String,
    /// Its date as given.
    pub date: String,
    /// Where it was published.
    pub url: String,
    /// How many of the cells name the target.
    pub naming: usize,
    /// One per sentence of the body, in order.
    pub cells: Vec<Cell>,
}

stored!(SentenceStrip { article, date, url, naming, cells });

/// One sentence of a strip.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The sentence's number in the article.
    pub sentence: usize,
    /// Which tenth of the body it stands in, 1 to 10.
    pub tenth: usize,
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// What it expresses toward the target; none where it expresses nothing.
    pub judged: Option<SentenceLabel>,
    /// Whether another outlet or an agency has it too.
    #[serde(rename = "shared")]
    pub is_shared: bool,
    /// Its first 80 characters.
    pub text: String,
}

stored!(Cell { sentence, tenth, voice, speakers, judged, is_shared, text } where |of, _| (1..=10).contains(&of.tenth));

impl Serialize for Decile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'d> {
            sentences: u64,
            #[serde(serialize_with = "rounded")]
            naming: Option<f64>,
            #[serde(serialize_with = "rounded")]
            attributed: Option<f64>,
            own: &'d PredictionSums,
            told: &'d PredictionSums,
        }
        let (naming, attributed) = (self.naming(), self.attributed());
        let fields = Fields {
            sentences: self.sentences,
            naming,
            attributed,
            own: &self.own,
            told: &self.told,
        };
        fields.serialize(serializer)
    }
}

impl Decile {
    /// The share of its sentences that name the target; none where there are no sentences.
    pub fn naming(&self) -> Option<f64> {
        let naming = self.own.sentences() + self.told.sentences();
        (self.sentences > 0).then(|| naming as f64 / self.sentences as f64)
    }

    /// The share of its sentences that convey a source's words.
    pub fn attributed(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.attributed as f64 / self.sentences as f64)
    }

    fn add(&mut self, sentence: &Classified<'_>, target: usize) {
        let is_attributed = sentence.attribution.voice == Voice::Attributed;
        self.sentences += 1;
        self.attributed += u64::from(is_attributed);
        if let Some(prediction) = mention_of(sentence, target) {
            if is_attributed { &mut self.told } else { &mut self.own }.add(prediction);
        }
    }

    fn merge(&mut self, other: &Decile) {
        self.sentences += other.sentences;
        self.attributed += other.attributed;
        self.own.merge(&other.own);
        self.told.merge(&other.told);
    }
}

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for Prominence {
    type Out = Self;

    fn add(&mut self, view: &TargetView<'_>) {
        let target = view.target;
        if view.readings.iter().all(|reading| reading.about != TargetRelation::Mention) {
            return;
        }
        self.articles += 1;
        let counted = &view.article.counted;
        let body: Vec<(usize, &Classified<'_>)> = deciles(counted)
            .zip(counted)
            .filter(|(_, of)| of.sentence.part == ArticlePart::Body)
            .map(|(decile, of)| (decile, *of))
            .collect();
        for (decile, sentence) in &body {
            self.tenths[decile - 1].add(sentence, target);
        }
        let naming = body.iter().filter(|(_, of)| mention_of(of, target).is_some()).count();
        let last = self.ribbons.last().filter(|_| self.ribbons.len() == SHOWN);
        let is_short = (1..=MOST_CELLS).contains(&body.len());
        if is_short && last.is_none_or(|last| last.naming <= naming) {
            self.keep(SentenceStrip::new(&body, naming, target));
        }
    }

    fn merge(&mut self, later: Self) {
        self.articles += later.articles;
        self.tenths.iter_mut().zip(&later.tenths).for_each(|(sum, decile)| sum.merge(decile));
        later.ribbons.into_iter().for_each(|strip| self.keep(strip));
    }

    /// With the articles in the order in which they appeared.
    fn finish(mut self, context: &OutletFinishInputs<'_>) -> Self {
        self.ribbons.sort_by(|a, b| a.place().cmp(&b.place()).then_with(|| a.rank(b)));
        for cell in self.ribbons.iter_mut().flat_map(|strip| &mut strip.cells) {
            context.speaker_index.canonicalize(&mut cell.speakers);
        }
        self
    }
}

impl Prominence {
    fn keep(&mut self, strip: SentenceStrip) {
        keep_first(&mut self.ribbons, strip, SHOWN, SentenceStrip::rank);
    }
}

impl SentenceStrip {
    fn new(body: &[(usize, &Classified<'_>)], naming: usize, target: usize) -> Self {
        let article = body[0].1.article;
        SentenceStrip {
            article: article.id.clone(),
            date: article.date.clone(),
            url: article.url.clone(),
            naming,
            cells: body.iter().map(|(tenth, of)| Cell::new(*tenth, of, target)).collect(),
        }
    }

    fn place(&self) -> (&str, &str) {
        (&self.date, &self.article)
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        self.cells.iter().map(|cell| &cell.text)
    }

    /// Whether it is shown before another; depends on the articles alone, not on when they came.
    fn rank(&self, other: &SentenceStrip) -> Ordering {
        let key = |of: &SentenceStrip| (Reverse(of.naming), of.cells.len());
        (key(self), self.place())
            .cmp(&(key(other), other.place()))
            .then_with(|| self.texts().cmp(other.texts()))
    }
}

impl Cell {
    fn new(tenth: usize, of: &Classified<'_>, target: usize) -> Self {
        Cell {
            sentence: of.sentence.number,
            tenth,
            voice: of.attribution.voice,
            speakers: of.attribution.speakers.clone(),
            judged: SentenceLabel::of(of, target),
            is_shared: !of.shared_with.is_empty(),
            text: opening(of.sentence.text),
        }
    }
}

/// Which tenth of the body each counted sentence stands in, 1 to 10; a headline stands in the first.
pub(super) fn deciles(counted: &[&Classified<'_>]) -> impl Iterator<Item = usize> {
    let is_body: Vec<bool> =
        counted.iter().map(|of| of.sentence.part == ArticlePart::Body).collect();
    let n = is_body.iter().filter(|is_body| **is_body).count();
    let mut before = 0;
    is_body.into_iter().map(move |is_body| {
        let decile = 1 + before * 10 / n.max(1);
        before += usize::from(is_body);
        decile.min(10)
    })
}

/// The beginning of a sentence, cut between words.
fn opening(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(OPENING) else { return text.to_owned() };
    let cut = &text[..end];
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole);
    whole.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{add, article, body, headline, outlet_context, quoted};

    /// A headline and five sentences: the first and the last name the target, the second quotes.
    fn sentences(article: &Article) -> Vec<Classified<'_>> {
        let context =
            |number, text| body(article, number, text, TargetRelation::Context, [0.2, 0.6, 0.2]);
        vec![
            headline(article, "Plan mocked", TargetRelation::Mention, [0.8, 0.1, 0.1]),
            body(article, 2, "The plan is a mess.", TargetRelation::Mention, [0.75, 0.25, 0.0]),
            quoted("Ann Lee", context(3, "“It rains,” said Ann Lee.")),
            context(4, "It rained."),
            context(5, "It rained again."),
            quoted(
                "Bo",
                body(article, 6, "Bo likes the plan.", TargetRelation::Mention, [0.0, 0.5, 0.5]),
            ),
        ]
    }

    fn added(articles: &[Article]) -> Prominence {
        let mut prominence = Prominence::default();
        for article in articles {
            let sentences = sentences(article);
            add(&mut prominence, &sentences);
        }
        prominence.finish(&outlet_context(9))
    }

    #[test]
    fn every_sentence_of_the_body_has_its_cell_and_its_tenth() {
        let found = added(&[article("A", "a")]);
        let [ribbon] = found.ribbons.as_slice() else { panic!("{found:?}") };
        let cells: Vec<_> = (ribbon.cells.iter())
            .map(|cell| {
                (
                    cell.sentence,
                    cell.tenth,
                    cell.voice.name(),
                    cell.judged.as_ref().map(|j| j.label.index),
                )
            })
            .collect();
        let expected = [
            (2, 1, "outlet", Some(0)),
            (3, 3, "attributed", Some(1)),
            (4, 5, "outlet", Some(1)),
            (5, 7, "outlet", Some(1)),
            (6, 9, "attributed", Some(1)),
        ];
        assert_eq!((cells.as_slice(), ribbon.naming), (&expected[..], 2));
        assert_eq!(ribbon.cells[1].speakers, ["Ann Lee"]);
    }

    #[test]
    fn tenths_add_up_over_articles() {
        let found = added(&["a", "b", "c"].map(|id| article("A", id)));
        assert_eq!((found.articles, found.ribbons.len()), (3, 3));
        let (first, third, ninth) = (&found.tenths[0], &found.tenths[2], &found.tenths[8]);
        assert_eq!(
            (first.sentences, first.naming(), first.attributed()),
            (3, Some(1.0), Some(0.0))
        );
        assert_eq!((first.own.mean(0), first.told.mean(0)), (Some(0.75), None));
        assert_eq!((third.naming(), third.attributed()), (Some(0.0), Some(1.0)));
        assert_eq!((ninth.own.mean(2), ninth.told.mean(2)), (None, Some(0.5)));
        assert_eq!((found.tenths[1].sentences, found.tenths[1].naming()), (0, None));
    }

    #[test]
    fn the_articles_that_name_the_target_most_are_shown_in_any_order() {
        let articles: Vec<Article> = (0..9).map(|n| article("A", &format!("a{n}"))).collect();
        let all = |order: &mut dyn Iterator<Item = usize>| {
            let mut prominence = Prominence::default();
            for n in order {
                let mut sentences = sentences(&articles[n]);
                let keep = if n % 2 == 0 { 6 } else { 3 };
                sentences.truncate(keep);
                add(&mut prominence, &sentences);
            }
            prominence.finish(&outlet_context(9))
        };
        let forth = all(&mut (0..9));
        assert_eq!(all(&mut (0..9).rev()), forth);
        let ids: Vec<&str> = forth.ribbons.iter().map(|ribbon| ribbon.article.as_str()).collect();
        assert_eq!((ids, forth.articles), (vec!["a0", "a2", "a4", "a6", "a8"], 9));
    }

    #[test]
    fn an_article_that_does_not_name_the_target_has_no_place() {
        let article = article("A", "a");
        let line = body(&article, 1, "It rained.", TargetRelation::None, [0.0; 3]);
        let mut prominence = Prominence::default();
        add(&mut prominence, &[line]);
        assert_eq!(prominence, Prominence::default());
    }

    #[test]
    fn an_article_of_thousands_of_sentences_is_counted_and_not_shown_one_by_one() {
        let article = article("A", "a");
        let line =
            |n| body(&article, n, "The plan fell.", TargetRelation::Mention, [0.5, 0.25, 0.25]);
        let sentences: Vec<Classified<'_>> = (1..=MOST_CELLS + 1).map(line).collect();
        let mut prominence = Prominence::default();
        add(&mut prominence, &sentences);
        let counted: u64 = prominence.tenths.iter().map(|tenth| tenth.sentences).sum();
        assert_eq!((prominence.ribbons.len(), counted), (0, MOST_CELLS as u64 + 1));
    }

    #[test]
    fn openings_are_cut_between_words() {
        assert_eq!(opening("Short."), "Short.");
        assert_eq!(opening(&"rain ".repeat(20)), "rain ".repeat(16).trim_end().to_owned() + "…");
        assert_eq!(opening(&"é".repeat(90)), "é".repeat(80) + "…");
    }
}
