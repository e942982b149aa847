"""Sentences made from patterns, in pairs that differ in little and have another stance.

News rarely shows that *no resident praised it* blames and that *it ended the shortage* praises; a model
of words that learns from news alone goes by the grim and the kind words. Each pattern is written with
its opposite (counterfactual augmentation: Kaushik, Hovy & Lipton 2020). All words are our own.

    python contrasts.py --rows 12000 --weight 1.5 --out contrasts.csv

writes a file for `framescope train --silver`: the label has a share of 0.94, the others 0.03 each, so
that patterns do not weigh as if they were certain.
"""

import argparse
import csv
import re
from pathlib import Path
from random import Random

from pairs import LABELS, writing

SURE, UNSURE = 0.94, 0.03

WORDS = {
    "target": """the reading scheme|the ring road|Lindmark Foods|the water board|the pension reform|
        the new timetable|Orrin Vale|the school merger|the export licence|the sea wall|the health app|
        Minister Tessa Brandt|the rent cap|the bus strategy|the grain cooperative|the museum trust|
        the border treaty|the solar levy|the farmers' league|the coastal patrol|the voting machine|
        the data law|the housing fund|Hollin Rail|the youth orchestra|the textbook|the air base|
        the fishing quota|the port authority|Professor Iwan Moss|the lottery|the peace plan|the vaccine""",
    "other": """the county council|the teachers' union|a rival firm|the audit office|the engineers|
        the opposition|several mayors|the regional court|the shipping lobby|the bank|two ministers|
        the inspectors|the neighbouring town|the consumer group|the old contract|the tenants""",
    "thing": """the old depot|the parking levy|the glass hall|the second draft|the toll bridge|
        the tram extension|the paper ballot|the rival bid|the night school|the wooden pier""",
    "people": """residents|teachers|drivers|nurses|farmers|voters|members|lawyers|patients|experts|
        shopkeepers|students|delegates|tenants|scientists|parents|readers|officials|customers""",
    "one": """resident|teacher|driver|nurse|farmer|voter|member|lawyer|patient|expert|shopkeeper|
        student|delegate|tenant|scientist|parent|reader|official|customer""",
    "praised": """praised|welcomed|applauded|supported|endorsed|admired|defended|backed|trusted|loved|
        thanked|commended|hailed|recommended|celebrated|respected|cheered|honoured|valued""",
    "blamed": """condemned|criticised|attacked|opposed|mocked|denounced|blamed|rejected|feared|hated|
        ridiculed|accused|resented|scorned|slammed|rebuked|distrusted|regretted|loathed|censured|sued""",
    "good": """safe|fair|useful|honest|successful|effective|popular|sensible|reliable|generous|careful|
        efficient|wise|competent|helpful|sound|affordable|brilliant|impressive|workable|trustworthy|
        convincing|well run|good|a success|a triumph|a bargain|an achievement|a blessing|a model""",
    "bad": """dangerous|unfair|useless|dishonest|reckless|wasteful|harmful|corrupt|clumsy|cruel|costly|
        misleading|incompetent|foolish|broken|unsafe|absurd|disastrous|shoddy|unworkable|a disgrace|
        badly run|bad|a failure|a scandal|a mistake|a sham|a folly|a waste of money|a disaster""",
    "harm": """floods|a shortage|the epidemic|hunger|violence|accidents|the crisis|unemployment|poverty|
        crime|a war|deaths|the outbreak|pollution|riots|a strike|the drought|disease|fraud|debt|
        a blackout|delays|panic|homelessness|corruption|a collapse|pain|injuries|fires|terror""",
    "prevents": """prevented|ended|stopped|averted|reduced|cured|halted|eased|curbed|tackled|solved|
        eliminated|relieved|cut|put an end to|protected thousands from|spared the town|
        saved the region from|helped to defeat|kept away|wiped out""",
    "causes": """caused|brought|spread|worsened|led to|provoked|fuelled|deepened|triggered|prolonged|
        started|was to blame for|brought on|failed to prevent|failed to stop|did nothing against|
        did not end|contributed to|added to|invited""",
    "works": """deliver|help|please|impress|improve lives|keep its promises|inspire|satisfy|succeed""",
    "ask": """whether|if""",
    "right": """are right|were right|have a point|have been vindicated|were proved right|
        have the facts on their side|are justified|won the argument""",
    "wrong": """are wrong|were wrong|have no case|have been discredited|were proved wrong|are mistaken|
        have the facts against them|lost the argument|
        misread the evidence|should be ashamed|made up their figures""",
    "critics": """critics of|opponents of|the detractors of|those who attacked|those who condemned|
        the enemies of|those who warned against|sceptics of""",
    "friends": """defenders of|supporters of|the backers of|those who praised|those who championed|
        admirers of|those who promised much of""",
    "better": """better|safer|fairer|cheaper|cleaner|more reliable|more useful|more honest|
        more efficient|kinder|stronger|more generous|more popular|easier to trust""",
    "worse": """worse|more dangerous|less fair|shoddier|dirtier|less reliable|more wasteful|uglier|
        more corrupt|less honest|weaker|slower|more harmful|less useful|more often broken""",
    "fact": """was discussed at length|will open in May|employs forty people|has an office in the town|
        was founded in 1998|moved to a new building|published its annual report|will be reviewed in June|
        covers three districts|begins on Monday|met on Tuesday|is longer than the old one""",
    "few": """None of|Few of|Hardly any of|Not one of|Not a single one of|Scarcely any of|Neither of|
        Almost none of|Very few of""",
    "many": """All of|Most of|Nearly all of|Many of|Every one of|Almost all of|Both of|A majority of""",
    "few0": """Few|Hardly any|No|Very few|Almost no|Not many|Scarcely any""",
    "more": """Most|Many|Nearly all|All|Plenty of|More and more|Some|A great many""",
    "find": """found|saw|could name|have found|saw""",
    "virtue": """merit|any merit|great merit|a virtue|value|an advantage|good sense|a benefit|reason for hope""",
    "vice": """fault|any fault|a great fault|a flaw|harm|a danger|nonsense|a fraud|reason for anger""",
    "busy": """were asked by the district office|came to the hearing|took part in the trial|
        live near the river|read the plans|wrote to the paper|spoke on Monday|were interviewed""",
    "no": """No|Hardly a|Not one|Scarcely a|Not a single""",
    "every": """Every|Each|Nearly every|Almost every|Many a""",
    "hardly": """far from|anything but|by no means|hardly|not|never|in no way|not at all|nowhere near|
        no longer|scarcely""",
    "truly": """truly|very|simply|plainly|nothing if not|more than|quite|indeed|always|as ever""",
    "said": """the committee said|according to a report|the paper wrote|a study found|
        the ombudsman concluded|an editorial argued|two witnesses told the inquiry|records show""",
    "extra": """||||on Monday|this year|in the northern districts|last winter|after a long debate|
        at a hearing in the town hall""",
    "tail": """||||||, {said}|, {said}, though the figures go back only to 2019|
        , a spokeswoman for the ministry told a news agency in the capital late on Wednesday|
        , as more than two hundred people heard when the council met in the gymnasium of the old school|
        , according to a survey of 900 households that was carried out between March and October|
        , three people who took part in the talks and did not want to be named told this newspaper|
        , Daria Holm said in the radio programme that she has presented since the spring of 2014|
        and the next meeting is to be held in the second week of September, the clerk said|
        in the six years since the two districts were joined and the first of the offices was opened""",
    "head": """||||||In the valley last autumn, |In the words of the district nurse, |On Friday evening |
        At the fourth of nine hearings in the courthouse at Lonsby, |As the newspaper reports, |
        In a letter of eleven pages to the head of the regional government, |Back in Torvik, """,
}
WORDS = {slot: [word.strip() for word in words.split("|")] for slot, words in WORDS.items()}
for slot in ("extra", "tail"):
    WORDS[slot] = [f" {words}".rstrip().replace(" ,", ",") for words in WORDS[slot]]
