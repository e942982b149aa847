//! A report of an earlier run, as its JSON tells it: what is needed to say what changed since.

use serde::Deserialize;

/// The version of a report's JSON, which must be the same.
pub const JSON_FORMAT: u32 = 2;

/// The figures of an earlier report that are compared.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EarlierReport {
    pub(super) provenance: EarlierProvenance,
    pub(super) outlets: Vec<EarlierOutlet>,
    pub(super) targets: Vec<EarlierTarget>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierProvenance {
    pub(super) dimension: String,
    pub(super) labels: Vec<String>,
    pub(super) files: Vec<EarlierFile>,
    pub(super) audit: Option<EarlierAudit>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierFile {
    pub(super) name: String,
    pub(super) sha256: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierAudit {
    pub(super) alpha: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierOutlet {
    pub(super) articles: u64,
    pub(super) first_day: Option<String>,
    pub(super) last_day: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierTarget {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) outlets: Vec<EarlierSummary>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierSummary {
    pub(super) outlet: String,
    pub(super) strata: Vec<EarlierStratum>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierStratum {
    pub(super) voice: String,
    pub(super) about: String,
    pub(super) sentences: u64,
    pub(super) audited: Option<EarlierLabels>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierLabels {
    pub(super) shares: Vec<EarlierShare>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct EarlierShare {
    pub(super) label: String,
    pub(super) share: Option<f64>,
    pub(super) standard_error: Option<f64>,
}

impl EarlierReport {
    /// Reads the JSON of a report.
    ///
    /// # Errors
    /// What is wrong with it: no JSON, no report, or one of another version.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            format: Option<u32>,
        }
        let version: Version = serde_json::from_slice(json).map_err(|error| {
            format!("no JSON of a report: {error}; expected what `report --format json` writes")
        })?;
        match version.format {
            Some(JSON_FORMAT) => {}
            Some(found) => {
                return Err(format!(
                    "a report of format {found}; expected {JSON_FORMAT}: write it again with this program"
                ));
            }
            None => {
                return Err(
                    "has no `format`; expected what `report --format json` writes".to_owned()
                );
            }
        }
        serde_json::from_slice(json).map_err(|error| {
            format!("not a whole report: {error}; write it again with this program")
        })
    }

    /// From the first to the last day of all articles.
    pub(super) fn days(&self) -> Option<(String, String)> {
        let first = self.outlets.iter().filter_map(|of| of.first_day.clone()).min()?;
        Some((first, self.outlets.iter().filter_map(|of| of.last_day.clone()).max()?))
    }
}

impl EarlierSummary {
    /// The sentences of a voice that name the target.
    pub(super) fn naming(&self, voice: &str) -> Option<&EarlierStratum> {
        self.strata.iter().find(|of| of.voice == voice && of.about == "mention")
    }
}
