//! Words that bear on whose words a sentence conveys and attribute nothing themselves. Which way,
//! and how much, the weights in `models/voice.csv` tell.

/// Anywhere in a sentence, outside quotations, in small letters.
pub(super) const ANYWHERE: &str = "\
    according afraid aides allegedly analysts angry apparently appear appeared appears \
    approve approved article back backed backs can certain certainly choose chose clear \
    clearly column concerned confident consider considering considers convinced could \
    critics decide decided decides declined declines disapprove eager email endorse endorsed \
    endorses essay expected expects experts favor favored favors glad happy he her his \
    hopeful how i if indeed intend intended intends interview it its knew know known knows \
    letter likely looked looks made makes may maybe me mean means meant memo might must my \
    officials oppose opposed opposes opposing optimistic our percent perhaps plan planned \
    planning plans poised poll polls post prefer proud ready refused refuses regarded \
    reluctant report reportedly respondents ruling saw see seek seeking seeks seem seemed \
    seems seen sees she should sign signs skeptical sought sources speech spokesman \
    spokeswoman statement support supported supporters supporting supports supposedly sure \
    survey that their they tried try trying tweet unlikely us view viewed views vote voted \
    voting we what whether which who why will willing worried would you your";

/// At a sentence's start, in small letters.
pub(super) const OPENING: &str = "\
    a after an and are as asked at because but by do does for from he how however i if in is \
    it let no not now on she since so still that the then there these they this those to \
    under we well what when while who why with yes yet you";
