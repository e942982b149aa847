use super::word_classes::WordClass;
use super::{Amount, Feature, FeatureSink, NamePart, Observation, Scaling, View};
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
#[derive(Debug)]
pub(super) struct TargetMention;

const PRONOUNS: [&str; 12] =
    ["he", "her", "him", "his", "i", "it", "its", "she", "their", "them", "they", "you"];
const PRONOUN: NamePart = NamePart::new("pronoun");
const NAME: NamePart = NamePart::new("name");
const YES: NamePart = NamePart::new("yes");
const NO: NamePart = NamePart::new("no");
const QUESTION: NamePart = NamePart::new("?");
const SHOUT: NamePart = NamePart::new("!");
const COUNTS: [NamePart; 10] = [
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

impl Feature for TargetMention {
    fn name(&self) -> &'static str {
        "mention"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Presence, idf: false, min_rows: 1 }
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let Some(target) = view.target else {
            // Sentences that do not name the target start from a balance of their own.
            return notebook.note(Observation {
                details: &[const { NamePart::new("none") }],
                amount: 1.0,
                place: 0..0,
            });
        };
        let mention = &view.terms[target];
        let printed = view.printed(mention);
        let mut say = |what: NamePart, value: NamePart| {
            notebook.note(Observation {
                details: &[what, value],
                amount: 1.0,
                place: mention.span.clone(),
            });
        };
        say(const { NamePart::new("form") }, if is_pronoun(printed) { PRONOUN } else { NAME });
        say(const { NamePart::new("words") }, count(printed.split_whitespace().count(), 4));
        say(const { NamePart::new("at") }, count(10 * target / view.terms.len(), 9));
        say(const { NamePart::new("first") }, if target == 0 { YES } else { NO });
        say(const { NamePart::new("length") }, count(view.terms.len() / 8, 6));
        let around = Around::of(view, target);
        say(const { NamePart::new("more") }, count(around.targets - 1, 2));
        say(const { NamePart::new("names") }, count(around.names, 5));
        say(const { NamePart::new("negations") }, count(around.negations, 2));
        say(const { NamePart::new("quotes") }, around.quotes());
        if around.asks {
            say(const { NamePart::new("mark") }, QUESTION);
        }
        if around.shouts {
            say(const { NamePart::new("mark") }, SHOUT);
        }
    }
}

/// A number as a detail, cut at `most`.
fn count(n: usize, most: usize) -> NamePart {
    COUNTS[n.min(most).min(COUNTS.len() - 1)]
}

fn is_pronoun(printed: &str) -> bool {
    PRONOUNS.iter().any(|pronoun| printed.eq_ignore_ascii_case(pronoun))
}

/// What stands in the sentence, all counted at once.
#[derive(Debug, Default)]
struct Around {
    /// Mentions of the target, the main one too.
    targets: usize,
    /// Runs of capitalised words other than the target, the sentence's first word left out.
    names: usize,
    negations: usize,
    /// Quotation marks, and those before the target.
    marks: usize,
    marks_before: usize,
    asks: bool,
    shouts: bool,
}

impl Around {
    fn of(view: &View<'_>, target: usize) -> Self {
        let mut around = Around::default();
        // Whether the term before is such a word; a first word begins no run.
        let mut in_name = true;
        for (at, term) in view.terms.iter().enumerate() {
            let is_name = !term.is_target && term.kind == Kind::Word && term.is_capital;
            around.names += usize::from(is_name && !in_name);
            in_name = is_name;
            around.targets += usize::from(term.is_target);
            around.negations += usize::from(term.is(WordClass::Negator));
            let is_mark = term.is(WordClass::Quote);
            around.marks += usize::from(is_mark);
            around.marks_before += usize::from(is_mark && at < target);
            around.asks |= term.reads(QUESTION);
            around.shouts |= term.reads(SHOUT);
        }
        around
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
            &TargetMention,
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
        check(&TargetMention, "Nobody asked why?", None, &[("mention=none", 1.0)]);
    }
}
