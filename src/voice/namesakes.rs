//! People of one name, and which of them is meant.

/// Maximum number of people of one name that are told apart.
const MAX_NAMESAKES: usize = 50;

/// Adds somebody to those of one name.
pub(super) fn add(people: &mut Vec<usize>, person: usize) {
    if people.len() < MAX_NAMESAKES {
        people.push(person);
    }
}

/// One person.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) is_female: Option<bool>,
    pub(super) mentions: usize,
}

/// What is known of a surname.
#[derive(Debug, Default)]
pub(super) struct Surname {
    /// The people of that name.
    pub(super) people: Vec<usize>,
    /// Whether `Ms.` stood before it, or `Mr.`.
    pub(super) is_female: Option<bool>,
    /// Whether any office stood before it.
    pub(super) has_office: bool,
    /// Whether it stood alone, as surnames do: not *the House*.
    pub(super) is_alone: bool,
}

/// Which of some people is meant whom a title tells to be a woman or a man: the only one, or one who is named
/// twice as often as any other.
pub(super) fn bearer<'n>(
    all: &'n [Person],
    people: &[usize],
    is_female: Option<bool>,
) -> Option<&'n str> {
    let agrees = |person: &&Person| {
        let genders = is_female.zip(person.is_female);
        genders.is_none_or(|(title, person)| title == person)
    };
    let people = || people.iter().map(|person| &all[*person]).filter(agrees);
    let first = people().max_by_key(|person| person.mentions)?;
    let mut others = people().filter(|other| !std::ptr::eq(*other, first));
    // Whom captions alone name is mentioned nowhere.
    let is_plain = |other: &Person| first.mentions >= (2 * other.mentions).max(1);
    others.all(is_plain).then_some(&first.name)
}
