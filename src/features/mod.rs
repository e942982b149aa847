//! The features of a sentence: a table of templates, each in a file of its own.
//!
//! [`View`] prepares a sentence, [`extract`] finds its features, [`Key`] hashes their names, [`Scaling`]
//! scales their amounts to values.

mod clause;
mod in_quotes;
mod judgement;
mod letters;
mod mention;
mod name;
mod near_target;
mod negation;
mod negator;
mod phrase;
mod placeholder;
mod polarity;
mod scaling;
mod sentence_view;
mod stem_cache;
mod target_role;
mod target_side;
mod template;
mod term;
mod word;
mod word_classes;
mod word_pair;

pub use name::{Key, NamePart, split_name};
pub(crate) use name::{PartSource, hash};
pub use scaling::{Amount, Scaling, normalise, sum_amounts};
pub use sentence_view::View;
pub use stem_cache::Word;
pub use template::{FeatureSink, FeatureTemplate, Observation};
pub use term::Term;

/// Defines the table of templates and [`extract_into`] from one list of modules. Dispatch is static: each
/// template is compiled for each sink.
macro_rules! templates {
    ($($module:ident),+ $(,)?) => {
        /// Every template, in the order of the manual.
        pub const TEMPLATES: &[FeatureTemplate] = &[$($module::TEMPLATE),+];

        /// Extracts the features of the templates that the sink wants.
        #[inline]
        pub(crate) fn extract_into(view: &View<'_>, sink: &mut impl FeatureSink) {
            let mut index = 0;
            $(
                if sink.open(index) {
                    $module::extract(view, sink);
                }
                index += 1;
            )+
            debug_assert_eq!(index, TEMPLATES.len());
        }
    };
}

// To add a template, add its module here.
templates![
    word,
    word_pair,
    target_side,
    near_target,
    clause,
    phrase,
    target_role,
    negation,
    in_quotes,
    mention,
    judgement,
    letters,
];

/// Calls `visit` with each feature of the templates that `is_wanted`. For both, a template is its index
/// in [`TEMPLATES`].
pub fn extract(
    view: &View<'_>,
    is_wanted: impl Fn(usize) -> bool,
    visit: impl FnMut(usize, &Observation<'_>),
) {
    extract_into(view, &mut CallbackSink { template: 0, is_wanted, visit });
}

/// The name of the template of letters, which few models have.
pub const LETTERS: &str = letters::TEMPLATE.name;

/// The index of a template in [`TEMPLATES`], by name.
pub(crate) fn template_index(name: &str) -> Option<usize> {
    TEMPLATES.iter().position(|template| template.name == name)
}

/// A sink that passes every feature on.
struct CallbackSink<W, V> {
    template: usize,
    is_wanted: W,
    visit: V,
}

impl<W: Fn(usize) -> bool, V: FnMut(usize, &Observation<'_>)> FeatureSink for CallbackSink<W, V> {
    fn open(&mut self, template: usize) -> bool {
        self.template = template;
        (self.is_wanted)(template)
    }

    fn add(&mut self, observation: Observation<'_>) {
        (self.visit)(self.template, &observation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the names of all features that a template extracts from a sentence, sorted, with their
    /// summed amounts.
    #[track_caller]
    pub(super) fn check(
        template: &FeatureTemplate,
        sentence: &str,
        target: Option<&str>,
        expected: &[(&str, f32)],
    ) {
        let target = target.map(crate::target::Target::named);
        let mentions = target.map(|target| target.mentions(sentence)).unwrap_or_default();
        let mut found = std::collections::BTreeMap::<String, f32>::new();
        let view = View::new(sentence, &mentions);
        let is_wanted = |index: usize| TEMPLATES[index].name == template.name;
        extract(&view, is_wanted, |_, observation| {
            *found.entry(view.feature_name(template.name, observation.parts)).or_default() +=
                observation.amount;
        });
        let found: Vec<(&str, f32)> = found.iter().map(|(n, a)| (n.as_str(), *a)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_name_is_the_template_and_the_parts() {
        let parts = [NamePart::new("right"), NamePart::new("a=b")];
        assert_eq!(View::new("", &[]).feature_name("side", &parts), "side=right a=b");
    }

    #[test]
    fn templates_have_names_of_their_own() {
        let names = TEMPLATES.iter().map(|template| template.name);
        let unique: std::collections::BTreeSet<_> = names.clone().collect();
        assert_eq!(unique.len(), TEMPLATES.len());
        assert!(names.into_iter().all(|name| !name.contains(['=', ' '])));
    }
}
