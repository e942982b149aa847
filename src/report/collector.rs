//! What every figure has in common: it is counted article by article, its parts can be merged, and it is
//! finished when all articles are in. After `Collector` in tantivy.

use std::cmp::Ordering;

pub(super) use super::article_view::{ArticleView, SentenceStance, TargetView};
pub(super) use super::finish_inputs::{CorpusFinishInputs, OutletFinishInputs};
use super::stored::{Stored, bytes};

/// Counts one figure while articles stream by. `View` is what it sees of an article, `Context` what it
/// needs beside the articles in the end.
///
/// A corpus may be counted in parts, which are written and read again. Merged in any order they make the
/// same figure, to the bit, as one collector that has seen all articles.
pub(super) trait Collector<View, Context>: Default + Stored {
    /// The figure.
    type Out;

    /// Takes in one article.
    fn add(&mut self, view: &View);

    /// Takes in what another collector has counted of other articles.
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

        $crate::report::stored::stored!($name { $($field,)* });

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

/// Keeps an item if it is among the first `most` in an order that depends on the items alone. Those that it
/// finds equal are ordered by all that they are, so that it does not matter which one came first.
pub(super) fn keep_first<T: Stored>(
    kept: &mut Vec<T>,
    item: T,
    most: usize,
    order: impl Fn(&T, &T) -> Ordering,
) {
    let by_all = |other: &T| bytes(other).cmp(&bytes(&item));
    let index =
        kept.partition_point(|other| order(other, &item).then_with(|| by_all(other)).is_le());
    if index < most {
        kept.insert(index, item);
        kept.truncate(most);
    }
}
