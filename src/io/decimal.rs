//! Numbers as spreadsheets write them.

/// Takes a number with a point or, as spreadsheets write it in many countries, a comma before its
/// decimals; gives it where it is finite.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = match text.split_once(',') {
        // Two commas part thousands.
        Some((whole, decimals)) if !decimals.contains([',', '.']) && !whole.contains('.') => {
            format!("{whole}.{decimals}").parse()
        }
        _ => text.parse::<f64>(),
    };
    number.ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_stand_behind_a_point_or_a_comma() {
        assert_eq!(
            [decimal("0.5"), decimal(" 0,5"), decimal("-1,25e-2")],
            [0.5, 0.5, -0.0125].map(Some)
        );
        for text in ["", ",", "1,2,3", "1.000,5", "1,000.5", "inf", "NaN", "a"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
