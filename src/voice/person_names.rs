//! The people of an article: full names for surnames, roles and pronouns.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::function_words::{self, Role};
use super::sentence_tokens::{Kind, Quoted, SentenceTokens};

/// What begins with a capital at a sentence's start and is no part of a name.
const OUTSIDE: &[Role] = &[
    Role::Title,
    Role::Determiner,
    Role::Preposition,
    Role::Conjunction,
    Role::Time,
    Role::Auxiliary,
    Role::Subject,
    Role::Opener,
];
/// The longest full name, in words.
const LONGEST: usize = 5;

/// Common first names; enough to tell *he* from *she* where a title does not.
const FEMALE: &str = "alexandria alice amy andrea angela ann anna anne barbara beth betsy betty carly carol caroline \
    catherine chelsea christine cindy claire condoleezza deborah debbie diane dianne donna elena elizabeth ellen \
    emily emma gina hillary heather ivanka jane janet jeanine jennifer jessica jill joan julia julie karen kamala kate \
    katherine kathleen kathy kellyanne kirsten kirstjen laura linda lisa loretta lori margaret maria marie mary \
    maxine megan megyn melania melissa michelle mitzi monica nancy nikki olivia pamela patricia rachel rebecca ruth sally samantha \
    sandra sara sarah sharon sheila shirley sonia stephanie sue susan svetlana tammy teresa theresa tulsi valerie victoria virginia wendy";
const MALE: &str = "aaron adam al alan albert alexander andrew andy anthony antonin arthur barack ben benjamin bernie bill \
    bob brad brett brian bruce carl charles chris christopher chuck dan daniel dave david dennis dick don donald doug dmitry ed edward \
    eric frank fred gary gene george gerald glenn greg harry henry howard jack james jared jason jeb jeff jeffrey jeremy jerry jim \
    jimmy joe john jonathan joseph josh juan julian justin keith ken kenneth kevin larry mark marco martin matt matthew max michael mike \
    mitch mitt nathan newt nicholas nick patrick paul peter phil philip rand randy raymond reince rex richard rick rob robert ron ronald rudy rush \
    roger roy rupert ryan sam samuel scott sean sergey spencer stephen steve steven ted terry thomas tim timothy todd tom tony trey vladimir walter wayne will william xi";

/// One person.
#[derive(Debug)]
struct Person {
    name: String,
    female: Option<bool>,
    seen: usize,
}

/// What is known of a surname.
#[derive(Debug, Default)]
struct Surname {
    /// Whose it is.
    people: Vec<usize>,
    /// Whether a title told that it is a woman's, or a man's.
    titled: Option<bool>,
    /// Whether any office stood before it.
    has_office: bool,
}

/// Everybody who is named in full, and what else they are called.
#[derive(Debug, Default)]
pub(super) struct PersonNames {
    people: Vec<Person>,
    by_name: FxHashMap<String, usize>,
    by_surname: FxHashMap<String, Surname>,
    /// For each office, the surnames that it stood before, and whose office it was.
    by_office: FxHashMap<String, Vec<(String, String)>>,
}

impl PersonNames {
    /// Notes every name in a sentence.
    pub(super) fn note(&mut self, words: &SentenceTokens<'_>) {
        let mut at = 0;
        while at < words.len() {
            if !starts_name(words, at) {
                at += 1;
                continue;
            }
            let start = at;
            while at < words.len() && at - start < LONGEST && goes_on(words, start, at) {
                at += 1;
            }
            at = at.max(start + 1);
            self.note_name(words, start, at);
            if let Some(role) = apposition(words, at).filter(|_| at - start > 1) {
                let surname = plain(words.text(at - 1));
                self.note_holder(words.lower(role), surname, "");
            }
        }
    }

