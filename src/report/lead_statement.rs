//! What may be said at the head of a report, before it is put into words.

use super::label_corrected_shares::Corrected;
use super::outlet_differences::OutletDifference;
use crate::cluster_bootstrap::Interval;

/// The head of a report on one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// What it rests on.
    pub evidence: Evidence,
    /// The title.
    pub title: LeadTitle,
    /// At most three.
    pub sentences: Vec<Statement>,
}

/// What hand labels there are of the sentences that name a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// None.
    Unchecked,
    /// Some, too few for the share of any outlet.
    FirstChecks,
    /// Enough for the share of an outlet, or all.
    Checked,
}

impl Evidence {
    /// Whether anybody has checked anything.
    pub fn is_checked(self) -> bool {
        self != Evidence::Unchecked
    }
}

/// A title. Outlets are indices among those of the target, labels those of the model.
#[derive(Debug, Clone, PartialEq)]
pub enum LeadTitle {
    /// No sentence names the target.
    NotNamed,
    /// How many of the sentences that name the target quote or report somebody.
    Quoted {
        /// Those that do.
        quoted: u64,
        /// All that name the target.
        all: u64,
    },
    /// Only first checks have been made.
    FirstChecks,
    /// No sentence takes a side.
    NoSide,
    /// Whose words a label stands in, where every sentence is checked.
    Whose {
        /// The label.
        label: usize,
        /// How many sentences have it.
        all: u64,
        /// How many of these quote or report somebody.
        quoted: u64,
    },
    /// The share of one outlet.
    OneShare {
        /// The label.
        label: usize,
        /// The outlet.
        outlet: usize,
        /// Its share.
        share: Corrected,
    },
    /// One outlet has a label more often than another.
    Differ(OutletDifference),
    /// The largest and the smallest share of counted sentences.
    Extremes {
        /// The label.
        label: usize,
        /// The outlet with the largest share.
        most: (usize, f64),
        /// The one with the smallest.
        least: (usize, f64),
    },
    /// The outlets cannot be told apart.
    NotApart,
    /// Nearly all checked own sentences are neutral: by label, and how many are checked.
    AlmostNeutral(Vec<u64>),
}

impl LeadTitle {
    /// The outlets that it names.
    pub fn outlets(&self) -> Vec<usize> {
        match self {
            LeadTitle::OneShare { outlet, .. } => vec![*outlet],
            LeadTitle::Differ(difference) => vec![difference.first.index, difference.second.index],
            LeadTitle::Extremes { most, least, .. } => vec![most.0, least.0],
            LeadTitle::NotNamed
            | LeadTitle::Quoted { .. }
            | LeadTitle::FirstChecks
            | LeadTitle::NoSide
            | LeadTitle::Whose { .. }
            | LeadTitle::NotApart
            | LeadTitle::AlmostNeutral(_) => Vec::new(),
        }
    }
}

/// A sentence below the title. Outlets and labels as in [`LeadTitle`].
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// What was looked for, where nothing was found.
    LookedFor,
    /// Which outlets name the target.
    Coverage {
        /// How many do.
        naming: usize,
        /// The one with the most such sentences, and their number.
        most: (usize, u64),
        /// The one with the fewest, and their number.
        least: (usize, u64),
    },
    /// A quote about the target that several outlets print.
    SameWords {
        /// Its index among the shared quotes.
        quote: usize,
        /// How many outlets print it, in full or in part.
        printing: usize,
        /// How many outlets name the target.
        naming: usize,
    },
    /// Who is quoted by most outlets in sentences that name the target.
    QuotedByMost {
        /// Names, each with the number of outlets.
        names: Vec<(String, usize)>,
        /// How many outlets name the target.
        naming: usize,
    },
    /// Nobody has checked the stance, and what a few labels would show.
    Unchecked {
        /// How many labels.
        labels: u64,
        /// What they would show.
        shows: Promise,
    },
    /// The shares of all outlets together, in own words.
    Together {
        /// Labels with their shares.
        shares: Vec<(usize, Corrected)>,
    },
    /// How many own sentences are checked, and with which labels.
    CheckedOwn {
        /// All that are.
        checked: u64,
        /// By label.
        counts: Vec<u64>,
    },
    /// How often the model gave the label that people gave.
    Agreement {
        /// How often.
        agreed: u64,
        /// Of how many sentences.
        labelled: u64,
    },
    /// What it takes to compare outlets.
    ToCompare {
        /// Whether at least two outlets have enough own sentences.
        is_possible: bool,
    },
    /// How many sentences have a label, and how many of these are quotations.
    SideCount {
        /// The label.
        label: usize,
        /// How many sentences have it.
        with_label: u64,
        /// How many of these quote or report somebody.
        quoted: u64,
        /// How many sentences name the target.
        all: u64,
    },
    /// Which outlets have a label in their own words: outlet, count, number of own sentences.
    InOwnWords {
        /// The label.
        label: usize,
        /// Outlets in their order.
        outlets: Vec<(usize, u64, u64)>,
    },
    /// Every sentence is checked, and they are too few for more.
    TooFewToRank,
    /// The interval of a share.
    WithInterval(Interval),
    /// Counts hold for the articles that were read.
    TheseArticles(Vec<(usize, u64)>),
    /// The other outlets have too few checked sentences.
    OthersTooFew,
    /// The shares behind a difference.
    Difference(OutletDifference),
    /// How many pairs of outlets differ.
    Pairs {
        /// Those that do when each is tested alone.
        differ: usize,
        /// Those of them that do when all are tested together.
        of_all: usize,
        /// All.
        all: usize,
    },
    /// What it takes to say more than counts do.
    ReadMore,
    /// From the smallest to the largest share.
    Range {
        /// The label.
        label: usize,
        /// The outlet with the smallest share.
        least: (usize, f64),
        /// The one with the largest.
        most: (usize, f64),
    },
    /// How many sentences are checked, of how many.
    Checked {
        /// Those that are.
        checked: u64,
        /// All that name the target.
        all: u64,
    },
}

/// What a few hand labels would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Who takes a side in their own words.
    Who,
    /// How all outlets together stand.
    Together,
    /// How the one outlet stands.
    TheOutlet(usize),
    /// Whether critics or supporters are quoted.
    Quoted,
}
