//! The words that attribute: what each takes, and how its writer stands to what was said.

use super::function_words;

/// How a writer who chooses this word stands to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Reports and no more: *said*.
    Neutral,
    /// Holds the claim at arm's length: *claimed*.
    Doubting,
    /// Grants that it is so: *admitted*, *pointed out*.
    Conceding,
    /// Says that somebody was attacked: *blasted*.
    Attacking,
    /// Says that somebody was praised or defended: *hailed*.
    Praising,
}

impl Class {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Class::Neutral => "neutral",
            Class::Doubting => "doubting",
            Class::Conceding => "conceding",
            Class::Attacking => "attacking",
            Class::Praising => "praising",
        }
    }
}

/// What must stand beside the word so that it conveys content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Complement {
    /// Whatever stands there was said: *said*, *told*.
    Anything,
    /// A clause: *announced that*, *found the plan was*.
    Clause,
    /// A clause or an aim: *vowed to*, *called for*.
    Aim,
    /// Quoted words only: *defended the plan as “…”*.
    Quote,
}

/// One attributing word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) class: Class,
    pub(super) takes: Complement,
    /// Its place among all forms.
    pub(super) row: u16,
}

use Class::{Attacking, Conceding, Doubting, Neutral, Praising};
use Complement::{Aim, Anything, Clause, Quote};

/// Every form, by class and by what it takes.
const TABLE: &[(Class, Complement, &str)] = &[
    (
        Neutral,
        Anything,
        "said say says saying told tell tells telling wrote write writes writing added add adds \
         adding noted note notes noting stated stating explained explain explains explaining \
         replied replies replying remarked remarks remarking tweeted tweet tweets tweeting \
         commented commenting recalled recalls recalling reiterated reiterates reiterating \
         joked jokes joking quipped quips mused muses concluded concludes concluding asked asks \
         asking described describes describing depicted depicts depicting called calls calling \
         characterized characterizes characterizing termed dubbed quoted testified testifies \
         testifying retorted countered counters countering emphasized emphasizes emphasizing \
         emphasised stressed stresses stressing predicted predicts predicting estimated \
         estimates estimating asserted asserts asserting declared declares declaring opined \
         wondered wonders wondering \
         blogged interjected recounted recounting predict describe declare assert recall \
         conclude emphasize ask caution summarized clarified clarifying cautioned cautions \
         cautioning",
    ),
    (
        Neutral,
        Clause,
        "posted reported reports reporting report announced announces announcing announce found \
         finds finding find showed shows show showing suggested suggests suggesting suggest \
         indicated indicates indicating indicate revealed reveals revealing reveal responded \
         responds responding continued continues believe believes believed believing think \
         thinks thought thinking felt learned understand understands understood assured assures \
         assuring informed informs informing reminded reminds reminding repeated repeats \
         repeating signaled signaling signals confirmed confirms confirming answered answers \
         answering spoke speaks discussed mentioned mentions mentioning observed observes \
         observing outlined outlines outlining detailed highlighted highlighting underscored \
         underscoring ruled rules ruling determined determines concur concurs agree agrees agreed agreeing figure \
         figures figured read reads imply implies implied implying testify cited cites citing \
         expressed expresses expressing envisioned imagined contemplated forecast forecasts \
         projected projects disclosed discloses disclosing published stipulates echoed echoes \
         echoing assumed assumes speculated speculates speculating guessed surmised proclaimed \
         proclaims proclaiming shouted chanted yelled exclaimed exclaiming \
         whispered grumbled muttered murmured sighed growled griped thundered bellowed \
         ranted moaned gushed enthused intoned ventured pronounced affirmed \
         reaffirmed confided attested posited theorized reckons reckoned screamed",
    ),
    (
        Neutral,
        Aim,
        "want wants wanted wanting hope hopes hoped hoping vow vows vowed vowing promise \
         promises promised promising pledge pledges pledged pledging \
         urge urges urged urging demand demands demanded demanding propose proposes \
         proposed proposing threatened threatens expect expects expected expecting recommended \
         recommends recommending advised advises advising instructed ordered requested requests \
         requesting intends encouraged encouraging encourages prefer prefers \
         preferred wish wishes wished swore swears begged begs pleaded appealed implored \
         implores fear \
         fears feared fearing worry worries worried worrying doubt doubts doubted doubting",
    ),
    (Neutral, Quote, "offered offers offering"),
    (
        Doubting,
        Anything,
        "claimed claims claiming claim alleged alleges alleging allege insisted insists \
         insisting insist argued argues arguing argue contended contends contending contend \
         purported purports professed professes boasted boasts boasting bragged brags bragging \
         touted touts touting portrayed portrays portraying complained complains complaining \
         boast complain lament portray accused accuses accusing accuse lamented laments \
         lamenting",
    ),
    (
        Doubting,
        Clause,
        "maintained maintains maintaining maintain denied denies denying deny hinted hints \
         hinting intimated suspected suspects questioned questions questioning question \
         speculate disputed disputes disputing insinuated pretended pretends likened likens \
         likening compared compares comparing",
    ),
    (
        Conceding,
        Anything,
        "admitted admits admitting admit acknowledged acknowledges acknowledging acknowledge \
         conceded concedes conceding concede granted confessed confesses confessing warned \
         warns warning warn",
    ),
    (
        Conceding,
        Clause,
        "allowed allows recognized recognizes recognizing recognised realized realizes accepted \
         accepts pointed points pointing",
    ),
    (
        Attacking,
        Anything,
        "blame denounce decry mock blamed blames blaming denounced denounces denouncing decried \
         decries decrying derided derides deriding mocked mocks mocking ridiculed ridicules \
         ridiculing lambasted railed rails railing charged charges charging fumed fumes fuming",
    ),
    (
        Attacking,
        Quote,
        "criticize condemn reject dismiss oppose attacked attacks attacking blasted blasts \
         blasting slammed slams slamming criticized criticizes criticizing criticised \
         criticises criticising condemned condemns condemning assailed assails assailing ripped \
         rips ripping hammered hammers rebuked rebukes rebuking scolded scolds chided chides \
         dismissed dismisses dismissing rejected rejects rejecting savaged scorned scoffed \
         scoffs scoffing taunted taunts taunting knocked knocks excoriated castigated bashed \
         bashes bashing trashed trashes torched skewered panned challenged challenges protested \
         protests protesting objected objects opposed opposes rebuffed snapped sneered jeered \
         berated upbraided disparaged belittled vilified",
    ),
    (
        Praising,
        Quote,
        "praise hail applaud defend praised praises praising hailed hails hailing lauded lauds \
         lauding applauded applauds applauding defended defends defending celebrated celebrates \
         commended commends commending endorsed endorses endorsing saluted salutes thanked \
         thanks thanking welcomed welcomes welcoming backed backs backing supported supports \
         supporting complimented cheered cheers championed champions extolled extols \
         congratulated congratulates credited credits crediting honored promoted promotes \
         vouched",
    ),
];