    fn note_name(&mut self, words: &SentenceTokens<'_>, start: usize, end: usize) {
        let surname = plain(words.text(end - 1));
        self.note_titles(words, start, surname);
        if !(2..=LONGEST).contains(&(end - start)) || words.plays(end - 1, Role::Institution) {
            return;
        }
        let name = without_middle_initials(plain(words.slice(&(start..end))));
        if let Some(at) = self.by_name.get(&*name) {
            self.people[*at].seen += 1;
            return;
        }
        let name = name.into_owned();
        let female = gender(words.lower(start));
        self.by_name.insert(name.clone(), self.people.len());
        let is_acronym = surname.len() <= 5 && surname.bytes().all(|b| b.is_ascii_uppercase());
        if !is_suffix(surname) && !is_acronym {
            let person = self.people.len();
            self.surname(surname).people.push(person);
        }
        self.people.push(Person { name, female, seen: 1 });
    }

    /// `Mr.` and `Ms.`, and the office that stands before a name.
    fn note_titles(&mut self, words: &SentenceTokens<'_>, start: usize, surname: &str) {
        let Some(before) = start.checked_sub(1).filter(|at| words.plays(*at, Role::Title)) else {
            return;
        };
        match words.lower(before) {
            "mr." | "mr" | "sir" => self.surname(surname).titled = Some(false),
            "mrs." | "ms." | "mrs" | "ms" => self.surname(surname).titled = Some(true),
            office => {
                self.surname(surname).has_office = true;
                // `Russian President`: whose president it is.
                let of = before.checked_sub(1).filter(|at| words.is_capital(*at));
                let of = of.map_or("", |at| words.lower(at)).to_string();
                self.note_holder(office, surname, &of);
            }
        }
    }

    fn surname(&mut self, surname: &str) -> &mut Surname {
        self.by_surname.entry(surname.to_string()).or_default()
    }

    /// Notes whose office it is, and of what.
    fn note_holder(&mut self, office: &str, surname: &str, of: &str) {
        let holders = self.by_office.entry(office_name(office).to_string()).or_default();
        match holders.iter_mut().find(|(holder, _)| holder == surname) {
            Some((_, known)) if known.is_empty() => *known = of.to_string(),
            Some(_) => {}
            None => holders.push((surname.to_string(), of.to_string())),
        }
    }

    /// What a pronoun told of somebody.
    pub(super) fn learn(&mut self, name: &str, female: bool) {
        if let Some(at) = self.by_name.get(name) {
            self.people[*at].female.get_or_insert(female);
        }
    }

    /// The full name where a surname alone is printed; as printed where none or several fit.
    pub(super) fn full<'n>(&'n self, printed: &'n str) -> Cow<'n, str> {
        let printed = plain(printed);
        if printed.contains(' ') {
            return without_middle_initials(printed);
        }
        match self.borne(printed) {
            Some(surname) => Cow::Borrowed(self.only(surname).unwrap_or(printed)),
            None => self.full_of_shouted(printed).map_or(Cow::Borrowed(printed), Cow::Owned),
        }
    }

    /// What is known of a surname that somebody bears.
    fn borne(&self, surname: &str) -> Option<&Surname> {
        self.by_surname.get(surname).filter(|known| !known.people.is_empty())
    }

    /// The name that a surname stands for: the only one's, or that of one who is named twice as often
    /// as any other.
    fn only(&self, surname: &Surname) -> Option<&str> {
        let female = surname.titled;
        let fits = |person: &&Person| {
            female.is_none() || person.female.is_none_or(|is| Some(is) == female)
        };
        let fitting = || surname.people.iter().map(|at| &self.people[*at]).filter(fits);
        // Of several that are named as often, the first.
        let first = fitting().rev().max_by_key(|person| person.seen)?;
        let others = fitting().filter(|other| !std::ptr::eq(*other, first));
        let seen = others.map(|other| other.seen).max();
        seen.is_none_or(|seen| first.seen >= 2 * seen).then_some(&first.name)
    }

