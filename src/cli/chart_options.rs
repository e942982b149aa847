//! Charts of a report as files of their own.

use std::path::{Path, PathBuf};

use clap::Args;

use super::shared_options::{is_same_file, refuse_overwriting};
use crate::error::Error;
use crate::io::Output;
use crate::render::{self, Chart};
use crate::report::Report;

/// Which charts are written, and where.
#[derive(Debug, Args)]
pub(super) struct ChartOptions {
    /// Also write the chart at the head of the report as a picture, for a paper or a slide: FILE.svg
    #[arg(long, value_name = "FILE", value_parser = svg_path)]
    chart: Option<PathBuf>,
    /// Also write the shares over time as a picture: FILE.svg
    #[arg(long, value_name = "FILE", value_parser = svg_path)]
    timeline_chart: Option<PathBuf>,
}

/// Charts whose files are open.
pub(super) struct ChartFiles(Vec<(Chart, Output)>);

impl ChartOptions {
    /// Opens the files; refuses to replace what is read, and two results in one file.
    pub(super) fn create_beside(
        &self,
        read: &[&PathBuf],
        output: &Output,
    ) -> Result<ChartFiles, Error> {
        let charts = [(Chart::Stance, &self.chart), (Chart::Timeline, &self.timeline_chart)];
        let mut files: Vec<(Chart, Output)> = Vec::new();
        for (chart, path) in charts {
            let Some(path) = path else { continue };
            refuse_overwriting(path, read.iter().copied())?;
            let others = files.iter().map(|(_, file)| file.path()).chain([output.path()]);
            if others.into_iter().any(|other| is_same_file(other, path)) {
                return Err(Error::file(
                    path,
                    "another result is written there; give it another name",
                ));
            }
            files.push((chart, Output::create(Some(path))?));
        }
        Ok(ChartFiles(files))
    }
}

impl ChartFiles {
    /// Writes and completes the files.
    pub(super) fn write(self, report: &Report) -> Result<(), Error> {
        for (chart, mut file) in self.0 {
            render::write_chart(report, chart, &mut file).map_err(|error| file.failed(error))?;
            file.finish()?;
        }
        Ok(())
    }
}

fn svg_path(value: &str) -> Result<PathBuf, String> {
    let extension =
        Path::new(value).extension().map(|found| found.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("svg") => Ok(PathBuf::from(value)),
        _ => Err("charts are written as .svg; a browser, Inkscape or `rsvg-convert` makes .png and .pdf of them"
            .to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_are_svg() {
        assert!(["a.svg", "b/A.SVG"].iter().all(|path| svg_path(path).is_ok()));
        assert!(["a.png", "a", "svg", ""].iter().all(|path| svg_path(path).is_err()));
    }
}
