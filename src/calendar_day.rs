//! Days of the Gregorian calendar, in order.

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u32,
    month: u32,
    of_month: u32,
}

impl Day {
    /// Reads `2031-06-02` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return None };
        let number = |part: &str, length: usize| {
            part.parse::<u32>().ok().filter(|_| part.len() == length && !part.starts_with('+'))
        };
        let date =
            Day { year: number(year, 4)?, month: number(month, 2)?, of_month: number(day, 2)? };
        let is_month = (1..=12).contains(&date.month);
        (is_month && (1..=date.days_in_month()).contains(&date.of_month)).then_some(date)
    }

    /// The number of days of its month.
    fn days_in_month(self) -> u32 {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(is_leap),
            _ => 31,
        }
    }

    /// The number of days since 1 March of the year 0 in the Gregorian calendar (Hinnant's
    /// `days_from_civil`: years begin in March, so that a leap day is the last of its year).
    pub fn number(self) -> u32 {
        let year = if self.month > 2 { self.year } else { self.year.saturating_sub(1) };
        let month = (self.month + 9) % 12;
        let of_year = (153 * month + 2) / 5 + self.of_month - 1;
        365 * year + year / 4 - year / 100 + year / 400 + of_year
    }

    /// The day of a number that [`number`](Day::number) gives (Hinnant's `civil_from_days`).
    pub fn of_number(number: u32) -> Self {
        let (era, of_era) = (number / 146_097, number % 146_097);
        let of_era_year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let of_month = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Day { year: 400 * era + of_era_year + u32::from(month <= 2), month, of_month }
    }

    /// The Monday of its week.
    #[must_use]
    pub fn week(self) -> Self {
        // 1 March of the year 0 was a Wednesday.
        let after_monday = (self.number() + 2) % 7;
        (0..after_monday).fold(self, |day, _| day.before())
    }

    /// The first day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Day { of_month: 1, ..self }
    }

    /// The first day of its year.
    #[must_use]
    pub fn year(self) -> Self {
        Day { month: 1, of_month: 1, ..self }
    }

    /// The day after it.
    #[must_use]
    pub fn after(self) -> Self {
        match (self.of_month < self.days_in_month(), self.month < 12) {
            (true, _) => Day { of_month: self.of_month + 1, ..self },
            (false, true) => Day { month: self.month + 1, of_month: 1, ..self },
            (false, false) => Day { year: self.year + 1, month: 1, of_month: 1 },
        }
    }

    /// The day before it; the first of all days has none before it and stays.
    fn before(self) -> Self {
        let (year, month) = match (self.of_month, self.month) {
            (1, 1) if self.year == 0 => return self,
            (1, 1) => (self.year - 1, 12),
            (1, month) => (self.year, month - 1),
            _ => return Day { of_month: self.of_month - 1, ..self },
        };
        let first = Day { year, month, of_month: 1 };
        Day { of_month: first.days_in_month(), ..first }
    }

    /// The day of a moment such as `2031-06-02T10:30:00Z` or `2031-06-02 10:30`.
    pub fn of_moment(text: &str) -> Option<Self> {
        text.split(['T', ' ']).next().and_then(Day::parse)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
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
            assert_eq!(today.after().before(), today);
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
