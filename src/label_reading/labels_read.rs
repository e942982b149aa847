//! What was understood of label files, to be told once.

use std::collections::BTreeMap;

/// Maximum number of spellings that are named.
const MOST_NAMED: usize = 12;

/// How labels were read that do not stand in the files as they are called here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelsRead {
    /// Number of rows with a label.
    pub coded: usize,
    /// Number of rows by spelling and by the label that it was read as, where the two differ.
    pub understood: BTreeMap<(String, String), usize>,
    /// Number of rows that are not coded, by spelling.
    pub not_coded: BTreeMap<String, usize>,
    /// Whether every code is taken as a label, so that `none` might be one.
    pub is_open: bool,
}

impl LabelsRead {
    /// Number of rows that are not coded.
    pub fn n_not_coded(&self) -> usize {
        self.not_coded.values().sum()
    }

    /// What to tell: how spellings were read, and how many rows are not coded. Empty where there is nothing
    /// to tell.
    pub fn notes(&self) -> Vec<String> {
        let read = self.understood.iter().map(|((written, label), n)| (n, written, label));
        let mut read: Vec<_> = read.collect();
        read.sort_by(|a, b| b.0.cmp(a.0));
        let read = read.iter().map(|(n, written, label)| format!("{n} `{written}` as {label}"));
        let mut notes = Vec::new();
        let read = listed(read.collect());
        notes.extend((!read.is_empty()).then(|| format!("labels: read {read}")));
        let none = self.not_coded.keys().find(|written| written.eq_ignore_ascii_case("none"));
        let keep = match none.filter(|_| self.is_open) {
            Some(none) => format!("; if `{none}` is a label, --map {none}={none}"),
            None => String::new(),
        };
        notes.extend((self.n_not_coded() > 0).then(|| {
            let spelling = |(written, n): (&String, &usize)| match written.as_str() {
                "" => format!("{n} blank"),
                written => format!("{n} `{written}`"),
            };
            let spellings = listed(self.not_coded.iter().map(spelling).collect());
            let rows = self.n_not_coded();
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            format!("labels: {rows} not coded and not counted ({spellings}){keep}")
        }));
        notes
    }
}

fn listed(names: Vec<String>) -> String {
    let n_more = names.len().saturating_sub(MOST_NAMED);
    let list = names.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(", ");
    if n_more > 0 { format!("{list} and {n_more} other spellings") } else { list }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_spelling_is_told_first() {
        let understood = [("Con", "critical", 2), ("pro", "supportive", 34)];
        let understood =
            understood.map(|(from, to, n)| ((from.to_string(), to.to_string()), n)).into();
        let not_coded = [(String::new(), 8), ("None".to_string(), 1)].into();
        let read = LabelsRead { coded: 36, understood, not_coded, is_open: true };
        assert_eq!(
            read.notes(),
            [
                "labels: read 34 `pro` as supportive, 2 `Con` as critical",
                "labels: 9 rows not coded and not counted (8 blank, 1 `None`); if `None` is a \
                 label, --map None=None"
            ]
        );
        assert!(LabelsRead::default().notes().is_empty());
    }
}
