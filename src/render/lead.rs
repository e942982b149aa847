//! The head of a report in words: a title and at most three sentences.

use super::sanitize;
use super::wording::{NONE, capital, count, outlet, percent, series, several};
use crate::report::{
    Corrected, Lead, LeadTitle, OutletDifference, OutletSummary, Promise, Report, Significance,
    Statement, TargetSummary,
};

mod phrases;

use phrases::{agreement, light, pairs, quoted_by_most, share_of, to_compare};

/// Maximum number of outlets that a sentence names.
const NAMED: usize = 4;

/// Number of words shown of a quote.
const QUOTE: usize = 8;

/// A title and its sentences.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct LeadText {
    pub(super) title: String,
    pub(super) sentences: Vec<String>,
}

/// The head of the report on a target, given by its number.
pub(super) fn lead(report: &Report, target: usize) -> LeadText {
    let Lead { title, sentences, .. } = report.lead(target);
    let words = Words { report, target: &report.targets[target] };
    LeadText {
        title: words.title(&title),
        sentences: sentences.iter().map(|of| words.sentence(of)).collect(),
    }
}

/// A target in a sentence; names of things in common words stand in quotes.
pub(super) fn subject(target: &TargetSummary) -> String {
    match sanitize::name(&target.name) {
        name if name.is_empty() => "the subject".to_owned(),
        name if name.starts_with(char::is_uppercase) => name,
        name => format!("“{name}”"),
    }
}

/// Puts statements on one target into words.
struct Words<'r> {
    report: &'r Report,
    target: &'r TargetSummary,
}

