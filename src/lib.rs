//! Framescope tells how each outlet treats a subject: which sentences are critical, neutral or
//! supportive toward a named target, in whose voice, with what certainty, and on what evidence.
//!
//! ```text
//! input ─ io ─► Article ─ article_parts ─► Sentence ─ voice ─► Attribution
//!                                     │
//!                                  target ─► mentions
//!                                     │
//!        features ─ vocabulary ─► sparse row ─┐
//!        encoder ───────────────► dense row ──┴─ model ─► Prediction + Explanation
//!                                     │
//!                                classifier ─► Classified ─┬─ sentence_table
//!                                                          ├─ passage ─► frames ─┐
//!                                                          └─ report ─► Report ──┴─ render ─► text, html, …
//! labels ─ io ─► Example ─ training ─► Model + Scores
//! ```
//!
//! [`classifier`] joins these steps; read it first.
//!
//! **From text to predictions**
//! - [`language`]: whether a text is English.
//! - [`written_date`], [`calendar_day`]: dates as they are written, and the days that they name.
//! - [`article`], [`article_parts`]: an article, its headline, body and sentences.
//! - [`text`], [`target`]: tokens and sentences; mentions of a target.
//! - [`target_candidates`]: what could be a target, and what else one is called.
//! - [`voice`]: whether a sentence conveys the outlet's own words or a source's.
//! - [`features`], [`vocabulary`]: what is extracted from a sentence, and its columns.
//! - [`encoder`]: a transformer that gives a sentence's dense features instead.
//! - [`model_input`]: a sentence, its target and what is known around it, as a model is asked about it.
//! - [`model`]: the regression, its solver, calibration, explanations and file.
//! - [`classifier`], [`passage`], [`sentence_table`]: classified sentences and paragraphs, and their table.
//!
//! **From labels to a model**
//! - [`codebook`], [`example`], [`agreement`]: what labels mean, labelled sentences, and how far coders agree.
//! - [`label_reading`]: what a label column says, however labels are spelt.
//! - [`training`], [`feature_counts`], [`word_vectors`]: cross-validated training, with side information.
//! - [`evaluate`]: scores of predictions against labels.
//!
//! **From predictions to a report**
//! - [`report`]: shares, differences, quotes and findings, counted article by article.
//! - [`statistics`], [`cluster_bootstrap`]: estimates from a few hand labels, and their intervals.
//! - [`audit_sampling`], [`training_sampling`]: draw sentences to be labelled by hand, at random or to learn from.
//! - [`label_exchange`]: labels in the files of other annotation tools.
//! - [`label_page`]: what is labelled on a page, by whom, and what it is worth.
//! - [`render`]: text, Markdown, HTML, CSV and JSON.
//!
//! **The program**
//! - [`label_server`] serves the page on which sentences are labelled.
//! - [`cli`] alone prints, [`io`] alone opens files, [`mod@error`] says what can fail.
//!
//! Which module may import which is a test: `MAY_USE` in `tests/it/tidy.rs`.
//!
//! # Example
//!
//! ```
//! use framescope::article::Article;
//! use framescope::classifier::Classifier;
//! use framescope::model::Model;
//! use framescope::target::Target;
//! use framescope::voice::Voice;
//!
//! # let bytes = include_bytes!("../models/stance.safetensors");
//! let model = Model::from_bytes(bytes)?;
//! let classifier = Classifier::new(model, vec![Target::named("Mayor Ruiz")]);
//! let article = Article {
//!     title: "Council backs bus lane".into(),
//!     text: "“It is a disgrace,” said Ann Lee. Critics mocked Mayor Ruiz.".into(),
//!     ..Article::default()
//! };
//! let sentences = classifier.classify(&article);
//! assert_eq!(sentences.len(), 3);
//! assert_eq!(sentences[1].attribution.voice, Voice::Attributed);
//! assert_eq!(sentences[1].attribution.speakers, ["Ann Lee"]);
//! let reading = &sentences[2].readings[0];
//! let prediction = reading.prediction.as_ref().expect("the sentence names the target");
//! assert_eq!(classifier.model().labels()[prediction.label], "critical");
//! # Ok::<(), String>(())
//! ```

pub mod agreement;
pub mod article;
pub mod article_parts;
pub mod audit_sampling;
pub mod calendar_day;
pub mod category;
pub mod classifier;
pub mod cli;
pub mod cluster_bootstrap;
pub mod codebook;
pub mod encoder;
pub mod error;
pub mod evaluate;
pub mod example;
pub mod feature_counts;
pub mod features;
pub mod io;
pub mod label_exchange;
pub mod label_page;
pub mod label_reading;
pub mod label_server;
pub mod language;
pub mod le_array;
pub mod model;
pub mod model_input;
pub mod passage;
pub mod random;
pub mod render;
pub mod report;
pub mod sentence_table;
pub mod sparse_matrix;
pub mod statistics;
pub mod target;
pub mod target_candidates;
pub mod text;
mod text_reuse;
pub mod training;
pub mod training_sampling;
pub mod vocabulary;
pub mod voice;
pub mod word_vectors;
pub mod written_date;
