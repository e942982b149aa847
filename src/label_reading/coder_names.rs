//! Who labelled: a name for each file, and files that cannot be told apart.

use std::collections::BTreeMap;
use std::path::Path;

use crate::agreement::coder_labels::ADJUDICATED;
use crate::error::Error;
use crate::example::Example;
use crate::text::normalised;

/// Gives all rows of a file to a coder, but for adjudicated ones.
pub fn name_coders(examples: &mut [Example], path: &Path, coder: &str) {
    let of_file = examples.iter_mut().filter(|example| example.path == path);
    let own = of_file.filter(|example| example.coder != ADJUDICATED);
    own.for_each(|example| coder.clone_into(&mut example.coder));
}

/// Refuses two files that label the same sentence for the same target, and whose rows do not say that two
/// people did: their labels would be swallowed, or counted as those of one.
///
/// # Errors
/// The first such row, with the other one and what to do.
pub fn tell_coders_apart(examples: &[Example]) -> Result<(), Error> {
    let mut firsts: BTreeMap<_, Vec<&Example>> = BTreeMap::new();
    for example in examples.iter().filter(|example| !example.label_shares.is_empty()) {
        let place = example.mention.as_ref().map(|mention| mention.start);
        let item = (&example.article_id, &example.target, normalised(&example.text), place);
        let others = firsts.entry(item).or_default();
        let is_same = |other: &&&Example| {
            let is_unnamed = example.coder.is_empty() || other.coder.is_empty();
            other.path != example.path && (is_unnamed || other.coder == example.coder)
        };
        if let Some(other) = others.iter().find(is_same) {
            return Err(Error::row(&example.path, example.line, undistinguished(example, other)));
        }
        others.push(example);
    }
    Ok(())
}

fn undistinguished(example: &Example, other: &Example) -> String {
    let who = match example.coder == other.coder && !example.coder.is_empty() {
        true => format!("both rows name the coder `{}`", example.coder),
        false => "not both rows name a coder".to_owned(),
    };
    let (path, other_path) = (example.path.display(), other.path.display());
    format!(
        "the same sentence is labelled in {other_path}, line {}, and {who}; tell two coders apart by \
         --coder NAME={other_path} --coder NAME={path}, or leave out one of the files",
        other.line
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, coder: &str, text: &str) -> Example {
        Example {
            path: path.into(),
            line: 2,
            text: text.into(),
            coder: coder.into(),
            label_shares: vec![("critical".into(), 1.0)],
            ..Example::default()
        }
    }

    #[test]
    fn two_files_must_say_who_labelled() {
        for (one, other) in [("", ""), ("", "ann"), ("ann", "ann")] {
            let rows = [row("a.csv", one, "“One.”"), row("b.csv", other, "\"One.\"")];
            let error = tell_coders_apart(&rows).unwrap_err().to_string();
            let expected = "b.csv, line 2: the same sentence is labelled in a.csv, line 2, and ";
            assert!(error.starts_with(expected), "{error}");
            assert!(error.contains("--coder NAME=a.csv --coder NAME=b.csv"), "{error}");
        }
        assert!(tell_coders_apart(&[row("a.csv", "a", "One."), row("b.csv", "b", "One.")]).is_ok());
        assert!(tell_coders_apart(&[row("a.csv", "", "One."), row("b.csv", "", "Two.")]).is_ok());
        assert!(tell_coders_apart(&[row("a.csv", "", "One."), row("a.csv", "", "One.")]).is_ok());
    }

    #[test]
    fn a_file_gets_its_coder() {
        let mut rows = [row("a.csv", "", "One."), row("b.csv", ADJUDICATED, "One.")];
        name_coders(&mut rows, Path::new("a.csv"), "ann");
        name_coders(&mut rows, Path::new("b.csv"), "bob");
        assert_eq!((rows[0].coder.as_str(), rows[1].coder.as_str()), ("ann", ADJUDICATED));
    }
}
