//! Compares speakers with annotated sources.

/// Speakers of attributed sentences, by what kind of source is marked.
#[derive(Default)]
pub(crate) struct Speakers {
    named: usize,
    named_found: usize,
    named_right: usize,
    groups: usize,
    groups_right: usize,
    pronouns: usize,
    pronouns_resolved: usize,
}

impl Speakers {
    pub(crate) fn add(&mut self, sources: &[&str], found: &[String]) {
        let found = found.join("; ");
        let names: Vec<&str> = sources.iter().filter_map(|source| last_name(source)).collect();
        if !names.is_empty() {
            self.named += 1;
            self.named_found += usize::from(!found.is_empty());
            // Transcripts print names in capitals.
            let found = found.to_lowercase();
            let is_named = |name: &&str| found.contains(&name.to_lowercase());
            self.named_right += usize::from(names.iter().any(is_named));
        } else if sources.iter().all(|source| is_pronoun(source)) {
            self.pronouns += 1;
            self.pronouns_resolved += usize::from(!found.is_empty());
        } else {
            self.groups += 1;
            let found = found.to_lowercase();
            let heads = sources.iter().filter_map(|source| source.split_whitespace().last());
            self.groups_right +=
                usize::from(heads.into_iter().any(|head| found.contains(&head.to_lowercase())));
        }
    }
}

impl std::fmt::Display for Speakers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
        writeln!(
            f,
            "speaker of attributed sentences, surname of a marked source in it: {:.3} of {}, \
             {:.3} of the {} that were given a speaker",
            share(self.named_right, self.named),
            self.named,
            share(self.named_right, self.named_found),
            self.named_found
        )?;
        writeln!(
            f,
            "unnamed sources, last word in it: {:.3} of {}",
            share(self.groups_right, self.groups),
            self.groups
        )?;
        write!(
            f,
            "pronouns, resolved to somebody (right or wrong): {:.3} of {}",
            share(self.pronouns_resolved, self.pronouns),
            self.pronouns
        )
    }
}

/// The surname at a source's head: the last word of its first part that ends with a capitalised
/// word, where commas and the like part it.
fn last_name(source: &str) -> Option<&str> {
    let parts = source.split([',', '(', ';', '—']).flat_map(|part| part.split(" who "));
    let parts = parts.flat_map(|part| part.split(" of ")).flat_map(|part| part.split(" from "));
    parts.filter_map(|part| part.split_whitespace().last()).find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let possessive = word.ends_with("’s") || word.ends_with("'s");
        let named = word.starts_with(char::is_uppercase) && !possessive && !is_pronoun(word);
        named.then_some(word)
    })
}

fn is_pronoun(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.as_str(),
        "" | "he"
            | "she"
            | "they"
            | "i"
            | "we"
            | "it"
            | "who"
            | "you"
            | "his"
            | "her"
            | "their"
            | "which"
    )
}
