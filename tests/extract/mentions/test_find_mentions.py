"""Named mentions: edges repaired, types settled, names found again; spans inside the text and apart."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.mentions.find_mentions import find_mentions
from flows.extract.mentions.gazetteer import load_gazetteer


@dataclass(frozen=True)
class Span:
    """What a reader sees."""

    start: int
    end: int
    entity_type: str
    score: float = 0.9


def seen(text: str, *names: tuple[str, str]) -> list[Span]:
    """Spans of a reader: each name at its first place after the one before, or at its first place at all."""
    spans, at = [], 0
    for surface, kind in names:
        start = text.find(surface, at)
        start = text.index(surface) if start < 0 else start
        spans.append(Span(start, start + len(surface), kind))
        at = start + len(surface)
    return spans


def mentions(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """Surfaces and types of the mentions of a text."""
    return [(text[m.start : m.end], m.entity_type) for m in find_mentions(text, seen(text, *names), load_gazetteer())]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("President Marta Ilves spoke.", [("President Marta Ilves", "PERSON")], [("Marta Ilves", "PERSON")]),
        (
            "Foreign Minister Marta Ilves's plan.",
            [("Foreign Minister Marta Ilves's", "PERSON")],
            [("Marta Ilves", "PERSON")],
        ),
        ("They met the Lake Board.", [("the Lake Board", "ORG")], [("Lake Board", "ORG")]),
        ("The 47th Lake Brigade held it.", [("Lake Brigade", "ORG")], [("47th Lake Brigade", "ORG")]),
        ("For the 5th Lake Board spoke.", [("Lake Board", "ORG")], [("Lake Board", "ORG")]),
        ("On Monday, Mr. Ilves spoke.", [("Mr", "PERSON"), ("Ilves", "PERSON")], [("Ilves", "PERSON")]),
        (
            "Secretary of the Lake Ann Kask spoke.",
            [("Secretary", "PERSON"), ("Ann Kask", "PERSON")],
            [("Ann Kask", "PERSON")],
        ),
        (
            "Stephen King spoke. King smiled.",
            [("Stephen King", "PERSON"), ("King", "PERSON")],
            [("Stephen King", "PERSON"), ("King", "PERSON")],
        ),
        ("“Lake Board” was there.", [("“Lake Board”", "ORG")], [("Lake Board", "ORG")]),
        ("Visit Lake Board to", [("Lake Board to", "ORG")], [("Lake Board", "ORG")]),
        ("He met Marta Ilves\nWhat comes next", [("Marta Ilves\nWhat", "PERSON")], [("Marta Ilves", "PERSON")]),
        ("© AP Photo/Marta Ilves", [("AP Photo/Marta Ilves", "PERSON")], [("AP", "ORG"), ("Marta Ilves", "PERSON")]),
        (
            "The defence minister of Estonia Marta Ilves came.",
            [("Estonia Marta Ilves", "ORG")],
            [("Estonia", "GPE"), ("Marta Ilves", "PERSON")],
        ),
        (
            "the Faculty of Law of Tartu State University",
            [("Faculty of Law of Tartu State University", "ORG")],
            [("Faculty of Law", "ORG"), ("Tartu State University", "ORG")],
        ),
        (
            "The Armed Forces of Ukraine moved.",
            [("Armed Forces", "ORG"), ("Ukraine", "GPE")],
            [("Armed Forces of Ukraine", "ORG")],
        ),
        ("The Estonian Lake Chamber met.", [("Lake Chamber", "ORG")], [("Estonian Lake Chamber", "ORG")]),
        ("The Serbian Defense Minister met.", [("Serbian Defense", "ORG")], [("Serbian", "NORP")]),
        ("UN Resolution 1244 holds.", [("UN Resolution 1244", "ORG")], [("UN", "ORG")]),
        ("It rained in Tarn district.", [("Tarn district", "GPE")], [("Tarn", "GPE")]),
        ("It rained on the Kestrel islands.", [("Kestrel islands", "LOC")], [("Kestrel", "LOC")]),
        ("He left the Lake Farmers Union.", [("Lake Farmers Union", "ORG")], [("Lake Farmers Union", "ORG")]),
        (
            "The OKO Fisheries Bureau met.",
            [("OKO", "ORG"), ("Fisheries Bureau", "ORG")],
            [("OKO Fisheries Bureau", "ORG")],
        ),
        ("They met Marta Ilves.", [("Marta", "PERSON"), ("Ilves", "PERSON")], [("Marta Ilves", "PERSON")]),
        (
            "They met Marta, Ilves.",
            [("Marta", "PERSON"), ("Ilves", "PERSON")],
            [("Marta", "PERSON"), ("Ilves", "PERSON")],
        ),
        (
            "Winger Marta Ilves scored.",
            [("Winger", "PERSON"), ("Marta Ilves", "PERSON")],
            [("Marta Ilves", "PERSON")],
        ),
        # the end of an owner, a legal form, a nickname that the reader cut at
        (
            "The Lake Board’s Fish Office met.",
            [("Lake Board", "ORG"), ("s Fish Office", "ORG")],
            [("Lake Board", "ORG"), ("Fish Office", "ORG")],
        ),
        (
            "The Lake Board’s Fish Office met.",
            [("Lake Board", "ORG"), ("’s", "ORG"), ("Fish Office", "ORG")],
            [("Lake Board", "ORG"), ("Fish Office", "ORG")],
        ),
        (
            "The Lake Board 's Fish Office met.",
            [("Lake Board", "ORG"), ("'s Fish Office", "ORG")],
            [("Lake Board", "ORG"), ("Fish Office", "ORG")],
        ),
        (
            "It left the Lake People’s Republic.",
            [("Lake People", "GPE"), ("’s Republic", "GPE")],
            [("Lake People’s Republic", "GPE")],
        ),
        ("Lakesteel, S.A. paid.", [("Lakesteel", "ORG"), ("S.A.", "GPE")], [("Lakesteel, S.A.", "ORG")]),
        ("They met H E Marta Ilves.", [("H E Marta Ilves", "PERSON")], [("Marta Ilves", "PERSON")]),
        # titles that are names by themselves; two bodies of one poll
        (
            "Tan Ilves met Tan Sri Kask.",
            [("Tan Ilves", "PERSON"), ("Tan Sri Kask", "PERSON")],
            [("Tan Ilves", "PERSON"), ("Kask", "PERSON")],
        ),
        (
            "A Lake News/Shore Post poll.",
            [("Lake News/Shore Post", "ORG")],
            [("Lake News", "ORG"), ("Shore Post", "ORG")],
        ),
        (
            "A Lake News / Shore Post poll.",
            [("Lake News / Shore Post", "ORG")],
            [("Lake News", "ORG"), ("Shore Post", "ORG")],
        ),
        ("They read Lake/Kask News.", [("Lake/Kask News", "ORG")], [("Lake/Kask News", "ORG")]),
        # the short form of a company, and a river's name without its article
        (
            "Ilves Industries Inc paid. Ilves grew.",
            [("Ilves Industries Inc", "ORG"), ("Ilves", "PERSON")],
            [("Ilves Industries Inc", "ORG"), ("Ilves", "ORG")],
        ),
        ("They shop at Amazon.", [("Amazon", "ORG")], [("Amazon", "ORG")]),
        # a full name seen as a body; bodies that are called so
        (
            "Marta Ilves came. Ilves spoke.",
            [("Marta Ilves", "ORG"), ("Ilves", "PERSON")],
            [("Marta Ilves", "PERSON"), ("Ilves", "PERSON")],
        ),
        ("The tabloid Ilves said so.", [("Ilves", "PERSON")], [("Ilves", "ORG")]),
        ("Ilves, the big mining company, paid.", [("Ilves", "PERSON")], [("Ilves", "ORG")]),
        ("Ilves, the head of a company, paid.", [("Ilves", "PERSON")], [("Ilves", "PERSON")]),
        ("They sued Lakesteel, Inc.", [("Lakesteel", "ORG"), ("Inc.", "ORG")], [("Lakesteel, Inc.", "ORG")]),
        (
            "They met Marta “Lake Fox” Ilves.",
            [("Marta", "PERSON"), ("Lake Fox", "ORG"), ("Ilves", "PERSON")],
            [("Marta “Lake Fox” Ilves", "PERSON")],
        ),
        (
            "He called Marta Ilves “Lake” Kask said.",
            [("Marta Ilves", "PERSON"), ("Kask", "PERSON")],
            [("Marta Ilves", "PERSON"), ("Kask", "PERSON")],
        ),
        (
            "They met Marta “Lake” Ilves.",
            [("Marta “Lake", "PERSON"), ("Ilves", "PERSON")],
            [("Marta “Lake” Ilves", "PERSON")],
        ),
        (
            "Its head, Anna Lepp, farms. Ms Lepp left.",
            [("Anna Lepp", "GPE"), ("Lepp", "PERSON")],
            [("Anna Lepp", "PERSON"), ("Lepp", "PERSON")],
        ),
        (
            "HARWICK, Ont. - It rained.",
            [("HARWICK, Ont.", "GPE")],
            [("HARWICK", "GPE"), ("Ont", "GPE")],
        ),
        (
            "It rained in Washington, D.C., again.",
            [("Washington", "GPE"), ("D.C.", "GPE")],
            [("Washington, D.C.", "GPE")],
        ),
        ("It left the Lake Board.", [("the", "ORG"), ("Lake Board", "ORG")], [("Lake Board", "ORG")]),
        (
            "The Estonian Federation of Government Farmers met.",
            [("Estonian Federation of Government Farmers", "ORG")],
            [("Estonian Federation of Government Farmers", "ORG")],
        ),
        (
            "Blogger and developer Marta Ilves came.",
            [("Blogger", "PERSON"), ("Marta Ilves", "PERSON")],
            [("Marta Ilves", "PERSON")],
        ),
        # whose office it is, and two bodies in one word
        ("The UN Special Rapporteur came.", [("UN Special Rapporteur", "ORG")], [("UN", "ORG")]),
        ("The Estonian Trade Envoy came.", [("Estonian Trade Envoy", "ORG")], [("Estonian", "NORP")]),
        ("The Independent wrote so.", [("Independent", "ORG")], [("Independent", "ORG")]),
        ("The EU-Estonia talks ended.", [("EU-Estonia", "ORG")], [("EU", "ORG"), ("Estonia", "GPE")]),
        ("Dean Ilves scored.", [("Dean", "PERSON"), ("Ilves", "PERSON")], [("Dean Ilves", "PERSON")]),
    ],
)
def test_edges(text: str, names: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """Titles, articles, possessives, line ends, credits and joined names are put right."""
    assert mentions(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Sorban will not come. The Sorban's work goes on.", "ORG"),
        ("The Sorban government will not come. The Sorban years are over.", "PERSON"),
        ("The group “Sorban” came. Sorban left.", "ORG"),
        ("Sorban will not come. Sorban has gone.", "PERSON"),
    ],
)
def test_people_have_no_article(text: str, kind: str) -> None:
    """Unless it is that of a noun behind the name."""
    found = mentions(text, ("Sorban", "PERSON"), ("Sorban", "PERSON"))
    assert [type_ for _, type_ in found] == [kind, kind]


def test_an_article_outweighs_a_full_name_that_begins_so() -> None:
    """`The Sorban` is no Sorban Ilves of the same text."""
    found = mentions("The Sorban will not come. Sorban Ilves left.", ("Sorban", "PERSON"), ("Sorban Ilves", "PERSON"))
    assert found == [("Sorban", "ORG"), ("Sorban Ilves", "PERSON")]


def test_known_names_are_found_and_typed() -> None:
    """States, capitals, bodies and peoples that the reader missed or took for something else."""
    text = (
        "NATO and Estonia met in Tallinn near the Black Sea. Estonians of the North Atlantic Alliance spoke to Reuters."
    )
    found = dict(mentions(text, ("NATO", "GPE"), ("North Atlantic", "LOC")))
    assert found["NATO"] == "ORG"
    assert found["Estonia"] == found["Tallinn"] == "GPE"
    assert found["Black Sea"] == "LOC"
    assert found["Estonians"] == "NORP"
    assert found["North Atlantic Alliance"] == "ORG"


def test_words_that_are_also_names_are_left_alone() -> None:
    """A name that is a word or a given name is not found by itself."""
    assert mentions("WHO is there? Jordan Smith ran. It IS so. Mobile phones.") == []


def test_a_name_is_found_everywhere_in_its_text() -> None:
    """The full name and the surname of a person, typed alike; other people with the surname stay whole."""
    text = "Marta Ilves came. Ilves spoke. Then ILVES was quiet, and Peeter Ilves left. She saw Marta Ilves."
    assert [m for m in mentions(text, ("Marta Ilves", "PERSON")) if m[1] == "PERSON"] == [
        ("Marta Ilves", "PERSON"),
        ("Ilves", "PERSON"),
        ("Marta Ilves", "PERSON"),
    ]
    typed = "Marta Ilves came. Ilves spoke to Ilves."
    assert {kind for _, kind in mentions(typed, ("Marta Ilves", "PERSON"), ("Ilves", "ORG"))} == {"PERSON"}


@pytest.mark.parametrize(
    ("text", "seen_as", "name"),
    [
        ("TARTU - Marta Ilves came.", "TARTU - Marta Ilves", "Marta Ilves"),
        ("Jockey Marta Ilves came.", "Jockey Marta Ilves", "Marta Ilves"),
        ("Fly-half Marta Ilves scored.", "Fly-half Marta Ilves", "Marta Ilves"),
        ("Then-Mayor Marta Ilves came.", "Then-Mayor Marta Ilves", "Marta Ilves"),
        ("Mayor-elect Marta Ilves came.", "Mayor-elect Marta Ilves", "Marta Ilves"),
        ("She met al-Ilves Kask.", "al-Ilves Kask", "al-Ilves Kask"),
        ("Hunter Ilves came.", "Hunter Ilves", "Hunter Ilves"),
        ("Farmer Ilves Van An came.", "Ilves Van An", "Ilves Van An"),
        ("Marta Ilves sighed.", "Marta Ilves sighed", "Marta Ilves"),
    ],
)
def test_what_belongs_to_a_person(text: str, seen_as: str, name: str) -> None:
    """Datelines and what people do are no part of a name; a given name that is a trade, and an `An`, are."""
    assert mentions(text, (seen_as, "PERSON")) == [(name, "PERSON")]


def test_a_surname_that_is_a_verb() -> None:
    text = (
        "The crew's spokesman, Mark Said, said no. Said told them that he had heard it. He told Mark Monday was late."
    )
    people = [found for found, _ in mentions(text, ("Mark", "PERSON"), ("Mark", "PERSON"))]
    assert people == ["Mark Said", "Said", "Mark"]
    assert mentions("Mark Says No To Lake Plan\n\nThey met.", ("Mark", "PERSON"))[0] == ("Mark", "PERSON")
    assert mentions("Lake Vote Hurts Mark Campaign.", ("Mark", "PERSON"))[0] == ("Mark", "PERSON")


def test_a_surname_that_is_a_state() -> None:
    seen_as = [("Dean Holland", "PERSON"), ("Holland", "GPE")]
    assert mentions("Dean Holland won. Holland said so.", *seen_as)[1] == ("Holland", "PERSON")
    for text in (
        "Dean Holland won. Holland said so to the Dutch.",
        "Dean Holland won. He is from Holland.",
        "Dean Tamm won. Holland said so.",
        "Holland said so. Dean Holland won.",
    ):
        kinds = dict(mentions(text, *[(name, kind) for name, kind in seen_as if name in text]))
        assert kinds["Holland"] == "GPE"


def test_an_age_is_of_a_person() -> None:
    text = "Florence Ireland, 58, had tea. Ireland said so."
    assert {kind for _, kind in mentions(text, ("Florence Ireland", "GPE"), ("Ireland", "GPE"))} == {"PERSON"}


def test_a_title_is_part_of_a_name_that_somebody_took() -> None:
    text = "Ann Tamm, better known as Lady Kask, sang. Lady Kask bowed to Lady Rand."
    people = [
        found for found, _ in mentions(text, *[(name, "PERSON") for name in ("Ann Tamm", "Kask", "Kask", "Rand")])
    ]
    assert people == ["Ann Tamm", "Lady Kask", "Lady Kask", "Rand"]


def test_a_surname_that_a_newspaper_has() -> None:
    """Beside the full name the word is the person, unless an article stands before it."""
    text = "Marta Guardian came. Guardian told the Guardian."
    assert mentions(text, ("Marta Guardian", "PERSON")) == [
        ("Marta Guardian", "PERSON"),
        ("Guardian", "PERSON"),
        ("Guardian", "ORG"),
    ]


def test_acronym_after_its_long_form() -> None:
    """An acronym in brackets is typed like the name that it shortens, also later on."""
    text = "The Lake Fisheries Board (LFB) met. LFB members left."
    assert mentions(text, ("Lake Fisheries Board", "ORG")) == [
        ("Lake Fisheries Board", "ORG"),
        ("LFB", "ORG"),
        ("LFB", "ORG"),
    ]


def test_heads_of_organisations() -> None:
    """`the Alliance` is a mention once NATO was named, `an alliance` is not."""
    assert ("Alliance", "ORG") in mentions("NATO met. Later the Alliance left.")
    assert mentions("Later the Alliance left.") == []
    assert [s for s, _ in mentions("NATO met. Later the alliance left.")] == ["NATO"]


def test_noise_is_no_name() -> None:
    """Addresses, mojibake and words without a capital are no names."""
    text = "See mod.gov.xx or @marta or MartaÃ©Ilves or the minister. She spoke."
    noise = [
        ("She", "PERSON"),
        ("mod.gov.xx", "ORG"),
        ("@marta", "PERSON"),
        ("MartaÃ©Ilves", "PERSON"),
        ("minister", "PERSON"),
    ]
    assert mentions(text, *noise) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Estonia's Prime Minister Marta Ilves came.", "Estonia's Prime Minister"),
        ("The lake board said that defence minister of Estonia Marta Ilves came.", "defence minister of Estonia"),
        ("Marta Ilves, a leading researcher at the Lake Institute, spoke.", "leading researcher at the Lake Institute"),
        ("Yesterday Marta Ilves spoke.", None),
        ("Marta Ilves, however, spoke.", None),
        # a whole phrase with a role noun for its head, or nothing
        ("Tartu Deputy Mayor Marta Ilves came.", "Deputy Mayor"),
        ("Kask was secretary of the Marta Ilves bureau.", None),
        ("As a law school student, Marta Ilves said it rained.", None),
        ("Lake House Communications Director Marta Ilves resigned.", "Director"),
        ("The Estonian Department of Fishing official Marta Ilves said so.", "Estonian Department of Fishing official"),
        ("“It is late,” quipped Green councillor Marta Ilves.", "Green councillor"),
        ("In a long address he blamed Prime Minister Marta Ilves for it.", "Prime Minister"),
        ("On 11 September 2012 President Marta Ilves left.", "President"),
        ("TARTU - Judge Marta Ilves left.", "Judge"),
        ("TALLINN - Senate Majority Leader Marta Ilves left.", "Senate Majority Leader"),
        ("Former Minister for Women and Lakes Marta Ilves left.", "Former Minister for Women and Lakes"),
        ("The acting CEO of Lake Steel, Dr Marta Ilves, left.", "acting CEO of Lake Steel"),
        ("Its chief, Marta Ilves, left.", "chief"),
        ("He met the head of the Office for Estonia Marta Ilves there.", "head of the Office for Estonia"),
        ("Marta Ilves, LSB director, left.", "LSB director"),
        ("Marta Ilves, 34, a climate scientist who works in Tartu, left.", "climate scientist"),
        ("Marta Ilves, then president of Estonia, left.", "then president of Estonia"),
        ("Marta Ilves, a lawyer in Tartu quit her job.", "lawyer"),
        ("The St. Ives County Prosecutor Marta Ilves left.", "St. Ives County Prosecutor"),
        ("The R&B singer Marta Ilves left.", "R&B singer"),
        ("Marta Ilves, a spokeswoman for Rep. Peeter Kask, left.", "spokeswoman for Rep. Peeter Kask"),
        ("With the mayor of Tartu, Marta Ilves, the minister said so.", "mayor of Tartu"),
        ("It holds the daughter of the Lake leader Marta Ilves, the interior minister says.", "Lake leader"),
        # a list of people, a headline, an accusation
        ("Marta Ilves, the mayor and two others, left.", None),
        ("Marta Ilves, a vocal critic of the mayor, left.", None),
        ("Marta Ilves, the embattled governor of Tartu, left.", "governor of Tartu"),
        ("Marta Ilves: obstructed justice as a judge", None),
        ("The killer Marta Ilves left.", None),
    ],
)
def test_roles(text: str, role: str | None) -> None:
    """The role beside a name, as stated and without its article."""
    found = find_mentions(text, seen(text, ("Marta Ilves", "PERSON")), load_gazetteer())
    assert [m.role for m in found if m.entity_type == "PERSON"] == [role]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Any text with names in it, and any spans that do not overlap."""
    parts = draw(
        st.lists(
            st.sampled_from(
                ["NATO", "the Alliance", "Marta Ilves", "President", "of", "Kosovo", "’s", "\n", ". ", "© AP Photo/",
                 "(", ")",
                 "Faculty of Law", "and", "Mr.", "US", "Ãƒ", "said", "李", "  ", "Bank", "😀", "-", "“", "Ilves"]
            )
            | st.text(max_size=4),
            max_size=25,
        )
    )  # fmt: skip
    text = draw(st.sampled_from(["", " "])).join(parts)
    cuts = sorted(draw(st.sets(st.integers(0, max(0, len(text))), max_size=10)))
    kinds = draw(st.lists(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "LAW"]), min_size=10, max_size=10))
    spans = [Span(a, b, kind) for a, b, kind in zip(cuts[::2], cuts[1::2], kinds, strict=False) if a < b]
    return text, spans


@given(texts_with_spans())
@settings(max_examples=300)
def test_spans_lie_inside_the_text_and_apart(case: tuple[str, list[Span]]) -> None:
    """Whatever the reader sees: spans inside the text, not empty, in order, not overlapping, the same each time."""
    text, spans = case
    found = find_mentions(text, spans, load_gazetteer())
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] for m in found)
    assert found == find_mentions(text, spans, load_gazetteer())
