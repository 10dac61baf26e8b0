"""Claims in the publisher's own voice: one proposition a row, nobody else's words, no scene-setting."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.narrated_claims import find_narrated
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import sentences, words_of
from flows.spans import Span, joined
from tests.builders.tagged_text import Tagged, tagged


@dataclass(frozen=True)
class Said:
    """An attribution, as far as this module looks at it."""

    spans: list[Span]
    source: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True)
class Name:
    """A named mention."""

    start: int
    end: int


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def names(text: str, *parts: str) -> list[Name]:
    return [Name(*span(text, part)) for part in parts]


def narrated(reading: Tagged, said: list[Said] | None = None, *named: str) -> list[str]:
    found = find_narrated(IndexedWords.read(reading), said or [], names(reading.text, *named))
    return [joined(reading.text, claim.spans) for claim in found]


THREE_FACTS = tagged(
    "Norland/NNP joined/VBD the/DT League/NNP in/IN 1999/CD ,/, but/CC its/PRP$ parliament/NN of/IN 80/CD members/NNS "
    "rejected/VBD the/DT treaty/NN ,/, which/WDT cost/VBD the/DT cabinet/NN 2/CD ministers/NNS ./. "
    "It/PRP was/VBD a/DT very/RB beautiful/JJ day/NN ./."
)


def test_three_facts_are_three_claims_and_scenery_is_none():
    assert narrated(THREE_FACTS, None, "Norland", "League") == [
        "Norland joined the League in 1999",
        "its parliament of 80 members rejected the treaty, which cost the cabinet 2 ministers",
    ]


def test_what_is_set_between_commas_is_a_claim_about_the_noun_before_it():
    reading = tagged(
        "The/DT League/NNP ,/, which/WDT has/VBZ 200/CD members/NNS ,/, rejected/VBD the/DT treaty/NN in/IN 1999/CD "
        "./. The/DT house/NN slept/VBD ./."
    )
    found = find_narrated(IndexedWords.read(reading), [], names(reading.text, "League"))
    claim = next(claim for claim in found if claim.tie)
    assert joined(reading.text, claim.spans) == "The League which has 200 members"
    assert claim.tie is not None and claim.tie.of(reading.text) == "which"


def test_what_is_left_out_takes_its_commas_along_and_what_is_kept_loses_no_word():
    inserted = tagged(
        "Mr./NNP Aas/NNP ,/, who/WP led/VBD the/DT League/NNP for/IN 12/CD years/NNS ,/, sold/VBD 40/CD ships/NNS ./. "
        "The/DT house/NN slept/VBD ./."
    )
    assert "Mr. Aas sold 40 ships" in narrated(inserted, None, "Aas", "League")
    alternative = tagged(
        "Norland/NNP never/RB said/VBD in/IN 1999/CD what/WP sank/VBD its/PRP$ 80/CD ships/NNS or/CC if/IN the/DT "
        "League/NNP paid/VBD ./. The/DT house/NN slept/VBD ./."
    )
    kept = narrated(alternative, None, "Norland", "League")
    assert kept == ["Norland never said in 1999 what sank its 80 ships or if the League paid"]


def test_a_short_clause_that_depends_is_part_of_what_it_depends_on_and_a_long_one_a_claim():
    reading = tagged(
        "Norland/NNP left/VBD the/DT League/NNP in/IN 1999/CD after/IN its/PRP$ fleet/NN sank/VBD ./. "
        "Ostland/NNP joined/VBD the/DT League/NNP in/IN 2001/CD after/IN its/PRP$ old/JJ parliament/NN of/IN 80/CD "
        "members/NNS had/VBD rejected/VBN the/DT treaty/NN ./."
    )
    assert narrated(reading, None, "Norland", "Ostland") == [
        "Norland left the League in 1999 after its fleet sank",
        "Ostland joined the League in 2001",
        "after its old parliament of 80 members had rejected the treaty",
    ]


def test_a_predicate_keeps_the_subject_that_it_shares():
    reading = tagged(
        "Norland/NNP signed/VBD the/DT treaty/NN in/IN 2001/CD and/CC left/VBD the/DT League/NNP two/CD years/NNS "
        "later/RB ./. The/DT house/NN slept/VBD ./."
    )
    assert "Norland left the League two years later" in narrated(reading, None, "Norland", "League")


def test_an_insertion_is_left_out_of_the_clause_that_goes_on_behind_it():
    reading = tagged(
        "Deputies/NNS ,/, waving/VBG flags/NNS of/IN the/DT League/NNP ,/, voted/VBD to/TO impose/VB sanctions/NNS "
        "on/IN Norland/NNP ./. The/DT house/NN slept/VBD ./."
    )
    claims = find_narrated(IndexedWords.read(reading), [], names(reading.text, "League", "Norland"))
    whole = [joined(reading.text, c.spans) for c in claims]
    assert any("voted to impose sanctions on Norland" in text and "flags" not in text for text in whole)


def test_what_somebody_said_is_not_the_publishers():
    reading = tagged(
        "Minister/NNP Ada/NNP Brandt/NNP said/VBD that/IN Norland/NNP had/VBD 300/CD soldiers/NNS ./. "
        "Norland/NNP bought/VBD 12/CD ships/NNS in/IN 2004/CD ./."
    )
    text = reading.text
    said = [Said([span(text, "that Norland had 300 soldiers")], span(text, "Minister Ada Brandt"), span(text, "said"))]
    assert narrated(reading, said, "Norland", "Ada Brandt") == ["Norland bought 12 ships in 2004"]


def test_a_reported_act_is_a_claim_with_what_it_is_about():
    reading = tagged(
        "Western/JJ states/NNS condemned/VBD the/DT invasion/NN of/IN Norland/NNP ./. The/DT house/NN slept/VBD ./."
    )
    text = reading.text
    said = [Said([span(text, "the invasion of Norland")], span(text, "Western states"), span(text, "condemned"))]
    assert narrated(reading, said, "Norland") == ["Western states condemned the invasion of Norland"]


def test_passing_a_resolution_is_news_and_what_it_asks_for_is_its_authors():
    reading = tagged(
        "Parliament/NNP approved/VBD a/DT resolution/NN on/IN Thursday/NNP asking/VBG the/DT League/NNP to/TO admit/VB "
        "Norland/NNP ./. The/DT house/NN slept/VBD ./."
    )
    text = reading.text
    asked = span(text, "a resolution on Thursday asking the League to admit Norland")
    said = [Said([asked], span(text, "Parliament"), span(text, "approved"))]
    assert narrated(reading, said, "Parliament") == ["Parliament approved a resolution on Thursday"]


@pytest.mark.parametrize(
    ("written", "content", "source", "cue", "names"),
    [
        pytest.param(
            "Parliament/NNP invited/VBD the/DT League/NNP of/IN 1999/CD to/TO admit/VB Norland/NNP ./.",
            "the League of 1999 to admit Norland", "Parliament", "invited", ["Parliament", "League", "Norland"],
            id="a demand is no act",
        ),
        pytest.param(
            "Norland/NNP accused/VBD Sudland/NNP of/IN deliberately/RB fueling/VBG unrest/NN to/TO break/VB the/DT "
            "League/NNP ./.",
            "Sudland of deliberately fueling unrest to break the League", "Norland", "accused",
            ["Norland", "Sudland", "League"],
            id="what somebody is accused of doing is not cut in two",
        ),
        pytest.param(
            "Norland/NNP will/MD benefit/VB from/IN the/DT League/NNP ,/, minister/NN Ada/NNP Brandt/NNP stated/VBD "
            "in/IN 2017/CD ./.",
            "benefit from the League", "minister Ada Brandt", "stated", ["Norland", "Ada Brandt", "League"],
            id="an auxiliary whose verb is in a content tells nothing",
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_somebody_is_reported_with_tells_nothing_more(written, content, source, cue, names):
    reading = tagged(f"{written} The/DT house/NN slept/VBD ./.")
    said = [Said([span(reading.text, content)], span(reading.text, source), span(reading.text, cue))]
    assert narrated(reading, said, *names) == []


def test_who_said_it_and_where_is_no_claim():
    reading = tagged(
        "Norland/NNP bought/VBD 12/CD ships/NNS in/IN 2004/CD ./. This/DT was/VBD stated/VBN by/IN minister/NN "
        "Ada/NNP Brandt/NNP at/IN a/DT meeting/NN of/IN the/DT League/NNP on/IN 15/CD June/NNP 2013/CD ./."
    )
    text = reading.text
    content = span(text, "Norland bought 12 ships in 2004")
    said = [Said([content], span(text, "minister Ada Brandt"), span(text, "was stated"))]
    assert narrated(reading, said, "Norland", "Ada Brandt", "League") == ["Norland bought 12 ships in 2004"]


def test_a_denied_verb_has_its_auxiliary_though_the_tagger_missed_it():
    reading = tagged(
        "Norland/NNP and/CC Sudland/NNP do/RB not/RB recognize/VB the/DT League/NNP ,/, and/CC Ostland/NNP joined/VBD "
        "it/PRP in/IN 1999/CD ./. The/DT house/NN slept/VBD ./."
    )
    assert narrated(reading, None, "Norland", "Sudland", "League", "Ostland") == [
        "Norland and Sudland do not recognize the League",
        "Ostland joined it in 1999",
    ]


def test_what_is_stated_first_and_vouched_for_afterwards_is_the_publishers_too():
    reading = tagged(
        "Norland/NNP bought/VBD 12/CD ships/NNS in/IN 2004/CD ./. "
        "This/DT was/VBD reported/VBN by/IN the/DT ministry/NN ./."
    )
    text = reading.text
    content = span(text, "Norland bought 12 ships in 2004")
    said = [Said([content], span(text, "the ministry"), span(text, "reported"))]
    assert "Norland bought 12 ships in 2004" in narrated(reading, said, "Norland")


def test_an_article_of_one_sentence_claims_that_sentence():
    assert narrated(tagged("The/DT old/JJ bridge/NN fell/VBD ./.")) == ["The old bridge fell"]


def test_a_question_is_no_claim():
    reading = tagged(
        "Did/VBD Norland/NNP buy/VB 12/CD ships/NNS in/IN 2004/CD ?/. "
        "Norland/NNP sold/VBD 3/CD ships/NNS in/IN 2005/CD ./."
    )
    assert narrated(reading, None, "Norland") == ["Norland sold 3 ships in 2005"]


TAGS = st.sampled_from(
    ["NN", "NNP", "VBD", "VBZ", "MD", "VB", "DT", "IN", "CC", "WDT", "VBN", "VBG", ",", ".", "CD", "PRP"]
)
FORMS = st.sampled_from(
    ["and", "which", ",", ".", ";", "–", "“", "since", "Norland", "12", "was", "that", "1999", "x", "é"]
)


@given(st.lists(st.tuples(FORMS, TAGS), max_size=30), st.data())
def test_any_tags_give_spans_inside_the_text_in_order(written, data):
    reading = tagged(" ".join(f"{form}/{tag}" for form, tag in written))
    said = []
    if written:
        edges = st.integers(0, len(reading.text))
        start, end = sorted((data.draw(edges), data.draw(edges)))
        said = [Said([Span(start, end)])] if start < end else []
    for claim in find_narrated(IndexedWords.read(reading), said, []):
        assert 0 <= claim.confidence <= 1
        assert all(0 <= s.start < s.end <= len(reading.text) for s in claim.spans)
        assert all(a.end <= b.start for a, b in zip(claim.spans, claim.spans[1:], strict=False))


@given(st.lists(st.tuples(FORMS, TAGS), max_size=30))
def test_clauses_share_no_word_and_sentences_lose_none(written):
    reading = tagged(" ".join(f"{form}/{tag}" for form, tag in written))
    words = words_of(reading)
    cut = sentences(reading.text, words)
    assert [w for s in cut for w in s] == words
    for sentence in cut:
        held = [w for c in clauses(sentence) for w in c.words]
        assert len(held) == len(set(held))


def test_a_dependent_clause_that_is_no_claim_stays_with_the_claim_it_belongs_to():
    sentence = (
        "Norland/NNP froze/VBD payments/NNS to/TO the/DT League/NNP on/IN Monday/NNP until/IN suits/NNS are/VBP "
        "settled/VBN ./. The/DT house/NN slept/VBD ./."
    )
    assert any("until suits are settled" in text for text in narrated(tagged(sentence), None, "Norland", "League"))


def test_a_row_of_a_table_is_no_claim():
    reading = tagged("Profit/NN fell/VBD 12/CD marks/NNS vs/IN 9/CD marks/NNS")
    assert narrated(reading) == []


def test_what_nobody_is_named_for_is_the_publishers_own_word():
    reading = tagged("Recall/VB that/IN Norland/NNP joined/VBD the/DT League/NNP in/IN 1999/CD ./.")
    said = Said([span(reading.text, "that Norland joined the League in 1999")], cue=span(reading.text, "Recall"))
    assert any("Norland joined the League in 1999" in text for text in narrated(reading, [said], "Norland", "League"))


HANGING = tagged("The/DT court/NN opened/VBD an/DT inquiry/NN into/IN whether/IN the/DT mayor/NN took/VBD money/NN ./.")


def test_a_clause_that_hangs_on_somebody_elses_words_takes_them_in():
    said = [Said([span(HANGING.text, "whether the mayor took money")], None, span(HANGING.text, "inquiry"))]
    assert narrated(HANGING, said, "court") == ["The court opened an inquiry into whether the mayor took money"]


TORN = tagged(
    "The/DT dam/NN ,/, Berg/NNP said/VBD of/IN the/DT old/JJ wall/NN ,/, it/PRP had/VBD held/VBN 40/CD years/NNS ./."
)


def test_what_is_left_around_somebody_elses_words_is_no_claim():
    said = [Said([span(TORN.text, "the old wall")], span(TORN.text, "Berg"), span(TORN.text, "said of"))]
    assert narrated(TORN, said, "Berg") == []


@pytest.mark.parametrize(
    "written",
    [
        "Vale/NNP Dairies/NNPS ,/, a/DT maker/NN of/IN cheese/NN in/IN Norland/NNP ,/, said/VBD ./.",
        "As/IN if/IN the/DT cabinet/NN had/VBD met/VBN in/IN 1999/CD ./.",
        "Because/IN Norland/NNP joined/VBD the/DT League/NNP in/IN 1999/CD ./.",
        "Every/DT year/NN ,/, when/WRB Norland/NNP lost/VBD 40/CD men/NNS in/IN its/PRP$ wars/NNS ,/, towns/NNS "
        "mourned/VBN ./.",
    ],
)
def test_half_sentences_are_no_claims(written):
    more = " It/PRP rained/VBD in/IN Norland/NNP for/IN 3/CD days/NNS ./."
    assert narrated(tagged(written + more), None, "Norland") == ["It rained in Norland for 3 days"]


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        (  # the time up to an event is told with the event
            "Norland/NNP left/VBD the/DT League/NNP two/CD days/NNS after/IN its/PRP$ parliament/NN of/IN 80/CD "
            "members/NNS rejected/VBD the/DT treaty/NN ./.",
            ["Norland left the League two days after its parliament of 80 members rejected the treaty"],
        ),
        (
            "After/IN the/DT truce/NN of/IN 1999/CD was/VBD signed/VBN ,/, suspected/VBN Norland/NNP rebels/NNS "
            "took/VBD 40/CD towns/NNS ./.",
            ["After the truce of 1999 was signed, suspected Norland rebels took 40 towns"],
        ),
        (
            "Since/IN the/DT vote/NN they/PRP have/VBP lived/VBN in/IN Norland/NNP ,/, 40/CD miles/NNS from/IN here/RB",
            ["Since the vote they have lived in Norland, 40 miles from here"],
        ),
        (
            "The/DT treaty/NN cost/VBD 2/CD million/CD euros/NNS and/CC Ana/NNP Berg/NNP and/CC Ole/NNP Falk/NNP "
            "lost/VBD their/PRP$ seats/NNS in/IN 1999/CD ./.",
            ["The treaty cost 2 million euros", "Ana Berg and Ole Falk lost their seats in 1999"],
        ),
        (  # a relative clause ends where the list around it goes on
            "Friends/NNS like/IN Ana/NNP Berg/NNP ,/, who/WP led/VBD 40/CD guides/NNS ,/, and/CC the/DT owner/NN ,/, "
            "Ole/NNP Falk/NNP ,/, sold/VBD 2/CD mills/NNS ./.",
            ["Friends like Ana Berg sold 2 mills", "Ana Berg who led 40 guides"],
        ),
        (  # the comma behind what stands before the subject stays
            "In/IN May/NNP 1999/CD ,/, when/WRB it/PRP had/VBD rained/VBN ,/, Norland/NNP lost/VBD 40/CD towns/NNS ./.",
            ["In May 1999, Norland lost 40 towns"],
        ),
        (  # what somebody does to a thing is not said of the thing
            "Norland/NNP built/VBD 2/CD mills/NNS in/IN 1987/CD ,/, which/WDT Ana/NNP Berg/NNP sold/VBD again/RB ./.",
            ["Norland built 2 mills in 1987, which Ana Berg sold again"],
        ),
        (
            "Norland/NNP has/VBZ spent/VBN 2/CD million/CD euros/NNS on/IN boats/NNS ,/, which/WDT "
            "tells/VBZ it/PRP all/DT ./.",
            ["Norland has spent 2 million euros on boats, which tells it all"],
        ),
        (  # "after selling" tells of no clause
            "Norland/NNP won/VBD ,/, and/CC after/IN selling/VBG 40/CD ships/NNS it/PRP left/VBD the/DT League/NNP "
            "in/IN 1999/CD ./.",
            ["Norland won, and after selling 40 ships it left the League in 1999."],
        ),
        (
            "Ana/NNP Berg/NNP left/VBD him/PRP a/DT mill/NN ,/, which/WDT cost/VBD 2/CD million/CD euros/NNS ./.",
            ["Ana Berg left him a mill, which cost 2 million euros"],
        ),
    ],
)
def test_clauses_end_where_their_sense_does(written, claims):
    reading = tagged(written)
    known = [name for name in ("Norland", "Ana Berg", "Ole Falk") if name in reading.text]
    assert narrated(reading, None, *known) == claims


def test_a_clause_keeps_the_words_that_its_noun_needs_though_they_report_somebody():
    reading = tagged(
        "Keller/NNP was/VBD one/CD of/IN 12/CD members/NNS who/WP signed/VBD a/DT letter/NN asking/VBG Aas/NNP to/TO "
        "pay/VB ./. The/DT house/NN slept/VBD ./."
    )
    said = Said([span(reading.text, "Aas to pay")], span(reading.text, "who"), span(reading.text, "signed a letter"))
    assert narrated(reading, [said], "Keller", "Aas") == [
        "Keller was one of 12 members who signed a letter asking Aas to pay"
    ]


def test_a_condition_is_no_claim_without_what_it_is_a_condition_of():
    reading = tagged(
        "Provided/VBN that/IN the/DT League/NNP signs/VBZ the/DT contract/NN in/IN 24/CD months/NNS ./. "
        "The/DT house/NN slept/VBD ./."
    )
    assert narrated(reading, None, "League") == []


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        (  # what it comes after is what it tells
            "The/DT plan/NN comes/VBZ after/IN the/DT bank/NN lost/VBD 40/CD million/CD crowns/NNS in/IN Brod/NNP ./.",
            ["The plan comes after the bank lost 40 million crowns in Brod"],
        ),
        (  # a condition longer than what it is a condition of
            "Brod/NNP keeps/VBZ 40/CD ships/NNS unless/IN the/DT old/JJ council/NN pays/VBZ 40/CD million/CD ./.",
            ["Brod keeps 40 ships unless the old council pays 40 million"],
        ),
        (  # an adverb that goes with what follows
            "Brod/NNP keeps/VBZ 40/CD ships/NNS even/RB after/IN the/DT old/JJ council/NN paid/VBD 40/CD ./.",
            ["Brod keeps 40 ships even after the old council paid 40"],
        ),
        (  # whoever is past his prime is no subject of the first clause
            "Aas/NNP sold/VBD 40/CD ships/NNS ,/, and/CC they/PRP slept/VBD ,/, who/WP had/VBD 20/CD sons/NNS ./.",
            ["Aas sold 40 ships"],
        ),
    ],
)
def test_a_dependent_clause_goes_with_the_clause_before_it_and_is_not_cut_off_without_a_mark(written, claims):
    named = "Aas" if written.startswith("Aas") else "Brod"
    assert narrated(tagged(written + " The/DT house/NN slept/VBD ./."), None, named) == claims


def test_what_is_worth_checking_behind_a_clause_makes_that_a_claim_too():
    reading = tagged(
        "They/PRP slept/VBD there/RB while/IN the/DT bank/NN of/IN Brod/NNP lost/VBD 40/CD million/CD crowns/NNS ./. "
        "The/DT house/NN slept/VBD ./."
    )
    assert narrated(reading, None, "Brod") == [
        "They slept there",
        "while the bank of Brod lost 40 million crowns",
    ]


def test_a_verb_of_saying_does_not_stay_without_what_is_said():
    reading = tagged(
        "The/DT bank/NN of/IN Brod/NNP lost/VBD 40/CD ships/NNS ,/, telling/VBG reporters/NNS it/PRP would/MD pay/VB "
        "./. The/DT house/NN slept/VBD ./."
    )
    text = reading.text
    said = Said([span(text, "it would pay")], span(text, "The bank of Brod"), span(text, "telling"))
    assert narrated(reading, [said], "Brod") == ["The bank of Brod lost 40 ships"]


def test_a_clause_that_nobody_says_anything_in_is_not_cut_in_the_middle():
    reading = tagged(
        "The/DT bank/NN of/IN Brod/NNP was/VBD the/DT first/JJ voice/NN in/IN Norland/NNP against/IN the/DT 40/CD "
        "ships/NNS ./. The/DT house/NN slept/VBD ./."
    )
    text = reading.text
    said = Said([span(text, "in Norland against the 40 ships")], None, span(text, "voice"))
    assert "The bank of Brod was the first voice in Norland against the 40 ships" in narrated(reading, [said], "Brod")


def test_words_that_a_colon_ends_and_that_only_say_who_says_are_no_claim():
    reading = tagged(
        "Norland/NNP told/VBD the/DT 80/CD members/NNS of/IN the/DT League/NNP :/: “/`` Ships/NNS burn/VBP ./. ”/'' "
        "It/PRP rained/VBD in/IN Norland/NNP for/IN 3/CD days/NNS ./."
    )
    said = [Said([span(reading.text, "“Ships burn.”")], span(reading.text, "Norland"), span(reading.text, "told"))]
    assert narrated(reading, said, "Norland") == ["It rained in Norland for 3 days"]
    assert narrated(reading, None, "Norland") != ["It rained in Norland for 3 days"]


def test_an_auxiliary_alone_is_no_claim():
    reading = tagged(
        "The/DT bank/NN of/IN Brod/NNP has/VBZ however/RB ,/, urged/VBD 40/CD men/NNS to/TO pay/VB ./. "
        "The/DT house/NN slept/VBD ./."
    )
    text = reading.text
    said = Said([span(text, "40 men to pay")], span(text, "The bank of Brod"), span(text, "urged"))
    assert narrated(reading, [said], "Brod") == []
