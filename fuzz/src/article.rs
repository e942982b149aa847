//! Text: of an article, of its other fields, and of a target.

use std::sync::LazyLock;

use framescope::article::Article;
use framescope::classifier::Classifier;
use framescope::model::Model;
use framescope::model_input::ModelInput;
use framescope::render::{self, Format};
use framescope::report::{PredictionSource, ReportBuilder, Settings};
use framescope::target::Target;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::from_static(include_bytes!("../../models/stance.safetensors")).expect("the built-in model")
});

/// The parts that are separated by NUL.
fn parts<const N: usize>(bytes: &[u8]) -> [String; N] {
    let mut parts = bytes.splitn(N, |byte| *byte == 0);
    [(); N].map(|()| String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned())
}

fn target(name: &str, alias: &str) -> Target {
    let alias = (!alias.is_empty()).then(|| alias.to_string());
    Target { aliases: alias.into_iter().collect(), ..Target::named(name) }
}

/// Target, alias and sentence.
pub(crate) fn explain(bytes: &[u8]) {
    let [name, alias, text] = parts(bytes);
    let mentions = target(&name, &alias).mentions(&text);
    assert!(mentions.iter().all(|mention| text.get(mention.clone()).is_some()));
    let input = ModelInput { subject: &name, ..ModelInput::sentence(&text, &mentions) };
    let explanation = MODEL.explain(&input);
    drop(render::explanation::text(&explanation, &text, &mentions, &MODEL));
    drop(render::explanation::json(&explanation, &text, &mentions, &MODEL));
}

/// Target, alias, outlet, title, address and text: the report in all formats.
pub(crate) fn report(bytes: &[u8]) {
    let [name, alias, outlet, title, url, text] = parts(bytes);
    let article = Article { id: "a".into(), outlet, title, text, url, ..Article::default() };
    let target = target(&name, &alias);
    if target.is_blank() {
        return;
    }
    let model = Model::from_static(include_bytes!("../../tests/upgrades/0.1/model.safetensors"));
    let classifier = Classifier::new(model.expect("the kept model"), vec![target]);
    let mut builder = ReportBuilder::new();
    builder.add(&classifier.classify(&article));
    let source = PredictionSource::of_model(classifier.model());
    let targets = classifier.targets().to_vec();
    let settings = Settings { resamples: 10, ..Settings::default() };
    let mut report = builder.finish(source, targets, settings, Some(classifier.model()));
    report.explain(classifier.model());
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Csv, Format::Json] {
        render::write(&report, format, &mut Vec::new()).expect("memory takes it");
    }
}
