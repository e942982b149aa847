//! Days in the lines of news databases: `March 4, 2031 Tuesday Final Edition`, `mardi 4 mars 2031`.

use crate::written_date::WrittenDate;

/// English names of months, each with what the databases call it in other languages or in short; where two
/// begin alike, their first three letters do.
const MONTHS: [(&str, &[&str]); 12] = [
    ("january", &["jan", "janvier", "januar", "janv"]),
    ("february", &["feb", "février", "fevrier", "februar", "févr"]),
    ("march", &["mar", "mars", "märz"]),
    ("april", &["apr", "avril", "avr"]),
    ("may", &["mai"]),
    ("june", &["jun", "juin", "juni"]),
    ("july", &["jul", "juillet", "juli", "juil"]),
    ("august", &["aug", "août", "aout"]),
    ("september", &["sep", "sept", "septembre"]),
    ("october", &["oct", "octobre", "oktober", "okt"]),
    ("november", &["nov", "novembre"]),
    ("december", &["dec", "décembre", "dezember", "déc", "dez"]),
];

/// Names of days in other languages; those in English are no part of a written date anyway.
const WEEKDAYS: [&str; 14] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
];

/// Longest line in characters that is a date and no sentence.
const MAX_LINE: usize = 70;

/// Takes a line that begins with a date; gives the day as `2031-03-04`, or the line itself where it
/// names only a month. None for any other line.
pub(super) fn date_of_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.chars().count() > MAX_LINE {
        return None;
    }
    let words: Vec<String> = words(line).collect();
    let is_month = |word: &String| MONTHS.iter().any(|(name, _)| name == word);
    // A line of numbers is as likely to be anything else.
    if !words.iter().take(2).any(is_month) {
        return None;
    }
    if let Some(WrittenDate::Day(day)) = WrittenDate::read(&words.join(" ")) {
        return Some(day.to_string());
    }
    let is_year = |word: &String| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let begins_with_month =
        words.first().is_some_and(is_month) && words.get(1).is_some_and(is_year);
    begins_with_month.then(|| line.to_string())
}

/// Finds the first date with a day in a text; gives it as `2031-03-04`.
pub(super) fn date_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let end = words.len().min(at + 3);
        date_of_line(&words[at..end].join(" "))
            .filter(|date| date.len() == 10 && date.starts_with(|char: char| char.is_ascii_digit()))
    })
}

/// The words of a line in small letters, months in English, without days of the week.
fn words(line: &str) -> impl Iterator<Item = String> {
    let parts = line
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | '(' | ')' | ';' | ':'));
    let words = parts.map(|word| word.trim_matches('.').to_lowercase());
    words.filter(|word| !word.is_empty() && !WEEKDAYS.contains(&word.as_str())).map(|word| {
        let word = if word == "1er" { "1".to_string() } else { word };
        let month = MONTHS.iter().find(|(_, names)| names.contains(&word.as_str()));
        month.map_or(word, |(name, _)| (*name).to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(date_of_line(line).as_deref(), expected, "{line}");
    }

    #[test]
    fn dates_with_names_of_months() {
        check("March 4, 2031 Tuesday", Some("2031-03-04"));
        check("  Tuesday, March 4, 2031, Final Edition", Some("2031-03-04"));
        check("4 March 2031", Some("2031-03-04"));
        check("Mar 14, 2031", Some("2031-03-14"));
        check("March 4, 2031 Tuesday 9:30 AM GMT", Some("2031-03-04"));
        check("mardi 4 mars 2031", Some("2031-03-04"));
        check("4. März 2031 Dienstag", Some("2031-03-04"));
        check("1er mars 2031", Some("2031-03-01"));
        check("March 2031", Some("March 2031"));
        check("04.03.2031", None);
        check("The tolls of March 4, 2031", None);
        check("March 4", None);
        check("February 30, 2031", None);
        check("March past the town hall in 2031", None);
        check("", None);
    }

    #[test]
    fn a_date_within_a_line() {
        let line = "The Fen Weekly ; Ostrey [Ostrey] 06 Mar 2031: 4.";
        assert_eq!(date_in(line).as_deref(), Some("2031-03-06"));
        assert_eq!(date_in("no date, March 2031"), None);
    }
}
