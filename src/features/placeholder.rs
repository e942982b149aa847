//! What stands for a word whose text must not count, or not alone.

use super::name::NamePart;
use super::word_classes::WordClass;

/// The placeholder of the target, so that who the target is cannot decide the stance. In capitals, which no
/// stem has.
pub(super) const TARGET: &str = "TARGET";

/// The placeholder of every other name, for the same reason.
pub(super) const NAME: &str = "NAME";

/// The classes of words that judge, and what each is called in the names of features.
pub(super) const JUDGING: [(WordClass, NamePart); 3] = [
    (WordClass::Praise, NamePart::class("praise")),
    (WordClass::Blame, NamePart::class("blame")),
    (WordClass::Harm, NamePart::class("harm")),
];

/// The texts of the placeholders, by polarity and class.
pub(super) const PLACEHOLDERS: [[&str; JUDGING.len()]; 4] = [
    ["NOT-PRAISE", "NOT-BLAME", "NOT-HARM"],
    ["PREVENTED-PRAISE", "PREVENTED-BLAME", "PREVENTED-HARM"],
    ["LEFT-PRAISE", "LEFT-BLAME", "LEFT-HARM"],
    ["ASKED-PRAISE", "ASKED-BLAME", "ASKED-HARM"],
];
