//! The sentences that name a target, article by article and voice by voice.

use super::article_clusters::ArticleCluster;

/// One article's sentences that name the target: own voice, attributed voice.
pub(super) type Voices = [ArticleCluster; 2];
