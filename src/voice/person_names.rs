//! The people of an article: full names for surnames, roles and pronouns.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::initials;
use super::lexicon::{self, tags};
use super::name_parts::{
    self, capitalised, has_initials, is_given, is_suffix, is_usually_small, plain,
    without_middle_names,
};
use super::namesakes::{self, Person, Surname, bearer};
use super::noun_head;
use super::office_holders::OfficeHolders;
use super::places::place;
use super::printed_name::{is_first_name_alone, modifies_title, next_name, starts_name};
use super::sentence_tokens::{REACH, SentenceTokens, listed};

/// Everybody who is named in full, and what else they are called.
#[derive(Debug, Default)]
pub(super) struct PersonNames {
    people: Vec<Person>,
    by_name: FxHashMap<String, usize>,
    by_surname: FxHashMap<String, Surname>,
    /// People by the first word of their names.
    by_first_word: FxHashMap<String, Vec<usize>>,
    /// People by the initials of their own names; made when a label first asks for them.
    by_own_initials: OnceCell<FxHashMap<String, Vec<usize>>>,
    offices: OfficeHolders,
    /// Names by their initials.
    by_initials: FxHashMap<String, String>,
    /// The institution whose name ends with a word, in small letters; none where there are several.
    by_last_word: FxHashMap<String, Option<String>>,
}

impl PersonNames {
    /// Adds every name in a sentence.
    pub(super) fn add(&mut self, words: &SentenceTokens<'_>) {
        let mut from = 0;
        while let Some(open) = words.find(from..words.len(), tags!("open")) {
            from = open + 1;
            if let Some(name) = initials::spelled_out(words, open) {
                let name = without_middle_names(words.slice(&name)).into_owned();
                self.by_initials.insert(words.text(open + 1).to_string(), name);
            }
        }
        initials::each_long_name(words, |initials, name| {
            let name = plain(words.slice(&name));
            self.by_initials.entry(initials).or_insert_with(|| name.to_string());
        });
        let mut end = 0;
        while let Some(name) = next_name(words, end..words.len()) {
            end = name.end;
            self.add_name(words, &name);
            self.offices.add(words, &name);
        }
    }

    fn add_name(&mut self, words: &SentenceTokens<'_>, tokens: &Span) {
        let last = tokens.end - 1;
        let printed = without_middle_names(plain(words.slice(tokens)));
        let surname = name_parts::surname(&printed);
        if words.has(last, tags!("institution")) {
            // `Ministry of | Dams`
            let reach = tokens.start.saturating_sub(REACH)..tokens.start;
            let first = words.run_back(reach, tags!("institution title")).start;
            let limit = words.len().min(tokens.end + REACH);
            let whole = first..noun_head::institution_end(words, tokens.end, limit);
            if whole.len() > 1 {
                let name = plain(words.slice(&whole)).to_string();
                let known = self.by_last_word.entry(words.lower(last).to_string());
                known
                    .and_modify(|known| *known = known.take().filter(|known| *known == name))
                    .or_insert(Some(name.clone()));
            }
            return;
        }
        self.add_titles(words, tokens.start, surname);
        if tokens.len() < 2 && !words.any_before(last, listed!["the"]) {
            // The full name comes first.
            if let Some(known) = self.by_surname.get_mut(surname) {
                known.is_alone = true;
            }
        }
        let is_alone = tokens.len() < 2 && is_first_name_alone(words, tokens.start);
        if tokens.len() < 2 && !is_alone {
            return;
        }
        let name = self.without_epithet(printed.clone());
        if let Some(person) = self.by_name.get(&*name) {
            self.people[*person].mentions += 1;
            return;
        }
        let person = self.people.len();
        let is_acronym = surname.len() <= 5 && surname.bytes().all(|b| b.is_ascii_uppercase());
        if !is_suffix(plain(words.text(last))) && !is_acronym && !is_alone {
            namesakes::add(&mut self.surname(surname).people, person);
        }
        self.push(name.into_owned(), 1);
    }

