//! What was learnt and counted: files that the program itself has written, or pretends to.

use framescope::encoder::Encoder;
use framescope::model::Model;
use framescope::model_input::ModelInput;
use framescope::render::{Format, write};
use framescope::report::{EarlierReport, ReportState};

pub(crate) fn words(bytes: &[u8]) {
    let Ok(model) = Model::from_bytes(bytes) else { return };
    let mention = [4..8];
    let input = ModelInput::sentence("The plan is a shameful waste.", &mention);
    model.predict(&input);
    model.explain(&input);
}

pub(crate) fn encoder(bytes: &[u8]) {
    drop(Encoder::from_bytes(&[bytes]));
}

pub(crate) fn state(bytes: &[u8]) {
    let Ok(state) = ReportState::from_bytes(bytes) else { return };
    let written = state.to_bytes();
    let report = state.finish(None);
    for format in [Format::Text, Format::Json, Format::Html] {
        let _ = write(&report, format, &mut Vec::new());
    }
    assert!(ReportState::from_bytes(&written).is_ok(), "what is written is read");
}

pub(crate) fn earlier_report(bytes: &[u8]) {
    drop(EarlierReport::parse(bytes));
}
