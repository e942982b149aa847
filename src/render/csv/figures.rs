//! The figures beside the shares, each as a tidy table.

use super::{decimal, safe};
use crate::report::{
    ExampleSentence, HeadlineLeadExample, Place, Point, PredictedLabel, Report, SentenceStrip,
    SharedQuote, Stretch, Use,
};
use crate::voice::Voice;

/// A header and its rows.
pub(super) type Rows = (&'static [&'static str], Vec<Vec<String>>);

/// One row per outlet, target, voice, stretch of time and label.
pub(super) fn timeline(report: &Report) -> Rows {
    const HEADER: &[&str] = &[
        "outlet",
        "target",
        "step",
        "start",
        "voice",
        "label",
        "outlet_articles",
        "articles",
        "sentences",
        "share",
        "low",
        "high",
        "count",
    ];
    let mut rows = Vec::new();
    for target in &report.targets {
        let time = &target.timeline;
        for (outlet, points) in target.outlets.iter().zip(&time.outlets) {
            for (start, point) in time.starts.iter().zip(points) {
                let names = [&outlet.outlet, &target.name].map(|name| safe(name));
                let when = [time.step.name().to_owned(), start.to_string()];
                let place: Vec<String> = names.into_iter().chain(when).collect();
                rows.extend(of_point(report, point).map(|row| [&place[..], &row].concat()));
            }
        }
    }
    (HEADER, rows)
}

fn of_point(report: &Report, point: &Point) -> impl Iterator<Item = Vec<String>> {
    let both = [(Voice::Outlet, &point.own), (Voice::Attributed, &point.told)];
    let labels = report.provenance.labels.iter().enumerate();
    let all = both.into_iter().flat_map(move |of| labels.clone().map(move |label| (of, label)));
    all.map(|((voice, stretch), (number, label)): ((Voice, &Stretch), (usize, &String))| {
        let share = stretch.shares.get(number);
        let interval = share.and_then(|share| share.interval);
        vec![
            voice.name().to_owned(),
            safe(label),
            point.articles.to_string(),
            stretch.articles.to_string(),
            stretch.sentences.to_string(),
            decimal(share.map(|share| share.mean)),
            decimal(interval.map(|interval| interval.low)),
            decimal(interval.map(|interval| interval.high)),
            share.map_or(0, |share| share.predicted).to_string(),
        ]
    })
}

/// One row per sentence of the articles that are shown sentence by sentence.
pub(super) fn prominence(report: &Report) -> Rows {
    const HEADER: &[&str] = &[
        "outlet",
        "target",
        "article",
        "date",
        "sentence",
        "tenth",
        "voice",
        "speaker",
        "about",
        "label",
        "probability",
        "shared",
        "text",
    ];
    let mut rows = Vec::new();
    for target in &report.targets {
        for outlet in &target.outlets {
            for ribbon in &outlet.prominence.ribbons {
                let names = [&outlet.outlet, &target.name].map(|name| safe(name));
                rows.extend(of_ribbon(report, ribbon).map(|row| [&names[..], &row].concat()));
            }
        }
    }
    (HEADER, rows)
}

fn of_ribbon(report: &Report, ribbon: &SentenceStrip) -> impl Iterator<Item = Vec<String>> {
    ribbon.cells.iter().map(|cell| {
        let mut row = vec![
            safe(&ribbon.article),
            safe(&ribbon.date),
            cell.sentence.to_string(),
            cell.tenth.to_string(),
            cell.voice.name().to_owned(),
            safe(&cell.speakers.join("; ")),
        ];
        row.extend(judged(report, cell.judged));
        row.extend([cell.is_shared.to_string(), safe(&cell.text)]);
        row
    })
}

/// One row per headline and lead of the articles that are shown; `body_share` is the mean
/// probability of the row's label in the body.
pub(super) fn openings(report: &Report) -> Rows {
    const HEADER: &[&str] = &[
        "outlet",
        "target",
        "article",
        "date",
        "part",
        "sentence",
        "voice",
        "speaker",
        "about",
        "label",
        "probability",
        "words",
        "body_sentences",
        "body_share",
        "text",
    ];
    let mut rows = Vec::new();
    for target in &report.targets {
        for outlet in &target.outlets {
            for opening in &outlet.openings.shown {
                let names = [&outlet.outlet, &target.name].map(|name| safe(name));
                rows.extend(of_opening(report, opening).map(|row| [&names[..], &row].concat()));
            }
        }
    }
    (HEADER, rows)
}

