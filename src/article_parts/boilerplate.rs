//! Boilerplate of a page, recognised by its words and its place. What is doubtful stays body: to
//! lose a sentence of the body costs more than to keep a line of boilerplate.

use super::author_biography::is_biography;
use super::boilerplate_line::{MAX_LENGTH, is_boilerplate, is_clock, opens_list, without_marks};
use super::boilerplate_words::WORDS;
use crate::text::normalised;

/// Maximum number of biographies at the end of an article.
const MAX_BIOGRAPHIES: usize = 2;

/// Takes the paragraphs of an article, its title and its outlet; tells for each paragraph whether it
/// is boilerplate.
pub(super) fn mark(paragraphs: &[&str], title: &str, outlet: &str) -> Vec<bool> {
    let is_outlet = |text: &str| !outlet.is_empty() && text.eq_ignore_ascii_case(outlet);
    let mut marked: Vec<bool> =
        paragraphs.iter().map(|text| is_boilerplate(text) || is_outlet(text)).collect();
    mark_lists(paragraphs, &mut marked);
    mark_teasers(paragraphs, &mut marked);
    mark_sign_up_boxes(paragraphs, &mut marked);
    mark_invitations(paragraphs, &mut marked);
    mark_top(paragraphs, title, outlet, &mut marked);
    mark_bylines_of_posts(paragraphs, &mut marked);
    mark_biographies(paragraphs, &mut marked);
    marked
}

/// Marks the titles below `Related articles`, until a paragraph reads like body.
fn mark_lists(paragraphs: &[&str], marked: &mut [bool]) {
    let mut is_listing = false;
    for (text, is_marked) in paragraphs.iter().zip(marked) {
        if text.len() <= MAX_LENGTH && opens_list(without_marks(text)) {
            is_listing = true;
        } else if is_listing && !*is_marked {
            is_listing = is_title(text);
            *is_marked = is_listing;
        }
    }
}

/// Marks teasers of other stories: a lone dash or bullet above a title and its blurb, at least twice.
fn mark_teasers(paragraphs: &[&str], marked: &mut [bool]) {
    let is_bullet = |text: &str| matches!(text, "-" | "–" | "—" | "•" | "*" | "·");
    if paragraphs.iter().filter(|text| is_bullet(text)).count() < 2 {
        return;
    }
    for at in 0..paragraphs.len() {
        if is_bullet(paragraphs[at]) {
            let below = paragraphs[at + 1..].iter().take(2);
            let n_titles = below.take_while(|text| !is_bullet(text) && is_title(text)).count();
            marked[at + 1..=at + n_titles].fill(true);
        }
    }
}

/// Marks a few words between two lines of a sign-up box.
fn mark_sign_up_boxes(paragraphs: &[&str], marked: &mut [bool]) {
    for at in 1..paragraphs.len().saturating_sub(1) {
        let is_boxed = [at - 1, at + 1].iter().all(|&at| marked[at] && is_sign_up(paragraphs[at]));
        if is_boxed && has_at_most(25, paragraphs[at]) {
            marked[at] = true;
        }
    }
}

/// Marks `Get the Valley Briefing` above a sign-up box.
fn mark_invitations(paragraphs: &[&str], marked: &mut [bool]) {
    for at in (1..paragraphs.len()).rev() {
        let above = paragraphs[at - 1];
        if marked[at]
            && is_sign_up(paragraphs[at])
            && above.split_whitespace().next().is_some_and(|word| WORDS.invitations.contains(word))
            && above.len() <= 80
            && is_title(above)
        {
            marked[at - 1] = true;
        }
    }
}

/// Marks what may stand above the first sentence: the title again, a byline, the outlet.
fn mark_top(paragraphs: &[&str], title: &str, outlet: &str, marked: &mut [bool]) {
    let (title, outlet) = (normalised(title), outlet.to_lowercase());
    // Upwards, so that names are seen after the marked line below them.
    for (at, text) in paragraphs.iter().enumerate().take(4).rev() {
        let is_names_above = at < 2 && marked.get(at + 1) == Some(&true) && is_names(text);
        let repeats_title =
            at == 0 && text.len() <= MAX_LENGTH && !title.is_empty() && normalised(text) == title;
        // `Special for The Dam`.
        let ends_in_outlet =
            !outlet.is_empty() && has_at_most(4, text) && text.to_lowercase().ends_with(&outlet);
        marked[at] |= repeats_title || ends_in_outlet || is_byline(text) || is_names_above;
    }
}

/// Marks who wrote a post of a live report: a byline at most two paragraphs below a clock time.
fn mark_bylines_of_posts(paragraphs: &[&str], marked: &mut [bool]) {
    let is_time = |text: &&str| is_clock(&text.to_ascii_lowercase());
    for at in 1..paragraphs.len() {
        let above = &paragraphs[at.saturating_sub(2)..at];
        marked[at] |= is_byline(paragraphs[at]) && above.iter().any(is_time);
    }
}

/// `By Jo Elm and Al Oak`.
fn is_byline(text: &str) -> bool {
    let names = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY "));
    names.is_some_and(|names| has_at_most(12, names) && is_names(names))
}

/// Two words or more, as names are printed.
fn is_names(text: &str) -> bool {
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "|" | "for" | "of" | "-")
    };
    !text.ends_with('.') && text.contains(' ') && text.split_whitespace().all(is_part)
}

/// Marks biographies of the authors below the last sentence.
fn mark_biographies(paragraphs: &[&str], marked: &mut [bool]) {
    let mut n_left = MAX_BIOGRAPHIES;
    for at in (1..paragraphs.len()).rev() {
        if marked[at] {
            continue;
        }
        let is_in_news = |name: &str| {
            let mut above = paragraphs[..at].iter().zip(&*marked);
            above.any(|(text, is_marked)| !is_marked && text.contains(name))
        };
        if n_left == 0 || !is_biography(paragraphs[at], is_in_news) {
            break;
        }
        marked[at] = true;
        n_left -= 1;
    }
}

/// Whether a text is short, and does not end as a sentence of the body does.
fn is_title(text: &str) -> bool {
    has_at_most(30, text) && !text.ends_with(['.', ':', '”', '"', '’'])
}

fn is_sign_up(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    WORDS.sign_ups.iter().any(|phrase| lower.contains(phrase))
}

fn has_at_most(n_words: usize, text: &str) -> bool {
    text.split_whitespace().nth(n_words).is_none()
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
    fn posts_of_live_reports() {
        check(
            "It broke.\nIt fell.\nIt rained.\nIt held.\n#18:27 GMT\nA heading\n#By Jo Elm\nBy Al Oak\nIt is late.",
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
