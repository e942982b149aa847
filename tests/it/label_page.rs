//! The page on which sentences are labelled, in a real browser: by keys, by touch, in two tabs.
//!
//! With `FRAMESCOPE_PICTURES` set to a folder, pictures of the page are left there; one of them
//! is in `docs/src/pictures`.

use std::path::Path;

use serde_json::json;

use crate::browser::Browser;
use crate::label_server::{BEGIN, Server, articles, column, rows};
use crate::session::in_folder;

const DEMO: [&str; 10] = [
    "tidal-barrier.csv",
    "--target",
    "tidal barrier",
    "--alias",
    "barrier",
    "--alias",
    "the scheme",
    "--out",
    "labels.csv",
    "--coder=Ann",
];

/// A labelling of the articles in `tests`.
pub(crate) fn demo(folder: &Path, more: &[&str]) -> Server {
    std::fs::copy("tests/articles/tidal-barrier.csv", folder.join("tidal-barrier.csv")).unwrap();
    Server::start(folder, &[&DEMO[..], more].concat())
}

const READY: &str = "!document.getElementById('view-label').hidden && card !== null";

#[track_caller]
fn open(server: &Server, coder: usize) -> Option<Browser> {
    let mut browser = Browser::at(&server.link(coder))?;
    browser.wait_until(
        "session !== null && view !== 'label' || typeof card === 'object' && card !== null",
    );
    Some(browser)
}

fn number(browser: &mut Browser) -> u64 {
    browser.value("card?.card ?? -1").as_i64().unwrap().try_into().unwrap_or(u64::MAX)
}

/// Presses a key and waits for another card.
#[track_caller]
fn press_on(browser: &mut Browser, key: &str) {
    let before = number(browser);
    browser.press(key);
    browser.wait_until(&format!("!busy && (card?.card ?? -1) !== {before}"));
}

fn labels(folder: &Path) -> Vec<String> {
    let path = folder.join("labels.csv");
    let label = column(&path, "label");
    rows(&path).iter().map(|row| row[label].to_string()).collect()
}

/// What stood in the page's way, and whether it asked anybody else.
#[track_caller]
fn is_quiet(browser: &Browser, server: &Server, conflicts: usize) {
    let complaints = browser.complaints();
    // A refused request shows as an error of the network, which is meant.
    let other = complaints.iter().filter(|c| !c.to_string().contains("409 (Conflict)"));
    assert_eq!(other.count(), 0, "{complaints:?}");
    assert_eq!(complaints.len(), conflicts, "{complaints:?}");
    let own = format!("http://{}/", server.address);
    assert!(browser.fetched().iter().all(|url| url.starts_with(&own)), "{:?}", browser.fetched());
}

#[test]
fn one_key_a_label_and_the_page_can_be_left_at_any_moment() {
    in_folder(|folder| {
        let server = demo(folder, &[]);
        let Some(mut browser) = open(&server, 0) else { return };
        assert_eq!(
            browser.value("document.querySelectorAll('#sentence .target').length > 0"),
            json!(true)
        );
        for key in ["1", "2", "3", "0"] {
            press_on(&mut browser, key);
        }
        assert_eq!(labels(folder), ["critical", "neutral", "supportive", ""]);
        // A label takes one key press, and the next sentence is there at once.
        let took = browser.value(
            "new Promise((done) => {
               const [from, start] = [card.card, performance.now()];
               document.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true }));
               const look = () => card.card === from ? setTimeout(look, 1) : done(performance.now() - start);
               look();
             })",
        );
        eprintln!("a label took {took} ms");
        assert!(took.as_f64().unwrap() < 500.0, "{took}");
        press_on(&mut browser, "ArrowLeft");
        assert_eq!(
            browser.value("document.querySelector('#answers [aria-pressed=true]').dataset.label"),
            json!("neutral")
        );
        press_on(&mut browser, "1");
        assert_eq!(labels(folder).last().unwrap(), "critical");
        // Undo gives back the label before, and shows it.
        press_on(&mut browser, "u");
        assert_eq!(labels(folder).last().unwrap(), "neutral");
        let at = number(&mut browser);
        browser.visit("about:blank");
        browser.visit(&server.link(0));
        browser.wait_until(READY);
        assert_eq!(number(&mut browser), at + 1, "the first one without a label");
        // Why nobody can say, with a note.
        browser.press("?");
        browser.value("document.getElementById('note').value = 'two readings'");
        press_on(&mut browser, "Enter");
        let path = folder.join("labels.csv");
        let last = rows(&path).last().unwrap().clone();
        assert_eq!(
            (&last[column(&path, "note")], &last[column(&path, "status")]),
            ("two readings", "cannot say")
        );
        is_quiet(&browser, &server, 0);
    });
}

