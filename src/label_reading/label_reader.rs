//! Reads the spellings of a label column as labels.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::label_map::LabelMap;
use super::labels_read::LabelsRead;
use super::spelling::{NONE, folded, is_not_coded, nearest};
use crate::codebook::Codebook;
use crate::error::Error;
use crate::example::Example;

/// What stands in a label column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A label, as it is called here.
    Label(String),
    /// Nobody coded the sentence.
    NotCoded,
    /// The word `none`: a label in some label files, "not coded" in others. [`LabelReader::read`] decides
    /// by the file as a whole.
    NoneOrNotCoded,
}

/// Reads labels: in any case, with the synonyms of the codebook, and as a map says.
///
/// ```
/// use framescope::label_reading::{LabelMap, LabelReader, Meaning};
/// let reader = LabelReader::new("stance", None, LabelMap::parse(&["99="])?)?;
/// assert_eq!(reader.understand(" Con"), Ok(Meaning::Label("critical".into())));
/// assert_eq!(reader.understand("99"), Ok(Meaning::NotCoded));
/// assert!(reader.understand("critcal").unwrap_err().contains("did you mean `critical`?"));
/// # Ok::<(), framescope::error::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct LabelReader {
    /// None where every code is a label.
    labels: Option<Vec<String>>,
    codebook: Option<Codebook>,
    /// Folded spellings, each with the label that it stands for.
    spellings: Vec<(String, String)>,
    map: LabelMap,
}

