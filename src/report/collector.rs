//! What every figure has in common: it is counted article by article, its parts can be merged, and it is
//! finished when all articles are in. After `Collector` in tantivy.

use std::cmp::Ordering;

pub(super) use super::article_view::{ArticleView, SentenceStance, TargetView};
pub(super) use super::finish_inputs::{CorpusFinishInputs, OutletFinishInputs};

/// Counts one figure while articles stream by. `View` is what it sees of an article, `Context` what it
/// needs beside the articles in the end.
///
/// A corpus may be counted in parts. The parts are merged in the order of their articles, and the figure
/// is then the same, to the bit, as if one collector had seen all articles.
pub(super) trait Collector<View, Context>: Default {
    /// The figure.
    type Out;

    /// Takes in one article.
    fn add(&mut self, view: &View);

    /// Takes in what another collector has counted of later articles.
    fn merge(&mut self, later: Self);

    /// The figure of all articles.
    fn finish(self, context: &Context) -> Self::Out;
}

/// Declares a struct of collectors, which takes in, merges and finishes all of them. Each line makes the
/// field of its name in the result; what no line makes stays at its default.
macro_rules! collectors {
    (
        $(#[$doc:meta])*
        $name:ident($view:ident, $context:ident) -> $out:ident { $($field:ident: $collector:ty,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $name {
            $(pub(super) $field: $collector,)*
        }

        impl Collector<$view<'_>, $context<'_>> for $name {
            type Out = $out;

            fn add(&mut self, view: &$view<'_>) {
                $(self.$field.add(view);)*
            }

            fn merge(&mut self, later: Self) {
                $(self.$field.merge(later.$field);)*
            }

            #[allow(clippy::needless_update, reason = "some results have no other fields")]
            fn finish(self, context: &$context<'_>) -> $out {
                $out { $($field: self.$field.finish(context),)* ..$out::default() }
            }
        }
    };
}
pub(super) use collectors;

/// Keeps an item if it is among the first `most` in an order that depends on the items alone. Of equal
/// items the earlier one comes first.
pub(super) fn keep_first<T>(
    kept: &mut Vec<T>,
    item: T,
    most: usize,
    order: impl Fn(&T, &T) -> Ordering,
) {
    let index = kept.partition_point(|other| order(other, &item).is_le());
    if index < most {
        kept.insert(index, item);
        kept.truncate(most);
    }
}