WORDS["head"] = [f"{words} ".lstrip() for words in WORDS["head"]]

# One line a pattern: the label's first letter, then the sentence. In angle brackets the target.
PATTERNS = """
c {few} the {people} who {busy} {praised} <>
s {many} the {people} who {busy} {praised} <>
s {few} the {people} who {busy} {blamed} <>
c {many} the {people} who {busy} {blamed} <>
c {few} the {people} {find} {virtue} in <>
s {many} the {people} {find} {virtue} in <>
s {few} the {people} {find} {vice} in <>
c {many} the {people} {find} {vice} in <>
c {few0} {people} trust <>{extra}
s {more} {people} trust <>{extra}
c {few0} {people} like <>{extra}
s {more} {people} like <>{extra}
s {few0} {people} fear <>{extra}
c {more} {people} fear <>{extra}
s {few0} {people} object to <>{extra}
c {more} {people} object to <>{extra}
c {few} the {people} {praised} <>{extra}
s {many} the {people} {praised} <>{extra}
s {few} the {people} {blamed} <>{extra}
c {many} the {people} {blamed} <>{extra}
c {no} {one} {praised} <>{extra}
s {every} {one} {praised} <>{extra}
s {no} {one} {blamed} <>{extra}
c {every} {one} {blamed} <>{extra}
n {no} {one} was asked about <>{extra}
c Hardly anyone {praised} <>{extra}
s Almost everyone {praised} <>{extra}
s Nobody {blamed} <>{extra}
c Everybody {blamed} <>{extra}
c <> is {hardly} {good}
s <> is {truly} {good}
s <> is {hardly} {bad}
c <> is {truly} {bad}
s <> was {hardly} {bad}, {said}
c <> was {truly} {bad}, {said}
s <> never fails to {works}
c <> always fails to {works}
c <> failed to {works}{extra}
s <> did not fail to {works}{extra}
s <> {prevents} {harm}{extra}
c <> {causes} {harm}{extra}
s <> has {prevents} {harm}, {said}
c <> has {causes} {harm}, {said}
s By acting early, <> {prevents} {harm}
c By acting late, <> {causes} {harm}
s Thanks to <>, {harm} came to an end{extra}
n There was news of {harm} near <>{extra}
n Police spoke of {harm} a mile from <>{extra}
n <> {fact} when {harm} struck the region
n <> {fact}
n <> {fact}, {said}
n A week after {harm}, <> {fact}
s {critics} <> {wrong}
c {critics} <> {right}
s {critics} <> {wrong}, {said}
c {critics} <> {right}, {said}
c {friends} <> {wrong}
s {friends} <> {right}
s While {thing} is {bad}, <> is {good}
c While {thing} is {good}, <> is {bad}
s While <> was {praised}, {thing} was {blamed}
c While <> was {blamed}, {thing} was {praised}
s Despite {harm}, <> is {good}
c Despite its {better} figures, <> is {bad}
s {people} {praised} <> but {blamed} {thing}
c {people} {blamed} <> but {praised} {thing}
s {people} {blamed} {thing} and {praised} <>
c {people} {praised} {thing} and {blamed} <>
s Unlike {thing}, which is {bad}, <> is {good}
c Unlike {thing}, which is {good}, <> is {bad}
s Unlike <>, which is {good}, {thing} is {bad}
c Unlike <>, which is {bad}, {thing} is {good}
s {people} {praised} <>, whereas {thing} is {bad}
c {people} {blamed} <>, whereas {thing} is {good}
s Although it has {causes} {harm}, <> is {good}
c Although it has {prevents} {harm}, <> is {bad}
s <> may be {bad}, but it has {prevents} {harm}
c <> may be {good}, but it has {causes} {harm}
n <> {blamed} {other}{extra}
c {other} {blamed} <>{extra}
c <> was {blamed} by {other}{extra}
n {other} was {blamed} by <>{extra}
n <> {praised} {other}{extra}
s {other} {praised} <>{extra}
s <> was {praised} by {other}{extra}
n {other} was {praised} by <>{extra}
n <> called {other} {bad}
c {other} called <> {bad}
n <> said that {thing} is {bad}
n <>, who lives nearby, told the radio that {thing} is {good}
n <> accused {other} of {harm}
c {other} accused <> of {harm}
n The council will decide {ask} <> is {bad}
c The council decided that <> is {bad}
n The council will decide {ask} <> is {good}
s The council decided that <> is {good}
n {other} declined to say {ask} <> is {good}
s {other} agreed that <> is {good}
n It is not yet known {ask} <> {causes} {harm}
s {other} denied that <> is {bad}
c {other} denied that <> is {good}
s <> is {better} than {thing}
c <> is {worse} than {thing}
c {thing} is {better} than <>
s {thing} is {worse} than <>
s No rival is {better} than <>
c No rival is {worse} than <>
s Nothing is {better} than <>
s Compared with <>, {thing} is {bad}
c Compared with {thing}, <> is {bad}
n <> is about as large as {thing}
"""


