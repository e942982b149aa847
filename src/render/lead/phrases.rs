//! Sentences and phrases of the head that need nothing but their figures.

use crate::render::sanitize;
use crate::render::wording::{count, percent, series, several};

/// Of the pairs of outlets those that differ when tested alone, those when tested together, and all.
pub(super) fn pairs([differ, of_all, all]: [u64; 3]) -> String {
    let together = match of_all {
        0 => "none does".to_owned(),
        1 => "1 does".to_owned(),
        _ => format!("{} do", count(of_all)),
    };
    let pairs = several(all, "pair");
    let told = format!("{} of {pairs} of outlets that can be compared", count(differ));
    match of_all == differ {
        true => format!("{told} differ, also when all are tested together."),
        false => format!("{told} differ when each is tested alone; tested together, {together}."),
    }
}

pub(super) fn to_compare(is_possible: bool) -> &'static str {
    match is_possible {
        true => {
            "To compare two outlets, check up to 60 own sentences of each. Outlets with fewer than 30 own \
             sentences cannot be compared."
        }
        false => {
            "No two outlets have 30 own sentences: these articles are too few to compare outlets."
        }
    }
}

pub(super) fn quoted_by_most(names: &[(String, usize)], naming: usize, about: &str) -> String {
    let one = |(at, (name, outlets)): (usize, &(String, usize))| {
        let of = if at == 0 { format!(" of {naming} outlets") } else { String::new() };
        format!("{} ({outlets}{of})", sanitize::name(name))
    };
    let names: Vec<String> = names.iter().enumerate().map(one).collect();
    format!("Most widely quoted{about}: {}.", series(&names))
}

pub(super) fn agreement(agreed: u64, labelled: u64) -> String {
    let doubt = match agreed * 10 < labelled * 7 {
        true => ": do not trust its guesses on the rest",
        false => "",
    };
    format!(
        "The model agreed with the person in {agreed} of {}{doubt}.",
        several(labelled, "sentence")
    )
}

/// In what light a sentence of a label puts its target; none for labels of one's own. Critical is also what
/// chiefly tells that others criticise the target, so that it does not make the outlet its critic.
pub(super) fn light(label: &str) -> Option<&'static str> {
    match label {
        "critical" => Some("a bad light"),
        "supportive" => Some("a good light"),
        _ => None,
    }
}

/// A share with its sign.
pub(super) fn share_of(share: f64) -> String {
    percent(share) + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_told_alone_and_together() {
        assert_eq!(
            pairs([26, 1, 66]),
            "26 of 66 pairs of outlets that can be compared differ when each is tested alone; tested \
             together, 1 does."
        );
        assert!(pairs([3, 0, 6]).ends_with("tested together, none does."));
        assert!(pairs([4, 2, 6]).ends_with("tested together, 2 do."));
        assert!(pairs([2, 2, 6]).ends_with("differ, also when all are tested together."));
    }
}
