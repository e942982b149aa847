//! Labels in the files of other annotation tools, there and back.
//!
//! ```text
//! labels.csv ──┐                      ┌──► doccano, Label Studio, Prodigy, Potato, INCEpTION
//!              ├─► LabelRecord ───────┤
//! their files ─┘   places in Unicode  └──► labels.csv
//!                  characters
//! ```
//!
//! What a tool has no field for travels as data of the item, where the tool keeps it.

mod doccano;
mod fields;
mod inception;
mod label_record;
mod label_studio;
mod potato;
mod prodigy;
mod text_offsets;

pub use label_record::LabelRecord;
pub use label_studio::labelling_config;

/// Another tool whose files are read and written; Framescope's own are tables, which `io` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Tool {
    /// doccano's JSONL: text classification, sequence labelling, or both.
    Doccano,
    /// Label Studio's JSON: tasks with annotations.
    LabelStudio,
    /// Prodigy's JSONL, as `db-out` writes it.
    Prodigy,
    /// Potato's JSONL: annotated instances.
    Potato,
    /// INCEpTION's documents as UIMA CAS JSON 0.4.
    #[value(name = "inception")]
    Inception,
}

impl Tool {
    /// Reads the content of a tool's file.
    ///
    /// # Errors
    /// The line or task, and what is wrong there.
    pub fn read(self, content: &str) -> Result<Vec<LabelRecord>, (u64, String)> {
        match self {
            Tool::Doccano => fields::each_line(content, doccano::records),
            Tool::LabelStudio => label_studio::read(content),
            Tool::Prodigy => fields::each_line(content, prodigy::records),
            Tool::Potato => fields::each_line(content, potato::records),
            Tool::Inception => inception::read(content),
        }
    }

    /// The content of a tool's file. `labels` are all labels, in order.
    pub fn write(self, records: &[LabelRecord], labels: &[String]) -> String {
        match self {
            Tool::Doccano => doccano::write(records),
            Tool::LabelStudio => label_studio::write(records),
            Tool::Prodigy => fields::lines(records.iter().map(|of| prodigy::item(of, labels))),
            Tool::Potato => fields::lines(records.iter().map(potato::item)),
            Tool::Inception => inception::write(records),
        }
    }

    /// Whether the tool names a file of one coder by the coder, and this one so.
    pub fn names_files_by_coder(self, stem: &str) -> bool {
        match self {
            Tool::Doccano => stem != "all",
            Tool::Inception => !["INITIAL_CAS", "CURATION_USER"].contains(&stem),
            Tool::LabelStudio | Tool::Prodigy | Tool::Potato => false,
        }
    }

    /// What the tool's own program does not take in, in words; empty where nothing is lost.
    pub fn cannot_hold(self) -> &'static str {
        match self {
            Tool::Doccano => {
                "doccano has no field for coder, note, time and status: they travel as metadata of the item"
            }
            Tool::LabelStudio => {
                "Label Studio knows its own users alone: the coder's name and the time travel in each result's \
                 `meta`"
            }
            Tool::Prodigy => "",
            Tool::Potato => {
                "Potato reads texts and writes annotations in two files: the labels here are what it would have \
                 written; it does not show them again"
            }
            Tool::Inception => {
                "INCEpTION shows only layers that its project has: create Item, Label and Words first; it keeps \
                 other columns as one text"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOOLS: [Tool; 5] =
        [Tool::Doccano, Tool::LabelStudio, Tool::Prodigy, Tool::Potato, Tool::Inception];

    fn labels() -> Vec<String> {
        ["critical", "neutral", "supportive"].map(String::from).to_vec()
    }

    prop_compose! {
        fn record()(
            text in "[a-z😀é \"<,\n’]{0,20}plán[ 👩‍🔬x]{0,9}",
            label in proptest::option::of("critical|neutral|supportive"),
            status in "|labelled|skipped|cannot say",
            coder in "|Ann|Zoë",
            note in "|a, \"b\"|😀",
            time in "|2031-06-02T10:30:00Z",
            seconds in "|3\\.5",
            marks in proptest::collection::vec((0..3_usize, 1..3_usize), 0..2),
            has_place in any::<bool>(),
            headline in "|😀 Gates, shut",
        ) -> LabelRecord {
            let start = text.chars().collect::<Vec<_>>().windows(4).position(|w| w == ['p', 'l', 'á', 'n']).unwrap_or(0);
            // A label goes with no other status, and no label with none.
            let label = label.filter(|_| ["", "labelled"].contains(&status.as_str()));
            let status = if label.is_some() { "labelled".into() } else if status == "labelled" { String::new() } else { status };
            LabelRecord {
                text,
                label,
                coder,
                note,
                time,
                seconds,
                status,
                target: if has_place { "plán".into() } else { String::new() },
                target_place: has_place.then_some((start, start + 4)),
                marks: marks.into_iter().map(|(from, n)| (from, from + n)).collect(),
                other: [("id", "a:1"), ("headline", &headline), ("drawn", "0.5")]
                    .map(|(name, value)| (name.to_string(), value.to_string()))
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .collect(),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn there_and_back_nothing_is_lost(records in proptest::collection::vec(record(), 1..4)) {
            let mut records = records;
            for (number, record) in records.iter_mut().enumerate() {
                record.other.insert("id".into(), format!("a:{number}"));
            }
            for tool in TOOLS {
                let written = tool.write(&records, &labels());
                let read = tool.read(&written);
                prop_assert_eq!(read.as_ref(), Ok(&records), "{:?}\n{}", tool, written);
            }
        }
    }
}
