//! Dates as news databases write them, with the name of the month: `March 4, 2031 Tuesday`.

/// Month names in the languages of the databases; where two begin alike, their first three letters do.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "januar", "janv"],
    &["february", "feb", "février", "fevrier", "februar", "févr"],
    &["march", "mar", "mars", "märz"],
    &["april", "apr", "avril", "avr"],
    &["may", "mai"],
    &["june", "jun", "juin", "juni"],
    &["july", "jul", "juillet", "juli", "juil"],
    &["august", "aug", "août", "aout"],
    &["september", "sep", "sept", "septembre"],
    &["october", "oct", "octobre", "oktober", "okt"],
    &["november", "nov", "novembre"],
    &["december", "dec", "décembre", "dezember", "déc", "dez"],
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
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
    let words: Vec<String> =
        words(line).filter(|word| !WEEKDAYS.contains(&word.as_str())).collect();
    let month_at = words.iter().take(2).position(|word| month(word).is_some())?;
    let month = month(&words[month_at])?;
    // `July 10, 2017` or `10 July 2017`; anything else before the month is no date.
    let (day, rest) = match month_at {
        0 => (words.get(1).and_then(|word| day(word)), &words[1..]),
        _ => (Some(day(&words[0])?), &words[2..]),
    };
    let rest = if month_at == 0 && day.is_some() { &rest[1..] } else { rest };
    let year = rest.first().and_then(|word| year(word))?;
    match day {
        Some(day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        None => Some(line.to_string()),
    }
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

fn words(line: &str) -> impl Iterator<Item = String> {
    let parts = line
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | '(' | ')' | ';' | ':'));
    parts.map(|word| word.trim_matches('.').to_lowercase()).filter(|word| !word.is_empty())
}

fn month(word: &str) -> Option<usize> {
    MONTHS.iter().position(|names| names.contains(&word)).map(|at| at + 1)
}

fn day(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th", "er"].iter().find_map(|end| word.strip_suffix(end));
    let number: u32 = digits.unwrap_or(word).parse().ok()?;
    (1..=31).contains(&number).then_some(number)
}

fn year(word: &str) -> Option<u32> {
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| word.parse().ok()).flatten()
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
        check("March 2031", Some("March 2031"));
        check("The tolls of March 4, 2031", None);
        check("March 4", None);
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
