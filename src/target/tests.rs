use super::*;
use proptest::prelude::*;

fn target(name: &str, aliases: &[&str]) -> Target {
    let aliases = aliases.iter().map(ToString::to_string).collect();
    Target { name: name.into(), aliases, ..Target::default() }
}

#[track_caller]
fn found_by(target: &Target, text: &str, expected: &[&str]) {
    let found: Vec<&str> = target.mentions(text).into_iter().map(|span| &text[span]).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check(name: &str, aliases: &[&str], text: &str, expected: &[&str]) {
    found_by(&target(name, aliases), text, expected);
}

#[test]
fn finds_whole_words_in_any_case() {
    check("Penhale", &[], "PENHALE met Penhaleites; Penhale's plan", &["PENHALE", "Penhale"]);
}

#[test]
fn the_longest_name_wins() {
    let names = ["unit of cyber security"];
    check("unit", &names, "a unit of cyber security", &["unit of cyber security"]);
}

#[test]
fn line_breaks_and_curly_apostrophes_do_not_count() {
    check(
        "people's plan",
        &[],
        "The People’s\n plan, the peoples plan",
        &["People’s\n plan", "peoples plan"],
    );
}

#[test]
fn words_stand_apart_hyphened_or_as_one() {
    let text = "A flood gate, two flood-gates, a floodgate; Flood\u{2011}\nGate, flood  gate, flood wall gate.";
    let expected = ["flood gate", "flood-gates", "floodgate", "Flood\u{2011}\nGate", "flood  gate"];
    for name in ["flood gate", "flood-gate"] {
        check(name, &[], text, &expected);
    }
    check(
        "cybersecurity",
        &[],
        "cyber security, cyber-security",
        &["cyber security", "cyber-security"],
    );
    check(
        "e-mail",
        &["cooperate"],
        "Email, e-mail, co-operate",
        &["Email", "e-mail", "co-operate"],
    );
    // Words that would be another one together or apart.
    check("the rapier", &["Iran", "shutdown"], "Therapier: I ran and shut down.", &[]);
}

#[test]
fn plurals_and_possessives_are_mentions() {
    check("barrier", &[], "Barriers’ cost, the barrier’s, barriered", &["Barriers", "barrier"]);
    check("tidal policy", &["tax"], "tidal policies and taxes", &["tidal policies", "taxes"]);
    check("tidal barriers", &[], "a tidal barrier", &["tidal barrier"]);
    check("Ferry", &["MP"], "two MPs on the Ferries, who ferries", &["MPs", "Ferries"]);
    check("Penhale", &[], "the Penhales; she penhales", &["Penhales"]);
    let golf = "Ann Woods won; Woods was late. Wood’s and the Woods are here, two Woods";
    check("Wood", &[], golf, &["Wood", "Woods", "Woods"]);
    check("Democrat", &["Union"], "Senate Democrats said", &["Democrats"]);
    check("union", &[], "Unions and unions", &["Unions", "unions"]);
    check("Mabel's", &[], "Mabels, Mabel’s, Mabel", &["Mabels", "Mabel’s"]);
    check("Mabels", &["Shell"], "Mabel's, she'll", &["Mabel's"]);
}

#[test]
fn initials_have_stops_or_none() {
    let text = "The US, the U.S. and U. S. officials told us. US-led; the U.S.’s.";
    let expected = ["US", "U.S.", "U. S.", "US", "U.S."];
    check("US", &[], text, &expected);
    check("U.S.", &[], text, &expected);
    check("us navy", &[], "The U.S. Navy", &["U.S. Navy"]);
    check("J. R. Tolland", &[], "J.R. Tolland, JR Tolland", &["J.R. Tolland", "JR Tolland"]);
    check("St Ives", &[], "St. Ives and St.Ives", &["St. Ives", "St.Ives"]);
    check("WHO", &[], "the WHO and who?", &["WHO"]);
}

#[test]
fn unicode_forms_are_one() {
    let text = "E\u{301}lan, \u{C9}lan, ELAN, elan, É\u{AD}l\u{200B}an";
    let all = ["E\u{301}lan", "\u{C9}lan", "ELAN", "elan", "É\u{AD}l\u{200B}an"];
    check("elan", &[], text, &all);
    let capitalised = [all[0], all[1], all[2], all[4]];
    check("Élan", &[], text, &capitalised);
    check("rosé", &[], "Prices rose; a Rosé", &["Rosé"]);
    check("flood office", &[], "ﬂood oﬃce", &["ﬂood oﬃce"]);
    check("Orsted", &[], "Ørsted’s", &["Ørsted"]);
    check("kelvin", &["i\u{307}zmir"], "a \u{212A}ELVIN", &["\u{212A}ELVIN"]);
    check("\u{130}zmir", &[], "\u{130}ZM\u{130}R", &["\u{130}ZM\u{130}R"]);
    check("Пенхейл", &[], "ПЕНХЕЙЛ", &["ПЕНХЕЙЛ"]);
}

#[test]
fn hashtags_and_accounts_are_words() {
    let text =
        "#TidalBarrier, #stopTidalBarrier, @tidalbarrier, #Tidal_Barrier2031, #tidalbarriers";
    let expected =
        ["TidalBarrier", "TidalBarrier", "tidalbarrier", "Tidal_Barrier", "tidalbarriers"];
    check("tidal barrier", &[], text, &expected);
    check("Me Too", &[], "#MeToo MeToo #metoo metoo", &["MeToo", "MeToo", "metoo"]);
    check("#MeToo", &[], "the Me Too movement", &["Me Too"]);
}

#[test]
fn marks_count() {
    check("Q&T", &[], "Q&T, Q & T's, QT", &["Q&T", "Q & T"]);
    check("dam.example", &[], "dam.example dam example", &["dam.example"]);
}

#[test]
fn compounds_hold_a_name() {
    let text = "anti-dam marches, dam-owned, Smith-Dam, Dam-Smith, a dam–mayor row";
    check("dam", &[], text, &["dam", "dam", "dam"]);
}

#[test]
fn a_literal_name_is_found_as_it_is() {
    let exact = |name: &str| Target { is_exact: true, ..Target::named(name) };
    found_by(&exact("Élan"), "Élan, Elan, élan, E\u{301}lan’s, Élans", &["Élan", "E\u{301}lan"]);
    let text = "tidal-barrier, tidal barrier, Tidal-barrier";
    found_by(&exact("tidal-barrier"), text, &["tidal-barrier"]);
    found_by(&exact("tidal barrier"), text, &["tidal barrier"]);
}

#[test]
fn longer_names_can_be_excluded() {
    let excluded = vec!["Harbour Court of Ostrey".to_string()];
    let target = Target { excluded, ..target("Harbour Court", &[]) };
    found_by(&target, "The Harbour Court of Ostrey, the Harbour Court", &["Harbour Court"]);
    assert_eq!(target.mentions("Harbour Court of Ostrey’s Harbour Court").first(), Some(&(28..41)));
}

#[test]
fn nothing_is_found_in_nothing() {
    check("plan", &[""], "", &[]);
    check("", &["\u{301}"], "a plan", &[]);
}

#[test]
fn a_name_without_words_is_blank() {
    assert!(Target::named("--").is_blank());
    assert!(!Target::named("G20").is_blank());
}

#[test]
fn a_given_place_comes_first() {
    let found =
        |main: &Span| target("dam", &["Élan"]).mentions_beside("A dam, the dams, Elan", Some(main));
    assert_eq!(found(&(2..5)), [2..5, 11..15, 17..21]);
    assert_eq!(found(&(11..14)), [11..14, 2..5, 17..21]);
}

proptest! {
    #[test]
    fn spans_rise_on_characters_and_never_overlap(
        name in "[aAbÉ’' .#&-]{1,8}|\\PC{1,6}",
        alias in "[aAb\u{301}’' -]{1,4}",
        text in "([aAbBÉ’' .#@&\u{301}\u{AD}-]|\\PC){0,40}",
        is_exact in any::<bool>(),
    ) {
        let target = Target { name, aliases: vec![alias], excluded: Vec::new(), is_exact };
        let mut end = 0;
        for span in target.mentions(&text) {
            prop_assert!(span.start >= end && span.end > span.start);
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            end = span.end;
        }
    }

    #[test]
    fn a_name_is_found_where_it_stands(name in "[A-Za-zéŁ]{2,6}([ -][A-Za-zé]{2,7}){0,2}") {
        let text = format!("Today, {name}, too");
        let found = target(&name, &[]).mentions(&text);
        prop_assert_eq!(found.first().map(|span| &text[span.clone()]), Some(name.as_str()));
    }
}
