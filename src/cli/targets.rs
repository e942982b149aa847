use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::asked_targets::Targets;
use super::batches::for_each_article_batch;
use super::shared_options::{AnswerOptions, InputOptions};
use crate::article::Article;
use crate::error::Error;
use crate::render::target_candidates::{self, TargetAliases};
use crate::target::Finder;
use crate::target_candidates::{PhraseCounts, aliases, proposals};

/// Propose targets, and what else a target is called
///
/// Lists the names and phrases that stand in most outlets and articles, with their shorter forms, as
/// options to be pasted. With --target it lists what stands where that target is meant: not each phrase
/// means it, so read before you paste.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope targets articles.csv\n  \
    framescope targets articles.csv --target 'cyber security unit'")]
pub(super) struct Arguments {
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    targets: Targets,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(1..=1000))]
    most: usize,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let answer = self.answer.create_beside(&self.input.inputs)?;
        let targets = &self.targets.0;
        let mut finders: Vec<Option<Finder>> = targets.iter().map(|of| Some(of.finder())).collect();
        if finders.is_empty() {
            finders.push(None);
        }
        let mut counts: Vec<PhraseCounts> =
            finders.iter().map(|_| PhraseCounts::default()).collect();
        let add = |batch: Vec<Article>| {
            for (counts, finder) in counts.iter_mut().zip(&finders) {
                batch.iter().for_each(|article| counts.add(article, finder.as_ref()));
            }
        };
        let inputs = self.input.find()?;
        for_each_article_batch(inputs, &self.input, add, |()| Ok(()))?;
        let Some(all) = counts.first().filter(|_| targets.is_empty()) else {
            let of = |(target, counts)| TargetAliases {
                target,
                counts,
                aliases: aliases(counts, target, self.most),
            };
            let found: Vec<TargetAliases<'_>> = targets.iter().zip(&counts).map(of).collect();
            return answer.write(
                || target_candidates::aliases_text(&found),
                || target_candidates::aliases_json(&found),
            );
        };
        let found = proposals(all, self.most);
        answer.write(
            || target_candidates::proposals_text(all, &found),
            || target_candidates::proposals_json(&found),
        )
    }
}
