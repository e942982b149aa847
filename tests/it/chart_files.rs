//! Charts of a report as files.

use crate::session::{DEMO, Session, in_folder};

/// `report` on the demo articles, in a folder that has them.
fn report(folder: &std::path::Path, more: &[&str]) -> Session {
    std::fs::copy("tests/articles/tidal-barrier.csv", folder.join("articles.csv")).unwrap();
    let arguments = [&["report", "articles.csv"][..], &DEMO[1..], more].concat();
    Session::any(folder, &arguments)
}

#[test]
fn charts_are_written_beside_the_report() {
    in_folder(|folder| {
        let done = report(folder, &["--chart", "a.svg", "--timeline-chart", "b.svg"]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let title = done.stdout.lines().next().unwrap();
        assert!(read("a.svg").contains(title), "{title}");
        assert!(read("a.svg").contains("Whose words."));
        assert!(read("b.svg").contains("tidal barrier"));
    });
}

#[test]
fn nothing_is_overwritten_by_a_chart() {
    in_folder(|folder| {
        for (options, expected) in [
            (&["--chart", "a.png"][..], "charts are written as .svg"),
            (&["--chart", "a.svg", "--timeline-chart", "a.svg"], "another result is written there"),
            (&["--chart", "a.svg", "--out", "a.svg"], "another result is written there"),
        ] {
            let done = report(folder, options);
            assert_ne!(done.code, Some(0));
            assert!(done.stderr.contains(expected), "{}", done.stderr);
            assert!(!folder.join("a.svg").exists());
        }
    });
}
