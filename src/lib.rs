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
//! - [`classifier`] is the story in one file; read it first.
//! - [`features`] is a table of small parts; [`vocabulary`] turns what they notice into columns.
//! - [`encoder`] is a transformer that reads instead of counting; [`model_input`] is what a model is asked.
//! - [`word_vectors`] is what is known of words before training, and becomes part of the weights.
//! - [`model`] holds the regression, its solver, its calibration and its file.
//! - [`training`] goes from labels to a model that says how far it can be trusted.
//! - [`statistics`] says what a few hand labels allow to be said of all sentences.
//! - [`audit_sampling`] draws sentences to be labelled by hand.
//! - [`report`] adds up, [`render`] shows; [`io`] alone opens files, [`cli`] alone prints.
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
pub mod text;
mod text_reuse;
pub mod training;
pub mod vocabulary;
pub mod voice;
pub mod word_vectors;