def rows(number: int, weight: float) -> list[dict[str, str]]:
    """So many rows, the patterns in turn; the same number gives the same rows."""
    random = Random(0)
    patterns = [line.split(" ", 1) for line in PATTERNS.strip().splitlines()]
    made = []
    for at in range(number):
        letter, pattern = patterns[at % len(patterns)]
        head, text = random.choice(WORDS["head"]), pattern + "{tail}"
        while "{" in text:
            text = re.sub(r"\{(\w+)\}", lambda slot: random.choice(WORDS[slot.group(1)]), text)
        text = head + text[0].lower() + text[1:] if head else text
        target = random.choice(WORDS["target"])
        before, after = text.split("<>")
        if not before:
            target = target[0].upper() + target[1:]
        text = f"{before}{target}{after}."
        text = text[0].upper() + text[1:]
        shares = {f"p_{label}": SURE if label[0] == letter else UNSURE for label in LABELS}
        start, end = len(before), len(before) + len(target)
        place = {"target": target, "target_start": start, "target_end": end, "weight": weight}
        made.append({"id": f"contrast-{at}", "text": text} | place | shares)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=12000, help="how many sentences")
    parser.add_argument("--weight", type=float, default=1.0, help="of every row")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    made = rows(given.rows, given.weight)
    with writing(given.out) as file:
        table = csv.DictWriter(file, made[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(made)


if __name__ == "__main__":
    main()
