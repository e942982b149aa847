//! How many requests a link may make.

use std::time::Instant;

/// Requests at once.
const BURST: f64 = 1_000.0;

/// Requests a second, far more than a person makes.
const RATE: f64 = 500.0;

/// A bucket that fills with time and that each request takes from.
#[derive(Debug)]
pub(super) struct RateLimit {
    left: f64,
    last: Instant,
}

impl RateLimit {
    pub(super) fn new(now: Instant) -> Self {
        RateLimit { left: BURST, last: now }
    }

    /// Whether one more request is allowed now.
    pub(super) fn allows(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.last).as_secs_f64();
        self.left = (self.left + passed * RATE).min(BURST);
        self.last = now;
        let is_allowed = self.left >= 1.0;
        if is_allowed {
            self.left -= 1.0;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn too_many_at_once_are_refused_and_time_heals() {
        let start = Instant::now();
        let mut limit = RateLimit::new(start);
        let allowed = (0..2_000).filter(|_| limit.allows(start)).count();
        assert_eq!(allowed, 1_000);
        let later = start + Duration::from_millis(100);
        assert_eq!((0..100).filter(|_| limit.allows(later)).count(), 50);
    }
}