fn of_opening(report: &Report, opening: &HeadlineLeadExample) -> impl Iterator<Item = Vec<String>> {
    let parts = [("headline", &opening.headline), ("lead", &opening.lead)].into_iter();
    let lines = parts.filter_map(|(part, line)| Some((part, line.as_ref()?)));
    lines.map(|(part, line): (&str, &ExampleSentence)| {
        let mut row = vec![
            safe(&opening.article),
            safe(&opening.date),
            part.to_owned(),
            line.sentence.to_string(),
            line.voice.name().to_owned(),
            safe(&line.speakers.join("; ")),
        ];
        row.extend(judged(report, line.judged));
        row.push(safe(&line.evidence.words.join("; ")));
        row.push(opening.body.sentences().to_string());
        row.push(decimal(line.judged.and_then(|judged| opening.body.mean(judged.label))));
        row.push(safe(&line.text));
        row
    })
}

/// One row per shared quote, outlet and target. What the outlet's own words express, and at the end
/// what the quote alone does.
pub(super) fn quotes(report: &Report) -> Rows {
    const HEADER: &[&str] = &[
        "quote",
        "speaker",
        "text",
        "outlet",
        "use",
        "without",
        "article",
        "sentence",
        "tenth",
        "cue",
        "cue_class",
        "own",
        "target",
        "about",
        "label",
        "probability",
        "before",
        "after",
        "quote_about",
        "quote_label",
        "quote_probability",
    ];
    let rows = (1..).zip(&report.quotes.shared).flat_map(|(number, quote)| {
        let outlets = report.outlets.iter().zip(&quote.uses);
        outlets.flat_map(move |(outlet, of)| of_use(report, (number, quote), &outlet.name, of))
    });
    (HEADER, rows.collect())
}

fn of_use(
    report: &Report,
    (number, quote): (usize, &SharedQuote),
    outlet: &str,
    of: &Use,
) -> Vec<Vec<String>> {
    let (name, place, without): (_, Option<&Place>, &[String]) = match of {
        Use::Quoted(quoted) if quoted.dropped.is_empty() => ("full", Some(&quoted.place), &[]),
        Use::Quoted(quoted) => ("trimmed", Some(&quoted.place), &quoted.dropped),
        Use::Paraphrased(place) => ("paraphrased", Some(place), &[]),
        Use::Absent => ("absent", None, &[]),
    };
    let text = |of: &dyn Fn(&Place) -> String| place.map_or_else(String::new, |p| safe(&of(p)));
    let row = |(at, target): (usize, &crate::report::TargetSummary)| {
        let judged_here = place.and_then(|p| *p.wrapping.judged.get(at)?);
        let mut row = vec![
            number.to_string(),
            safe(&quote.speakers.join("; ")),
            safe(&quote.text),
            safe(outlet),
            name.to_owned(),
            safe(&without.join(" … ")),
            text(&|p| p.article.clone()),
            text(&|p| p.sentence.to_string()),
            text(&|p| p.tenth.to_string()),
            text(&|p| p.cue.clone()),
            text(&|p| p.class.map_or("", crate::voice::attribution_cues::Class::name).to_owned()),
            text(&|p| p.wrapping.own.clone()),
            safe(&target.name),
        ];
        row.extend(judged(report, judged_here));
        row.push(text(&|p| {
            p.wrapping.before.as_ref().map_or_else(String::new, |n| n.text.clone())
        }));
        row.push(text(&|p| p.wrapping.after.as_ref().map_or_else(String::new, |n| n.text.clone())));
        row.extend(judged(report, quote.judged.get(at).copied().flatten()));
        row
    };
    report.targets.iter().enumerate().map(row).collect()
}

/// How a sentence bears on the target, its label and that label's probability.
fn judged(report: &Report, judged: Option<PredictedLabel>) -> [String; 3] {
    let Some(judged) = judged else { return [const { String::new() }; 3] };
    let label = safe(report.label(judged.label));
    [judged.about.name().to_owned(), label, decimal(Some(judged.probability))]
}