    /// Adds the people that only captions and headlines name in full: `Jo Elm`.
    pub(super) fn add_beside(&mut self, words: &SentenceTokens<'_>) {
        let mut end = 0;
        while let Some(tokens) = next_name(words, end..words.len()) {
            end = tokens.end;
            let name = plain(words.slice(&tokens));
            let is_person = tokens.len() == 2 && is_given(words.text(tokens.start));
            if is_person && !self.by_name.contains_key(name) {
                let person = self.people.len();
                namesakes::add(&mut self.surname(name_parts::surname(name)).people, person);
                self.push(name.to_string(), 0);
            }
        }
    }

    fn push(&mut self, name: String, mentions: usize) {
        let person = self.people.len();
        let first = name.split(' ').next().unwrap_or(&name);
        let given = lexicon::find(&first.to_lowercase());
        let is_female = given.has(tags!("female-name"));
        let is_known = is_female != given.has(tags!("male-name"));
        namesakes::add(self.by_first_word.entry(first.to_string()).or_default(), person);
        self.by_name.insert(name.clone(), person);
        self.people.push(Person { name, is_female: is_known.then_some(is_female), mentions });
    }

    /// Adds the title before a name: `Mr.` and `Ms.`, or an office.
    fn add_titles(&mut self, words: &SentenceTokens<'_>, name: usize, surname: &str) {
        let mut title = name.wrapping_sub(1);
        // `Secretary of State | Jo Elm`
        if name > 2 && words.any(name - 3, listed!["secretary", "minister"]) {
            title = name - 3;
        }
        let is_title = words.has(title, tags!("title")) || words.has_small(title, tags!("person"));
        if !is_title || words.has(title, tags!("title-modifier")) {
            return;
        }
        match words.lower(title) {
            "mr." | "mr" | "sir" => self.surname(surname).is_female = Some(false),
            "mrs." | "ms." | "mrs" | "ms" => self.surname(surname).is_female = Some(true),
            _ => self.surname(surname).has_office = true,
        }
    }

    fn surname(&mut self, surname: &str) -> &mut Surname {
        self.by_surname.entry(surname.to_string()).or_default()
    }

    /// Sets the gender that a pronoun gives somebody, if it is not known yet.
    pub(super) fn set_gender(&mut self, name: &str, is_female: bool) {
        if let Some(person) = self.by_name.get(name) {
            self.people[*person].is_female.get_or_insert(is_female);
        }
    }

    /// The full name where a surname alone is printed; as printed where none or several fit.
    pub(super) fn full<'n>(&'n self, printed: &'n str) -> Cow<'n, str> {
        let printed = plain(printed);
        if let Some(name) = self.by_initials.get(printed) {
            return Cow::Borrowed(name);
        }
        if let Some(name) = self.full_of_capitals(printed) {
            return Cow::Owned(name);
        }
        if let Some((first, rest)) = printed.split_once(' ') {
            // `CLOSE Elm`: a link before the name.
            let is_link = first.len() > 3 && !first.contains(char::is_lowercase);
            if is_link && is_usually_small(first) && rest.contains(char::is_lowercase) {
                return self.full(rest);
            }
            return self.without_epithet(without_middle_names(printed));
        }
        let bearer = match self.borne(printed) {
            Some(surname) => bearer(&self.people, &surname.people, surname.is_female),
            None => self.called(printed),
        };
        Cow::Borrowed(bearer.unwrap_or(printed))
    }

    /// Whom a label of a transcript stands for: `JE`, `JO` and `Jo` for Jo Elm.
    pub(super) fn labelled(&self, label: &str) -> Option<&str> {
        let people = self.by_first_word.get(&capitalised(label));
        bearer(&self.people, people.or_else(|| self.own_initials().get(label))?, None)
    }

    fn own_initials(&self) -> &FxHashMap<String, Vec<usize>> {
        self.by_own_initials.get_or_init(|| {
            let mut people = FxHashMap::<String, Vec<usize>>::default();
            for (i, person) in self.people.iter().enumerate() {
                for initials in initials::of_person(&person.name) {
                    namesakes::add(people.entry(initials).or_default(), i);
                }
            }
            people
        })
    }