/// Every form with what it does. `according` attributes only before `to`, and is found by the two.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Cue)> {
    let forms = TABLE.iter().flat_map(|&(class, takes, forms)| {
        forms.split_whitespace().map(move |form| (form, class, takes))
    });
    (0..).zip(forms).map(|(row, (form, class, takes))| (form, Cue { class, takes, row }))
}

/// How the writer who chose `cue` stands to what was said; none for a word that is not in the table.
pub fn class(cue: &str) -> Option<Class> {
    let cue = cue.to_lowercase();
    let found = function_words::find(&cue).cue.map(|cue| cue.class);
    found.or_else(|| (cue == "according to").then_some(Class::Neutral))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_large_and_without_repetition() {
        let forms: Vec<&str> =
            TABLE.iter().flat_map(|(_, _, words)| words.split_whitespace()).collect();
        assert!(forms.len() > 200);
        let mut once = forms.clone();
        once.sort_unstable();
        let twice: Vec<_> = once.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn classes() {
        assert_eq!(class("said"), Some(Class::Neutral));
        assert_eq!(class("According to"), Some(Class::Neutral));
        assert_eq!(class("claims"), Some(Class::Doubting));
        assert_eq!(class("admitted"), Some(Class::Conceding));
        assert_eq!(class("blasted"), Some(Class::Attacking));
        assert_eq!(class("hailed"), Some(Class::Praising));
        assert_eq!(class("walked"), None);
    }
}
