use super::name::NamePart;
use super::placeholder::JUDGING;
use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};
use super::term::Term;
use super::word_classes::{Classes, WordClass};

/// ## What it notices
/// Words of praise, blame and harm, by their class alone: on which side of the target, whether in its
/// clause, in another, or in one that *but* or *while* sets against it; whether negated, or the object
/// of a verb that prevents; and whether the target's opponents are meant.
///
/// ## Why it bears on stance
/// *No resident praised it* blames, *it stops the floods* praises, and a class has examples enough to
/// learn that from where a single word has not.
///
/// ## Example
/// The barrier **prevents floods**. → `judgement=right prevented harm`
///
/// ## What it misses
/// Words that `evaluative_words.txt` lacks, and what a sentence needs a parser for.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "judgement",
    scaling: Scaling { idf: false, ..Scaling::SUBLINEAR },
    prefixes: &[],
    vector_prefixes: &[],
};

/// Maximum number of terms between the target's opponents and the target: *critics of the TARGET*.
const OPPOSITION_REACH: usize = 4;

/// Plain, then by polarity.
const STATES: [NamePart; 5] = [
    NamePart::new("plain"),
    NamePart::new("not"),
    NamePart::new("prevented"),
    NamePart::new("not-prevented"),
    NamePart::new("asked"),
];
/// By side, the target's clause first, then another, then one set against it.
const PLACES: [[NamePart; 3]; 2] = [
    [NamePart::new("left"), NamePart::new("left-outside"), NamePart::new("left-opposed")],
    [NamePart::new("right"), NamePart::new("right-outside"), NamePart::new("right-opposed")],
];
const NEAREST: [NamePart; 2] = [NamePart::new("left-nearest"), NamePart::new("right-nearest")];
/// Whether a form of *be* stands right before the word.
const AFTER_BE: [NamePart; 2] = [NamePart::new("verb"), NamePart::new("be")];
/// Behind opponents, by whether a form of *be* follows them.
const OPPOSITION: [NamePart; 2] = [NamePart::new("opponents"), NamePart::new("opponents-be")];
const PARTING: Classes = Classes::all_of(&[WordClass::Border, WordClass::Contrast]);
const COMMA: NamePart = NamePart::new(",");
const OF: [NamePart; 5] = [
    NamePart::new("of"),
    NamePart::new("about"),
    NamePart::new("against"),
    NamePart::new("on"),
    NamePart::new("over"),
];
const POSSESSIVE: NamePart = NamePart::new("'s");

/// A word of one of the classes.
#[derive(Debug, Clone, Copy)]
struct Judgement {
    /// Its index among the terms.
    at: usize,
    /// [`STATES`].
    state: NamePart,
    /// [`JUDGING`].
    class: NamePart,
}

impl Judgement {
    #[inline]
    fn of(term: &Term, at: usize) -> Option<Self> {
        if !term.is_judging() {
            return None;
        }
        let (_, class) = JUDGING.into_iter().find(|(class, _)| term.is(*class))?;
        let state = term.word.polarity_and_class().map_or(0, |(polarity, _)| 1 + polarity);
        Some(Judgement { at, state: STATES[state], class })
    }
}

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let terms = &view.terms[..];
    let (mut nearest, mut opposed) = ([None; 2], None);
    for (at, term) in terms.iter().enumerate() {
        let Some(judgement) = Judgement::of(term, at) else { continue };
        note(view, sink, None, judgement);
        let Some(target) = view.target else { continue };
        let side = usize::from(at > target);
        note(view, sink, Some(PLACES[side][relation(terms, at, target)]), judgement);
        match side {
            0 => nearest[0] = Some(judgement),
            _ => nearest[1] = nearest[1].or(Some(judgement)),
        }
        let opposition = opposed.get_or_insert_with(|| opposition(terms, target));
        if let Some((last, with_be)) = *opposition
            && at > last
        {
            note(view, sink, Some(OPPOSITION[usize::from(with_be)]), judgement);
        }
    }
    for (side, judgement) in nearest.into_iter().enumerate() {
        let Some(Judgement { at, state, class }) = judgement else { continue };
        let is_after_be = terms[at.saturating_sub(2)..at].iter().any(|term| term.is(WordClass::Be));
        let parts = [NEAREST[side], AFTER_BE[usize::from(is_after_be)], state, class];
        sink.add(Observation { parts: &parts, amount: 1.0, span: terms[at].span.clone() });
    }
}

/// Notes a word, with where it stands.
fn note(
    view: &View<'_>,
    sink: &mut impl FeatureSink,
    place: Option<NamePart>,
    Judgement { at, state, class }: Judgement,
) {
    let parts = [place.unwrap_or(state), state, class];
    let parts = &parts[usize::from(place.is_none())..];
    sink.add(Observation { parts, amount: 1.0, span: view.terms[at].span.clone() });
}

/// Where a word stands from the target: in its clause, in another, or in one set against it.
fn relation(terms: &[Term], at: usize, target: usize) -> usize {
    let between = &terms[at.min(target) + 1..at.max(target)];
    if !between.iter().any(|term| term.is_any(PARTING)) {
        return 0;
    }
    let opens = terms.first().is_some_and(|first| first.is(WordClass::Contrast));
    let is_opposed = between.iter().any(|term| term.is(WordClass::Contrast))
        || opens && between.iter().any(|term| term.reads(COMMA));
    1 + usize::from(is_opposed)
}

/// Where the target's opponents end, or what they bring against it, and whether a form of *be* follows.
fn opposition(terms: &[Term], target: usize) -> Option<(usize, bool)> {
    let is_opponent = |term: &Term| term.is(WordClass::Opposition) && !term.is(WordClass::Praise);
    let behind = &terms[target + 1..];
    let owned = behind.iter().take(3).position(is_opponent);
    let last = match owned {
        Some(place) if behind[..place].iter().all(|term| term.reads(POSSESSIVE)) => {
            target + 1 + place
        }
        _ => {
            let before = &terms[target.saturating_sub(OPPOSITION_REACH)..target];
            let place = before.iter().rposition(is_opponent)?;
            let is_joined =
                before.get(place + 1).is_some_and(|next| OF.iter().any(|&of| next.reads(of)));
            is_joined.then_some(target)?
        }
    };
    let next = terms.get(last + 1)?;
    Some((last, next.is(WordClass::Be)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn a_negated_word_of_praise_is_not_praise() {
        check(
            &TEMPLATE,
            "No resident praised the plan",
            Some("plan"),
            &[
                ("judgement=left not praise", 1.0),
                ("judgement=left-nearest verb not praise", 1.0),
                ("judgement=not praise", 1.0),
            ],
        );
    }

    #[test]
    fn what_is_prevented_is_told_from_what_is_not() {
        check(&TEMPLATE, "floods were stopped", None, &[("judgement=prevented harm", 1.0)]);
        check(
            &TEMPLATE,
            "it never prevented a flood",
            None,
            &[("judgement=not-prevented harm", 1.0)],
        );
    }

    #[test]
    fn clauses_set_against_the_target_and_its_opponents_are_told() {
        check(
            &TEMPLATE,
            "while it failed, sceptics of the plan are wrong",
            Some("plan"),
            &[
                ("judgement=left-nearest verb plain blame", 1.0),
                ("judgement=left-opposed plain blame", 1.0),
                ("judgement=opponents-be plain blame", 1.0),
                ("judgement=plain blame", 2.0),
                ("judgement=right plain blame", 1.0),
                ("judgement=right-nearest be plain blame", 1.0),
            ],
        );
    }
}