#[test]
fn voice_speaker_part_and_marks_are_corrected_on_the_card() {
    in_folder(|folder| {
        let server = demo(folder, &[]);
        let Some(mut browser) = open(&server, 0) else { return };
        assert_eq!(browser.value("[card.voice, card.text.slice(0, 3)]"), json!(["outlet", "She"]));
        browser.press("v");
        // The next key is a key still: labels must not run into the field.
        assert_eq!(browser.value("document.activeElement.id !== 'speaker'"), json!(true));
        browser.press("s");
        browser.value("document.getElementById('speaker').value = 'Jo Elm'");
        browser.press("Enter");
        browser.value("document.getElementById('part').value = 'comment'");
        // Words are marked by keys alone.
        for key in ["m", "ArrowRight", "ArrowRight", " ", "m"] {
            browser.press(key);
        }
        assert_eq!(
            browser.value("document.querySelector('#sentence .marked').textContent"),
            json!("withdraw")
        );
        press_on(&mut browser, "1");
        let path = folder.join("labels.csv");
        let row = rows(&path)[0].clone();
        let of = |name| row[column(&path, name)].to_string();
        assert_eq!(
            [of("voice"), of("speaker"), of("part"), of("marks"), of("label")],
            ["attributed", "Jo Elm", "comment", "11:19", "critical"]
        );
        // A name that was typed can be chosen from now on.
        let names =
            "[...document.querySelectorAll('#speakers option')].map((option) => option.value)";
        assert_eq!(browser.value(&format!("{names}.includes('Jo Elm')")), json!(true));
        // The whole article, with the sentence in its place.
        let text = browser.value("card.text");
        browser.press("c");
        browser.wait_until("document.querySelector('#article .here') !== null");
        assert_eq!(browser.value("document.querySelector('#article .here').textContent"), text);
        browser.press("c");
        // The codebook is searched.
        browser.press("/");
        browser.value("(() => { const field = document.getElementById('search'); field.value = 'toll road'; field.dispatchEvent(new Event('input')); })()");
        assert_eq!(
            browser.value(
                "[...document.querySelectorAll('#entries section')].filter((s) => !s.hidden).length"
            ),
            json!(1)
        );
        is_quiet(&browser, &server, 0);
    });
}

#[test]
fn a_second_tab_is_told_and_nothing_is_doubled() {
    in_folder(|folder| {
        let server = demo(folder, &[]);
        let (Some(mut one), Some(mut two)) = (open(&server, 0), open(&server, 0)) else { return };
        assert_eq!(number(&mut one), number(&mut two));
        press_on(&mut one, "1");
        two.press("2");
        two.wait_until("document.getElementById('alert').textContent.includes('another tab')");
        assert_eq!(labels(folder), ["critical"]);
        press_on(&mut two, "2");
        assert_eq!(labels(folder), ["neutral"]);
        is_quiet(&two, &server, 1);
    });
}

#[test]
fn a_server_that_is_gone_and_comes_back_costs_no_label() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        let Some(mut browser) = open(&server, 0) else { return };
        let (address, first) = (server.address.clone(), number(&mut browser));
        server.kill();
        browser.press("3");
        browser
            .wait_until("document.getElementById('alert').textContent.includes('does not answer')");
        assert_eq!(number(&mut browser), first);
        let mut again = std::process::Command::new(env!("CARGO_BIN_EXE_framescope"))
            .args(["label", "--resume", "labels.csv", "--listen", &address])
            .current_dir(folder)
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        browser.wait_until(&format!(
            "card.card !== {first} && document.getElementById('alert').hidden"
        ));
        again.kill().unwrap();
        again.wait().unwrap();
        assert_eq!(labels(folder), ["supportive"]);
    });
}

