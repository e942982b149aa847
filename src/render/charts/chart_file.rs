//! A chart as a file of its own, to be put into a paper or a slide.

use std::io;

use super::canvas::{Canvas, FAINT, INK, SMALL, TEXT, TITLE, Text};
use super::{stance_picture, timeline_picture};
use crate::render::lead::lead;
use crate::render::wording;
use crate::report::Report;

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// That at the head of the report: whose words, or who stands where.
    Stance,
    /// Shares over time.
    Timeline,
}

/// Writes a chart as SVG: of several targets one below the other, with what it rests on. Only `out` can fail.
pub fn write_chart(report: &Report, chart: Chart, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(picture(report, chart).as_bytes())
}

fn picture(report: &Report, chart: Chart) -> String {
    let mut canvas = Canvas::default();
    for target in 0..report.targets.len() {
        if target > 0 {
            canvas.y += 40.0;
        }
        match chart {
            Chart::Stance => {
                let text = lead(report, target);
                canvas.lines(Text::of(TITLE, INK).bold(), &text.title);
                if report.lead(target).evidence.is_checked() {
                    canvas.y += 4.0;
                    text.sentences.iter().for_each(|of| canvas.lines(Text::of(TEXT, INK), of));
                }
                canvas.y += 4.0;
                stance_picture::draw(&mut canvas, report, target);
            }
            Chart::Timeline => {
                let title = wording::target(&report.targets[target]);
                canvas.lines(Text::of(TITLE, INK).bold(), &title);
                canvas.y += 4.0;
                timeline_picture::draw(&mut canvas, report, target);
            }
        }
    }
    canvas.y += 10.0;
    let made = format!("{} {}", wording::corpus(report), wording::made_by(report));
    canvas.lines(Text::of(SMALL, FAINT), &made);
    canvas.picture(&wording::title(report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{article, articles, report_on};

    #[test]
    fn a_picture_loads_nothing_and_its_text_is_text() {
        for chart in [Chart::Stance, Chart::Timeline] {
            let odd = article("<b> & \"Odd\" 新聞", "a1");
            let found = picture(&report_on(&[odd]), chart);
            assert!(found.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{found}");
            for forbidden in ["<b>", "href", "url(", "@import", "var(", "<script", "NaN"] {
                assert!(!found.contains(forbidden), "{forbidden}: {found}");
            }
            assert!(found.contains("Made by framescope"), "{found}");
        }
    }

    #[test]
    fn the_stance_chart_has_the_marks_of_the_page() {
        let report = report_on(&articles());
        let found = picture(&report, Chart::Stance);
        let page = {
            let mut out = Vec::new();
            crate::render::write(&report, crate::render::Format::Html, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let figure = page.split("<figure").nth(1).unwrap().split("</figure>").next().unwrap();
        let squares = |text: &str| text.matches("height=\"8.5\"").count();
        assert!(squares(figure) > 0);
        assert_eq!(squares(&found), squares(figure));
        let title = page.split("<h1 dir=\"auto\">").nth(1).unwrap().split("</h1>").next().unwrap();
        assert!(found.contains(title), "{title}");
    }

    #[test]
    fn a_timeline_is_drawn_or_says_why_not() {
        let on = |days: usize| -> Vec<Article> {
            let dated = |n: usize| Article {
                date: format!("2017-07-{:02}", 9 + n % days),
                ..article("Courier", &format!("c{n}"))
            };
            (0..10).map(dated).collect()
        };
        let of = |days| picture(&report_on(&on(days)), Chart::Timeline);
        assert!(of(1).contains("No course is drawn: All articles with a date are of one day."));
        let drawn = of(2);
        // A dot for each of two days and a diamond for each.
        assert_eq!((drawn.matches("<circle").count(), drawn.matches("<path").count()), (2, 2));
        assert!(drawn.contains("which nobody has checked") && drawn.contains("2017-07-10"));
    }

    #[test]
    fn nothing_read_is_a_picture() {
        for chart in [Chart::Stance, Chart::Timeline] {
            assert!(picture(&report_on(&[]), chart).ends_with("</svg>\n"));
        }
    }
}
