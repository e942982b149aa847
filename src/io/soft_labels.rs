//! Soft labels: a share of each label instead of one label, in columns `p_critical, p_neutral, …` or
//! as logits in `logit_critical, …`, whose softmax gives the shares.

use csv::StringRecord;

use super::decimal::decimal;

/// Maximum difference from 1 of the sum of probabilities.
const TOLERANCE: f64 = 0.02;

/// Labels, each with a number.
type LabelNumbers = Vec<(String, f64)>;

/// Whether a column of that name holds shares of a label.
pub(super) fn is_share_column(name: &str) -> bool {
    ["p_", "logit_"].iter().any(|prefix| label_of(name, prefix).is_some())
}

fn label_of<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    name.strip_prefix(prefix).filter(|label| !label.is_empty())
}

/// Takes the columns of a row and its fields; gives the shares of the labels, which sum to 1, and
/// nothing where all these fields are empty. Refuses a field that is not a number, and probabilities
/// that do not sum to 1.
pub(super) fn shares(names: &[String], fields: &StringRecord) -> Result<LabelNumbers, String> {
    let probabilities = probabilities(names, fields)?;
    if !probabilities.is_empty() {
        return Ok(normalised(probabilities));
    }
    let mut logits = numbers("logit_", names, fields)?;
    let largest = logits.iter().map(|(_, logit)| *logit).fold(f64::NEG_INFINITY, f64::max);
    logits.iter_mut().for_each(|(_, logit)| *logit = (*logit - largest).exp());
    Ok(normalised(logits))
}

/// As [`shares`], of the columns `p_…` alone, and as they are written: rounded, they need not sum to 1
/// to the last digit.
pub(super) fn probabilities(
    names: &[String],
    fields: &StringRecord,
) -> Result<LabelNumbers, String> {
    checked(numbers("p_", names, fields)?)
}

/// The numbers in the columns with a prefix: all of them, or none.
fn numbers(prefix: &str, names: &[String], fields: &StringRecord) -> Result<LabelNumbers, String> {
    let with_prefix = names.iter().zip(fields.iter()).filter_map(|(name, field)| {
        label_of(name, prefix).map(|label| (name, label, field.trim()))
    });
    if with_prefix.clone().all(|(_, _, field)| field.is_empty()) {
        return Ok(Vec::new());
    }
    let number = |(name, label, field): (&String, &str, &str)| {
        let number = decimal(field);
        let refuse = || format!("{name} is `{field}`; expected a number");
        Ok((label.to_string(), number.ok_or_else(refuse)?))
    };
    with_prefix.map(number).collect()
}

fn checked(probabilities: LabelNumbers) -> Result<LabelNumbers, String> {
    if probabilities.is_empty() {
        return Ok(probabilities);
    }
    if let Some((label, p)) = probabilities.iter().find(|(_, p)| *p < 0.0) {
        return Err(format!("p_{label} is {p}; expected a probability"));
    }
    let sum: f64 = probabilities.iter().map(|(_, p)| p).sum();
    if (sum - 1.0).abs() > TOLERANCE {
        return Err(format!("the probabilities sum to {sum:.3}, expected 1"));
    }
    Ok(probabilities)
}

fn normalised(numbers: LabelNumbers) -> LabelNumbers {
    let sum: f64 = numbers.iter().map(|(_, number)| number).sum();
    numbers.into_iter().map(|(label, number)| (label, number / sum)).collect()
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
        assert_eq!(read(&["p_a", "p_b"], &["0,25", "0,75"]).unwrap(), shares);
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
