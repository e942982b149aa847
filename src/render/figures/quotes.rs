//! What outlets made of the same quotes.

use super::sentence_label;
use crate::render::cell::Cell;
use crate::render::document::{Block, Item, section};
use crate::render::sanitize;
use crate::render::table::Table;
use crate::render::wording;
use crate::report::{
    AdjacentSentence, ExclusiveQuote, OmittedAndExclusiveQuotes, OutletUse, QuotePlace, Quotes,
    Report, SentenceLabel, SharedQuote, TargetSummary, UseForm,
};
use crate::voice::CueClass;

/// Maximum number of shared quotes shown; JSON has all.
const MOST: usize = 8;

/// Maximum number of shared quotes, and of characters of each, in a brief report.
const MOST_BRIEF: usize = 5;
const BRIEF_WORDS: usize = 60;

/// Maximum number of quotes shown that an outlet alone has.
const MOST_EXCLUSIVE: usize = 2;

/// Says how shared quotes are read.
const KEY: &str = "The same words of a source across outlets: full, trimmed (with \
    what is left out), paraphrased, or absent. In square brackets behind the speaker: what these \
    words alone express toward the target, whatever stands around them. Behind an outlet: in \
    brackets how far down the body it stands and the class of the attributing word; then the \
    outlet's own words in that sentence, … for what it quotes, and what they express where they name \
    the target. Found by rules; a paraphrase may be missed.";

/// Says how the lines of a brief report are read.
const BRIEF_KEY: &str = "The same words of a source across outlets, found by rules. What each outlet \
    trimmed, and wrote around them: --format html.";

/// The shared quotes with what each outlet made of them, then what each outlet leaves out.
pub(crate) fn blocks(report: &Report) -> Vec<Block> {
    let quotes = (1..).zip(report.quotes.shared.iter().take(MOST));
    let mut lines: Vec<Item> = quotes.map(|(number, quote)| one(report, number, quote)).collect();
    lines.extend(omissions(report));
    section("Shared quotes", KEY, lines)
}

/// A line for the quote; below it what each outlet made of it.
fn one(report: &Report, number: usize, quote: &SharedQuote) -> Item {
    let line = |usage: &OutletUse| {
        let place = place(report, usage.place.as_ref()?);
        let without = match usage.form {
            UseForm::Trimmed => {
                format!(", without “{}”", sanitize::shortened(&usage.dropped.join(" … ")))
            }
            _ => String::new(),
        };
        let (outlet, form) = (wording::outlet(&usage.outlet), usage.form.name());
        Some(Item::line(format!("{outlet}: {form}{without} {place}")))
    };
    let mut below: Vec<Item> = quote.uses.iter().filter_map(line).collect();
    let absent = outlets(quote, UseForm::Absent);
    if !absent.is_empty() {
        below.push(Item::line(format!("absent: {}", absent.join(", "))));
    }
    let text = format!(
        "{number}. “{}” ({}){}",
        sanitize::shortened(&quote.text),
        speakers(&quote.speakers),
        predicted(report, &quote.judged, |_| true)
    );
    Item { text, below }
}

/// The quotes that most outlets have, in a line each.
pub(crate) fn brief(report: &Report) -> Vec<Block> {
    let quotes = (1..).zip(report.quotes.shared.iter().take(MOST_BRIEF));
    let mut lines: Vec<Item> = quotes.map(|(number, quote)| brief_line(number, quote)).collect();
    let more = report.quotes.shared.len() - lines.len();
    lines.extend((more > 0).then(|| Item::line(format!("{more} more: --format html"))));
    section("Shared quotes", BRIEF_KEY, lines)
}

fn brief_line(number: usize, quote: &SharedQuote) -> Item {
    let of_form = |form: UseForm| {
        let names = outlets(quote, form);
        (!names.is_empty()).then(|| format!("{} {}", form.name(), sanitize::list(&names, ", ")))
    };
    let uses: Vec<String> = UseForm::ALL.into_iter().filter_map(of_form).collect();
    let text = sanitize::start(&sanitize::tidy(&quote.text), BRIEF_WORDS);
    let speakers = speakers(&quote.speakers);
    Item::line(format!("{number}. “{text}” ({speakers}): {}", uses.join("; ")))
}

/// The outlets that have a quote in a form.
fn outlets(quote: &SharedQuote, form: UseForm) -> Vec<String> {
    let uses = quote.uses.iter().filter(|usage| usage.form == form);
    uses.map(|usage| wording::outlet(&usage.outlet)).collect()
}

/// Where a quote stands, and what the outlet itself writes there.
fn place(report: &Report, place: &QuotePlace) -> String {
    let class = place.class.filter(|class| *class != CueClass::Neutral);
    let class = class.map_or_else(String::new, |class| format!(", {}", class.name()));
    let own = match sanitize::shortened(&place.wrapping.own) {
        own if own.is_empty() => own,
        own => {
            let predicted = predicted(report, &place.wrapping.judged, SentenceLabel::is_mention);
            format!(": {own}{predicted}")
        }
    };
    format!("({}{class}){own}", wording::depth(place.tenth))
}