    /// `Tony` where Tony Elm is named, `Ban` where Ban Ki-moon is.
    fn called(&self, first: &str) -> Option<&str> {
        let people = self.by_first_word.get(first)?;
        let known = self.by_surname.get(first);
        let name = bearer(&self.people, people, known.and_then(|known| known.is_female))?;
        let is_hyphened =
            || name.split('-').nth(1).is_some_and(|part| part.starts_with(char::is_lowercase));
        // Senator Paul is not Paul Elm; nor, where Elm is told of alone, is Mr. Paul.
        let is_titled = known.is_some_and(|known| {
            let other = self.by_surname.get(name_parts::surname(name));
            known.has_office || (known.is_female.is_some() && other.is_some_and(|one| one.is_alone))
        });
        let is_place = lexicon::find(&first.to_lowercase()).has(tags!("place"));
        ((is_given(first) && !is_titled && !is_place) || is_hyphened()).then_some(name)
    }

    /// `Ferryman Jo Elm`, `Luckless Jo Elm`: the rest, where it is named alone too, or opens with a first
    /// name.
    fn without_epithet<'n>(&self, name: Cow<'n, str>) -> Cow<'n, str> {
        let Some((first, rest)) = name.split_once(' ').filter(|(_, rest)| rest.contains(' '))
        else {
            return name;
        };
        let second = rest.split(' ').next().unwrap_or(rest);
        let is_place = || place(&format!("{first} {second}").to_lowercase()).is_some();
        let is_other = || {
            is_usually_small(first)
                || lexicon::find(&first.to_lowercase()).has(tags!("title place institution"))
                || first.ends_with(['.', 's'])
                || ["ist", "man", "er", "or"].iter().any(|end| first.ends_with(end))
                || first.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        };
        let is_trade = ["ist", "ician", "-old"].iter().any(|end| first.ends_with(end));
        let opens = self.by_name.contains_key(rest)
            || is_trade
            || (rest.split(' ').next().is_some_and(is_given) && is_other());
        if is_given(first) || !opens || is_place() {
            name
        } else {
            self.without_epithet(Cow::Owned(rest.into()))
        }
    }

    /// What is known of a surname that somebody bears.
    fn borne(&self, surname: &str) -> Option<&Surname> {
        self.by_surname.get(surname).filter(|known| !known.people.is_empty())
    }

    /// `ELM` in a transcript is Elm, `JO ELM` Jo Elm, where somebody is named so.
    fn full_of_capitals(&self, printed: &str) -> Option<String> {
        let is_shouted = printed.len() > 2 && !printed.contains(char::is_lowercase);
        let name = is_shouted.then(|| capitalised(printed))?;
        let is_known = self.by_name.contains_key(&name) || self.borne(&name).is_some();
        (is_known && name != printed).then(|| self.full(&name).into_owned())
    }

    /// The people named in some tokens of a sentence, outside quotations, in order.
    pub(super) fn people_in<'n>(
        &'n self,
        words: &'n SentenceTokens<'_>,
        mut range: Span,
    ) -> impl Iterator<Item = Cow<'n, str>> {
        let names = std::iter::from_fn(move || {
            let is_start = |i: &usize| !words.has(*i, tags!("quoted")) && starts_name(words, *i);
            range.start = range.clone().find(is_start)?;
            let name = next_name(words, range.clone())?;
            range.start = name.end;
            let is_owner = modifies_title(words, name.end);
            Some((!is_owner).then(|| self.full(words.slice(&name))))
        });
        names.flatten().filter(|name| self.is_known(name) && self.can_be_personal(name))
    }

    /// Whether somebody of that name is named in full, or with a title.
    pub(super) fn is_known(&self, name: &str) -> bool {
        let has_title = |known: &Surname| known.has_office || known.is_female.is_some();
        self.by_name.contains_key(name) || self.by_surname.get(name).is_some_and(has_title)
    }

    /// Whether a name is known to be a person's: by a first name, a title, or the surname alone.
    pub(super) fn is_personal(&self, name: &str) -> bool {
        let last = name_parts::surname(name);
        let is_place = || lexicon::find(&last.to_lowercase()).has(tags!("place"));
        let by_surname = || {
            self.by_surname.get(last).is_some_and(|known| {
                let is_titled = known.has_office || known.is_female.is_some();
                is_titled || (known.is_alone && name != last && !is_place())
            })
        };
        self.is_female(name).is_some()
            || name.split_once(' ').is_some_and(|(first, _)| is_given(first) || has_initials(first))
            || name.rsplit_once(' ').is_some_and(|(before, last)| {
                before.split(' ').any(is_given)
                    && !lexicon::find(&last.to_lowercase()).has(tags!("institution"))
            })
            || is_given(name)
            || by_surname()
    }

    /// Whether a name can be a person's: it is known to be, or no word of it is an ordinary one, a
    /// place or an institution.
    pub(super) fn can_be_personal(&self, name: &str) -> bool {
        let is_other = |word: &str| {
            is_usually_small(word)
                || lexicon::find(&word.to_lowercase()).has(tags!("place institution time"))
        };
        let is_acronym = || name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase());
        self.is_personal(name)
            || (name.starts_with(char::is_uppercase)
                && !is_acronym()
                && !name.split(' ').any(is_other))
    }

    /// Whether a name is somebody's that the article names in full or with a title.
    pub(super) fn is_somebody(&self, name: &str) -> bool {
        self.is_known(name) && self.can_be_personal(name)
    }

    /// Whether a name can be an institution's: all words have capitals, those that join them aside, and
    /// some word is no ordinary one.
    pub(super) fn is_institution(&self, name: &str) -> bool {
        let is_joint = |word: &&str| matches!(*word, "of" | "and" | "for" | "the" | "on");
        let mut words = name.split(' ').filter(|word| !is_joint(word));
        let is_own = |word: &str| {
            lexicon::find(&word.to_lowercase()).has(tags!("institution")) || !is_usually_small(word)
        };
        name.len() > 1
            && words.clone().all(|word| word.starts_with(char::is_uppercase))
            && words.any(is_own)
            && !self.is_personal(name)
    }

    /// `the bureau`: the only institution of the article whose name ends so.
    pub(super) fn institution(&self, last_word: &str) -> Option<&str> {
        self.by_last_word.get(last_word)?.as_deref()
    }

    /// The only holder of a role, or the one named twice as often as any other: `the senator` where one
    /// senator is named, `the Ohio senator` where the other is known to be of another state.
    pub(super) fn holder(&self, role: &str) -> Option<String> {
        let mentions = |surname: &str| {
            let person = self.by_name.get(&*self.full(surname));
            person.map_or(0, |person| self.people[*person].mentions)
        };
        let is_person = |surname: &str| self.can_be_personal(&self.full(surname));
        Some(self.full(self.offices.holder(role, is_person, mentions)?).into_owned())
    }

    /// Who holds which office.
    pub(super) fn offices(&self) -> &OfficeHolders {
        &self.offices
    }

    /// Whether somebody has a title before the name.
    pub(super) fn has_office(&self, name: &str) -> bool {
        let known = self.by_surname.get(name_parts::surname(name));
        known.is_some_and(|known| known.has_office)
    }

    /// Whether a name is a woman's; none where it is not known.
    pub(super) fn is_female(&self, name: &str) -> Option<bool> {
        let surname = name_parts::surname(name);
        let known = self.by_name.get(name).and_then(|person| self.people[*person].is_female);
        known.or_else(|| self.by_surname.get(surname)?.is_female)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain as words_of;

    fn names(text: &str) -> PersonNames {
        let lower = text.to_ascii_lowercase();
        let mut names = PersonNames::default();
        names.add(&words_of(text, &lower));
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
        // An institution has no surname.
        assert_eq!(names("They met at Valley House in Elm County.").full("House"), "House");
    }
}
