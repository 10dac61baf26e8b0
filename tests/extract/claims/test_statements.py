"""Statements of whole articles: sentences that stand alone, in words of the article and nothing else."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.claims.claim_rows import alone
from schemas.vocabularies import NEGATION

PIECES = st.sampled_from(
    [
        "“We will go and nobody will stop us,” Anna Berg said.", "Anna Berg promised to sell the mill", "he said that",
        "the minister denied that he knew,", "Peeter Kask, who left in May, told the board", "its losses",
        "my father", "and that the bank has paid.", "condemned the plan", "“a disgrace”", "she",
        "I have no choice", "; the road is shut", "\n\n", "According to the council,", "‘Nobody was asked,’",
        "has cost 40 million", "(see page 4)", "—", "whether",
    ]
)  # fmt: skip


def grounded(text, claim):
    """Every part is of the article: words of the content in their order, brackets from anywhere in the text."""
    spans = [(span["start_char"], span["end_char"]) for span in claim["spans"]]
    verbatim = [p for p in claim["statement_parts"] if p["kind"] == "verbatim"]
    places = [(p["start_char"], p["end_char"]) for p in verbatim]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert all(any(s <= start < end <= e for s, e in spans) for start, end in places)
    assert all(0 <= p["start_char"] < p["end_char"] <= len(text) for p in claim["statement_parts"])
    outside = re.findall(r"\w+", re.sub(r"\[[^\[\]]*\]", " ", claim["statement"]).lower())
    words = iter(re.findall(r"\w+", claim["text"].lower()))
    assert "[" in claim["text"] or all(word in words for word in outside), "words of the content in their order"
    for inside in re.findall(r"\[([^\[\]]*)\]", claim["statement"]):
        assert inside == NEGATION or all(w in text.lower() for w in re.findall(r"\w+", inside.lower()))


@settings(max_examples=80)
@given(st.lists(PIECES, max_size=25))
def test_nothing_gets_into_a_statement_but_words_of_the_article(extract, pieces):
    text = " ".join(pieces)
    for claim in extract(text).claims:
        grounded(text, claim)


@pytest.mark.parametrize(
    "path",
    sorted(p for p in Path("seeds/articles").iterdir() if p.suffix in (".md", ".txt")),
    ids=lambda path: path.name,
)
def test_statements_of_whole_articles_are_grounded(extract, path):
    text = path.read_text(encoding="utf-8")
    claims = extract(text).claims
    assert claims
    for claim in claims:
        grounded(text, claim)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Mayor Ana Horvat spoke on Monday.\n\n“I will not resign,” Horvat said. “We have done nothing wrong.”",
            ["[Ana Horvat] will not resign", "We [Ana Horvat] have done nothing wrong"],
        ),
        (
            "Mayor Ana Horvat promised to sell the old mill before the election.",
            ["[Mayor Ana Horvat promised] to sell the old mill before the election"],
        ),
        (
            "The owner, Peter Lyle, said that he had sold the mill and that the bank had been paid.",
            ["[Peter Lyle] had sold the mill", "The bank had been paid"],
        ),
        (
            "The ferry company said it would sell two ships. The company said it was clear that the line must close.",
            ["[The ferry company] would sell two ships", "It was clear that the line must close"],
        ),
        (
            "The council of Brod closed the old mill in May, asking farmers to bring their grain to Vale.",
            ["[The council of Brod closed the old mill in May, asking] farmers to bring their grain to Vale"],
        ),
        (
            "Mayor Ana Horvat did not, however, announce the sale of the old mill.",
            ["[Mayor Ana Horvat did not, however, announce] the sale of the old mill"],
        ),
        (
            "Mayor Ana Horvat denied meeting the men who had bought the old mill.",
            ["[Mayor Ana Horvat denied] meeting the men who had bought the old mill"],
        ),
        (
            "On Monday, the council of Brod published the plan for the old mill by the river.",
            ["[On Monday, the council of Brod published] the plan for the old mill by the river"],
        ),
        (
            "The Vale Bank said farmers in the north of the country know it will close nine branches.",
            ["Farmers in the north of the country know it will close nine branches"],
        ),
        (
            "“We have lost the mill,” a spokeswoman for the Vale Bank said on Monday.",
            ["We [the Vale Bank] have lost the mill"],
        ),
        (
            "Ana Horvat and Otto Braun said they would sell the old mill in the spring.",
            ["[Ana Horvat and Otto Braun] would sell the old mill in the spring"],
        ),
        (
            "The Vale Bank reported they had closed nine of the branches.",
            ["[Vale Bank] had closed nine of the branches"],
        ),
        (
            "The Vale Bank reported that farmers had paid and that they had closed nine branches.",
            [
                "Farmers had paid",
                "They had closed nine branches",
            ],
        ),
        (
            "“We take every report of a leak very seriously,” the statement said.",
            ["We take every report of a leak very seriously"],
        ),
        (
            "The old custom is said to survive in the villages of the north.",
            ["The old custom [is said] to survive in the villages of the north"],
        ),
        ("The mill is rumoured to cost thousands of dollars.", ["The mill [is rumoured] to cost thousands of dollars"]),
        (
            "The guards said they weren’t going anywhere, ordering the crew to open the gate.",
            ["[The guards] weren’t going anywhere, ordering the crew to open the gate"],
        ),
        (
            "Officials said Weber fired a shot from his car and then fired several more as Braun ran.",
            ["Weber fired a shot from his car", "[Weber] then fired several more as Braun ran"],
        ),
        (
            "The agency issued the final rules, which Minister Otto Braun said were not as strict as planned.",
            ["[The final rules] were not as strict as planned"],
        ),
        (
            "The boards reported changes to the Act, which Minister Otto Braun said were not as strict as planned.",
            ["[The boards reported] changes to the Act", "[Changes to the Act] were not as strict as planned"],
        ),
        (
            "Mayor Ana Horvat praised the guard, whom she had urged to write a book about the fire.",
            [
                "[Mayor Ana Horvat praised] the guard",
                "[Ana Horvat had urged the guard] to write a book about the fire",
            ],
        ),
        (
            "Neighbours are outraged by the treatment she has received, having to wait for months in a cell.",
            ["[Neighbours are outraged by] the treatment she has received, having to wait for months in a cell"],
        ),
        ("Mayor Ana Horvat said the driver hurt her leg.", ["The driver hurt her leg"]),
        (
            "Ana Horvat says that when a woman learns to earn she can bring the world into her hands.",
            ["When a woman learns to earn she can bring the world into her hands"],
        ),
        (
            "Peeter Kask, 30, is believed to be the owner of a mill that sells flour to the army.",
            ["Peeter Kask, 30 [is believed] to be the owner of a mill that sells flour to the army"],
        ),
        (
            "“These reports are absolutely false,” said Kim Moe. “They are unsourced. The agency has confirmed that. "
            "It has no plans to go on.”",
            [
                "These reports are absolutely false", "[These reports] are unsourced", "The agency has confirmed that",
                "[The agency] has no plans to go on",
            ],
        ),
        ("He said: “The boats are old. They’re rotten.”", ["The boats are old", "They’re [The boats] rotten"]),
        (
            "The mayor, who has made many comments about the valley including calling its people “greedy” and "
            "“thieves,” insists he will make the council pay for a wall.",
            ["[The mayor] will make the council pay for a wall"],
        ),
        (
            "Two men admitted killing and eating their neighbour’s goat before selling the hide.",
            ["[Two men admitted] killing and eating their neighbour’s goat before selling the hide"],
        ),
        (
            "“There’s a wide range of things that it could be,” Harberg said, “We must make sure that nobody is ill.”",
            ["There’s a wide range of things that it could be", "We [Harberg] must make sure that nobody is ill"],
        ),
        (
            "Senator Tore Aas said he was warming up with Sean Kask, the host, who is not known for his kindness.",
            ["[Tore Aas] was warming up with Sean Kask, the host"],
        ),
        (
            "Some members had not expected to stay behind for the annual fair, with families waiting for them.",
            [
                "Some members [had not expected] to stay behind for the annual fair, with families waiting for them",
            ],
        ),
        (
            "The guards told the women living in Bonn who say they were robbed of 40 euros.",
            ["[The women living in Bonn] were robbed of 40 euros"],
        ),
        (  # what nobody knows the meaning of stands beside what is clear
            "“The mill is leaking. That is a scandal,” Mayor Tore Aas said. “It is hard to say who paid.”",
            ["The mill is leaking", "It is hard to say who paid"],
        ),
        ("“That is a scandal,” Mayor Tore Aas said on Monday.", ["That is a scandal"]),
        (
            "The council of Harwick said that it is not permitted to build on the quay.",
            ["It is not permitted to build on the quay"],
        ),
        (  # whose first person is another's
            "“The guard will say, ‘Well, I saw the wooden boat in May,’” Mayor Tore Aas said.",
            ["The guard will say, ‘Well, I saw the wooden boat in May"],
        ),
        (  # what does not seem so is not denied
            "Experts spoke. It doesn't appear that the mill was ever sold to Norland.",
            ["[It doesn't appear that] the mill was ever sold to Norland"],
        ),
        (
            "\"The guard will say, 'Well, I saw the wooden boat in May,'\" Mayor Tore Aas said.",
            ["The guard will say, 'Well, I saw the wooden boat in May"],
        ),
        (  # an infinitive needs its verb though other verbs follow
            "Mayor Tore Aas claims to have fled before the mill burned in May.",
            ["[Mayor Tore Aas claims] to have fled before the mill burned in May"],
        ),
        (  # what is asked for is told with who asks for it
            "Mayor Tore Aas requested that a bridge be built in Harwick.",
            ["[Mayor Tore Aas requested that] a bridge be built in Harwick"],
        ),
        (
            "The council published the plan, which Mayor Tore Aas said the board had adopted in May.",
            ["[The council published] the plan", "The board had adopted in May [the plan]"],
        ),
    ],
)  # fmt: skip
def test_statements_stand_alone(extract, text, statements):
    said = [alone(claim) for claim in extract(text).claims if claim["attribution"] != "narrated"]
    assert said == statements


def test_a_denial_says_that_it_is_not_so_though_its_verb_looks_like_a_participle(extract):
    text = (
        "Norland's coastguard chief, Admiral Tore Aas, denied that a Norland patrol boat fired on the ship Gull near "
        "Harwick reef."
    )
    (claim,) = extract(text).claims
    assert claim["statement"].startswith(f"[{NEGATION}] a Norland patrol boat fired")
    assert claim["polarity"] == "negated"
    (claim,) = extract("Bo Aas denied that the patrol boats ram fishing vessels.").claims
    assert claim["statement"].startswith(f"[{NEGATION}] the patrol boats ram")
    (claim,) = extract("Bo Aas denied that the dam leaks.").claims
    assert claim["statement"] == f"[{NEGATION}] the dam leaks"


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "One by one the houses had their doors, windows and roofs cut off.",
            ["One by one the houses had their doors, windows and roofs cut off"],
        ),
        (
            "Ana Horvat ranked second on a list of 100 singers after Tore Aas and also starred in two films in Bonn.",
            [
                "Ana Horvat ranked second on a list of 100 singers after Tore Aas",
                "Ana Horvat also starred in two films in Bonn",
            ],
        ),
        (
            "Peeter Kask waited until the end of the last day when his local shop closed – and made sure he bought "
            "the very last loaf together with 20 eggs.",
            [
                "Peeter Kask waited until the end of the last day when his local shop closed",
                "Peeter Kask made sure he bought the very last loaf together with 20 eggs",
            ],
        ),
        (
            "The rumour began in a hot run at the card tables, which was witnessed by the late columnist Tore Aas.",
            ["The rumour began in a hot run at the card tables, which was witnessed by the late columnist Tore Aas"],
        ),
        (
            "This is not the first or even second time a suspect has identified himself on a poster of 2019.",
            ["This is not the first or even second time a suspect has identified himself on a poster of 2019"],
        ),
        (
            "The Valley Fund—which sells bread to towns in the north—has paid its debts of $30 since May.",
            [
                "The Valley Fund sells bread to towns in the north",
                "The Valley Fund has paid its debts of $30 since May",
            ],
        ),
        (
            "Kim Moe filed an application to review and set aside the council’s decision in 2021.",
            ["Kim Moe filed an application to review and set aside the council’s decision in 2021"],
        ),
        (
            "It remains unclear why the men came to Norland, where the Free State, a band also known as FS, has "
            "been fighting the army.",
            [
                "It remains unclear why the men came to Norland",
                "The Free State, a band also known as FS, has been fighting the army",
            ],
        ),
        (
            "The milestone came the same day Norland confirmed its first infections.",
            ["The milestone came the same day Norland confirmed its first infections"],
        ),
        (
            "The mill was sold. The bridge being built by the army was shown in May.",
            ["The mill was sold", "The bridge being built by the army was shown in May"],
        ),
        (  # "him" tells nothing of Lenka Foss, "she" does
            "“Who will trust him?” asks Lenka Foss, who lives in Bonn. Her case began in 1999. She lost in 2005.",
            ["Her [Lenka Foss] case began in 1999", "[Lenka Foss] lost in 2005"],
        ),
        (
            "BONN, Norland, Jun 10 2022 (NPS) - Rice is a part of every meal in 40 towns.",
            ["Rice is a part of every meal in 40 towns"],
        ),
        (
            "The bill was returned on April 7. Last year, Ana Horvat led 40 members in a vote.",
            ["The bill was returned on April 7", "Last year, Ana Horvat led 40 members in a vote"],
        ),
    ],
)
def test_the_publishers_clauses_have_the_subject_that_is_theirs(extract, text, statements):
    assert [alone(claim) for claim in extract(text).claims if claim["attribution"] == "narrated"] == statements


@pytest.mark.parametrize(
    "said", ["“We lost,” Marie Dahl said.", "“Nonsense,” Marie Dahl retorted.", "Marie Dahl: “We lost.”"]
)
def test_quoted_words_with_somebody_who_says_them_are_a_row_however_little_they_tell_alone(extract, said):
    claims = extract(f"{said} The mayor of Brod left the hall at noon.").claims
    assert "Marie Dahl" in [claim["speaker_surface"] for claim in claims]