    /// `ELM` in a transcript is Elm.
    fn full_of_shouted(&self, printed: &str) -> Option<String> {
        let shouted = printed.len() > 3 && printed.bytes().all(|b| b.is_ascii_uppercase());
        let (first, rest) = shouted.then(|| printed.split_at(1))?;
        let surname = format!("{first}{}", rest.to_ascii_lowercase());
        self.borne(&surname).map(|_| self.full(&surname).into_owned())
    }

    /// The people named in some tokens of a sentence, outside quotations, in order.
    pub(super) fn people_in<'n>(
        &'n self,
        words: &'n SentenceTokens<'_>,
        range: Span,
    ) -> impl Iterator<Item = Cow<'n, str>> {
        let mut at = range.start;
        let names = std::iter::from_fn(move || {
            let starts = |at: &usize| words.quoted(*at) != Quoted::Yes && starts_name(words, *at);
            let start = (at..range.end).find(starts)?;
            let is_behind = |at: &usize| at - start == LONGEST || !goes_on(words, start, *at);
            at = (start..range.end).find(is_behind).unwrap_or(range.end).max(start + 1);
            Some(self.full(words.slice(&(start..at))))
        });
        names.filter(|name| self.is_known(name))
    }

    /// Whether somebody of that name is named in full, or with a title.
    pub(super) fn is_known(&self, name: &str) -> bool {
        let surname = || self.by_surname.get(name);
        self.by_name.contains_key(name)
            || surname().is_some_and(|known| known.has_office || known.titled.is_some())
    }

    /// The only holder of an office: `the senator` where one senator is named, `the French
    /// president` where the other president is known to be of another country.
    pub(super) fn holder(&self, role: &str) -> Option<String> {
        let role = role.to_lowercase();
        let mut words = role.rsplit(' ');
        let holders = self.by_office.get(office_name(words.next()?))?;
        let of = words.next().unwrap_or("");
        let fits = |known: &str| known.is_empty() || of.is_empty() || known == of;
        let mut fitting = holders.iter().filter(|(_, known)| fits(known));
        let (holder, _) = fitting.next()?;
        fitting.next().is_none().then(|| self.full(holder).into_owned())
    }

    /// Whether a name is a woman's; none where it cannot be told.
    pub(super) fn is_female(&self, name: &str) -> Option<bool> {
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let known = self.by_name.get(name).and_then(|at| self.people[*at].female);
        known.or_else(|| self.by_surname.get(surname)?.titled)
    }
}

fn starts_name(words: &SentenceTokens<'_>, at: usize) -> bool {
    words.is_capital(at) && !OUTSIDE.iter().any(|role| words.plays(at, *role))
}

fn goes_on(words: &SentenceTokens<'_>, start: usize, at: usize) -> bool {
    let ended =
        at > start && (words.text(at - 1).ends_with("'s") || words.text(at - 1).ends_with("’s"));
    let is_particle = || at > start && words.plays(at, Role::Particle) && words.is_capital(at + 1);
    !ended
        && words.is(at, Kind::Word)
        && (starts_name(words, at) || is_particle() || is_suffix(plain(words.text(at))))
}

/// `Jo Elm, the town's chief | engineer of …`: the word for what somebody is, behind the name.
fn apposition(words: &SentenceTokens<'_>, end: usize) -> Option<usize> {
    if !words.is(end, Kind::Comma) || words.quoted(end) == Quoted::Yes {
        return None;
    }
    let from = end + 1;
    let is_noun = |at: &usize| {
        let ends = [Role::Preposition, Role::Conjunction, Role::Auxiliary, Role::Pronoun];
        words.is(*at, Kind::Word)
            && words.cue(*at).is_none()
            && !ends.iter().any(|role| words.plays(*at, *role))
    };
    let last = (from..from + LONGEST + 2).take_while(is_noun).last()?;
    let closed = [Kind::Comma, Kind::Stop, Kind::Dash].iter().any(|kind| words.is(last + 1, *kind))
        || words.plays(last + 1, Role::Preposition);
    let opened = words.plays(from, Role::Determiner) || words.plays(last, Role::Title);
    (closed && opened && !words.is_capital(last)).then_some(last)
}

