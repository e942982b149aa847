//! Proposed targets and aliases.

use serde::Serialize;

use super::json::pretty;
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::shell_word::quoted;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::render::wording;
use crate::target::Target;
use crate::target_candidates::{PhraseCount, PhraseCounts, ProposedTarget};

/// A target with the phrases that stand where it is meant.
#[derive(Debug)]
pub struct TargetAliases<'a> {
    /// The target.
    pub target: &'a Target,
    /// The counts of all phrases.
    pub counts: &'a PhraseCounts,
    /// The phrases.
    pub aliases: Vec<PhraseCount>,
}

/// For people: a row per proposed target.
pub fn proposals_text(counts: &PhraseCounts, found: &[ProposedTarget]) -> String {
    let mut out = String::new();
    let mut columns = vec![Column::text("to paste")];
    columns.extend(["outlets", "articles", "sentences"].map(Column::number));
    let row = |of: &ProposedTarget| {
        let aliases = of.aliases.iter().map(|alias| format!(" --alias {}", quoted(&alias.phrase)));
        let typed = format!("--target {}{}", quoted(&of.name.phrase), aliases.collect::<String>());
        let PhraseCount { outlets, articles, sentences, .. } = of.name;
        vec![
            Cell::text(typed),
            Cell::count(outlets.into()),
            Cell::count(articles.into()),
            Cell::count(sentences.into()),
        ]
    };
    let caption = format!(
        "Names and phrases in most outlets and articles ({} of {})",
        wording::several(counts.n_articles().into(), "article"),
        wording::several(counts.n_outlets() as u64, "outlet")
    );
    let rows: Vec<Vec<Cell>> = found.iter().map(row).collect();
    if rows.is_empty() {
        terminal::paragraph(&mut out, "No name and no phrase stands in two articles.");
        return out;
    }
    terminal::table(&mut out, &Table { caption, columns, rows });
    out.push('\n');
    terminal::paragraph(
        &mut out,
        "Counts are of the name itself. What else a target is called: framescope targets … --target NAME.",
    );
    out
}

/// For people: a row per phrase.
pub fn aliases_text(found: &[TargetAliases<'_>]) -> String {
    let mut out = String::new();
    for TargetAliases { target, counts, aliases } in found {
        let (name, n) = (sanitize::name(&target.name), counts.n_about());
        let articles = wording::several(counts.n_articles().into(), "article");
        if n == 0 {
            terminal::paragraph(&mut out, &format!("None of {articles} is about “{name}”."));
            continue;
        }
        let mut columns = vec![Column::text("to paste")];
        columns.extend(["about it", "articles", "outlets", "sentences"].map(Column::number));
        let row = |of: &PhraseCount| {
            vec![
                Cell::text(format!("--alias {}", quoted(&of.phrase))),
                Cell::count(of.articles_about.into()),
                Cell::count(of.articles.into()),
                Cell::count(of.outlets.into()),
                Cell::count(of.sentences.into()),
            ]
        };
        let caption = format!("Beside “{name}”: {n} of {articles} are about it");
        let rows = aliases.iter().map(row).collect();
        terminal::table(&mut out, &Table { caption, columns, rows });
        out.push('\n');
    }
    terminal::paragraph(
        &mut out,
        "These phrases stand in articles about the target, and hardly in others. Not each means it: paste \
         those that do.",
    );
    out
}

#[derive(Serialize)]
struct Counts<'a> {
    phrase: &'a str,
    outlets: u32,
    articles: u32,
    sentences: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles_about: Option<u32>,
}

fn phrase(of: &PhraseCount, has_target: bool) -> Counts<'_> {
    let PhraseCount { phrase, outlets, articles, sentences, articles_about, .. } = of;
    let articles_about = has_target.then_some(*articles_about);
    Counts { phrase, outlets: *outlets, articles: *articles, sentences: *sentences, articles_about }
}

/// For programs.
pub fn proposals_json(found: &[ProposedTarget]) -> String {
    #[derive(Serialize)]
    struct Proposal<'a> {
        target: Counts<'a>,
        aliases: Vec<Counts<'a>>,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        targets: Vec<Proposal<'a>>,
    }
    fn proposal(of: &ProposedTarget) -> Proposal<'_> {
        let ProposedTarget { name, aliases } = of;
        let aliases = aliases.iter().map(|alias| phrase(alias, false)).collect();
        Proposal { target: phrase(name, false), aliases }
    }
    pretty(&Answer { format: 1, targets: found.iter().map(proposal).collect() })
}

/// For programs.
pub fn aliases_json(found: &[TargetAliases<'_>]) -> String {
    #[derive(Serialize)]
    struct OfTarget<'a> {
        target: &'a str,
        articles: u32,
        articles_about: u32,
        aliases: Vec<Counts<'a>>,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        targets: Vec<OfTarget<'a>>,
    }
    fn of_target<'a>(of: &'a TargetAliases<'_>) -> OfTarget<'a> {
        let TargetAliases { target, counts, aliases } = of;
        OfTarget {
            target: &target.name,
            articles: counts.n_articles(),
            articles_about: counts.n_about(),
            aliases: aliases.iter().map(|alias| phrase(alias, true)).collect(),
        }
    }
    pretty(&Answer { format: 1, targets: found.iter().map(of_target).collect() })
}
