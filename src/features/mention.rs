use super::name::NamePart;
use super::scaling::{Amount, Scaling};
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};
use super::word_classes::WordClass;
use crate::text::tokenizer::Kind;

/// ## What it notices
/// How the sentence is built around the target, not who the target is: the mention's form and
/// place, further mentions, other names, quotes, negations, questions, length.
///
/// ## Why it bears on stance
/// A name at the head of a long sentence with quotes is mostly a speaker, and speakers are mostly
/// treated neutrally; short sentences with a negation seldom are neutral.
///
/// ## Example
/// **She** did **not** answer. → `mention=form pronoun`, `mention=negations 1`, …
///
/// ## What it misses
/// Everything that takes a parser: subject, object, passive.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "mention",
    scaling: Scaling { amount: Amount::Presence, idf: false, min_rows: 1 },
    prefixes: &[],
    vector_prefixes: &[],
};

const PRONOUNS: [&str; 12] =
    ["he", "her", "him", "his", "i", "it", "its", "she", "their", "them", "they", "you"];
const PRONOUN: NamePart = NamePart::new("pronoun");
const NAME: NamePart = NamePart::new("name");
const YES: NamePart = NamePart::new("yes");
const NO: NamePart = NamePart::new("no");
const QUESTION: NamePart = NamePart::new("?");
const EXCLAMATION: NamePart = NamePart::new("!");
const DIGITS: [NamePart; 10] = [
    NamePart::new("0"),
    NamePart::new("1"),
    NamePart::new("2"),
    NamePart::new("3"),
    NamePart::new("4"),
    NamePart::new("5"),
    NamePart::new("6"),
    NamePart::new("7"),
    NamePart::new("8"),
    NamePart::new("9"),
];

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let Some(target) = view.target else {
        // Sentences that do not name the target have another distribution of labels.
        let parts = [const { NamePart::new("none") }];
        return sink.add(Observation { parts: &parts, amount: 1.0, span: 0..0 });
    };
    let mention = &view.terms[target];
    let printed = view.printed(mention);
    let mut note = |what: NamePart, value: NamePart| {
        let span = mention.span.clone();
        sink.add(Observation { parts: &[what, value], amount: 1.0, span });
    };
    note(const { NamePart::new("form") }, if is_pronoun(printed) { PRONOUN } else { NAME });
    note(const { NamePart::new("words") }, count(printed.split_whitespace().count(), 4));
    note(const { NamePart::new("at") }, count(10 * target / view.terms.len(), 9));
    note(const { NamePart::new("first") }, if target == 0 { YES } else { NO });
    note(const { NamePart::new("length") }, count(view.terms.len() / 8, 6));
    let around = SentenceCounts::of(view, target);
    note(const { NamePart::new("more") }, count(around.mentions - 1, 2));
    note(const { NamePart::new("names") }, count(around.names, 5));
    note(const { NamePart::new("negations") }, count(around.negations, 2));
    note(const { NamePart::new("quotes") }, around.quotes());
    if around.asks {
        note(const { NamePart::new("mark") }, QUESTION);
    }
    if around.exclaims {
        note(const { NamePart::new("mark") }, EXCLAMATION);
    }
}

/// A number of at most `most` as a part of a name.
fn count(n: usize, most: usize) -> NamePart {
    DIGITS[n.min(most).min(DIGITS.len() - 1)]
}

fn is_pronoun(printed: &str) -> bool {
    PRONOUNS.iter().any(|pronoun| printed.eq_ignore_ascii_case(pronoun))
}

/// What the sentence holds, counted in one pass.
#[derive(Debug, Default)]
struct SentenceCounts {
    /// Mentions of the target, the main one too.
    mentions: usize,
    /// Runs of capitalised words other than the target, the sentence's first word left out.
    names: usize,
    negations: usize,
    /// Quotation marks, and those before the target.
    marks: usize,
    marks_before: usize,
    asks: bool,
    exclaims: bool,
}

impl SentenceCounts {
    fn of(view: &View<'_>, target: usize) -> Self {
        let mut counts = SentenceCounts::default();
        // Whether the term before is such a word; a first word begins no run.
        let mut in_name = true;
        for (at, term) in view.terms.iter().enumerate() {
            let is_name = !term.is_target && term.kind == Kind::Word && term.is_capital;
            counts.names += usize::from(is_name && !in_name);
            in_name = is_name;
            counts.mentions += usize::from(term.is_target);
            counts.negations += usize::from(term.is(WordClass::Negator));
            let is_mark = term.is(WordClass::Quote);
            counts.marks += usize::from(is_mark);
            counts.marks_before += usize::from(is_mark && at < target);
            counts.asks |= term.reads(QUESTION);
            counts.exclaims |= term.reads(EXCLAMATION);
        }
        counts
    }

    /// Whether there are quotes, and whether the target stands in them.
    fn quotes(&self) -> NamePart {
        match (self.marks, self.marks_before) {
            (0, _) => const { NamePart::new("none") },
            (_, before) if before % 2 == 1 => const { NamePart::new("inside") },
            _ => const { NamePart::new("outside") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn describes_the_sentence_around_a_pronoun() {
        check(
            &TEMPLATE,
            "“She did not answer Rubio,” he said.",
            Some("she"),
            &[
                ("mention=at 0", 1.0),
                ("mention=first no", 1.0),
                ("mention=form pronoun", 1.0),
                ("mention=length 1", 1.0),
                ("mention=more 0", 1.0),
                ("mention=names 1", 1.0),
                ("mention=negations 1", 1.0),
                ("mention=quotes inside", 1.0),
                ("mention=words 1", 1.0),
            ],
        );
    }

    #[test]
    fn says_that_there_is_no_target() {
        check(&TEMPLATE, "Nobody asked why?", None, &[("mention=none", 1.0)]);
    }
}