impl Words<'_> {
    fn title(&self, title: &LeadTitle) -> String {
        let about = self.about();
        match title {
            LeadTitle::NotNamed => format!("No article mentions {}", self.name()),
            LeadTitle::Quoted { quoted: 0, .. } => format!("Nobody is quoted{about}"),
            LeadTitle::Quoted { quoted, all } if quoted == all => {
                let quote = if *all == 1 { "quotes or reports" } else { "quote or report" };
                format!("All of {}{about} {quote} somebody", several(*all, "sentence"))
            }
            LeadTitle::Quoted { quoted, all } => {
                let quote = if *quoted == 1 { "quotes or reports" } else { "quote or report" };
                format!(
                    "{} of {}{about} {quote} somebody",
                    count(*quoted),
                    several(*all, "sentence")
                )
            }
            LeadTitle::FirstChecks => {
                format!("{}: too few checked sentences to compare outlets", capital(&self.name()))
            }
            LeadTitle::NoSide => format!("No sentence{about} takes a side"),
            LeadTitle::Whose { label, all, quoted } => self.whose(*label, *all, *quoted),
            LeadTitle::OneShare { label, outlet, share } => {
                format!(
                    "{} in {} of its own sentences",
                    self.takes(*outlet, *label),
                    share_of(share.value)
                )
            }
            LeadTitle::Differ(difference) => self.differ(difference),
            LeadTitle::Extremes { label, most, least } => format!(
                "{} in {} of its own sentences, {} in {}",
                self.takes(most.0, *label),
                share_of(most.1),
                self.outlet(least.0),
                share_of(least.1)
            ),
            LeadTitle::NotApart => format!("These outlets cannot be told apart{about}"),
            LeadTitle::AlmostNeutral(_) => {
                format!("{}: almost all checked own sentences are neutral", capital(&self.name()))
            }
        }
    }

    fn whose(&self, label: usize, all: u64, quoted: u64) -> String {
        let kind = match self.report.label(label) {
            "critical" => "criticism of",
            "supportive" => "praise of",
            label => return format!("{} of {all} {label} sentences are quotations", count(quoted)),
        };
        let name = self.name();
        match quoted {
            _ if quoted == all => format!("All {kind} {name} is quoted"),
            0 => format!("All {kind} {name} is in the outlets’ own words"),
            _ if quoted * 4 >= all * 3 => format!("Most {kind} {name} is quoted"),
            _ if quoted * 4 <= all => format!("Most {kind} {name} is in the outlets’ own words"),
            _ => format!("{} {name}: in own words and in quotations", capital(kind)),
        }
    }

    fn differ(&self, difference: &OutletDifference) -> String {
        let [first, second] = [difference.first.index, difference.second.index];
        let label = self.report.label(difference.label.index);
        let seems = if difference.standing == Significance::Firm { "" } else { "seems to " };
        let (takes, object) = match (light(label), seems.is_empty()) {
            (Some(light), true) => ("puts", format!("{} in {light}", self.name())),
            (Some(light), false) => ("put", format!("{} in {light}", self.name())),
            (None, true) => ("is", format!("{label}{}", self.about())),
            (None, false) => ("be", format!("{label}{}", self.about())),
        };
        format!(
            "{} {seems}{takes} {object} more often than {}",
            self.outlet(first),
            self.outlet(second)
        )
    }

    /// An outlet takes a side.
    fn takes(&self, outlet: usize, label: usize) -> String {
        let (outlet, label) = (self.outlet(outlet), self.report.label(label));
        match light(label) {
            Some(light) => format!("{outlet} puts {} in {light}", self.name()),
            None => format!("{outlet} is {}{}", sanitize::name(label), self.about()),
        }
    }

    fn sentence(&self, statement: &Statement) -> String {
        match statement {
            Statement::LookedFor => self.looked_for(),
            Statement::Coverage { naming, most, least } => self.coverage(*naming, *most, *least),
            Statement::SameWords { quote, printing, naming } => {
                self.same_words(*quote, *printing, *naming)
            }
            Statement::QuotedByMost { names, naming } => {
                quoted_by_most(names, *naming, &self.about())
            }
            Statement::Unchecked { labels, shows } => self.unchecked(*labels, *shows),
            Statement::Together { shares } => self.together(shares),
            Statement::CheckedOwn { checked, counts } => format!(
                "{} {} checked: {}.",
                several(*checked, "own sentence"),
                if *checked == 1 { "is" } else { "are" },
                self.by_label(counts)
            ),
            Statement::Agreement { agreed, labelled } => agreement(*agreed, *labelled),
            Statement::SideCount { label, with_label, quoted, all } => {
                self.side_count(*label, *with_label, *quoted, *all)
            }
            Statement::InOwnWords { label, outlets } => self.in_own_words(*label, outlets),
            Statement::TooFewToRank => {
                let so = if self.naming() > 1 { "to rank the outlets" } else { "for a percentage" };
                let name = self.name();
                format!(
                    "A person checked every sentence that mentions {name}. They are too few {so}."
                )
            }
            Statement::WithInterval(interval) => format!(
                "The 95% interval is {} to {}.",
                percent(interval.low),
                share_of(interval.high)
            ),
            Statement::TheseArticles(articles) => {
                let of = |(at, n): &(usize, u64)| format!("{} of {}", count(*n), self.outlet(*at));
                let all: Vec<String> = articles.iter().map(of).collect();
                format!("This holds for these articles: {}.", all.join(", "))
            }
            Statement::Difference(difference) => self.difference(difference),
            Statement::Pairs { differ, of_all, all } => {
                pairs([*differ, *of_all, *all].map(|n| n as u64))
            }
            Statement::Range { label, least, most } => format!(
                "In their own words they are {} in {} ({}) to {} ({}) of the sentences; chance alone could \
                 bring these gaps.",
                self.label(*label),
                share_of(least.1),
                self.outlet(least.0),
                share_of(most.1),
                self.outlet(most.0)
            ),
            Statement::Checked { checked, all } => self.checked(*checked, *all),
            Statement::ToCompare { is_possible } => to_compare(*is_possible).to_owned(),
            Statement::OthersTooFew => {
                "The other outlets have too few checked sentences to compare.".to_owned()
            }
            Statement::ReadMore => "To say more, read 10 articles of each outlet.".to_owned(),
        }
    }

    fn name(&self) -> String {
        subject(self.target)
    }

    fn about(&self) -> String {
        if self.target.name.is_empty() { String::new() } else { format!(" on {}", self.name()) }
    }

    fn outlet(&self, at: usize) -> String {
        self.target.outlets.get(at).map_or(NONE.to_owned(), |of| outlet(&of.outlet))
    }

    fn label(&self, label: usize) -> String {
        sanitize::name(self.report.label(label))
    }

    fn naming(&self) -> usize {
        let names = |of: &&OutletSummary| of.prominence.articles > 0;
        self.target.outlets.iter().filter(names).count()
    }

    fn looked_for(&self) -> String {
        let names = std::iter::once(&self.target.name).chain(&self.target.aliases);
        let names: Vec<String> = names.map(|name| format!("“{}”", sanitize::name(name))).collect();
        format!("Looked for: {}. Add what the articles call it with --alias.", series(&names))
    }

    fn coverage(&self, naming: usize, most: (usize, u64), least: (usize, u64)) -> String {
        let (name, all) = (self.name(), self.target.outlets.len());
        let sentences = several(most.1, "sentence");
        if naming == 1 {
            return format!("{} mentions {name} in {sentences}.", self.outlet(most.0));
        }
        let outlets = match naming == all {
            true => format!("All {all} outlets mention {name}"),
            false => format!("{naming} of {all} outlets mention {name}"),
        };
        // Who has more articles has more sentences.
        let articles = |outlet: usize| self.target.outlets[outlet].prominence.articles;
        let within = |outlet: usize| match articles(most.0) == articles(least.0) {
            true => String::new(),
            false => format!(" in {}", several(articles(outlet), "article")),
        };
        match most.1 == least.1 {
            true => format!("{outlets}, each in {sentences}."),
            false => format!(
                "{outlets}: most often {} ({sentences}{}), least often {} ({}{}).",
                self.outlet(most.0),
                within(most.0),
                self.outlet(least.0),
                least.1,
                within(least.0)
            ),
        }
    }

    fn same_words(&self, quote: usize, printing: usize, naming: usize) -> String {
        let outlets = match printing == naming {
            true => format!("All {naming} outlets"),
            false => format!("{printing} of {naming} outlets"),
        };
        let quote = &self.report.quotes.shared[quote];
        let speaker = quote.speakers.first().map(|name| sanitize::name(name)).unwrap_or_default();
        let of = if speaker.is_empty() { String::new() } else { format!(" of {speaker}") };
        let text = sanitize::tidy(&quote.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let start = words[..words.len().min(QUOTE)].join(" ");
        let more = if words.len() > QUOTE { "…" } else { "" };
        format!("{outlets} print the same words{of}: “{start}{more}”.")
    }

    fn unchecked(&self, labels: u64, shows: Promise) -> String {
        let time = match labels.div_ceil(4) {
            10 => "ten minutes".to_owned(),
            minutes => format!("about {}", several(minutes, "minute")),
        };
        let shows = match shows {
            Promise::Who => "which sentences take a side, and whose they are".to_owned(),
            Promise::Together => "how critical the outlets are, all taken together".to_owned(),
            Promise::TheOutlet(outlet) => format!("how critical {} is", self.outlet(outlet)),
            Promise::Quoted => "whether they quote critics or supporters".to_owned(),
        };
        format!(
            "Nobody has checked the stance yet: {} ({time}) will show {shows}.",
            several(labels, "label")
        )
    }

    fn together(&self, shares: &[(usize, Corrected)]) -> String {
        let share = |(label, share): &(usize, Corrected)| {
            let interval = share.interval.map_or_else(String::new, |of| {
                format!(" ({} to {})", percent(of.low), share_of(of.high))
            });
            format!("{} in {}{interval}", self.label(*label), share_of(share.value))
        };
        let shares: Vec<String> = shares.iter().map(share).collect();
        format!(
            "By the checked sentences, all outlets together are {} of their own sentences.",
            shares.join(" and ")
        )
    }

    fn by_label(&self, counts: &[u64]) -> String {
        let counts = counts.iter().enumerate();
        let counts: Vec<String> =
            counts.map(|(label, n)| format!("{} {}", count(*n), self.label(label))).collect();
        counts.join(", ")
    }

    fn side_count(&self, label: usize, with_label: u64, quoted: u64, all: u64) -> String {
        let are = if with_label == 1 { "is" } else { "are" };
        let label = self.label(label);
        let quotations = match (with_label, quoted) {
            (1, 1) => "it is a quotation".to_owned(),
            (1, _) => "it is no quotation".to_owned(),
            (_, 0) => "none of them is a quotation".to_owned(),
            (all, quoted) if all == quoted => format!("all {all} are quotations"),
            (all, 1) => format!("1 of the {all} is a quotation"),
            (all, quoted) => format!("{quoted} of the {all} are quotations"),
        };
        format!(
            "{} of {} {are} {label}; {quotations}.",
            count(with_label),
            several(all, "sentence")
        )
    }

    fn in_own_words(&self, label: usize, outlets: &[(usize, u64, u64)]) -> String {
        let one = |(place, (at, n, all)): (usize, &(usize, u64, u64))| {
            let own = if place == 0 { " own sentences" } else { "" };
            format!("{} ({n} of {all}{own})", self.outlet(*at))
        };
        let named: Vec<String> = outlets.iter().take(NAMED).enumerate().map(one).collect();
        let more = outlets.len().saturating_sub(NAMED);
        let names = match more {
            0 => series(&named),
            more => format!("{} and {more} more", named.join(", ")),
        };
        format!("{} in their own words: {names}.", capital(&self.label(label)))
    }

    fn difference(&self, difference: &OutletDifference) -> String {
        format!(
            "In its own words {} is {} in {} of the sentences, {} in {}: {} points more (95% interval {} to {}).",
            self.outlet(difference.first.index),
            self.label(difference.label.index),
            share_of(difference.share_first),
            self.outlet(difference.second.index),
            share_of(difference.share_second),
            percent(difference.difference),
            percent(difference.interval.low),
            percent(difference.interval.high),
        )
    }

    fn checked(&self, checked: u64, all: u64) -> String {
        if checked == all {
            return format!("All {} are checked by hand.", several(all, "sentence"));
        }
        let alpha = self.report.provenance.audit.as_ref().and_then(|audit| audit.alpha);
        let alpha =
            alpha.map_or_else(String::new, |alpha| format!(" (agreement α {:.2})", alpha.value));
        format!(
            "{} of the {} are checked by hand{alpha}; the model read the rest, and the shares are corrected \
             for its errors.",
            count(checked),
            several(all, "sentence")
        )
    }
}

#[cfg(test)]
mod tests;
