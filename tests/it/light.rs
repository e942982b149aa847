//! Labelled sentences of one word that counts: is it lit or dim?

use framescope::example::Example;

/// The row of number `n`, an article of its own.
pub(crate) fn example(n: usize, text: &str, is_lit: bool) -> Example {
    Example {
        path: "light.csv".into(),
        line: n as u64 + 2,
        id: format!("{n}"),
        article_id: format!("{n}"),
        outlet: String::new(),
        date: String::new(),
        text: text.into(),
        target: String::new(),
        mention: None,
        label_shares: vec![(if is_lit { "lit" } else { "dim" }.into(), 1.0)],
        weight: 1.0,
        coder: String::new(),
        ..Example::default()
    }
}
