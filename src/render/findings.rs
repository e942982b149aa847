//! Puts what may be said of a target into words, each part with a link to its evidence.
//!
//! Counts are given, no percentages of few sentences, and no outlet is ranked above another.

mod line;
mod phrases;

pub(super) use line::{Line, LinkDestination, Part};

use phrases::{go_further, in_brackets, speakers};

use super::figures::{differences, quotes};
use super::{sanitize, wording};
use crate::report::{
    ArticleGap, FEW_SENTENCES, Finding, Findings, LabelCount, LabelShare, LoneQuote, OutletCount,
    OutletSummary, QuotedCount, Report, Shortened, TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of characters shown of a sentence and a quote.
const SENTENCE: usize = 100;
const QUOTE: usize = 30;

/// A question with its answer.
#[derive(Debug)]
pub(super) struct AnsweredQuestion {
    pub(super) question: String,
    /// How the answer is to be read.
    pub(super) key: String,
    pub(super) lines: Vec<Line>,
}

/// What is asked of one target, by its number, with the answers.
pub(super) fn answers(report: &Report, target: usize) -> Vec<AnsweredQuestion> {
    let Some(target) = report.targets.get(target) else { return Vec::new() };
    let Some(findings) = &target.findings else { return Vec::new() };
    let target = Target { report, target };
    let lines =
        |found: &[Finding]| -> Vec<Line> { found.iter().map(|of| target.line(of)).collect() };
    let Findings { label, own_voice, only_quoted, left_out, headlines } = findings;
    let label = target.label(*label);
    let told = differences::differences(target.target);
    let told = told.iter().map(|told| Line::plain(sanitize::tidy(told)));
    let own_question = match label.as_str() {
        "critical" | "supportive" => format!("Who is {label} in their own words?"),
        _ => format!("Whose own words are read as {label}?"),
    };
    let answer = |question: &str, key: &str, lines: Vec<Line>| AnsweredQuestion {
        question: question.to_owned(),
        key: key.to_owned(),
        lines,
    };
    vec![
        answer(&own_question, &target.key(), told.chain(lines(own_voice)).collect()),
        answer(
            &format!("Who is {label} only in quotes?"),
            "A sentence that quotes or reports a source counts as the source’s, whole.",
            lines(only_quoted),
        ),
        answer(
            "Which shared quotes does each outlet leave out?",
            "Found by rules, paraphrases too; a free rewording is missed, and so is a post that was \
             embedded and is not in the text.",
            lines(left_out),
        ),
        answer("Whose headline goes further than its body?", "", lines(headlines)),
    ]
}

/// The target that findings are about.
struct Target<'r> {
    report: &'r Report,
    target: &'r TargetSummary,
}

