//! What a reader does to have the stance checked, and what that allows to be said.

use maud::{Markup, html};

use super::html_view::HtmlView;
use crate::render::shell_word::quoted;
use crate::report::{Evidence, FEW_SENTENCES, OutletSummary, Report};

/// The two commands; none where the stance is checked, or no label takes a side.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let report = page.report;
    let is_open = |target: usize| report.lead(target).evidence != Evidence::Checked;
    let is_open = (0..report.targets.len()).any(is_open);
    (is_open && page.sides().count() == 2 && !page.outlets.is_empty()).then(|| {
        html! {
            p {
                "The first command opens a page that shows sentences drawn at random; a person reads and labels them. \
                The second makes this report again, with what the labels show. "
                (if can_compare(report) { COMPARE } else { CANNOT_COMPARE })
            }
            pre tabindex="0" {
                "framescope label " (arguments(report)) " --out labels.csv --open\n"
                "framescope report " (arguments(report)) " --labels labels.csv --format html --out report.html"
            }
        }
    })
}

/// What labels show where two outlets at least have own sentences enough.
const COMPARE: &str = "40 labels (ten minutes) tell how critical all outlets are together. 60 own sentences of each of \
    two outlets, or all of an outlet that has 30 to 60, tell whether these differ (15 minutes an outlet).";

/// What they show where no two have.
const CANNOT_COMPARE: &str = "40 labels (ten minutes) tell how critical all outlets are together. No labels \
    can compare outlets here, as no two have 30 own sentences that mention the target.";

/// Whether two outlets at least have own sentences enough for a target.
fn can_compare(report: &Report) -> bool {
    let has_enough = |of: &&OutletSummary| {
        of.own_mentions().is_some_and(|stratum| stratum.sentences >= FEW_SENTENCES)
    };
    report.targets.iter().any(|target| target.outlets.iter().filter(has_enough).count() > 1)
}

/// The arguments of this report, for a shell.
fn arguments(report: &Report) -> String {
    let made = &report.provenance;
    let inputs = made.settings.inputs.iter().map(|input| quoted(input));
    let targets = made.targets.iter().flat_map(|target| {
        let name = format!("--target {}", quoted(&target.name));
        let aliases = target.aliases.iter().map(|alias| format!("--alias {}", quoted(alias)));
        let excluded = target.excluded.iter().map(|other| format!("--not {}", quoted(other)));
        std::iter::once(name).chain(aliases).chain(excluded)
    });
    let is_exact = made.targets.iter().any(|target| target.is_exact);
    let exact = is_exact.then(|| "--exact".to_string());
    let selection = made.settings.selection.iter().map(|option| quoted(option));
    inputs.chain(targets).chain(exact).chain(selection).collect::<Vec<_>>().join(" ")
}