#[test]
fn labelled_by_touch_on_a_telephone_to_the_end_and_made_a_report() {
    in_folder(|folder| {
        let server = demo(folder, &["--per-outlet", "2", "--blind"]);
        let Some(mut browser) = open(&server, 0) else { return };
        let screen = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
        browser.ask("Emulation.setDeviceMetricsOverride", screen);
        browser.ask("Emulation.setTouchEmulationEnabled", json!({"enabled": true}));
        assert_eq!(
            browser.value("document.body.textContent.includes('Clarion')"),
            json!(false),
            "blind"
        );
        let small = browser.value(
            "[...document.querySelectorAll('#view-label button, #view-label input, #view-label select, nav button')]
               .filter((e) => e.offsetParent && !e.closest('#sentence'))
               .map((e) => [e.id || e.textContent, e.getBoundingClientRect()])
               .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)",
        );
        assert_eq!(small, json!([]), "44 pixels for a finger");
        while number(&mut browser) != u64::MAX {
            let before = number(&mut browser);
            browser.touch("#answers [data-label=neutral]");
            browser.wait_until(&format!("!busy && (card?.card ?? -1) !== {before}"));
        }
        assert_eq!(browser.value("document.getElementById('view-done').hidden"), json!(false));
        assert_eq!(labels(folder).len(), 10);
        browser.touch("nav [data-view=progress]");
        browser.wait_until("view === 'progress'");
        let told = browser.value("document.getElementById('widths').textContent");
        assert!(told.as_str().unwrap().contains("fewer than 30 sentences were drawn"), "{told}");
        let first = browser.value("document.querySelector('#strata tbody tr').textContent");
        assert!(first.as_str().unwrap().starts_with("All outlets"), "{first}");
        browser.value("document.getElementById('report').click()");
        browser.wait_until("document.querySelector('#report-told a') !== null");
        let page = browser.value("document.querySelector('#report-told a').href");
        is_quiet(&browser, &server, 0);
        browser.visit(page.as_str().unwrap());
        let title = browser.value("document.title");
        assert!(title.as_str().unwrap().contains("tidal barrier"), "{title}");
        assert!(folder.join("labels.report.html").exists());
    });
}

#[test]
fn two_coders_differ_and_a_third_settles_it() {
    in_folder(|folder| {
        articles(folder, 20);
        let more = ["--coders", "Ann,Ben", "--overlap", "100%", "--per-outlet", "2"];
        let server = Server::start(folder, &[&BEGIN[..], &more].concat());
        for (coder, keys) in [(0, ["1", "2", "2", "3"]), (1, ["1", "2", "1", "3"])] {
            let Some(mut browser) = open(&server, coder) else { return };
            for key in keys {
                press_on(&mut browser, key);
            }
            is_quiet(&browser, &server, 0);
        }
        let Some(mut browser) = open(&server, 2) else { return };
        browser.wait_until("document.querySelectorAll('#disputes button').length === 1");
        let said = browser.value("document.getElementById('alpha').textContent");
        assert!(said.as_str().unwrap().contains("4 of 4"), "{said}");
        browser.value("document.querySelector('#disputes button').click()");
        browser.wait_until(READY);
        assert_eq!(
            browser
                .value("[...document.querySelectorAll('#codes .said')].map((l) => l.textContent)"),
            json!(["neutral", "critical"])
        );
        browser.press("1");
        browser.wait_until("view === 'agreement' && document.getElementById('disputes').textContent.includes('→ critical')");
        is_quiet(&browser, &server, 0);
        let path = folder.join("labels.csv");
        let coder = column(&path, "coder");
        assert_eq!(rows(&path).iter().filter(|row| &row[coder] == "adjudicated").count(), 1);
    });
}

#[test]
fn hostile_text_is_shown_as_text() {
    in_folder(|folder| {
        let evil = "<img src=x onerror='window.hit = 1'><script>window.hit = 2</script>";
        let mut table = csv::Writer::from_path(folder.join("articles.csv")).unwrap();
        table.write_record(["id", "outlet", "date", "title", "text", "url"]).unwrap();
        let text = format!("The plan is {evil} bad. “The plan is good,” said Ann {evil} Lee.");
        table
            .write_record([evil, evil, evil, &format!("The plan {evil}"), &text, "javascript:1"])
            .unwrap();
        table.flush().unwrap();
        let server = Server::start(folder, &[&BEGIN[..], &["--coder", evil]].concat());
        let Some(mut browser) = open(&server, 0) else { return };
        browser.press("c");
        browser.wait_until("document.querySelector('#article .here') !== null");
        let made = "[window.hit ?? 0, document.querySelectorAll('main img, main script').length]";
        assert_eq!(browser.value(made), json!([0, 0]));
        is_quiet(&browser, &server, 0);
    });
}

