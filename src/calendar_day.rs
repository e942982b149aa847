//! Days of the Gregorian calendar, in order.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

/// The day that has the number 0: years that begin in March end with their leap day.
const FIRST: Date = jiff::civil::date(0, 3, 1);

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Day(date)
    }
}

impl Day {
    /// Reads `2031-06-02` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        is_plain.then(|| text.parse().ok().map(Day)).flatten()
    }

    /// The number of days since 1 March of the year 0; 0 before.
    pub fn number(self) -> u32 {
        let days = self.0.duration_since(FIRST).as_hours() / 24;
        u32::try_from(days).unwrap_or(0)
    }

    /// The day of a number that [`number`](Day::number) gives; the last day that there is for numbers
    /// beyond it.
    pub fn of_number(number: u32) -> Self {
        let days = SignedDuration::from_hours(i64::from(number) * 24);
        Day(FIRST.checked_add(days).unwrap_or(Date::MAX))
    }

    /// The Monday of its week.
    #[must_use]
    pub fn week(self) -> Self {
        let after_monday = i64::from(self.0.weekday().to_monday_zero_offset());
        Day(self.0.saturating_sub(after_monday.days()))
    }

    /// The first day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Day(self.0.first_of_month())
    }

    /// The first day of its year.
    #[must_use]
    pub fn year(self) -> Self {
        Day(self.0.first_of_year())
    }

    /// The day after it; the last of all days has none after it and stays.
    #[must_use]
    pub fn after(self) -> Self {
        Day(self.0.tomorrow().unwrap_or(self.0))
    }

    /// The day of a moment such as `2031-06-02T10:30:00Z` or `2031-06-02 10:30`.
    pub fn of_moment(text: &str) -> Option<Self> {
        text.split(['T', ' ']).next().and_then(Day::parse)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_put_in_order() {
        assert!(Day::parse("2030-12-31") < Day::parse("2031-06-02"));
        assert_eq!(Day::of_moment("2031-06-02T10:30:00Z"), Day::parse("2031-06-02"));
        assert_eq!(Day::of_moment("2031-06-02 10:30"), Day::parse("2031-06-02"));
        assert_eq!(Day::parse("2031-06-02").unwrap().to_string(), "2031-06-02");
        for text in [
            "",
            "2031",
            "2031-13-01",
            "2031-02-29",
            "2031-04-31",
            "2031-06-00",
            "2031-6-2",
            "02.06.2031",
            "+031-06-02",
            "2031-06-02T10",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_numbered_without_gaps() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(day("1970-01-01").number() - day("0000-03-01").number(), 719_468);
        let mut today = day("1999-12-01");
        while today < day("2001-03-02") {
            assert_eq!(today.after().number(), today.number() + 1, "{today}");
            assert_eq!(Day::of_number(today.number()), today);
            today = today.after();
        }
    }

    #[test]
    fn weeks_begin_on_mondays() {
        // 1 January 1970 was a Thursday.
        for (text, monday) in [
            ("1970-01-01", "1969-12-29"),
            ("2031-06-02", "2031-06-02"),
            ("2031-06-08", "2031-06-02"),
        ] {
            assert_eq!(Day::parse(text).unwrap().week().to_string(), monday);
        }
    }
}