/// The spellings of one file: for each the number of rows and the first of them.
type Spellings<'e> = BTreeMap<&'e str, (usize, &'e Example)>;

/// By file and spelling: the label, none where nobody coded.
type Labels = BTreeMap<(PathBuf, String), Option<String>>;

impl LabelReader {
    /// A reader of the labels of a dimension: those of a model where `labels` names them, else the
    /// codebook's, else any code.
    ///
    /// # Errors
    /// A map to something that is no label.
    pub fn new(dimension: &str, labels: Option<&[String]>, map: LabelMap) -> Result<Self, Error> {
        let codebook = Codebook::of(dimension);
        let of_codebook = || codebook.as_ref().map(Codebook::names);
        let labels = labels.map(<[String]>::to_vec).or_else(of_codebook);
        let spellings = spellings(labels.as_deref().unwrap_or_default(), codebook.as_ref());
        let reader = LabelReader { labels, codebook, spellings, map };
        reader.check_map()?;
        Ok(reader)
    }

    fn check_map(&self) -> Result<(), Error> {
        let Some(labels) = &self.labels else { return Ok(()) };
        let is_known = |to: &str| to.is_empty() || labels.iter().any(|label| label == to);
        match self.map.pairs().find(|(_, to)| !is_known(to)) {
            None => Ok(()),
            Some((from, to)) => {
                let expected = self.expected();
                Err(Error::Option(format!("--map {from}={to}: unknown label `{to}`, {expected}")))
            }
        }
    }

    /// Whether every code is taken as a label.
    pub fn is_open(&self) -> bool {
        self.labels.is_none()
    }

    /// What one spelling means, by itself.
    ///
    /// # Errors
    /// What is wrong with it, what was expected and perhaps meant.
    pub fn understand(&self, written: &str) -> Result<Meaning, String> {
        let written = written.trim();
        match self.map.get(written) {
            Some("") => return Ok(Meaning::NotCoded),
            Some(label) => return Ok(Meaning::Label(label.to_owned())),
            None => {}
        }
        let folded = folded(written);
        if let Some((_, label)) = self.spellings.iter().find(|(spelling, _)| *spelling == folded) {
            return Ok(Meaning::Label(label.clone()));
        }
        let may_be_label = self.codebook.as_ref().is_some_and(|book| book.none.is_some());
        match (folded == NONE, may_be_label) {
            (true, true) => Ok(Meaning::NoneOrNotCoded),
            (true, false) => Ok(Meaning::NotCoded),
            _ if is_not_coded(&folded) => Ok(Meaning::NotCoded),
            _ if self.is_open() => Ok(Meaning::Label(written.to_owned())),
            _ => Err(self.unknown(written, &folded)),
        }
    }

    /// Reads the labels of all rows of label files: a row that is coded has the name of a label afterwards,
    /// every other row none. Shares of several labels stay as they are. Codes of an open reader that differ
    /// only by case are one, spelt as most rows spell it.
    ///
    /// # Errors
    /// A spelling that is no label, and `none` where the file does not tell whether it is one; with file
    /// and line.
    pub fn read(&self, examples: &mut [Example]) -> Result<LabelsRead, Error> {
        let labels = self.labels_of(examples)?;
        let mut read = LabelsRead { is_open: self.is_open(), ..LabelsRead::default() };
        for example in examples {
            let Some(written) = written(example).map(str::to_owned) else {
                read.coded += 1;
                continue;
            };
            let key = (example.path.clone(), written);
            let Some(label) = labels.get(&key).cloned().flatten() else {
                example.label_shares.clear();
                *read.not_coded.entry(key.1).or_default() += 1;
                continue;
            };
            read.coded += 1;
            example.label_shares = vec![(label.clone(), 1.0)];
            if label != key.1 {
                *read.understood.entry((key.1, label)).or_default() += 1;
            }
        }
        Ok(read)
    }

    /// Whether any row has one of the labels, however it is spelt.
    pub fn recognises_any(&self, examples: &[Example]) -> bool {
        let is_label = |written| matches!(self.understand(written), Ok(Meaning::Label(_)));
        examples.iter().filter_map(written).any(is_label)
    }

    fn expected(&self) -> String {
        let labels: Vec<&str> = self.labels.iter().flatten().map(String::as_str).collect();
        format!("expected one of {}", labels.join(", "))
    }

    /// Why a spelling is no label.
    fn unknown(&self, written: &str, folded: &str) -> String {
        let no_labels = self.codebook.iter().flat_map(|book| &book.no_labels);
        let no_label = no_labels.into_iter().find(|no_label| no_label.name == folded);
        let near = nearest(folded, self.spellings.iter().map(|(spelling, _)| spelling.as_str()));
        let near = self.spellings.iter().find(|(spelling, _)| Some(spelling.as_str()) == near);
        let advice = match (no_label, near) {
            (Some(no_label), _) => format!("{}.", no_label.hint),
            (None, Some((_, label))) => format!("did you mean `{label}`?"),
            (None, None) => "correct it, or say what it means.".to_owned(),
        };
        let expected = self.expected();
        format!(
            "unknown label `{written}`, {expected}; {advice} --map '{written}=LABEL' reads it as LABEL, \
             --map '{written}=' as not coded"
        )
    }

    /// The label of each spelling of each file.
    fn labels_of(&self, examples: &[Example]) -> Result<Labels, Error> {
        let mut files: BTreeMap<&Path, Spellings<'_>> = BTreeMap::new();
        for example in examples {
            let Some(written) = written(example) else { continue };
            files.entry(&example.path).or_default().entry(written).or_insert((0, example)).0 += 1;
        }
        let usual = self.usual_spellings(&files);
        let mut labels = Labels::new();
        for (path, spellings) in &files {
            let none = self.none_in(spellings);
            for (&written, (n, first)) in spellings {
                let refuse = |reason| Error::row(&first.path, first.line, reason);
                let meaning = match self.understand(written).map_err(refuse)? {
                    Meaning::NoneOrNotCoded => none.clone(),
                    meaning => meaning,
                };
                let label = match meaning {
                    Meaning::Label(label) => Some(usual.get(&label).cloned().unwrap_or(label)),
                    Meaning::NotCoded => None,
                    Meaning::NoneOrNotCoded => return Err(refuse(ambiguous(written, *n))),
                };
                labels.insert((path.to_path_buf(), written.to_owned()), label);
            }
        }
        Ok(labels)
    }

    /// What `none` means in a file, as far as its other labels tell.
    fn none_in(&self, spellings: &Spellings<'_>) -> Meaning {
        let none = self.codebook.as_ref().and_then(|book| book.none.as_ref());
        let Some(none) = none else { return Meaning::NotCoded };
        let mut is_like_them = false;
        let mut is_only_own = true;
        for written in spellings.keys() {
            let Ok(Meaning::Label(label)) = self.understand(written) else { continue };
            let folded = folded(written);
            if label == none.label {
                // The file has another word for the label.
                return Meaning::NotCoded;
            }
            is_like_them |= none.beside.contains(&folded);
            is_only_own &= folded == label;
        }
        match (is_like_them, is_only_own) {
            (true, _) => Meaning::Label(none.label.clone()),
            (false, true) => Meaning::NotCoded,
            (false, false) => Meaning::NoneOrNotCoded,
        }
    }

    /// For each code of an open reader that some rows spell otherwise, the most frequent spelling.
    fn usual_spellings(&self, files: &BTreeMap<&Path, Spellings<'_>>) -> BTreeMap<String, String> {
        let mut variants: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        let all = files.values().flatten();
        // What the map names stands as it is.
        for (written, (n, _)) in all.filter(|(of, _)| self.is_open() && self.map.get(of).is_none())
        {
            *variants.entry(folded(written)).or_default().entry(written).or_default() += n;
        }
        let usual = |variants: &BTreeMap<&str, usize>| {
            let most = variants.iter().rev().max_by_key(|(_, n)| **n)?;
            let usual = (*most.0).to_owned();
            Some(variants.keys().map(|v| ((*v).to_owned(), usual.clone())).collect::<Vec<_>>())
        };
        variants.values().filter_map(usual).flatten().collect()
    }
}

/// What stands in a row's label column, blank where nothing does; none where the row has shares of several
/// labels.
fn written(example: &Example) -> Option<&str> {
    match example.label_shares.as_slice() {
        [] => Some(""),
        [(written, _)] => Some(written),
        _ => None,
    }
}

/// Names of labels and their synonyms in the codebook, folded, each with the label.
fn spellings(labels: &[String], codebook: Option<&Codebook>) -> Vec<(String, String)> {
    let names = labels.iter().map(|label| (folded(label), label.clone()));
    let of_book =
        codebook.iter().flat_map(|book| &book.labels).filter(|of| labels.contains(&of.name));
    let synonyms = of_book.flat_map(|label| {
        label.synonyms.iter().map(|synonym| (folded(synonym), label.name.clone()))
    });
    names.chain(synonyms).collect()
}

fn ambiguous(written: &str, n: usize) -> String {
    let rows = if n == 1 { "1 row".to_owned() } else { format!("{n} rows") };
    format!(
        "`{written}` ({rows}) can mean neutral, or that nobody coded: say which, --map {written}=neutral \
         or --map {written}="
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(path: &str, written: &[&str]) -> Vec<Example> {
        let row = |(at, written): (usize, &&str)| Example {
            path: path.into(),
            line: at as u64 + 2,
            label_shares: match *written {
                "" => Vec::new(),
                written => vec![(written.to_string(), 1.0)],
            },
            ..Example::default()
        };
        written.iter().enumerate().map(row).collect()
    }

    fn read(dimension: &str, map: &[&str], written: &[&str]) -> Result<Vec<String>, Error> {
        let reader = LabelReader::new(dimension, None, LabelMap::parse(map)?)?;
        let mut rows = rows("l.csv", written);
        let read = reader.read(&mut rows)?;
        assert_eq!(read.coded + read.n_not_coded(), rows.len());
        Ok(rows.iter().map(|row| row.label().unwrap_or("").to_string()).collect())
    }

    #[track_caller]
    fn check(dimension: &str, written: &[&str], expected: &[&str]) {
        assert_eq!(read(dimension, &[], written).unwrap(), expected);
    }

    #[track_caller]
    fn refused(map: &[&str], written: &[&str], expected: &str) {
        let error = read("stance", map, written).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn the_usual_synonyms_are_understood() {
        let critical = ["Critical", "AGAINST", "con", "negative", "-1", "-1.0", "oppose", "anti"];
        check("stance", &critical, &["critical"; 8]);
        let supportive = ["favor", "Favour", "for", "pro", "positive", "1", "support"];
        check("stance", &supportive, &["supportive"; 7]);
        check("stance", &["1", "0", "-1"], &["supportive", "neutral", "critical"]);
        check("frame", &["Human Interest", "MORAL"], &["human_interest", "moral"]);
    }

    #[test]
    fn what_nobody_coded_is_no_label() {
        let blank = ["", "NA", "n/a", "NaN", "nan", "-", "?", "<NA>", "null", "None"];
        check("stance", &[&blank[..], &["neutral"]].concat(), &{
            let mut expected = [""; 11];
            expected[10] = "neutral";
            expected
        });
        check("topic", &["NA", "none", "war"], &["", "", "war"]);
    }

    #[test]
    fn none_is_what_the_file_makes_of_it() {
        check("stance", &["FAVOR", "AGAINST", "NONE"], &["supportive", "critical", "neutral"]);
        check("stance", &["favor", "none", "neutral"], &["supportive", "", "neutral"]);
        check("stance", &["critical", "None"], &["critical", ""]);
        check("stance", &["none"], &[""]);
        refused(
            &[],
            &["pro", "con", "none"],
            "l.csv, line 4: `none` (1 row) can mean neutral, or that nobody coded: say which, --map \
             none=neutral or --map none=",
        );
        let read = |map| read("stance", &[map], &["pro", "None"]).unwrap();
        assert_eq!(read("none=neutral"), ["supportive", "neutral"]);
        assert_eq!(read("None="), ["supportive", ""]);
    }

    #[test]
    fn each_file_decides_by_itself() {
        let reader = LabelReader::new("stance", None, LabelMap::default()).unwrap();
        let mut both = rows("a.csv", &["favor", "none"]);
        both.extend(rows("b.csv", &["neutral", "none"]));
        let found = reader.read(&mut both).unwrap();
        assert_eq!((both[1].label(), both[3].label()), (Some("neutral"), None));
        assert_eq!(found.n_not_coded(), 1);
    }

    #[test]
    fn slips_are_errors_with_a_suggestion() {
        refused(
            &[],
            &["critical", "critcal"],
            "l.csv, line 3: unknown label `critcal`, expected one of critical, neutral, supportive; did \
             you mean `critical`? --map 'critcal=LABEL'",
        );
        refused(&[], &["agianst"], "did you mean `critical`?");
        refused(&[], &["99"], "supportive; correct it, or say what it means. --map '99=LABEL'");
        refused(&[], &["mixed"], "code the side that it ends on or argues for, or neutral if");
        refused(&["99=hostile"], &["pro"], "--map 99=hostile: unknown label `hostile`, expected");
    }

    #[test]
    fn a_map_says_what_nobody_could_guess() {
        let map = ["2=critical", "99=", "mixed=neutral", "=neutral"];
        let found = read("stance", &map, &["2", "99", "Mixed", ""]).unwrap();
        assert_eq!(found, ["critical", "", "neutral", "neutral"]);
    }

    #[test]
    fn codes_of_ones_own_differ_by_more_than_case() {
        check("topic", &["War", "war", "WAR", "war", "tax"], &["war", "war", "war", "war", "tax"]);
        // Equally frequent: the first in byte order.
        check("topic", &["war", "War"], &["War", "War"]);
        assert_eq!(read("topic", &["War=War"], &["war", "War"]).unwrap(), ["War", "War"]);
        let kept = read("topic", &["War=War", "war=war", "none=none"], &["war", "War", "none"]);
        assert_eq!(kept.unwrap(), ["war", "War", "none"]);
    }

    #[test]
    fn a_model_may_have_fewer_labels() {
        let labels = ["critical", "supportive"].map(String::from);
        let reader = LabelReader::new("stance", Some(&labels), LabelMap::default()).unwrap();
        assert_eq!(reader.understand("pro"), Ok(Meaning::Label("supportive".into())));
        let error = reader.understand("0").unwrap_err();
        assert!(error.contains("expected one of critical, supportive;"), "{error}");
    }

    #[test]
    fn shares_of_labels_are_left_alone() {
        let reader = LabelReader::new("stance", None, LabelMap::default()).unwrap();
        let shares = vec![("critical".to_string(), 0.4), ("neutral".to_string(), 0.6)];
        let mut rows = [Example { label_shares: shares.clone(), ..Example::default() }];
        assert_eq!(reader.read(&mut rows).unwrap().coded, 1);
        assert_eq!(rows[0].label_shares, shares);
    }
}
