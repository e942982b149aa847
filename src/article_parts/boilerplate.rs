//! Boilerplate of a page, recognised by its words and its place. What is doubtful stays body: to
//! lose a sentence of the body costs more than to keep a line of boilerplate.

use super::boilerplate_line::{MAX_LENGTH, is_boilerplate, line_start, opens_list, without_marks};
use super::boilerplate_words::WORDS;
use crate::text::normalised;

/// Tells for each paragraph whether it is boilerplate.
pub(super) fn mark(paragraphs: &[&str], title: &str, outlet: &str) -> Vec<bool> {
    let is_name = |text: &&str| !outlet.is_empty() && text.eq_ignore_ascii_case(outlet);
    let mut marked: Vec<bool> =
        paragraphs.iter().map(|text| is_boilerplate(text) || is_name(text)).collect();
    mark_lists(paragraphs, &mut marked);
    mark_teasers(paragraphs, &mut marked);
    mark_between(paragraphs, &mut marked);
    mark_invitations(paragraphs, &mut marked);
    mark_top(paragraphs, title, outlet, &mut marked);
    mark_biography(paragraphs, &mut marked);
    marked
}

/// After `Related articles` stand titles, until a paragraph that reads like body.
fn mark_lists(paragraphs: &[&str], marked: &mut [bool]) {
    let mut listing = false;
    for (text, is) in paragraphs.iter().zip(marked) {
        if text.len() <= MAX_LENGTH && opens_list(without_marks(text)) {
            listing = true;
        } else if listing && !*is {
            listing = is_title(text);
            *is = listing;
        }
    }
}

/// A lone dash or bullet above a title and its blurb, at least twice: teasers of other stories.
fn mark_teasers(paragraphs: &[&str], marked: &mut [bool]) {
    let is_marker = |text: &str| matches!(text, "-" | "–" | "—" | "•" | "*" | "·");
    if paragraphs.iter().filter(|text| is_marker(text)).count() < 2 {
        return;
    }
    for at in 0..paragraphs.len() {
        if is_marker(paragraphs[at]) {
            let below = paragraphs[at + 1..].iter().take(2);
            let titles = below.take_while(|text| !is_marker(text) && is_title(text)).count();
            marked[at + 1..=at + titles].fill(true);
        }
    }
}

/// A few words between two sign-up lines belong to the box.
fn mark_between(paragraphs: &[&str], marked: &mut [bool]) {
    for at in 1..paragraphs.len().saturating_sub(1) {
        let boxed =
            [at - 1, at + 1].iter().all(|near| marked[*near] && is_sign_up(paragraphs[*near]));
        if boxed && paragraphs[at].split_whitespace().take(26).count() <= 25 {
            marked[at] = true;
        }
    }
}

/// `Get the Valley Briefing` above a sign-up line opens its box.
fn mark_invitations(paragraphs: &[&str], marked: &mut [bool]) {
    for at in (1..paragraphs.len()).rev() {
        let above = paragraphs[at - 1];
        let invites = |word: &str| lists(&WORDS.invitations, word);
        if marked[at]
            && is_sign_up(paragraphs[at])
            && above.split_whitespace().next().is_some_and(invites)
            && above.len() <= 80
            && is_title(above)
        {
            marked[at - 1] = true;
        }
    }
}

/// The title again, a byline, a place for the date: what may stand above the first sentence.
fn mark_top(paragraphs: &[&str], title: &str, outlet: &str, marked: &mut [bool]) {
    let title = normalised(title);
    // Upwards, so that names are seen after the marked line below them.
    for (at, text) in paragraphs.iter().enumerate().take(4).rev() {
        let repeats =
            at == 0 && text.len() <= MAX_LENGTH && !title.is_empty() && normalised(text) == title;
        // `Special for The Dam`: the outlet's name at the end of a few words.
        let ends_in_name = !outlet.is_empty()
            && text.split_whitespace().take(5).count() <= 4
            && text.to_lowercase().ends_with(&outlet.to_lowercase());
        marked[at] |= ends_in_name;
        // Names alone above such a line.
        let above = marked.get(at + 1) == Some(&true) && at < 2 && is_names(text);
        if repeats || is_byline(text) || above {
            marked[at] = true;
        }
    }
}

/// `By Jo Elm and Al Oak`.
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else {
        return false;
    };
    names.split_whitespace().take(13).count() <= 12 && is_names(names)
}

