//! The input record: one article of one outlet.

use serde::{Deserialize, Serialize};

/// One article as it was given. Fields that the input does not have are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Names the article in every table; made from the file and row where the input has none.
    pub id: String,
    /// Who published it.
    pub outlet: String,
    /// When, as the input writes it.
    pub date: String,
    /// The headline.
    pub title: String,
    /// Everything below the headline, as given, boilerplate and readers' comments included.
    pub text: String,
    /// Where it was published.
    pub url: String,
}
