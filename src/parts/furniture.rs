//! Page furniture, told by its words and its place. What is doubtful stays body: a body sentence
//! lost costs more than a leftover kept.

use super::Part;
use super::comment;
use super::phrases::{CREDITS, LINES, LISTS, OPENINGS, PHRASES, TRADES};

/// Furniture is short; nothing longer is looked at.
const LONGEST: usize = 600;

/// The part of each paragraph, as far as furniture goes: body or boilerplate.
pub(super) fn mark(paragraphs: &[&str], title: &str) -> Vec<Part> {
    let mut furniture: Vec<bool> = paragraphs.iter().map(|text| is_furniture(text)).collect();
    mark_lists(paragraphs, &mut furniture);
    mark_teasers(paragraphs, &mut furniture);
    mark_between(paragraphs, &mut furniture);
    mark_invitations(paragraphs, &mut furniture);
    mark_top(paragraphs, title, &mut furniture);
    mark_biography(paragraphs, &mut furniture);
    furniture.into_iter().map(|is| if is { Part::Boilerplate } else { Part::Body }).collect()
}

/// Whether a paragraph's own words tell that it is furniture.
fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    if !text.contains(char::is_alphanumeric) {
        return true;
    }
    let lower = text.to_lowercase();
    let line = bare(&lower);
    let words = lower.split_whitespace().count();
    contains(LINES, line)
        || opens_list(line)
        || (words <= 60 && OPENINGS.iter().any(|opening| line_start(&lower).starts_with(opening)))
        || (words <= 60 && PHRASES.iter().any(|phrase| lower.contains(phrase)))
        || (words <= 12 && CREDITS.iter().any(|credit| line.ends_with(credit)))
        || (words <= 12 && is_time(&lower))
        || comment::counts_comments(text)
}

/// `Updated at 5:30 p.m. ET`, `7 years ago`, `12 comments`.
fn is_time(lower: &str) -> bool {
    let digit = lower.contains(|c: char| c.is_ascii_digit());
    let stamp = ["updated ", "published ", "posted ", "last updated", "first published"];
    let stamped = stamp.iter().any(|word| lower.starts_with(word)) && lower.contains(':');
    let mut words = lower.split_whitespace();
    let counted = words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let rest: Vec<&str> = words.take(3).collect();
    let aged = matches!(rest[..], ["years" | "year" | "days" | "day" | "hours" | "months", "ago"]);
    digit
        && (stamped
            || (counted && (aged || matches!(rest[..], ["comments" | "comment" | "shares"]))))
}

/// After `Related articles` stand titles, until a paragraph that reads like body.
fn mark_lists(paragraphs: &[&str], furniture: &mut [bool]) {
    let mut listing = false;
    for (text, is) in paragraphs.iter().zip(furniture) {
        if text.len() <= LONGEST && opens_list(bare(&text.to_lowercase())) {
            listing = true;
        } else if listing && !*is {
            listing = is_title(text);
            *is = listing;
        }
    }
}

/// A lone dash or bullet above a title and its blurb, at least twice: teasers of other stories.
fn mark_teasers(paragraphs: &[&str], furniture: &mut [bool]) {
    let is_marker = |text: &str| matches!(text, "-" | "–" | "—" | "•" | "*" | "·");
    if paragraphs.iter().filter(|text| is_marker(text)).count() < 2 {
        return;
    }
    for at in 0..paragraphs.len() {
        if is_marker(paragraphs[at]) {
            let below = paragraphs[at + 1..].iter().take(2);
            let titles = below.take_while(|text| !is_marker(text) && is_title(text)).count();
            furniture[at + 1..=at + titles].fill(true);
        }
    }
}

/// A few words between two sign-up lines belong to the box.
fn mark_between(paragraphs: &[&str], furniture: &mut [bool]) {
    for at in 1..paragraphs.len().saturating_sub(1) {
        let boxed =
            [at - 1, at + 1].iter().all(|near| furniture[*near] && is_sign_up(paragraphs[*near]));
        if boxed && paragraphs[at].split_whitespace().take(26).count() <= 25 {
            furniture[at] = true;
        }
    }
}

/// `Get the Valley Briefing` above a sign-up line opens its box.
fn mark_invitations(paragraphs: &[&str], furniture: &mut [bool]) {
    for at in (1..paragraphs.len()).rev() {
        let above = paragraphs[at - 1];
        let invites = above.split_whitespace().next().is_some_and(|word| {
            matches!(
                word,
                "Get"
                    | "Join"
                    | "Start"
                    | "Try"
                    | "Want"
                    | "Stay"
                    | "Never"
                    | "Don’t"
                    | "Don't"
                    | "Enjoying"
            )
        });
        if furniture[at]
            && is_sign_up(paragraphs[at])
            && invites
            && above.len() <= 80
            && is_title(above)
        {
            furniture[at - 1] = true;
        }
    }
}

/// The title again, a byline, a place for the date: what may stand above the first sentence.
fn mark_top(paragraphs: &[&str], title: &str, furniture: &mut [bool]) {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = letters(title);
    for (at, text) in paragraphs.iter().enumerate().take(4) {
        let repeats =
            at == 0 && text.len() <= LONGEST && !title.is_empty() && letters(text) == title;
        if repeats || is_byline(text) {
            furniture[at] = true;
        }
    }
}

/// `By Jo Elm and Al Oak`.
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else {
        return false;
    };
    names.split_whitespace().take(13).count() <= 12
        && !names.ends_with('.')
        && names.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase) || matches!(word, "and" | "|" | "for" | "of" | "-")
        })
}

