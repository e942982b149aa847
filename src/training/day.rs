//! Days of the calendar, which can be put in order.

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
        let day =
            Day { year: number(year, 4)?, month: number(month, 2)?, of_month: number(day, 2)? };
        let is_day = (1..=12).contains(&day.month) && (1..=31).contains(&day.of_month);
        is_day.then_some(day)
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
        for text in
            ["", "2031", "2031-13-01", "2031-6-2", "02.06.2031", "+031-06-02", "2031-06-02T10"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
