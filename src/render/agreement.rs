//! How far coders agree.

use serde::Serialize;

use super::clean::tidy;
use super::columns;
use super::phrase::{NONE, figure};
use super::scores::column;
use super::table::{Column, Kind, Table};
use crate::agreement::Metric;
use crate::training::coding::Coding;

/// So many disagreements are listed for people.
const LISTED: usize = 20;

/// For people: agreement, the coincidence matrix, and where coders differ.
pub fn text(coding: &Coding) -> String {
    let codes = &coding.codes;
    let alpha = codes.alpha(Metric::Nominal);
    let mut out = format!(
        "{} items, coders {}\n\
         percent agreement     {}\n\
         Krippendorff's alpha  {} nominal, {} ordinal (labels in the order of the table)\n{}\n\n",
        coding.items.len(),
        tidy(&coding.coders.join(", ")),
        figure(codes.percent_agreement()),
        figure(alpha),
        figure(codes.alpha(Metric::Ordinal)),
        reading(alpha),
    );
    columns::table(&mut out, &coincidences(coding));
    let disagreements = coding.disagreements().count();
    out += &format!("\nCoders differ on {disagreements} items");
    out += if disagreements > LISTED { "; the first are:\n" } else { ":\n" };
    for (item, said) in coding.disagreements().take(LISTED) {
        columns::wrap(
            &mut out,
            "  ",
            &format!(
                "{}: {} [{}] {}",
                tidy(&item.id),
                said_by(coding, said),
                tidy(&item.target),
                tidy(&item.text)
            ),
            4,
        );
    }
    out
}

/// For programs.
pub fn json(coding: &Coding) -> String {
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        items: usize,
        coders: &'a [String],
        labels: &'a [String],
        percent_agreement: Option<f64>,
        alpha_nominal: Option<f64>,
        alpha_ordinal: Option<f64>,
        alpha_by_label: Vec<Option<f64>>,
        coincidences: Vec<Vec<f64>>,
        disagreements: Vec<&'a str>,
    }
    let codes = &coding.codes;
    super::pretty(&Answer {
        format: 1,
        items: coding.items.len(),
        coders: &coding.coders,
        labels: &coding.labels,
        percent_agreement: codes.percent_agreement(),
        alpha_nominal: codes.alpha(Metric::Nominal),
        alpha_ordinal: codes.alpha(Metric::Ordinal),
        alpha_by_label: (0..coding.labels.len()).map(|label| codes.alpha_of(label)).collect(),
        coincidences: codes.coincidences(),
        disagreements: coding.disagreements().map(|(item, _)| item.id.as_str()).collect(),
    })
}

/// What an alpha allows (Krippendorff 2004).
fn reading(alpha: Option<f64>) -> &'static str {
    match alpha {
        None => "no two codes differ in the whole file, so alpha is not defined",
        Some(alpha) if alpha >= 0.8 => "0.80 or more: firm enough to report",
        Some(alpha) if alpha >= 0.667 => "0.667 to 0.80: tentative conclusions only",
        Some(_) => "below 0.667: do not report as a finding; mend the codebook first",
    }
}

fn coincidences(coding: &Coding) -> Table {
    let labels = || coding.labels.iter().map(|label| tidy(label));
    let figures = labels()
        .map(|name| Column { group: "other coder".to_string(), ..column(&name, Kind::Figures) })
        .chain([column("alpha", Kind::Figures)]);
    let row = |(at, (name, row)): (usize, (String, Vec<f64>))| {
        let counts = row.iter().map(|count| format!("{count:.0}"));
        let alpha = figure(coding.codes.alpha_of(at));
        std::iter::once(name).chain(counts).chain([alpha]).collect()
    };
    Table {
        caption: "Coincidences of codes; alpha of each label against all others".to_string(),
        columns: std::iter::once(column("one coder", Kind::Words)).chain(figures).collect(),
        rows: labels().zip(coding.codes.coincidences()).enumerate().map(row).collect(),
    }
}

fn said_by(coding: &Coding, said: &[Option<usize>]) -> String {
    let name = |code: &Option<usize>| code.map_or(NONE, |label| &coding.labels[label]).to_string();
    let said =
        coding.coders.iter().zip(said).map(|(coder, code)| format!("{coder} {}", name(code)));
    tidy(&said.collect::<Vec<_>>().join(", "))
}
