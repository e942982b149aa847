//! Moments as text.

use crate::calendar_day::Day;

/// The number of 1 January 1970, by [`Day::number`].
const EPOCH: u64 = 719_468;

/// Takes seconds since 1970, gives the moment in UTC as `2031-06-02T10:30:00Z` (RFC 3339).
///
/// ```
/// assert_eq!(framescope::label_page::moment(951_782_399), "2000-02-28T23:59:59Z");
/// ```
pub fn moment(seconds: u64) -> String {
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    let day = Day::of_number(u32::try_from(days + EPOCH).unwrap_or(u32::MAX));
    format!("{day}T{:02}:{:02}:{:02}Z", of_day / 3_600, of_day / 60 % 60, of_day % 60)
}