/// Two words or more, as names are printed.
fn is_names(text: &str) -> bool {
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "|" | "for" | "of" | "-")
    };
    !text.ends_with('.') && text.contains(' ') && text.split_whitespace().all(is_part)
}

/// Who wrote it, below the last sentence: `Jo Elm is a reporter at The Dam.`
fn mark_biography(paragraphs: &[&str], marked: &mut [bool]) {
    let mut left = 2;
    for at in (1..paragraphs.len()).rev() {
        if marked[at] {
            continue;
        }
        let is_news = |name: &str| {
            let above = paragraphs[..at].iter().zip(&*marked);
            above.into_iter().any(|(text, is)| !is && text.contains(name))
        };
        if left == 0 || !is_biography(paragraphs[at], is_news) {
            break;
        }
        marked[at] = true;
        left -= 1;
    }
}

/// `is_news` tells whether the text before is about somebody of that name.
fn is_biography(text: &str, is_news: impl Fn(&str) -> bool) -> bool {
    if text.len() > MAX_LENGTH {
        return false;
    }
    let mut words = text.split_whitespace().skip_while(|word| !word.contains(char::is_alphabetic));
    let name = words.by_ref().take_while(|word| word.starts_with(char::is_uppercase)).count();
    // `take_while` has eaten the word after the name.
    let line = line_start(text).to_ascii_lowercase();
    let verb = line.split_whitespace().nth(name).unwrap_or("");
    let opening: Vec<&str> =
        words.take(14).map(|word| word.trim_end_matches(['.', ',', ';'])).collect();
    let posted = verb == "reported" && opening.first() == Some(&"from");
    let works = matches!(verb, "covers" | "writes" | "reports" | "edits")
        || (verb == "has"
            && matches!(opening.first(), Some(&("covered" | "written" | "reported"))));
    let full: Vec<&str> = line_start(text).split_whitespace().take(name).collect();
    (2..=4).contains(&name)
        && !full.iter().any(|part| part.ends_with(':'))
        && ((!is_spoken(text)
            && matches!(verb, "is" | "has" | "was" | "covers" | "writes")
            && opening.iter().any(|word| {
                lists(&WORDS.trades, word)
                    || (lists(&WORDS.offices, word) && !is_news(&full.join(" ")))
            }))
            || posted
            || (works && !is_news(&full.join(" "))))
}

fn lists(words: &[String], word: &str) -> bool {
    words.iter().any(|listed| listed == word)
}

/// Whether somebody is quoted; the title of a book or a show between marks is no quotation.
fn is_spoken(text: &str) -> bool {
    text.contains(['“', '”', '"'])
        && ["said", "says", "told"].iter().any(|word| text.contains(word))
}

/// Short, and not ended as a sentence of the body is.
fn is_title(text: &str) -> bool {
    text.split_whitespace().take(31).count() <= 30 && !text.ends_with(['.', ':', '”', '"', '’'])
}

fn is_sign_up(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["sign up", "signing up", "subscribe", "newsletter", "inbox"]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `#` at the head of a line marks it as boilerplate.
    #[track_caller]
    fn check(marked: &str) {
        let lines: Vec<&str> = marked.lines().map(str::trim).collect();
        let page: Vec<&str> = lines.iter().map(|line| line.trim_start_matches('#')).collect();
        let found = mark(&page, "A dam breaks", "The Dam");
        for (line, is_marked) in lines.iter().zip(found) {
            assert_eq!(is_marked, line.starts_with('#'), "{line}");
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
    fn links_and_labels() {
        check(
            "#Jo Elm and Al Oak
             #The Dam
             It broke, Jo Elm wrote in The Dam.
             #( VIDEO: Old dams)
             #Read: Who pays for dams?
             #Old dam to close Read more
             #Follow Jo Elm on Twitter @joelm
             #Photo: Al Oak
             Read more books, he said.
             It held.
             #OLD DAM TO CLOSE AFTER FLOOD
             WHAT COMES NEXT
             #(Photo: Al Oak)
             #Jo Elm reported from Oakton.
             #jo@thedam.com
             #— Al Oak is the director of Dam Friends.",
        );
    }

    #[test]
    fn writers_who_are_no_news() {
        check("The dam broke.\n#Jo Elm writes about rivers. She lives upstream.");
        check("The dam broke, Jo Elm feared.\nJo Elm has written to the mayor.");
    }

    #[test]
    fn body_that_looks_like_boilerplate_a_little() {
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
