//! Words to be pasted into a shell.

use super::sanitize;

/// A word for a POSIX shell.
pub(super) fn quoted(word: &str) -> String {
    let word = sanitize::name(word);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "./_-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word;
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_reach_the_command_as_they_are() {
        assert_eq!(quoted("articles.csv"), "articles.csv");
        assert_eq!(quoted("the plan"), "'the plan'");
        assert_eq!(quoted("mayor's $plan"), "'mayor'\\''s $plan'");
    }
}