#[test]
fn the_page_fits_and_can_be_reached_with_every_tool() {
    in_folder(|folder| {
        let server = demo(folder, &[]);
        let Some(mut browser) = open(&server, 0) else { return };
        let pictures = std::env::var("FRAMESCOPE_PICTURES").ok();
        for key in ["1", "2", "1", "3", "2"] {
            press_on(&mut browser, key);
        }
        for (width, height) in [(1280, 800), (390, 844)] {
            let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500});
            browser.ask("Emulation.setDeviceMetricsOverride", screen);
            for scheme in ["light", "dark"] {
                let feature =
                    json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
                browser.ask("Emulation.setEmulatedMedia", feature);
                for view in ["label", "progress"] {
                    browser.value(&format!("open('{view}')"));
                    browser.wait_until(&format!("view === '{view}'"));
                    let wide = browser.value(
                        "[...document.querySelectorAll('body *')].filter((e) => e.offsetParent
                           && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .unseen'))
                           .map((e) => e.outerHTML.slice(0, 80))",
                    );
                    assert_eq!(wide, json!([]), "{width} {view}");
                    check_contrast(&mut browser, scheme);
                    if let Some(folder) = &pictures {
                        let name = format!("{view}-{width}-{scheme}.png");
                        browser.picture(&Path::new(folder).join(name));
                    }
                }
            }
        }
        // Everything has a name that a screen reader can say, and ids are single.
        let nameless = browser.value(
            "[...document.querySelectorAll('button, input, select, textarea')].filter((e) =>
               !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML)",
        );
        assert_eq!(nameless, json!([]));
        let twice = browser.value(
            "(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
               return ids.filter((id, at) => ids.indexOf(id) !== at); })()",
        );
        assert_eq!(twice, json!([]));
        // Every key is told.
        let untold = browser.value(
            "Object.keys(actions).map((key) => ({ ArrowLeft: '←', ArrowRight: '→' }[key] ?? key))
               .filter((key) => !document.getElementById('keys').textContent.includes(`${key} `))",
        );
        assert_eq!(untold, json!([]));
        axe(&mut browser);
        is_quiet(&browser, &server, 0);
    });
}

/// Text against its ground as WCAG 2 asks, 4.5 to 1.
#[track_caller]
fn check_contrast(browser: &mut Browser, scheme: &str) {
    let faint = browser.value(
        "(() => {
           const light = (colour) => {
             const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => n / 255)
               .map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
             return .2126 * r + .7152 * g + .0722 * b;
           };
           const ground = (e) => {
             for (; e; e = e.parentElement) {
               const colour = getComputedStyle(e).backgroundColor;
               if (!/, 0\\)$|transparent/.test(colour)) return colour;
             }
             return 'rgb(255, 255, 255)';
           };
           const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
           return [...document.querySelectorAll('body *')].filter((e) => e.offsetParent && own(e) && !e.disabled && !e.closest(':disabled'))
             .map((e) => { const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
               return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.outerHTML.slice(0, 80)]; })
             .filter(([ratio]) => ratio < 4.5);
         })()",
    );
    assert_eq!(faint, json!([]), "{scheme}");
}

/// Where `FRAMESCOPE_AXE` names axe-core's script, it must find no violation.
fn axe(browser: &mut Browser) {
    let Ok(path) = std::env::var("FRAMESCOPE_AXE") else {
        eprintln!("skipped axe-core: FRAMESCOPE_AXE does not name its script");
        return;
    };
    let script = std::fs::read_to_string(path).unwrap();
    browser.value(&format!("(() => {{ {script}\n }})()"));
    for view in ["label", "progress", "done"] {
        let show =
            if view == "done" { "showDone()".to_string() } else { format!("open('{view}')") };
        browser.value(&show);
        browser.wait_until(&format!("view === '{view}'"));
        let found = browser.value(
            "axe.run(document, { resultTypes: ['violations'] }).then((found) =>
               found.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))]))",
        );
        assert_eq!(found, json!([]), "{view}");
    }
}
