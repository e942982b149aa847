//! Text from outside attacks whatever shows it: each attack in each field, on the report's page and the label
//! page in a real browser, as text, Markdown and CSV, and in what is said on a terminal.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::label_server::Server;
use crate::session::{Session, in_folder};

/// What is attacked, and how. A script that runs sets `window.hit`; whatever is loaded is seen.
const ATTACKS: [(&str, &str); 13] = [
    ("HTML", "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"),
    (
        "frame",
        "<iframe srcdoc='<script>top.hit = 3</script>'></iframe><base href='https://e.example/'>",
    ),
    (
        "attribute",
        "\" autofocus tabindex=1 onfocus=\"window.hit = 4\" onmouseover='window.hit = 5' x=\"",
    ),
    ("script end", "</script><script>window.hit = 6</script>--><!--]]>"),
    (
        "CSS",
        "</style><style>* { display: none !important } @import 'https://e.example/a.css'</style>",
    ),
    ("CSS value", "red;background:url(https://e.example/b.png);position:fixed;inset:0"),
    ("address", "javascript:window.hit = 7"),
    ("data address", "data:text/html,<script>window.hit = 8</script>"),
    (
        "SVG",
        "<svg onload='window.hit = 9'><script>window.hit = 10</script><use href='//e.example/#x'/></svg>",
    ),
    ("formula", "=HYPERLINK(\"https://e.example\",\"x\")"),
    ("direction", "\u{202e}gnp.exe\u{2066}\u{200f}\u{61c}"),
    ("Markdown", "[x](javascript:window.hit=11) ![y](https://e.example/y.png) | # `z` <b>"),
    ("terminal", "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31m\u{9b}31m\u{8}\u{7f}"),
];

/// Where they stand in an article; those of targets, aliases, files and labels are others.
const FIELDS: [&str; 6] = ["id", "outlet", "title", "url", "speaker", "text"];

/// The attacks as names of files can hold them.
fn file_names() -> impl Iterator<Item = String> {
    ATTACKS.iter().map(|(_, attack)| format!("{}.csv", attack.replace('/', "\u{2215}")))
}

/// An article for each attack and field, in files whose names attack too.
fn write_articles(folder: &Path) {
    for ((name, attack), file) in ATTACKS.iter().zip(file_names()) {
        let mut table = csv::Writer::from_path(folder.join(file)).unwrap();
        table.write_record(["id", "outlet", "date", "title", "text", "url"]).unwrap();
        for field in FIELDS {
            let of = |wanted: &str, usual: &str| match wanted == field {
                true => (*attack).to_string(),
                false => usual.to_string(),
            };
            let text = format!(
                "The barrier is a folly in the {field} of {name}. “The barrier is a disgrace to all of us \
                 here in {name} {field},” said {}Ann Lee. {} The barrier is a gift to {name} {field}.",
                of("speaker", ""),
                of("text", ""),
            );
            let (id, title) = (of("id", &format!("{name} {field}")), of("title", "Barrier mocked"));
            let (outlet, url) = (of("outlet", "Herald"), of("url", "https://h.example/1"));
            table.write_record([&id, &outlet, "2031-06-02", &title, &text, &url]).unwrap();
        }
    }
}

/// A target and aliases that attack, behind others that are found.
fn arguments() -> Vec<String> {
    let aliases = ATTACKS.iter().map(|(_, attack)| format!("--alias={attack}"));
    let targets = ATTACKS.iter().map(|(_, attack)| format!("--target={attack} barrier"));
    let found = ["--target=barrier".to_string()];
    file_names().chain(found).chain(aliases).chain(targets).collect()
}