/// `Jo B. Elm` and `Jo Elm` are one person; `J. B. Elm` has no other first name. With single spaces.
fn without_middle_initials(name: &str) -> Cow<'_, str> {
    let is_plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '.' || c.is_whitespace());
    if name.split(' ').all(is_plain) {
        return Cow::Borrowed(name);
    }
    let parts: Vec<&str> = name.split_whitespace().collect();
    let last = parts.len().saturating_sub(1);
    let is_initial = |part: &str| part.len() == 2 && part.ends_with('.');
    let initialled = parts.first().is_some_and(|first| is_initial(first));
    let is_middle = |at: usize| at > 0 && at < last && !initialled && is_initial(parts[at]);
    let kept: Vec<&str> =
        (0..parts.len()).filter(|at| !is_middle(*at)).map(|at| parts[at]).collect();
    Cow::Owned(kept.join(" "))
}

/// Without a possessive ending.
fn plain(name: &str) -> &str {
    let mut name = name;
    for ending in ["'s", "’s"] {
        while let Some(rest) = name.strip_suffix(ending) {
            name = rest;
        }
    }
    name.trim_end_matches(['’', '\'', ','])
}

/// Whether a speaker's name is a person's full name: two to five words with capitals, particles aside,
/// with no title before the last, which is no institution's. Whoever has a *Jr.* behind the name is
/// left out: nobody else must be taken for them.
pub fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let plays = |word: &str, role| function_words::find(&word.to_lowercase()).plays(role);
    let is_part = |word: &&str| word.starts_with(char::is_uppercase) || plays(word, Role::Particle);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let is_outside = |word: &&str| plays(word, Role::Title) || plays(word, Role::Determiner);
    let is_place = ["North", "South", "East", "West", "New"].contains(first);
    (2..=LONGEST).contains(&words.len())
        && words.iter().all(is_part)
        && first.starts_with(char::is_uppercase)
        && !words[..words.len() - 1].iter().any(is_outside)
        && !words[..words.len() - 1].contains(last)
        && !is_place
        && !is_suffix(last)
        && !plays(last, Role::Institution)
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Short and long forms of one office.
fn office_name(office: &str) -> &str {
    match office {
        "sen." | "sen" => "senator",
        "gov." | "gov" => "governor",
        "rep." | "rep" | "congresswoman" | "representative" => "congressman",
        office => office,
    }
}

fn gender(first: &str) -> Option<bool> {
    static FIRST_NAMES: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
        let all = |names: &'static str, female| names.split_whitespace().map(move |n| (n, female));
        // The last one counts of a name that stands in both.
        all(MALE, false).chain(all(FEMALE, true)).collect()
    });
    FIRST_NAMES.get(first).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain as words_of;

    fn names(text: &str) -> PersonNames {
        let lower = text.to_ascii_lowercase();
        let mut names = PersonNames::default();
        names.note(&words_of(text, &lower));
        names
    }

    #[test]
    fn surnames_become_full_names() {
        let names = names("On Monday Senator Joan B. Elm met Mayor Al Oak's aide and Mr. Birch.");
        assert_eq!(names.full("Elm"), "Joan Elm");
        assert_eq!(names.full("Oak"), "Al Oak");
        assert_eq!(names.full("Birch"), "Birch");
        assert_eq!(names.holder("senator").as_deref(), Some("Joan Elm"));
        assert_eq!(names.is_female("Joan Elm"), Some(true));
        assert_eq!(names.is_female("Birch"), Some(false));
    }

    #[test]
    fn two_of_one_surname_are_not_guessed() {
        assert_eq!(names("We saw Jo Elm and then Al Elm there.").full("Elm"), "Elm");
        assert_eq!(names("They saw Al Elm Jr. there.").full("Elm"), "Elm");
    }

    #[test]
    fn institutions_have_no_surname() {
        assert_eq!(names("They met at Valley House in Elm County.").full("House"), "House");
    }
}
