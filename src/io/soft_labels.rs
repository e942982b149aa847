//! Labels that are shares: `p_critical, p_neutral, …`, or `logit_critical, …`, whose softmax they
//! are.

use super::row_fields::RowFields;

/// How far probabilities may miss 1 together before they are taken for something else.
const TOLERANCE: f64 = 0.02;

/// Whether a column holds a label's share.
pub(super) fn is_soft(name: &str) -> bool {
    ["p_", "logit_"].iter().any(|kind| label_of(name, kind).is_some())
}

fn label_of<'n>(name: &'n str, kind: &str) -> Option<&'n str> {
    name.strip_prefix(kind).filter(|label| !label.is_empty())
}

/// The shares of the labels in a row, which sum to 1; nothing where all of its cells are empty.
///
/// # Errors
/// Says which cell is no number or is missing, or that probabilities do not sum to 1.
pub(super) fn shares(names: &[String], fields: &RowFields) -> Result<Vec<(String, f64)>, String> {
    let probabilities = cells("p_", names, fields)?;
    if !probabilities.is_empty() {
        return normalised(probabilities);
    }
    let mut logits = cells("logit_", names, fields)?;
    let largest = logits.iter().map(|(_, logit)| *logit).fold(f64::NEG_INFINITY, f64::max);
    logits.iter_mut().for_each(|(_, logit)| *logit = (*logit - largest).exp());
    let sum: f64 = logits.iter().map(|(_, share)| share).sum();
    Ok(logits.into_iter().map(|(label, share)| (label, share / sum)).collect())
}

/// The numbers in the columns of a kind: all of them, or none.
fn cells(kind: &str, names: &[String], fields: &RowFields) -> Result<Vec<(String, f64)>, String> {
    let of_kind = names
        .iter()
        .zip(fields.iter())
        .filter_map(|(name, field)| label_of(name, kind).map(|label| (name, label, field.trim())));
    let filled: Vec<_> = of_kind.collect();
    if filled.iter().all(|(_, _, field)| field.is_empty()) {
        return Ok(Vec::new());
    }
    let number = |(name, label, field): (&String, &str, &str)| {
        let number = field.parse::<f64>().ok().filter(|number| number.is_finite());
        let refuse = || format!("{name} is `{field}`; expected a number");
        Ok((label.to_string(), number.ok_or_else(refuse)?))
    };
    filled.into_iter().map(number).collect()
}

fn normalised(probabilities: Vec<(String, f64)>) -> Result<Vec<(String, f64)>, String> {
    if let Some((label, p)) = probabilities.iter().find(|(_, p)| *p < 0.0) {
        return Err(format!("p_{label} is {p}; expected a probability"));
    }
    let sum: f64 = probabilities.iter().map(|(_, p)| p).sum();
    if (sum - 1.0).abs() > TOLERANCE {
        return Err(format!("the probabilities sum to {sum:.3}, expected 1"));
    }
    Ok(probabilities.into_iter().map(|(label, p)| (label, p / sum)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str], fields: &[&str]) -> Result<Vec<(String, f64)>, String> {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        shares(&names, &fields.iter().collect())
    }

    #[test]
    fn probabilities_and_logits_are_shares() {
        let shares = read(&["text", "p_a", "p_b"], &["x", "0.25", " 0.75"]).unwrap();
        assert_eq!(shares, [("a".to_string(), 0.25), ("b".to_string(), 0.75)]);
        let shares = read(&["logit_a", "logit_b"], &["1000", "1000"]).unwrap();
        assert_eq!(shares, [("a".to_string(), 0.5), ("b".to_string(), 0.5)]);
        assert_eq!(read(&["p_a", "logit_a"], &["", ""]).unwrap(), []);
        assert_eq!(read(&["p_", "price"], &["1", "2"]).unwrap(), []);
    }

    #[test]
    fn what_is_no_share_is_refused() {
        let refused = |fields: &[&str]| read(&["p_a", "p_b"], fields).unwrap_err();
        assert_eq!(refused(&["0.5", ""]), "p_b is ``; expected a number");
        assert_eq!(refused(&["0.5", "x"]), "p_b is `x`; expected a number");
        assert_eq!(refused(&["0.5", "0.9"]), "the probabilities sum to 1.400, expected 1");
        assert_eq!(refused(&["1.5", "-0.5"]), "p_b is -0.5; expected a probability");
    }
}
