//! Every figure, for programs: the report as it is, its head in words. The shapes are a
//! contract: fields are only ever added, and a change of meaning raises `format`.

use std::io;

use serde::Serialize;

use super::lead::{LeadText, lead};
use super::summary_text;
use crate::report::{
    Changes, DuplicateIds, Frames, Gap, JSON_FORMAT, Outlet, OutletDifference, OutletSummary,
    Provenance, QuoteOverlap, Quotes, Report, Timeline, Together,
};

/// The report as JSON, with two spaces of indent and a line feed at the end.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &ReportJson::new(report))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct ReportJson<'r> {
    format: u32,
    provenance: &'r Provenance,
    outlets: &'r [Outlet],
    targets: Vec<Target<'r>>,
    quotes: &'r Quotes,
    quotes_in_common: Vec<QuoteOverlap>,
    same_ids: &'r DuplicateIds,
    #[serde(skip_serializing_if = "Option::is_none")]
    frames: Option<&'r Frames>,
    notes: &'r [String],
}

#[derive(Serialize)]
struct Target<'r> {
    name: &'r str,
    aliases: &'r [String],
    outlets: &'r [OutletSummary],
    differences: &'r [OutletDifference],
    gaps: &'r [Gap],
    timeline: &'r Timeline,
    in_words: Vec<String>,
    lead: LeadText,
    together: &'r [Together],
    agreement: Agreement,
    errors_alike: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<&'r Changes>,
}

/// How often the model gave the label that people gave.
#[derive(Serialize)]
struct Agreement {
    agreed: u64,
    labelled: u64,
}

impl<'r> ReportJson<'r> {
    fn new(report: &'r Report) -> Self {
        ReportJson {
            format: JSON_FORMAT,
            provenance: &report.provenance,
            outlets: &report.outlets,
            targets: (0..report.targets.len()).map(|number| Target::new(report, number)).collect(),
            quotes: &report.quotes,
            quotes_in_common: report.quotes.overlaps(),
            same_ids: &report.same_ids,
            frames: report.frames.as_ref(),
            notes: &report.notes,
        }
    }
}

