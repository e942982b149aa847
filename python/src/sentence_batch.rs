//! The sentence table as Arrow batches.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use framescope::classifier::{Classified, Classifier};
use framescope::model::Model;
use framescope::sentence_table::{self, Cell};
use rayon::prelude::*;

/// Number of articles whose rows one core writes at a time.
const ARTICLES: usize = 64;

/// The columns that count; all others but the probabilities are texts.
const WHOLE: [&str; 4] = ["sentence", "paragraph", "start", "end"];

/// The columns of the sentence table of a model.
pub(crate) struct SentenceColumns(Vec<(String, Kind)>);

/// What stands in a column.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Whole,
    Probability,
}

impl SentenceColumns {
    pub(crate) fn of(model: &Model) -> Self {
        let probabilities: Vec<String> =
            sentence_table::prediction_columns(model).into_iter().skip(1).collect();
        let kind = |name: &String| match name {
            _ if probabilities.contains(name) => Kind::Probability,
            _ if WHOLE.contains(&name.as_str()) => Kind::Whole,
            _ => Kind::Text,
        };
        let columns = sentence_table::columns(model).into_iter();
        SentenceColumns(columns.map(|name| (name.clone(), kind(&name))).collect())
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        let field = |(name, kind): &(String, Kind)| Field::new(name, kind.data_type(), true);
        Arc::new(Schema::new(self.0.iter().map(field).collect::<Vec<_>>()))
    }

    /// The rows of articles that were classified together, on every core, in order.
    pub(crate) fn batches(
        &self,
        articles: &[Vec<Classified<'_>>],
        classifier: &Classifier,
    ) -> Vec<Result<RecordBatch, ArrowError>> {
        let schema = self.schema();
        let batch = |articles: &[Vec<Classified<'_>>]| {
            let mut builders: Vec<Builder> =
                self.0.iter().map(|(_, kind)| Builder::of(*kind)).collect();
            for article in articles {
                for row in sentence_table::rows(article, classifier) {
                    builders.iter_mut().zip(row).for_each(|(builder, cell)| builder.add(&cell));
                }
            }
            let arrays = builders.into_iter().map(Builder::finish).collect();
            RecordBatch::try_new(Arc::clone(&schema), arrays)
        };
        articles.par_chunks(ARTICLES).map(batch).collect()
    }
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Whole => DataType::Int64,
            Kind::Probability => DataType::Float64,
        }
    }
}

/// A column that grows.
enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Probability(Float64Builder),
}

impl Builder {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Probability => Builder::Probability(Float64Builder::new()),
        }
    }

    /// Adds a cell; empty texts are null, as they are for whoever reads the CSV file.
    fn add(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Builder::Text(texts), Cell::Text(text)) if !text.is_empty() => {
                texts.append_value(text);
            }
            (Builder::Whole(numbers), Cell::Whole(number)) => {
                numbers.append_option(i64::try_from(*number).ok());
            }
            (Builder::Probability(shares), Cell::Probability(share)) => {
                shares.append_option(*share);
            }
            (Builder::Text(texts), _) => texts.append_null(),
            (Builder::Whole(numbers), _) => numbers.append_null(),
            (Builder::Probability(shares), _) => shares.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Builder::Text(mut texts) => Arc::new(texts.finish()),
            Builder::Whole(mut numbers) => Arc::new(numbers.finish()),
            Builder::Probability(mut shares) => Arc::new(shares.finish()),
        }
    }
}