/// What must not be on a page, whatever an article holds.
#[track_caller]
fn is_harmless(browser: &mut Browser, protocols: &[&str]) {
    // What waits for a person to come by.
    browser.value(
        "document.querySelectorAll('body *').forEach((element) => {
           element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); element.focus?.(); })",
    );
    assert_eq!(browser.value("window.hit ?? 0"), json!(0));
    let elements = browser.value(
        "[...document.querySelectorAll('main script, main style, main link, main img, main image, iframe, \
          object, embed, base, main form form, main use')].map((e) => e.outerHTML.slice(0, 80))",
    );
    assert_eq!(elements, json!([]));
    let handlers = browser.value(
        "[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
           .filter((name) => name.startsWith('on') || name === 'srcdoc' || name === 'autofocus')",
    );
    assert_eq!(handlers, json!([]));
    let found = browser.value(
        "[...new Set([...document.querySelectorAll('a[href]')].map((link) => link.protocol ?? link.href.baseVal)
           .map((found) => found.startsWith('#') ? 'file:' : found))]",
    );
    let found: Vec<&str> = found.as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    assert!(found.iter().all(|protocol| protocols.contains(protocol)), "{found:?}");
    let hidden = browser.value("getComputedStyle(document.querySelector('main')).display");
    assert_ne!(hidden, json!("none"));
    // Sentences are shown as they are, each in a direction of its own, which ends with it.
    let marks = browser.value(
        "(() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
           for (let node = walk.nextNode(); node; node = walk.nextNode())
             if (/[\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data) &&
                 !node.parentElement.closest('blockquote[dir=auto]')) found.push(node.data);
           return found; })()",
    );
    assert_eq!(marks, json!([]));
    // Whatever were written into the page would not run either.
    let smuggled = browser.value(
        "(() => { try { document.body.append(Object.assign(document.createElement('script'),
             { textContent: 'window.hit = 12' })); } catch (error) { return error.name; }
           return window.hit ?? 0; })()",
    );
    assert!([json!(0), json!("TypeError")].contains(&smuggled), "{smuggled}");
    let typed = browser.value(
        "(() => { if (!window.trustedTypes) return 'TypeError';
           try { document.createElement('p').innerHTML = '<b>x</b>'; } catch (error) { return error.name; }
           return 'taken'; })()",
    );
    assert_eq!(typed, json!("TypeError"), "text becomes markup");
}

