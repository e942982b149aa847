//! Dates as people and programs write them.

use jiff::Timestamp;
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;

use crate::calendar_day::Day;

/// Which of two numbers in a date such as 01/02/2019 is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 1 February, as in most of the world.
    DayFirst,
    /// 2 January, as in the United States.
    MonthFirst,
}

/// What a written date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// One day.
    Day(Day),
    /// One day, since one of its numbers is no month: 31/01/2019. Others of its column are likely to be
    /// written in the same order.
    InOrder(Day, DateOrder),
    /// One of two days: 01/02/2019.
    EitherOrder {
        /// If the first number is the day.
        day_first: Day,
        /// If it is the month.
        month_first: Day,
    },
}

/// Ways to write a date that can be read in one way only, after [`plain`]. What follows a date, such as
/// a time, is not looked at. A moment is a day where it was written, whatever its time zone.
const FORMATS: [&str; 14] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%B-%Y",
    "%d-%b-%Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y %B %d",
    "%b %d %H:%M:%S %z %Y",
    // With points the day comes first, wherever they are used.
    "%d.%m.%Y",
    "%d. %m. %Y",
];

/// Ways to write a date whose order only other dates tell: the format with the day first, and the one
/// with the month first.
const EITHER_ORDER: [(&str, &str); 4] = [
    ("%d/%m/%Y", "%m/%d/%Y"),
    ("%d-%m-%Y", "%m-%d-%Y"),
    ("%d/%m/%y", "%m/%d/%y"),
    ("%d-%m-%y", "%m-%d-%y"),
];

impl WrittenDate {
    /// Reads a date: ISO 8601 with or without a time, `20170710`, `2017/07/10`, `10.07.2017`,
    /// `10 July 2017`, `Monday, July 9th, 2017`, RFC 2822, Twitter's form, and `10/07/2017` in either
    /// order. None where it is none of these or no day of the calendar.
    ///
    /// ```
    /// use framescope::written_date::WrittenDate;
    /// let read = WrittenDate::read("Mon, 10 Jul 2017 12:00:00 GMT");
    /// assert!(matches!(read, Some(WrittenDate::Day(day)) if day.to_string() == "2017-07-10"));
    /// assert_eq!(WrittenDate::read("2017-13-45"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        // No date is as long, and every format is tried.
        if text.len() > 100 || !text.contains(|char: char| char.is_ascii_digit()) {
            return None;
        }
        let text = plain(text);
        if let Some(day) = FORMATS.iter().find_map(|format| day(format, &text)) {
            return Some(WrittenDate::Day(day));
        }
        EITHER_ORDER.iter().find_map(|(day_first, month_first)| {
            match (day(day_first, &text), day(month_first, &text)) {
                (Some(day), Some(other)) if day == other => Some(WrittenDate::Day(day)),
                (Some(day_first), Some(month_first)) => {
                    Some(WrittenDate::EitherOrder { day_first, month_first })
                }
                (Some(day), None) => Some(WrittenDate::InOrder(day, DateOrder::DayFirst)),
                (None, Some(day)) => Some(WrittenDate::InOrder(day, DateOrder::MonthFirst)),
                (None, None) => None,
            }
        })
    }

    /// The day, in a column whose other dates tell the order; none where nothing tells it.
    pub fn day(self, order: Option<DateOrder>) -> Option<Day> {
        match (self, order) {
            (WrittenDate::Day(day) | WrittenDate::InOrder(day, _), _) => Some(day),
            (WrittenDate::EitherOrder { day_first, .. }, Some(DateOrder::DayFirst)) => {
                Some(day_first)
            }
            (WrittenDate::EitherOrder { month_first, .. }, Some(DateOrder::MonthFirst)) => {
                Some(month_first)
            }
            (WrittenDate::EitherOrder { .. }, None) => None,
        }
    }
}