impl Target<'_> {
    /// How the counts of own sentences are to be read.
    fn key(&self) -> String {
        let counts = "Counts are of sentences, as the model reads them. At times it takes a report of \
            what others think for the outlet’s own view: read the sentences before you repeat a count.";
        if self.target.name.is_empty() {
            return counts.to_owned();
        }
        let names = std::iter::once(&self.target.name).chain(&self.target.aliases);
        let names: Vec<String> = names.map(|name| format!("“{}”", sanitize::name(name))).collect();
        format!(
            "{counts} Named it is by {} alone; “without naming it”: in articles about it, where the \
             model is a poorer judge.",
            sanitize::list(&names, ", ")
        )
    }

    /// A finding in words.
    fn line(&self, finding: &Finding) -> Line {
        match finding {
            Finding::OwnVoice { outlet, label, naming, context, share } => {
                self.own_voice((*outlet, *label), naming, context, *share)
            }
            Finding::OwnVoiceInContext { outlet, label, context } => {
                let line = self.of(*outlet).words("only without naming it, ");
                self.with_surest(
                    line.count(*outlet, *label, Voice::Outlet, context),
                    *outlet,
                    context,
                )
                .words(".")
            }
            Finding::NoOwnVoice { label, outlets } => Line::plain(format!(
                "No own sentence is read as {}: {}.",
                self.label(*label),
                self.names(outlets)
            )),
            Finding::OppositeOwnVoice { label, outlets } => {
                self.opposite_own_voice(*label, outlets)
            }
            Finding::TooFew { outlets } => self.too_few(outlets),
            Finding::OnlyQuoted { outlet, label, naming, quoted_context, own_context } => {
                self.only_quoted((*outlet, *label), *naming, quoted_context, own_context)
            }
            Finding::NobodyOnlyQuoted { label } => {
                Line::plain(format!("No outlet is {} in quotes alone.", self.label(*label)))
            }
            Finding::BothVoices { label, outlets } => {
                let (name, naming) = (self.label(*label), self.naming(2));
                let words = format!("both ways; in quotes, of all {name} sentences{naming}");
                self.quoted_counts(*label, &words, outlets)
            }
            Finding::OppositeOnlyQuoted { label, outlets } => {
                self.quoted_counts(*label, "only or almost only in quotes", outlets)
            }
            Finding::NoSharedQuote => Line::plain("No quote was found in two outlets."),
            Finding::QuotesNotCompared => Line::plain(quotes::too_many(&self.report.quotes)),
            Finding::SharedQuotesNotFound { outlet, compared, quotes, others } => {
                self.quotes_not_found(*outlet, *compared, quotes, *others)
            }
            Finding::MoreOutletsLeaveOut { n } => Line::plain("And ")
                .link(format!("{n} more outlets"), LinkDestination::Omissions)
                .words("."),
            Finding::HeadlineGoesFurther { outlet, gap } => self.headline(*outlet, gap),
            Finding::HeadlineQuotesAlone { outlet, quote } => self.headline_quote(*outlet, quote),
            Finding::HeadlinesGoFurther { further, compared } => go_further(*further, *compared),
            Finding::HeadlinesNotComparable { outlets } => Line::plain(format!(
                "Cannot be compared, as the body has no own sentence{}: {}.",
                self.naming(1),
                self.names(outlets)
            )),
            Finding::NoHeadline => Line::plain("No headline was read."),
            Finding::MoreOutlets { n } => Line::plain("And ")
                .link(wording::several(*n as u64, "more outlet"), LinkDestination::Overview)
                .words("."),
        }
    }

    fn own_voice(
        &self,
        (outlet, label): (usize, usize),
        naming: &LabelCount,
        context: &LabelCount,
        share: Option<LabelShare>,
    ) -> Line {
        let sentences = if naming.all == 1 { "own sentence" } else { "own sentences" };
        let reads = if naming.count == 1 { "is read as" } else { "are read as" };
        let (named, name) = (self.naming(naming.all), self.label(label));
        let line = self
            .of(outlet)
            .count(outlet, label, Voice::Outlet, naming)
            .words(format!(" {sentences}{named} {reads} {name}"))
            .words(share.map(in_brackets).unwrap_or_default());
        let mut line = self.with_surest(line, outlet, naming);
        if context.count > 0 {
            line = line.words("; without naming it ").count(outlet, label, Voice::Outlet, context);
            line = self.with_surest(line, outlet, context);
        }
        line.words(".")
    }

    /// Adds the sentence of which the model is surest, with the probability of its label.
    fn with_surest(&self, line: Line, outlet: usize, count: &LabelCount) -> Line {
        let evidence = &self.outlet(outlet).evidence;
        let Some(of) = count.surest.and_then(|at| evidence.get(at)) else { return line };
        let text = sanitize::start(&sanitize::tidy(&of.text), SENTENCE);
        let (article, number) = (of.article.clone(), of.sentence);
        let how = if of.probability < 0.5 { "barely" } else { "most surely" };
        line.words(format!(", {how} "))
            .link(format!("“{text}”"), LinkDestination::Sentence { outlet, article, number })
            .words(format!(" ({} %)", wording::percent(of.probability)))
    }

    /// The opposite label too, so that nobody can say that only one was looked for.
    fn opposite_own_voice(&self, label: usize, outlets: &Shortened<OutletCount>) -> Line {
        let name = self.label(label);
        match outlets.shown.is_empty() {
            true => Line::plain(format!(
                "Read as {name}: no own sentence{} in any outlet.",
                self.naming(1)
            )),
            false => Line::plain(format!("Read as {name} in their own words: "))
                .list(self.counts(label, Voice::Outlet, outlets), ", ")
                .words("."),
        }
    }

    fn too_few(&self, outlets: &[usize]) -> Line {
        let least = match self.report.provenance.audit {
            Some(_) => "hand labels".to_owned(),
            None => {
                format!("own sentences{} (fewer than {FEW_SENTENCES})", self.naming(2))
            }
        };
        let whose = match outlets.len() == self.target.outlets.len() {
            true => "every outlet".to_owned(),
            false => self.names(outlets),
        };
        Line::plain(format!("Too few {least} to say how often: {whose}. Read them."))
    }

    fn only_quoted(
        &self,
        (outlet, label): (usize, usize),
        naming: QuotedCount,
        quoted_context: &LabelCount,
        own_context: &LabelCount,
    ) -> Line {
        let name = self.label(label);
        let only = if naming.is_only() { "only" } else { "almost only" };
        let sentences = if naming.all == 1 { "sentence" } else { "sentences" };
        let group = LinkDestination::Group { outlet, voice: Voice::Attributed, label };
        let mut line = self
            .of(outlet)
            .words(format!("{name} {only} in quotes: "))
            .link(format!("{} of {}", naming.quoted, naming.all), group)
            .words(format!(" {name} {sentences}{}", self.naming(naming.all)))
            .words(speakers(self.outlet(outlet), TargetRelation::Mention, label));
        if quoted_context.count > 0 {
            line = line
                .words(", and ")
                .count(outlet, label, Voice::Attributed, quoted_context)
                .words(" in quotes without naming it")
                .words(speakers(self.outlet(outlet), TargetRelation::Context, label));
        }
        if own_context.count > 0 {
            line = line
                .words("; yet in its own words ")
                .count(outlet, label, Voice::Outlet, own_context)
                .words(" without naming it");
            line = self.with_surest(line, outlet, own_context);
        }
        line.words(".")
    }

    fn quoted_counts(&self, label: usize, words: &str, outlets: &Shortened<OutletCount>) -> Line {
        Line::plain(format!("{} {words}: ", wording::capital(&self.label(label))))
            .list(self.counts(label, Voice::Attributed, outlets), ", ")
            .words(".")
    }

    /// The counts of several outlets; the rest is counted.
    fn counts(&self, label: usize, voice: Voice, outlets: &Shortened<OutletCount>) -> Vec<Part> {
        let part = |of: &OutletCount| Part {
            words: format!("{} {} of {}", self.name(of.outlet), of.count, of.all),
            place: Some(LinkDestination::Group { outlet: of.outlet, voice, label }),
        };
        let more = (outlets.more > 0).then(|| Part {
            words: format!("and {} more", outlets.more),
            place: Some(LinkDestination::Overview),
        });
        outlets.shown.iter().map(part).chain(more).collect()
    }

    fn quotes_not_found(
        &self,
        outlet: usize,
        compared: usize,
        quotes: &[usize],
        others: usize,
    ) -> Line {
        let line = self.of(outlet);
        let counted = format!("{} of {compared}", quotes.len() + others);
        match (quotes.is_empty(), others) {
            (true, 0) => line.words(format!("none of {compared}.")),
            (true, _) => line
                .link(counted, LinkDestination::Omissions)
                .words(", none of which half of the outlets have."),
            (false, _) => {
                let more = (others > 0).then(|| Part {
                    words: format!("{others} more"),
                    place: Some(LinkDestination::Omissions),
                });
                let quotes = quotes.iter().map(|quote| self.quote(*quote)).chain(more);
                line.words(format!("{counted}: ")).list(quotes.collect(), "; ").words(".")
            }
        }
    }

    /// The beginning of a quote, with the last name of who speaks.
    fn quote(&self, quote: usize) -> Part {
        let of = &self.report.quotes.shared[quote];
        let speaker = of.speakers.first().map(|name| sanitize::name(name)).unwrap_or_default();
        let last = speaker.rsplit(' ').next().unwrap_or_default();
        let gap = if last.is_empty() { "" } else { " " };
        let text = sanitize::start(&sanitize::tidy(&of.text), QUOTE);
        Part {
            words: format!("“{text}”{gap}{last}"), place: Some(LinkDestination::Quote(quote))
        }
    }

    fn headline(&self, outlet: usize, gap: &ArticleGap) -> Line {
        let unnamed = match gap.about {
            TargetRelation::Context => ", which does not name the target,",
            TargetRelation::Mention | TargetRelation::None => "",
        };
        self.of(outlet).headline(outlet, &gap.article, &gap.headline).words(format!(
            "{unnamed} is read as {}, the body’s {}{} as {} %.",
            wording::label_probability(gap.label.name(), gap.of_headline),
            wording::several(gap.sentences, "own sentence"),
            self.naming(gap.sentences),
            wording::percent(gap.of_body),
        ))
    }

    fn headline_quote(&self, outlet: usize, quote: &LoneQuote) -> Line {
        self.of(outlet).headline(outlet, &quote.article, &quote.headline).words(format!(
            " quotes “{}”, which no sentence of the body has.",
            sanitize::name(&quote.words)
        ))
    }

    fn label(&self, label: usize) -> String {
        sanitize::name(self.report.label(label))
    }

    fn outlet(&self, outlet: usize) -> &OutletSummary {
        &self.target.outlets[outlet]
    }

    fn name(&self, outlet: usize) -> String {
        wording::outlet(&self.outlet(outlet).outlet)
    }

    /// The names of outlets; the last of a long list are only counted.
    fn names(&self, outlets: &[usize]) -> String {
        let names: Vec<String> = outlets.iter().map(|&at| self.name(at)).collect();
        sanitize::list(&names, ", ")
    }

    /// A line on one outlet.
    fn of(&self, outlet: usize) -> Line {
        let line = Line { outlet: Some(outlet), parts: Vec::new() };
        line.words(format!("{}: ", self.name(outlet)))
    }

    /// Which sentences are counted: those that name the target; all where there is none.
    fn naming(&self, sentences: u64) -> &'static str {
        match (self.target.name.is_empty(), sentences) {
            (true, _) => "",
            (false, 1) => " that names the target",
            (false, _) => " that name the target",
        }
    }
}

#[cfg(test)]
mod tests;
