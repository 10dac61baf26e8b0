"""What stands around a cue: denied is not said, not said is nobody's, and a day beside a verb is when it was said."""

import pytest

from flows.extract.attribution.reports.claimed_contents import denied_clause, is_question, is_topic
from flows.extract.attribution.reports.stances import find_stance, utters_words
from flows.spans import joined
from tests.builders.tagged_text import words

STANCES = [
    ("Foss/NNP said/VBD", "the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP denied/VBD", "that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP disputed/VBD", "that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP rejected/VBD", "the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP rejected/VBD", "the/DT plan/NN", "asserts"),
    ("Foss/NNP ruled/VBD", "that/IN the/DT mill/NN must/MD close/VB", "asserts"),
    ("Foss/NNP called/VBD", "it/PRP false/JJ that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP called/VBD", "the/DT mill/NN a/DT wreck/NN", "asserts"),
    ("Foss/NNP doubted/VBD", "that/IN the/DT mill/NN leaks/VBZ", "doubts"),
    ("Foss/NNP does/VBZ not/RB doubt/VB", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP did/VBD not/RB deny/VB", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP asked/VBD", "whether/IN the/DT mill/NN leaks/VBZ", "asks"),
    ("Foss/NNP did/VBD not/RB say/VB", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP never/RB said/VBD", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP not/RB only/RB said/VBD", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP does/VBZ not/RB believe/VB", "that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP declined/VBD to/TO say/VB", "whether/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP declined/VBD", "to/TO comment/VB", "not_said"),
    ("Foss/NNP did/VBD not/RB return/VB a/DT request/NN for/IN", "comment/NN", "not_said"),
    ("Foss/NNP refused/VBD", "to/TO resign/VB", "denies"),
    ("Foss/NNP stopped/VBD short/JJ of/IN saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP could/MD not/RB resist/VB saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP would/MD have/VB said/VBN", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP said/VBD", "nothing/NN", "not_said"),
    ("Foss/NNP said/VBD", "yes/UH", "not_said"),
    ("Foss/NNP has/VBZ yet/RB to/TO say/VB", "who/WP paid/VBD", "not_said"),
    ("Foss/NNP called/VBD", "the/DT story/NN that/IN she/PRP left/VBD a/DT lie/NN", "denies"),
    ("Foss/NNP questioned/VBD", "whether/IN the/DT mill/NN stands/VBZ", "doubts"),
    ("Foss/NNP said/VBD", "so/RB", "not_said"),
    ("Foss/NNP was/VBD unable/JJ to/TO verify/VB", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP rubbished/VBD", "the/DT rumours/NNS that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP laughed/VBD", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP pushed/VBD", "the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP excluded/VBD", "the/DT possibility/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP rejected/VBD", "the/DT report/NN", "asserts"),
    ("Foss/NNP said/VBD", "it/PRP was/VBD false/JJ that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP said/VBD", "it/PRP was/VBD unlikely/JJ that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP retracted/VBD", "the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP regretted/VBD", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP left/VBD without/IN conceding/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP could/MD not/RB leave/VB without/IN saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP fell/VBD short/RB of/IN admitting/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP wanted/VBD", "to/TO know/VB if/IN the/DT mill/NN leaks/VBZ", "asks"),
    ("Foss/NNP wanted/VBD", "to/TO know/VB the/DT mill/NN", "asserts"),
    ("Foss/NNP recanted/VBD", "his/PRP$ testimony/NN that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP abandoned/VBD", "the/DT mill/NN", "asserts"),
    ("Foss/NNP disowned/VBD a/DT leaflet/NN saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP sent/VBD a/DT leaflet/NN saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP did/VBD not/RB clarify/VB", "whether/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP omitted/VBD", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP hesitated/VBD to/TO say/VB", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP should/MD say/VB", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("I/PRP should/MD say/VB", "that/IN the/DT mill/NN leaks/VBZ", "asserts"),
    ("Foss/NNP wept/VBD when/WRB asked/VBN", "whether/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ("Foss/NNP dismissed/VBD", "as/IN nonsense/NN a/DT report/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP called/VBD", "the/DT story/NN that/IN she/PRP left/VBD absurd/JJ", "denies"),
    ("Foss/NNP called/VBD", "the/DT hat/NN that/IN she/PRP wore/VBD absurd/JJ", "asserts"),
    ("Foss/NNP rejected/VBD", "the/DT board/NN s/POS claim/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
    ("Foss/NNP who/WP asked/VBD not/RB to/TO be/VB named/VBN said/VBD", "the/DT mill/NN leaks/VBZ", "asserts"),
]


@pytest.mark.parametrize(("report", "content", "stance"), STANCES)
def test_the_stance_of_a_speaker(report, content, stance):
    sentence = words(f"{report} {content}")
    size = len(report.split())
    assert find_stance(sentence, (size - 1, size), (0, 1), words(content)) == stance


@pytest.mark.parametrize(
    ("report", "content", "stance"),
    [
        ("Foss/NNP laughed/VBD off/RP", "reports/NNS that/IN the/DT mill/NN leaks/VBZ", "denies"),
        ("Foss/NNP could/MD not/RB rule/VB out/RP", "that/DT ice/NN had/VBD formed/VBN", "asks"),
        ("Foss/NNP dismissed/VBD as/IN", "fiction/NN the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
        ("Foss/NNP made/VBD no/DT mention/NN of/IN", "the/DT mill/NN", "not_said"),
        ("Foss/NNP did/VBD not/RB retract/VB", "her/PRP$ claim/NN that/IN the/DT mill/NN leaks/VBZ", "asserts"),
        ("Foss/NNP refused/VBD to/TO withdraw/VB", "her/PRP$ claim/NN that/IN the/DT mill/NN leaks/VBZ", "asserts"),
        ("Foss/NNP dodged/VBD questions/NNS about/IN", "whether/IN the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP denied/VBD saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP apologised/VBD for/IN", "having/VBG said/VBN that/IN the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP called/VBD baseless/JJ", "the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
        ("Foss/NNP apologised/VBD for/IN saying/VBG", "that/IN the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP withdrew/VBD an/DT allegation/NN", "that/WDT the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP dropped/VBD her/PRP$ allegation/NN", "that/WDT the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP avoided/VBD any/DT suggestion/NN", "that/WDT the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP took/VBD issue/NN with/IN", "a/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "denies"),
        ("Foss/NNP took/VBD", "a/DT claim/NN that/IN the/DT mill/NN leaks/VBZ", "asserts"),
        ("Foss/NNP cast/VBD doubt/NN on/IN", "claims/NNS that/IN the/DT mill/NN leaks/VBZ", "doubts"),
        ("Foss/NNP played/VBD down/RP", "reports/NNS that/IN the/DT mill/NN leaks/VBZ", "doubts"),
        ("Foss/NNP distanced/VBD herself/PRP from/IN", "claims/NNS that/IN the/DT mill/NN leaks/VBZ", "not_said"),
        ("Foss/NNP took/VBD back/RP", "her/PRP$ statement/NN that/IN the/DT mill/NN leaks/VBZ", "not_said"),
    ],
)
def test_the_stance_of_a_verb_with_its_particle(report, content, stance):
    sentence = words(f"{report} {content}")
    assert find_stance(sentence, (1, len(report.split())), (0, 1), words(content)) == stance


@pytest.mark.parametrize(
    ("subject", "stance"),
    [
        ("no/DT minister/NN", "not_said"),
        ("nobody/NN in/IN the/DT valley/NN", "not_said"),
        ("few/JJ experts/NNS", "not_said"),
        ("neither/CC Foss/NNP nor/CC Rask/NNP", "not_said"),
        ("no/DT ./. 10/CD", "asserts"),
        ("hardly/RB anyone/NN", "not_said"),
        ("barely/RB a/DT soul/NN", "not_said"),
        ("virtually/RB no/DT expert/NN", "not_said"),
        ("barely/RB a/DT dozen/NN", "asserts"),
        ("many/JJ experts/NNS", "asserts"),
    ],
)
def test_what_nobody_said_is_not_said(subject, stance):
    sentence = words(f"{subject} said/VBD the/DT mill/NN leaks/VBZ")
    size = len(subject.split())
    assert find_stance(sentence, (size, size + 1), (0, size), words("the/DT mill/NN leaks/VBZ")) == stance


@pytest.mark.parametrize(
    ("front", "stance"),
    [
        ("at/IN no/DT time/NN did/VBD", "not_said"),
        ("never/RB once/RB did/VBD", "not_said"),
        ("not/RB only/RB did/VBD", "asserts"),
        ("not/RB until/IN Friday/NNP did/VBD", "asserts"),
        ("in/IN no/DT hurry/NN ,/, so/RB did/VBD", "asserts"),
    ],
)
def test_a_negation_before_the_subject_negates_the_verb(front, stance):
    sentence = words(f"{front} Foss/NNP say/VB the/DT mill/NN leaks/VBZ")
    size = len(front.split())
    found = find_stance(sentence, (size + 1, size + 2), (size, size + 1), words("the/DT mill/NN leaks/VBZ"))
    assert found == stance


@pytest.mark.parametrize(
    ("content", "stance"),
    [("whether/IN the/DT mill/NN leaks/VBZ", "not_said"), ("to/TO leave/VB", "asserts")],
)
def test_who_is_asked_a_question_does_not_ask_it(content, stance):
    sentence = words(f"Asked/VBN {content} ,/, Foss/NNP slept/VBD")
    size = len(sentence)
    assert find_stance(sentence, (0, 1), (size - 2, size - 1), words(content)) == stance
    assert find_stance(words(f"When/WRB asked/VBN {content}"), (1, 2), None, words(content)) == stance


def test_a_negation_before_the_subject_reaches_past_what_stands_beside_a_name():
    sentence = words("Nor/CC did/VBD the/DT mayor/NN ,/, Ina/NNP Foss/NNP ,/, say/VB that/IN the/DT mill/NN leaks/VBZ")
    assert find_stance(sentence, (8, 9), (5, 7), words("that/IN the/DT mill/NN leaks/VBZ")) == "not_said"


@pytest.mark.parametrize(("adverb", "stance"), [("wrongly/RB", "not_said"), ("widely/RB", "asserts")])
def test_what_nobody_in_particular_is_said_to_have_reported_by_mistake_is_not_said(adverb, stance):
    sentence = words(f"It/PRP was/VBD {adverb} reported/VBN that/IN the/DT mill/NN leaks/VBZ")
    assert find_stance(sentence, (1, 4), None, words("that/IN the/DT mill/NN leaks/VBZ")) == stance


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("“/`` Did/VBD the/DT mill/NN leak/VB ?/. ”/''", True),
        ("“/`` Who/WP paid/VBD ?/. ”/''", True),
        ("“/`` It/PRP leaks/VBZ ,/, isn/VBZ it/PRP ?/. ”/''", False),
        ("“/`` Who/WP paid/VBD ?/. We/PRP did/VBD ./. ”/''", False),
        ("“/`` Did/VBD it/PRP ,/, ”/''", False),
    ],
)
def test_a_quotation_that_is_a_question(content, asked):
    assert is_question(words(content)) is asked


def test_a_noun_for_a_claim_that_a_quotation_is_said_of_is_its_topic():
    assert is_topic(words("of/IN the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ"))
    assert is_topic(words("claim/NN that/IN the/DT mill/NN leaks/VBZ"))
    assert not is_topic(words("that/IN the/DT mill/NN leaks/VBZ"))
    assert not is_topic(words("the/DT mill/NN"))


def test_a_cue_that_is_only_an_auxiliary_is_read_with_its_verb():
    sentence = words("Foss/NNP did/VBD not/RB say/VB whether/IN the/DT mill/NN leaks/VBZ")
    assert find_stance(sentence, (1, 2), (0, 1), words("whether/IN the/DT mill/NN leaks/VBZ")) == "not_said"


def test_the_noun_before_a_denied_clause_is_no_part_of_it():
    assert denied_clause(words("the/DT claim/NN that/IN the/DT mill/NN leaks/VBZ")) == 2
    assert denied_clause(words("it/PRP false/JJ that/IN the/DT mill/NN leaks/VBZ")) == 2
    assert denied_clause(words("that/IN the/DT mill/NN leaks/VBZ")) == 0
    assert denied_clause(words("the/DT plan/NN")) == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mayor Ina Foss told reporters on Friday that the mill was safe.", "Friday"),
        ("The mill was safe, Mayor Ina Foss said in a statement on 4 March 2024.", "4 March 2024"),
        ("On Tuesday Mayor Ina Foss said that the mill was safe.", "Tuesday"),
        ("Mayor Ina Foss said that the mill would open on Friday.", None),
        ("Mayor Ina Foss, who was elected on Monday, said that the mill was safe.", None),
        ("Mayor Ina Foss has said since Monday that the mill was safe.", None),
    ],
)
def test_the_day_of_saying_stands_beside_the_cue(read, text, day):
    (found,) = read(text)
    assert (found.said_on.of(text) if found.said_on else None) == day


def test_a_clause_that_is_called_untrue_is_what_is_denied(read):
    text = "Mayor Ina Foss told the council it was false that the mill had burned."
    (found,) = read(text)
    assert (joined(text, found.spans), found.stance) == ("that the mill had burned", "denies")
    assert found.cue is not None and found.cue.of(text) == "told the council it was false"


def test_an_erratum_takes_back_what_was_printed(read):
    text = "The fair opens in May.\n\nErratum: In our report of May 2 it was wrongly stated that Ina Foss had resigned."
    assert not any(a.claimed for a in read(text) if "resigned" in joined(text, a.spans))


def test_a_correction_takes_back_what_was_printed_and_nothing_else(read):
    text = (
        "Mayor Ina Foss said that the mill was safe.\n\n"
        "Correction: An earlier version of this article incorrectly stated that Foss had sold the mill. "
        "The police said that nobody was hurt."
    )
    claimed = {joined(text, a.spans): a.claimed for a in read(text)}
    assert {content for content, is_claim in claimed.items() if is_claim} == {
        "that the mill was safe",
        "that nobody was hurt",
    }
    assert any("sold the mill" in content for content, is_claim in claimed.items() if not is_claim)


def test_the_publisher_takes_back_what_it_wrongly_said(read):
    text = "The fair opens in May.\n\nIn an article on Monday, we wrongly said that Ina Foss had left the party."
    assert not any(a.claimed for a in read(text) if "Foss" in joined(text, a.spans))


def test_a_dateline_is_no_part_of_what_was_said(read):
    text = "PORT HOLM and ROSTAD (March 4, 2024) — The mill will close in June, the firm said."
    (found,) = read(text)
    assert joined(text, found.spans) == "The mill will close in June"


def test_the_label_of_a_turn_is_no_dateline(read):
    text = "Ina Foss was on air.\n\nHOST: Is it true?\n\nFOSS: It is.\n\nHOST: And the mill?\n\nFOSS: It stands."
    assert [a.source.of(text) for a in read(text) if a.source] == ["HOST", "FOSS", "HOST", "FOSS"]


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("a/DT prayer/NN", True),
        ("the/DT mill/NN cost/NN 40/CD euros/NNS", False),
        ("the/DT prayer/NN helped/VBD", False),
    ],
)
def test_formulas_that_are_spoken_state_nothing(said, spoken):
    assert utters_words(words("said/VBD"), words(said)) is spoken
    assert not utters_words(words("heard/VBD"), words(said))