/// Whether a text begins with a day such as 2017-07-10, as moments in ISO 8601 do.
pub fn begins_with_day(text: &str) -> bool {
    let (start, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    Day::parse(start).is_some() && !rest.starts_with(|char: char| char.is_ascii_digit())
}

/// Takes a date and the format that it is written in, with the specifiers of `strptime` such as
/// `%d/%m/%Y`; gives the day. What follows the format is not looked at.
///
/// ```
/// use framescope::written_date::day;
/// assert_eq!(day("%d/%m/%Y", "01/02/2019 10:30").unwrap().to_string(), "2019-02-01");
/// ```
pub fn day(format: &str, text: &str) -> Option<Day> {
    let (read, n_read) = BrokenDownTime::parse_prefix(format, text.trim()).ok()?;
    let rest = &text.trim()[n_read..];
    // 2017-07-10T12:00 goes on, 2017-07-101 is no date.
    let is_whole = match rest.strip_prefix('T') {
        Some(time) => time.starts_with(|char: char| char.is_ascii_digit()),
        None => !rest.starts_with(|char: char| char.is_alphanumeric()),
    };
    let is_time = rest.len() == 6 && format == "%Y%m%d" && rest.bytes().all(|b| b.is_ascii_digit());
    // A year may be written with fewer digits than it has, but no news is as old.
    let date = read.to_date().ok().filter(|date| date.year() >= 1000);
    date.filter(|_| is_whole || is_time).map(Day::from)
}

/// Refuses a format that names no day.
///
/// ```
/// use framescope::written_date::check_format;
/// assert!(check_format("%d/%m/%Y").is_ok());
/// assert!(check_format("dd/mm/yyyy").is_err());
/// ```
pub fn check_format(format: &str) -> Result<(), String> {
    let date = jiff::civil::date(2019, 3, 14);
    let written = strtime::format(format, date.at(0, 0, 0, 0)).ok();
    match written.and_then(|written| day(format, &written)) {
        Some(read) if read == Day::from(date) => Ok(()),
        _ => Err(format!("`{format}` names no day; expected a form such as %d/%m/%Y or %m/%d/%y")),
    }
}

/// Takes seconds or milliseconds since 1970, as programs write moments; gives the day in UTC.
pub fn day_of_unix_time(text: &str) -> Option<Day> {
    let number: f64 = text.trim().parse().ok()?;
    let seconds = if number.abs() >= 1e11 { number / 1e3 } else { number };
    // From 1973 on: smaller numbers are no moments that news is from.
    if !(1e8..1e11).contains(&seconds) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 1e11")]
    let moment = Timestamp::from_second(seconds.floor() as i64).ok()?;
    Some(Day::from(moment.to_zoned(TimeZone::UTC).date()))
}

/// A date without what no format needs: weekdays, commas, `at`, points of abbreviations, and the endings
/// of `9th`.
fn plain(text: &str) -> String {
    let words = text.split(|char: char| char.is_whitespace() || char == ',');
    let words = words.filter(|word| !word.is_empty()).map(|word| {
        let word = match word.strip_suffix('.') {
            Some(short) if short.bytes().all(|byte| byte.is_ascii_alphabetic()) => short,
            _ => word,
        };
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let number = number.filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        match number {
            Some(number) => number,
            None if word.eq_ignore_ascii_case("sept") => "Sep",
            None => word,
        }
    });
    words.filter(|word| !is_weekday(word)).collect::<Vec<_>>().join(" ")
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_day_in_every_form() {
        for text in [
            "2017-07-10",
            "2017-07-10T12:00:00Z",
            "2017-07-10T12:00:00.123+02:00",
            "2017-07-10 12:00:00",
            "2017-7-10",
            "20170710",
            "20170710T120000Z",
            "20170710120000",
            "2017/07/10",
            "10.07.2017",
            "10. 7. 2017",
            "10 July 2017",
            "Monday 10 July 2017",
            "10 Jul 2017 at 12:30",
            "July 10, 2017",
            "July 10th, 2017 Monday",
            "Jul. 10, 2017 12:30 PM EST",
            "10-Jul-2017",
            "Mon, 10 Jul 2017 12:00:00 GMT",
            "Mon Jul 10 12:00:00 +0000 2017",
            " 2017-07-10 ",
        ] {
            let day = Day::parse("2017-07-10").unwrap();
            assert_eq!(WrittenDate::read(text), Some(WrittenDate::Day(day)), "{text}");
        }
        let september = WrittenDate::read("Sept. 4, 2017").unwrap().day(None);
        assert_eq!(september, Day::parse("2017-09-04"));
    }

    #[test]
    fn days_and_months_as_numbers() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(
            WrittenDate::read("01/02/2019"),
            Some(WrittenDate::EitherOrder {
                day_first: day("2019-02-01"),
                month_first: day("2019-01-02")
            })
        );
        let read = |text| WrittenDate::read(text).unwrap();
        assert_eq!(
            read("31/1/2019 10:00"),
            WrittenDate::InOrder(day("2019-01-31"), DateOrder::DayFirst)
        );
        assert_eq!(read("1-31-19"), WrittenDate::InOrder(day("2019-01-31"), DateOrder::MonthFirst));
        assert_eq!(read("05/05/2019"), WrittenDate::Day(day("2019-05-05")));
        assert_eq!(read("01/02/2019").day(None), None);
        assert_eq!(read("01/02/2019").day(Some(DateOrder::MonthFirst)), Day::parse("2019-01-02"));
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2017",
            "2017-07",
            "2017-13-45",
            "2017-02-30",
            "31/31/2019",
            "yesterday",
            "July 2017",
            "2017-07-101",
            "1499644800",
            "10 minutes ago",
            "12:30",
        ] {
            assert_eq!(WrittenDate::read(text), None, "{text}");
        }
    }

    #[test]
    fn moments_of_programs() {
        for text in ["1499644800", "1499644800.0", "1499644800000", " 1499731199 "] {
            assert_eq!(day_of_unix_time(text), Day::parse("2017-07-10"), "{text}");
        }
        for text in ["", "2017", "20170710", "nan", "1e99", "-1499644800"] {
            assert_eq!(day_of_unix_time(text), None, "{text}");
        }
    }

    #[test]
    fn formats_are_checked() {
        for format in ["%d/%m/%Y", "%m/%d/%y", "%d.%m.%Y %H:%M", "%e %B %Y"] {
            check_format(format).unwrap();
        }
        for format in ["", "%Y", "%m/%Y", "dd/mm/yyyy", "%Q", "%d/%m"] {
            assert!(check_format(format).unwrap_err().contains("names no day"), "{format}");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "\\PC{0,30}|[0-9/:.TZ +-]{0,30}|(Mon|July|10|th|,| |2017){0,8}") {
            let _ = WrittenDate::read(&text);
            let _ = day_of_unix_time(&text);
            let _ = check_format(&text);
        }
    }
}