/// What words express toward each target, in brackets; only the predictions that are asked for.
pub(crate) fn predicted(
    report: &Report,
    predictions: &[Option<SentenceLabel>],
    is_asked: fn(&SentenceLabel) -> bool,
) -> String {
    let is_one = report.targets.len() == 1;
    let targets = report.targets.iter().zip(predictions);
    let words = targets.filter_map(|(target, predicted)| {
        let words =
            wording::prediction(predicted.as_ref().filter(|predicted| is_asked(predicted))?);
        Some(if is_one { words } else { format!("{}: {words}", sanitize::name(&target.name)) })
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!(" [{}]", words.join("; ")) }
}

/// The outlets that lack quotes which at least half of the outlets have, and their exclusive
/// quotes; empty where nothing is shared.
fn omissions(report: &Report) -> Vec<Item> {
    let quotes = &report.quotes;
    if quotes.too_many > 0 {
        return vec![Item::line(too_many(quotes))];
    }
    if quotes.shared.is_empty() {
        return Vec::new();
    }
    let line = |outlet: &OmittedAndExclusiveQuotes| {
        let absent: Vec<String> =
            outlet.omitted.iter().map(|quote| omitted(quotes, *quote)).collect();
        let left_out = match absent.len() {
            0 => "has every quote about the target that half of the outlets have".to_owned(),
            _ => format!(
                "we did not find these quotes, which half of the outlets have: {}",
                absent.join(", ")
            ),
        };
        let exclusive = wording::several(outlet.exclusive as u64, "quote");
        let text =
            format!("{}: {left_out}; {exclusive} of its own", wording::outlet(&outlet.outlet));
        Item { text, below: outlet.shown.iter().take(MOST_EXCLUSIVE).map(exclusive_line).collect() }
    };
    quotes.outlets.iter().map(line).collect()
}

/// Says that there are too many quotes to compare them.
pub(crate) fn too_many(quotes: &Quotes) -> String {
    format!(
        "Not compared: these articles quote and report sources in {} places at least, which is too much. Choose the \
         articles of one event, for example by --from and --to.",
        wording::count(quotes.too_many as u64)
    )
}

/// The number of a quote that is shown; the words of another.
fn omitted(quotes: &Quotes, quote: usize) -> String {
    let words = || format!("“{}”", sanitize::name(&quotes.shared[quote].text));
    if quote < MOST { (quote + 1).to_string() } else { words() }
}

fn exclusive_line(quote: &ExclusiveQuote) -> Item {
    let text = sanitize::shortened(&quote.text);
    Item::line(format!("only here: “{text}” ({})", speakers(&quote.speakers)))
}

fn speakers(names: &[String]) -> String {
    wording::or(sanitize::list(names, "; "), "speaker not found")
}

/// A quote and what one outlet made of it, for one target.
struct Line<'r> {
    number: usize,
    quote: &'r SharedQuote,
    usage: &'r OutletUse,
    target_index: usize,
    target: &'r TargetSummary,
}

impl Line<'_> {
    /// A text of the place where the outlet has the quote; empty where it has none.
    fn text(&self, text: fn(&QuotePlace) -> String) -> Cell {
        self.usage.place.as_ref().map_or_else(Cell::missing, |place| Cell::text(text(place)))
    }

    /// What the outlet's own words there express.
    fn own(&self) -> Option<&SentenceLabel> {
        self.usage.place.as_ref()?.wrapping.judged.get(self.target_index)?.as_ref()
    }

    /// What the quote alone expresses.
    fn quoted(&self) -> Option<&SentenceLabel> {
        self.quote.judged.get(self.target_index)?.as_ref()
    }
}

/// The name of a field, and what stands there of each line.
type Field = (&'static str, fn(&Line<'_>) -> Cell);

/// The fields in CSV: what the outlet's own words express, and at the end what the quote alone does.
const FIELDS: [Field; 21] = [
    ("quote", |line| Cell::count(line.number as u64)),
    ("speaker", |line| Cell::text(line.quote.speakers.join("; "))),
    ("text", |line| Cell::text(&line.quote.text)),
    ("outlet", |line| Cell::text(&line.usage.outlet)),
    ("use", |line| Cell::text(line.usage.form.name())),
    ("without", |line| Cell::text(line.usage.dropped.join(" … "))),
    ("article", |line| line.text(|place| place.article.clone())),
    ("sentence", |line| line.text(|place| place.sentence.to_string())),
    ("tenth", |line| line.text(|place| place.tenth.to_string())),
    ("cue", |line| line.text(|place| place.cue.clone())),
    ("cue_class", |line| line.text(|place| place.class.map_or("", CueClass::name).to_owned())),
    ("own", |line| line.text(|place| place.wrapping.own.clone())),
    ("target", |line| Cell::text(&line.target.name)),
    ("about", |line| sentence_label::relation(line.own())),
    ("label", |line| sentence_label::label(line.own())),
    ("probability", |line| sentence_label::probability(line.own())),
    ("before", |line| line.text(|place| neighbour(place.wrapping.before.as_ref()))),
    ("after", |line| line.text(|place| neighbour(place.wrapping.after.as_ref()))),
    ("quote_about", |line| sentence_label::relation(line.quoted())),
    ("quote_label", |line| sentence_label::label(line.quoted())),
    ("quote_probability", |line| sentence_label::probability(line.quoted())),
];

fn neighbour(neighbour: Option<&AdjacentSentence>) -> String {
    neighbour.map_or_else(String::new, |neighbour| neighbour.text.clone())
}

/// A row per shared quote, outlet and target, for CSV.
pub(crate) fn all(report: &Report) -> Table {
    let mut lines = Vec::new();
    for (number, quote) in (1..).zip(&report.quotes.shared) {
        for usage in &quote.uses {
            let line = |(target_index, target)| Line { number, quote, usage, target_index, target };
            lines.extend(report.targets.iter().enumerate().map(line));
        }
    }
    Table::of_fields(FIELDS, lines)
}