/// Who wrote it, below the last sentence: `Jo Elm is a reporter at The Dam.`
fn mark_biography(paragraphs: &[&str], furniture: &mut [bool]) {
    let mut left = 2;
    for at in (1..paragraphs.len()).rev() {
        if furniture[at] {
            continue;
        }
        let is_news = |name: &str| paragraphs[..at].iter().any(|text| text.contains(name));
        if left == 0 || !is_biography(paragraphs[at], is_news) {
            break;
        }
        furniture[at] = true;
        left -= 1;
    }
}

/// `is_news` tells whether the text before is about somebody of that name.
fn is_biography(text: &str, is_news: impl Fn(&str) -> bool) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let mut words = text.split_whitespace().skip_while(|word| !word.contains(char::is_alphabetic));
    let name = words.by_ref().take_while(|word| word.starts_with(char::is_uppercase)).count();
    // `take_while` has eaten the word after the name.
    let line = line_start(text).to_lowercase();
    let verb = line.split_whitespace().nth(name).unwrap_or("");
    let opening: Vec<&str> =
        words.take(14).map(|word| word.trim_end_matches(['.', ',', ';'])).collect();
    let works = matches!(verb, "covers" | "writes" | "reports" | "edits")
        || (verb == "has"
            && matches!(opening.first(), Some(&("covered" | "written" | "reported"))));
    let full: Vec<&str> = line_start(text).split_whitespace().take(name).collect();
    (2..=4).contains(&name)
        && ((!text.contains(['“', '”'])
            && matches!(verb, "is" | "has" | "was" | "covers" | "writes")
            && opening.iter().any(|word| TRADES.contains(word)))
            || (works && !is_news(&full.join(" "))))
}

/// Whether a line opens a list of other stories.
fn opens_list(line: &str) -> bool {
    contains(LISTS, line)
        || (line.starts_with("more from ") && line.split_whitespace().count() <= 6)
}

/// Short, and not ended as a sentence of the body is.
fn is_title(text: &str) -> bool {
    text.split_whitespace().take(31).count() <= 30 && !text.ends_with(['.', ':', '”', '"', '’'])
}

fn is_sign_up(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["sign up", "signing up", "subscribe", "newsletter", "inbox"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Without list marks before it and final marks after it.
fn bare(line: &str) -> &str {
    line_start(line).trim_end_matches(|c: char| {
        matches!(c, ':' | '.' | '…' | ']' | ')' | '"' | '>' | '»') || c.is_whitespace()
    })
}

fn line_start(line: &str) -> &str {
    line.trim_start_matches(|c: char| {
        matches!(c, '-' | '•' | '*' | '–' | '[' | '"' | '>') || c.is_whitespace()
    })
}

fn contains(sorted: &[&str], line: &str) -> bool {
    sorted.binary_search(&line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks furniture by `#` at the head of each line.
    #[track_caller]
    fn check(marked: &str) {
        let lines: Vec<&str> = marked.lines().map(str::trim).collect();
        let page: Vec<&str> = lines.iter().map(|line| line.trim_start_matches('#')).collect();
        let found = mark(&page, "A dam breaks");
        for (line, part) in lines.iter().zip(found) {
            assert_eq!(part == Part::Boilerplate, line.starts_with('#'), "{line}");
        }
    }

    #[test]
    fn lists_of_other_stories_end_where_body_begins() {
        check(
            "The dam broke.
             #Related Articles
             #Mayor to rebuild dam
             #More From The Valley News
             #Who pays for dams?
             The mayor has not spoken since Monday.
             Nobody was hurt, it is said",
        );
    }

    #[test]
    fn sign_up_boxes() {
        check(
            "The dam broke.
             #Subscribe to The Dam
             #See farther. All the valley in one paper.
             #Sign up for The Dam's Free Newsletters
             #Our best, delivered directly to your inbox.
             The subscribers wept.",
        );
    }

    #[test]
    fn sign_up_boxes_with_a_heading() {
        check(
            "The dam broke.
             Get out, she cried
             It rained.
             #Get the Valley Briefing
             #Five stories at noon. By signing up you agree to our terms.",
        );
    }

    #[test]
    fn teasers() {
        check(
            "The dam broke.\n#-\n#A new dam\n#In Brief What it will cost\n#-\n#Old mills\n#In Brief Why they stand",
        );
    }

    #[test]
    fn biographies_stand_at_the_end() {
        check(
            "Jo Elm is a reporter at the paper that broke it.\nThe dam broke.\n#Jo Elm is a reporter at The Dam. She lives upstream.\n#Copyright © 2017 The Dam.",
        );
    }

    #[test]
    fn writers_who_are_no_news() {
        check("The dam broke.\n#Jo Elm writes about rivers. She lives upstream.");
        check("The dam broke, Jo Elm feared.\nJo Elm has written to the mayor.");
    }

    #[test]
    fn body_that_looks_like_furniture_a_little() {
        check(
            "Related charges were dropped on Monday.
             Sign the petition, she urged.
             Advertisement spending rose by half.
             Trending upward, prices rose.",
        );
    }

    #[test]
    fn small_things() {
        check(
            "#A Dam Breaks\n#By Jo Elm and Al Oak\nIt broke.\n#___\n#Slideshow (3 Images)\n#Al Oak/Getty Images\n#Updated at 5:30 p.m. ET\n#7 years ago\n#12 comments\nIt held.",
        );
    }
}