impl<'r> Target<'r> {
    fn new(report: &'r Report, number: usize) -> Self {
        let target = &report.targets[number];
        Target {
            name: &target.name,
            aliases: &target.aliases,
            outlets: &target.outlets,
            differences: &target.differences,
            gaps: &target.gaps,
            timeline: &target.timeline,
            in_words: summary_text::paragraphs(report, target),
            lead: lead(report, number),
            together: &target.together,
            agreement: Agreement { agreed: target.agreement.0, labelled: target.agreement.1 },
            errors_alike: target.errors_alike.map(|p| (p * 1e6).round() / 1e6),
            changes: target.changes.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Decile;
    use crate::report::fixture::{articles, report_on};

    /// Without white space, but with a line for each object in a list.
    fn compact(report: &Report) -> String {
        let page = serde_json::to_string(&ReportJson::new(report)).unwrap();
        page.replace("},{", "},\n{").replace(":[{", ":[\n{").replace("}],", "}],\n")
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a snapshot")]
    fn a_small_report() {
        let mut report = report_on(&articles()[..5]);
        report.notes.truncate(1);
        let summary = &mut report.targets[0].outlets[0];
        summary.strata.truncate(1);
        summary.headlines.shown.truncate(1);
        summary.openings.shown.truncate(1);
        summary.prominence.ribbons.truncate(1);
        summary.prominence.tenths[1..].fill(Decile::default());
        summary.typical.truncate(1);
        summary.evidence.truncate(1);
        insta::assert_snapshot!(compact(&report), @r#"
        {"format":2,"provenance":{"framescope":"0.0.0","model":"stance-test","model_date":"2017-08-01","dimension":"stance","labels":["critical","neutral","supportive"],"seed":1,"resamples":200,"inputs":["articles.csv"],"files":[
        {"name":"articles.csv","bytes":9,"sha256":"ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"}],
        "models":[
        {"name":"test.safetensors","bytes":7,"sha256":"cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34cd34"}],
        "confusion":null,"audit":null},"outlets":[
        {"name":"Courier","articles":5,"sentences":20,"words":65,"shared":5,"comments":5,"boilerplate":0,"first_day":"2017-07-09","last_day":"2017-07-09","undated":0,"distinctive":[]}],
        "targets":[
        {"name":"cyber unit","aliases":["the plan"],"outlets":[
        {"outlet":"Courier","strata":[
        {"voice":"outlet","about":"mention","articles":5,"sentences":8,"shares":[
        {"label":"critical","share":0.65625,"low":0.61875,"high":0.687604,"count":8},
        {"label":"neutral","share":0.18125,"low":0.133333,"high":0.222361,"count":0},
        {"label":"supportive","share":0.1625,"low":0.15,"high":0.183333,"count":0}],
        "audited":null,"modelled":null}],
        "unshared":null,"headlines":{"mention":{"sentences":3,"shares":[
        {"label":"critical","share":0.75,"low":null,"high":null,"count":3},
        {"label":"neutral","share":0.15,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.1,"low":null,"high":null,"count":0}]},"context":{"sentences":2,"shares":[
        {"label":"critical","share":0.875,"low":null,"high":null,"count":2},
        {"label":"neutral","share":0.025,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.1,"low":null,"high":null,"count":0}]},"shown":[
        {"article":"c2","url":"https://example.org/c2","about":"mention","text":"Cyber unit mocked","label":"critical","probability":0.7,"by":"model"}]},"headline_gap":{"articles":0,"gaps":[],"furthest":[]},"headline_quotes":{"quoting":0,"lacking":0,"shown":[]},"openings":{"mention":{"sentences":5,"shares":[
        {"label":"critical","share":0.6,"low":null,"high":null,"count":5},
        {"label":"neutral","share":0.2,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.2,"low":null,"high":null,"count":0}]},"context":{"sentences":0,"shares":[]},"attributed":0,"body":{"sentences":5,"shares":[
        {"label":"critical","share":0.6,"low":null,"high":null,"count":5},
        {"label":"neutral","share":0.2,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.2,"low":null,"high":null,"count":0}]},"shown":[
        {"article":"c2","date":"2017-07-09","url":"https://example.org/c2","headline":{"sentence":1,"text":"Cyber unit mocked","voice":"outlet","speakers":[],"mentions":[],"judged":{"about":"mention","label":"critical","probability":0.7,"by":"model"},"words":["mocked"],"marks":[[11,17]]},"lead":{"sentence":2,"text":"A reckless cyber unit.","voice":"outlet","speakers":[],"mentions":[],"judged":{"about":"mention","label":"critical","probability":0.5,"by":"model"},"words":["reckless"],"marks":[[2,10]]},"body":{"sentences":1,"shares":[
        {"label":"critical","share":0.5,"low":null,"high":null,"count":1},
        {"label":"neutral","share":0.3,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.2,"low":null,"high":null,"count":0}]}}]},"prominence":{"articles":5,"tenths":[
        {"sentences":5,"naming":1.0,"attributed":0.0,"own":{"sentences":5,"shares":[
        {"label":"critical","share":0.6,"low":null,"high":null,"count":5},
        {"label":"neutral","share":0.2,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.2,"low":null,"high":null,"count":0}]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}},
        {"sentences":0,"naming":null,"attributed":null,"own":{"sentences":0,"shares":[]},"told":{"sentences":0,"shares":[]}}],
        "ribbons":[
        {"article":"c1","date":"2017-07-09","url":"https://example.org/c1","naming":2,"cells":[
        {"sentence":2,"tenth":1,"voice":"outlet","speakers":[],"judged":{"about":"mention","label":"critical","probability":0.7,"by":"model"},"shared":false,"text":"A reckless cyber unit."},
        {"sentence":3,"tenth":4,"voice":"attributed","speakers":["Ann Lee"],"judged":{"about":"mention","label":"supportive","probability":0.7,"by":"model"},"shared":false,"text":"\"The plan helps.\""},
        {"sentence":4,"tenth":7,"voice":"outlet","speakers":[],"judged":{"about":"context","label":"neutral","probability":0.8,"by":"model"},"shared":true,"text":"Talks went on."}]}]},"speakers":{"named":1,"unresolved":0,"most_quoted":[
        {"name":"Ann Lee","sentences":5,"about":{"sentences":5,"shares":[
        {"label":"critical","share":0.1,"low":null,"high":null,"count":0},
        {"label":"neutral","share":0.2,"low":null,"high":null,"count":0},
        {"label":"supportive","share":0.7,"low":null,"high":null,"count":5}]}}]},"typical":[
        {"voice":"outlet","about":"mention","label":"critical","probability":0.8,"by":"model","drawn":false,"speakers":[],"article":"c4","url":"https://example.org/c4","sentence":1,"part":"headline","text":"Cyber unit mocked","words":["mocked"],"marks":[[11,17]]}],
        "evidence":[
        {"voice":"outlet","about":"mention","label":"critical","probability":0.8,"by":"model","drawn":false,"speakers":[],"article":"c4","url":"https://example.org/c4","sentence":1,"part":"headline","text":"Cyber unit mocked","words":["mocked"],"marks":[[11,17]]}]}],
        "differences":[],"gaps":[],"timeline":{"step":"day","starts":["2017-07-09"],"dated":5,"undated":0,"outlets":[
        {"outlet":"Courier","points":[
        {"articles":5,"own":{"articles":5,"sentences":8,"shares":[
        {"label":"critical","share":0.65625,"low":0.61875,"high":0.687604,"count":8},
        {"label":"neutral","share":0.18125,"low":0.133333,"high":0.222361,"count":0},
        {"label":"supportive","share":0.1625,"low":0.15,"high":0.183333,"count":0}]},"told":{"articles":5,"sentences":5,"shares":[
        {"label":"critical","share":0.1,"low":0.1,"high":0.1,"count":0},
        {"label":"neutral","share":0.2,"low":0.2,"high":0.2,"count":0},
        {"label":"supportive","share":0.7,"low":0.7,"high":0.7,"count":5}]}}]}]},"in_words":["Read: 1 outlet, 5 articles, 20 sentences in headlines and bodies, 65 words, 2017-07-09. 8 sentences in the outlets' own voice and 0 that convey sources name the target, cyber unit. Each was judged for stance (critical, neutral, supportive) by framescope 0.0.0 with model stance-test of 2017-08-01. None was labelled by hand.","Nobody has checked the model's labels, so that no share of an outlet and no difference between outlets is told.","This describes the coverage read here of 2017-07-09. It does not show how these outlets treat cyber unit elsewhere, nor why; where no difference is told, none is ruled out."],"lead":{"title":"Nobody is quoted on “cyber unit”","sentences":["Courier mentions “cyber unit” in 8 sentences.","Nobody has checked the stance yet: 8 labels (about 2 minutes) will show which sentences take a side, and whose they are."]},"together":[
        {"voice":"outlet","sentences":8,"audited":null},
        {"voice":"attributed","sentences":5,"audited":null}],
        "agreement":{"agreed":0,"labelled":0},"errors_alike":null}],
        "quotes":{"compared":true,"different":0,"exclusive":[],"shared":[],"outlets":[
        {"outlet":"Courier","omitted":[],"exclusive":0,"shown":[]}]},"quotes_in_common":[],"same_ids":{"articles":0,"ids":[]},"notes":["Nobody labelled any of these sentences by hand, so no difference between outlets can be claimed. `framescope sample` draws the sentences to label, `--labels` takes them. The model's card holds no cross-validated confusion, so the counts cannot be corrected by its errors either."]}
        "#);
    }

    #[test]
    fn a_line_feed_ends_the_page() {
        let mut out = Vec::new();
        write(&report_on(&[]), &mut out).unwrap();
        assert!(out.ends_with(b"\n}\n"));
    }
}