#[test]
fn nothing_that_an_article_smuggles_in_runs_on_the_page() {
    in_folder(|folder| {
        write_articles(folder);
        let arguments = arguments();
        let given = arguments.iter().map(String::as_str);
        let typed: Vec<&str> = ["report", "--out", "page.html"].into_iter().chain(given).collect();
        Session::within(folder, &typed);
        let Some(mut browser) = Browser::open(&folder.join("page.html")) else { return };
        assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
        assert_eq!(browser.fetched().len(), 1, "{:?}", browser.fetched());
        is_harmless(&mut browser, &["file:", "https:"]);
        let formulas = browser.value(
            "[...document.querySelectorAll('pre')].flatMap((text) => text.textContent.split('\\n'))
               .filter((line) => /^[\"]?[=+@]/.test(line))",
        );
        assert_eq!(formulas, json!([]));
        assert!(browser.value("document.getElementById('filter').hidden") == json!(false));
        assert_eq!(browser.fetched().len(), 1, "{:?}", browser.fetched());
    });
}

/// Characters that command a terminal or turn the direction of what stands around them.
#[track_caller]
fn is_plain(text: &str, what: &str) {
    let is_odd = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let line = text.lines().find(|line| line.chars().any(|c| is_odd(&c)));
    assert!(line.is_none(), "{what}: {line:?}");
}

#[test]
fn nothing_commands_a_terminal_a_spreadsheet_or_a_renderer_of_markdown() {
    in_folder(|folder| {
        write_articles(folder);
        let arguments = arguments();
        let run = |more: &[&str]| {
            let given = arguments.iter().map(String::as_str);
            Session::within(folder, &more.iter().copied().chain(given).collect::<Vec<_>>())
        };
        for format in
            [&["report", "--format", "text"][..], &["report", "--full"], &["plan"], &["targets"]]
        {
            let session = run(format);
            is_plain(&session.stdout, &format.join(" "));
            is_plain(&session.stderr, &format.join(" "));
        }
        let markdown = run(&["report", "--format", "markdown"]).stdout;
        is_plain(&markdown, "Markdown");
        for sign in
            ["<script", "<img", "<svg", "<style", "<iframe", "<b>", "](javascript", "](https://e."]
        {
            let is_bare =
                |line: &&str| line.match_indices(sign).any(|(at, _)| !line[..at].ends_with('\\'));
            let found = markdown.lines().find(is_bare);
            assert!(found.is_none(), "{sign}: {found:?}");
        }
        let classify = ["classify", "--out", "sentences.csv"];
        run(&classify);
        run(&["sample", "--out", "sample.csv"]);
        run(&["report", "--out", "report.csv"]);
        for name in ["sentences.csv", "sample.csv", "report.csv"] {
            let mut table =
                csv::ReaderBuilder::new().flexible(true).from_path(folder.join(name)).unwrap();
            for row in table.records().map(Result::unwrap) {
                let is_formula = |cell: &&str| {
                    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
                        && cell.parse::<f64>().is_err()
                };
                let found = row.iter().find(is_formula);
                assert!(found.is_none(), "{name}: {found:?}");
            }
        }
    });
}

/// Labels, sources and other parts of a model's card, and what errors repeat of files.
#[test]
fn a_model_and_errors_that_attack_a_terminal() {
    in_folder(|folder| {
        let names: Vec<String> = file_names().collect();
        for (number, ((_, attack), file)) in ATTACKS.iter().zip(&names).enumerate() {
            let mut table = csv::Writer::from_path(folder.join(file)).unwrap();
            table.write_record(["text", "label", "coder"]).unwrap();
            for at in 0..6 {
                let text = format!("The barrier number {number} is odd {attack} {at}.");
                table.write_record([&text, *attack, "a"]).unwrap();
            }
        }
        let files = names.iter().map(String::as_str);
        let train =
            ["train", "--out", "m", "--dimension", "mood", "--folds", "2", "--penalty", "1"];
        let trained = Session::within(folder, &train.into_iter().chain(files).collect::<Vec<_>>());
        is_plain(&(trained.stdout + &trained.stderr), "train");
        for typed in [
            &["inspect", "m"][..],
            &["explain", "The barrier is odd.", "--model", "m"],
            &["report", &names[12], "--model", "m", "--target", "barrier"],
            &["agree", &names[12]],
        ] {
            let session = Session::any(folder, typed);
            is_plain(&(session.stdout + &session.stderr), typed[0]);
        }
        for typed in [
            &["train", &names[12], "--out", "n"][..],
            &["report", &names[12], "--column", "text=none"],
            &["classify", "no\u{1b}[31m.csv"],
        ] {
            let session = Session::any(folder, typed);
            assert_eq!(session.code, Some(1), "{typed:?}: {}", session.stdout);
            is_plain(&session.stderr, "an error");
        }
    });
}

/// A codebook whose every text attacks.
fn codebook() -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f");
    let attack = |at: usize| quoted(ATTACKS[at % ATTACKS.len()].1);
    let label = |(number, name): (usize, &str)| {
        let other = if name == "neutral" { "critical" } else { "neutral" };
        let example = |at: usize| format!("{{ text = {}, why = {} }}", attack(at), attack(at + 1));
        let counter = |at: usize| {
            format!("{{ text = {}, label = '{other}', why = {} }}", attack(at), attack(at + 1))
        };
        let at = number * 6;
        format!(
            "[[label]]\nname = '{name}'\ndefinition = {}\nrule = {}\nexamples = [{}, {}]\n\
             counterexamples = [{}, {}]\n",
            attack(at),
            attack(at + 1),
            example(at + 2),
            example(at + 3),
            counter(at + 4),
            counter(at + 5)
        )
    };
    let labels = ["critical", "neutral", "supportive"].into_iter().enumerate().map(label);
    let head = format!("dimension = 'stance'\nversion = '1'\nquestion = {}\n", attack(0));
    head + &labels.collect::<String>()
}

/// The label page shows every card, and the codebook beside it.
#[test]
fn nothing_that_an_article_or_a_codebook_smuggles_in_runs_on_the_label_page() {
    in_folder(|folder| {
        write_articles(folder);
        fs::write(folder.join("codebook.toml"), codebook()).unwrap();
        let options = ["--out", "labels.csv", "--codebook", "codebook.toml", "--per-outlet", "200"];
        let coder = "--coder=<img src=x onerror='window.hit = 13'>";
        let arguments = arguments();
        let given = arguments.iter().map(String::as_str).chain(options).chain([coder]);
        let server = Server::start(folder, &given.collect::<Vec<_>>());
        let Some(mut browser) = Browser::at(&server.link(0)) else { return };
        browser.wait_until("typeof card === 'object' && card !== null");
        let n_cards = browser.value("session.counts?.total ?? session.total ?? 0").as_u64();
        for number in 0..12 {
            let before = browser.value("card?.card ?? -1");
            browser.press("1");
            browser.wait_until(&format!("!busy && (card?.card ?? -1) !== {before}"));
            assert_eq!(browser.value("window.hit ?? 0"), json!(0), "card {number} of {n_cards:?}");
        }
        browser.value("document.querySelectorAll('details').forEach((part) => part.open = true)");
        is_harmless(&mut browser, &["http:", "https:"]);
        let foreign = format!("http://{}/", server.address);
        assert!(
            browser.fetched().iter().all(|url| url.starts_with(&foreign)),
            "{:?}",
            browser.fetched()
        );
        let refused: Vec<&Value> = browser.complaints();
        assert!(
            refused.iter().all(|told| told.to_string().contains("TrustedScript")
                || told.to_string().contains("TrustedHTML")),
            "{refused:?}"
        );
        server.interrupt();
    });
}
