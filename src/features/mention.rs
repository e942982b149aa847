use super::closed::{NEGATORS, holds};
use super::{Amount, Detail, Feature, Scaling, Seen, Term, View};
use crate::text::token::Kind;

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
pub(super) struct Mention;

const PRONOUNS: [&str; 12] =
    ["he", "her", "him", "his", "i", "it", "its", "she", "their", "them", "they", "you"];
const COUNTS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

impl Feature for Mention {
    fn name(&self) -> &'static str {
        "mention"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Presence, idf: false, min_rows: 1 }
    }

    fn extract(&self, view: &View<'_>, note: &mut dyn FnMut(Seen<'_>)) {
        let Some(target) = view.target else {
            // Sentences that do not name the target start from a balance of their own.
            return note(Seen { details: &[Detail::new("none")], amount: 1.0, place: 0..0 });
        };
        let mention = &view.terms[target];
        let printed = view.printed(mention);
        let mut say = |what, value| {
            let details = [Detail::new(what), Detail::new(value)];
            note(Seen { details: &details, amount: 1.0, place: mention.span.clone() });
        };
        say("form", if is_pronoun(printed) { "pronoun" } else { "name" });
        say("words", count(printed.split_whitespace().count(), 4));
        say("at", count(10 * target / view.terms.len(), 9));
        say("first", if target == 0 { "yes" } else { "no" });
        say("length", count(view.terms.len() / 8, 6));
        say("more", count(view.terms.iter().filter(|t| t.is_target).count() - 1, 2));
        say("names", count(other_names(view), 5));
        say("negations", count(how_many(view, |t| holds(&NEGATORS, &t.stem)), 2));
        say("quotes", quotes(view, target));
        if how_many(view, |t| t.stem == "?") > 0 {
            say("mark", "?");
        }
        if how_many(view, |t| t.stem == "!") > 0 {
            say("mark", "!");
        }
    }
}

/// A number as a detail, cut at `most`.
fn count(n: usize, most: usize) -> &'static str {
    COUNTS[n.min(most).min(COUNTS.len() - 1)]
}

fn is_pronoun(printed: &str) -> bool {
    PRONOUNS.iter().any(|pronoun| printed.eq_ignore_ascii_case(pronoun))
}

fn how_many(view: &View<'_>, is: impl Fn(&Term) -> bool) -> usize {
    view.terms.iter().filter(|term| is(term)).count()
}

/// Runs of capitalised words other than the target, the sentence's first word left out.
fn other_names(view: &View<'_>) -> usize {
    let is_name = |term: &Term| {
        let first = view.printed(term).chars().next();
        !term.is_target && term.kind == Kind::Word && first.is_some_and(char::is_uppercase)
    };
    view.terms.windows(2).filter(|pair| is_name(&pair[1]) && !is_name(&pair[0])).count()
}

/// Whether there are quotes, and whether the target stands in them.
fn quotes(view: &View<'_>, target: usize) -> &'static str {
    let marks = |terms: &[Term]| terms.iter().filter(|term| term.stem == "\"").count();
    match (marks(&view.terms), marks(&view.terms[..target])) {
        (0, _) => "none",
        (_, before) if before % 2 == 1 => "inside",
        _ => "outside",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn describes_the_sentence_around_a_pronoun() {
        check(
            &Mention,
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
        check(&Mention, "Nobody asked why?", None, &[("mention=none", 1.0)]);
    }
}
