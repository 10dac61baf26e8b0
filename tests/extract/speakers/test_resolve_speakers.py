"""Who a source is: names, pronouns, descriptions, people taking turns, and speakers who stay unknown."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.mentions.find_mentions import find_mentions
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.speakers.resolve_speakers import resolve_speakers
from flows.spans import Span
from schemas.vocabularies import MentionType


@dataclass(frozen=True)
class Said:
    """An attribution as far as its speaker needs it."""

    spans: tuple[Span, ...]
    source: Span | None
    cue: Span | None = None


@dataclass(frozen=True)
class Seen:
    """What a reader sees."""

    start: int
    end: int
    entity_type: str
    score: float = 0.9


PEOPLE = (
    "Ahmad al-Lepp",
    "Marta Ilves",
    "Boris Ilves",
    "Boris Lepp",
    "Peeter Kask",
    "Anna Lepp",
    "Xaro Lepp",
    "Zolo Lepp",
    "Boris Renn",
    "Ilves",
    "Kask",
    "Lepp",
)


def speakers(marked: str) -> list[str | None]:
    """Speakers of a text in which each source stands in {braces} and each content in [brackets], in turn; cues, where
    any is marked, stand in <angles>.
    """
    text, sources, contents, cues, opened = "", [], [], [], 0
    for char in marked:
        if char in "{[<":
            opened = len(text)
        elif char == "}":
            sources.append(Span(opened, len(text)))
        elif char == "]":
            contents.append(Span(opened, len(text)))
        elif char == ">":
            cues.append(Span(opened, len(text)))
        else:
            text += char
    named = []
    for name in PEOPLE:
        start = text.find(name)
        while start >= 0:
            if not any(s.start <= start < s.end for s in named):
                named.append(Seen(start, start + len(name), "PERSON"))
            start = text.find(name, start + 1)
    found = find_mentions(text, named, load_gazetteer())
    known = zip(sources, contents, cues or [None] * len(sources), strict=True)
    said = [Said((content,), source, cue) for source, content, cue in known]
    _, spoken = resolve_speakers(text, said, found)
    return [" + ".join(m.span.of(text) for m in s.speakers) or None for s in spoken]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{Defence Minister of Estonia Marta Ilves} said [it rains].", ["Marta Ilves"]),
        ("{Peeter Kask, a researcher at the Lake Institute,} said [it rains].", ["Peeter Kask"]),
        ("{The Pentagon} said [it rains].", ["Pentagon"]),
        ("{Moscow} believes [it rains].", ["Moscow"]),
        ("{The Estonia side} said [it rains].", ["Estonia"]),
        # pronouns
        ("{Marta Ilves} said [it rains]. {She} added [it is cold].", ["Marta Ilves", "Marta Ilves"]),
        (
            "{Peeter Kask} said [it rains]. {Anna Lepp} said [it snows]. According to {her}, [it is cold].",
            ["Peeter Kask", "Anna Lepp", "Anna Lepp"],
        ),
        (
            "Anna Lepp and Boris met. {Peeter Kask} said [it rains].\n\n{He} added [more].",
            ["Peeter Kask", "Peeter Kask"],
        ),
        # whom the text calls "she" is not "he" later on
        (
            "Lepp came. {Lepp} said [a]. {She} said [b]. As for the rector, Peeter Kask, {he} said [c].",
            ["Lepp", "Lepp", "Peeter Kask"],
        ),
        # who is named behind a preposition is no subject
        (
            "Peeter Kask spoke. If the speech - given by host Boris Renn - was long, Kask's was short. "
            "{He} said [it rains].",
            ["Peeter Kask"],
        ),
        (
            "Then Peeter Kask came. She was met by her uncle, Boris Renn, at noon. {He} said [it rains].",
            ["Peeter Kask"],
        ),
        # who spoke last goes before somebody about as likely
        (
            "Boris Renn, the mayor, left the lake. {Lepp} called it [a shame]. [“It rains,”] {he} said.",
            ["Lepp", "Lepp"],
        ),
        ("Marta Ilves spoke. It rained. It snowed. It froze. Her uncle Lepp came. {She} said [no].", ["Marta Ilves"]),
        ("Late in the year, Mrs Lepp met Marta Ilves.\n\nIt rained. It snowed. It froze. {She} said [no].", ["Lepp"]),
        # a subject with its title or description; a surname that stands first; a clause by the way
        (
            "{Lepp} said [a].\n\nTartu Mayor Marta Ilves was asked about it.\n\n{She} said [b].",
            ["Lepp", "Marta Ilves"],
        ),
        (
            "{Anna Lepp} said [a]. At that, the head of the lake board, Boris Renn, spoke. [“b,”] {he} said.",
            ["Anna Lepp", "Boris Renn"],
        ),
        (
            "{Peeter Kask} said [it failed] when {Boris Renn} insisted on [more]. [“No,”] {he} said.",
            ["Peeter Kask", "Boris Renn", "Peeter Kask"],
        ),
        ("Peeter Kask spoke. A man claims that {he} saw [it].", [None]),
        # a surname of husband and wife, whose campaign it is, and the only one who is named
        (
            "Marta and Boris Ilves met, and Marta Ilves left. It rained. {Ilves} said [a]. {He} said [b]. "
            "It snowed. It froze. {Ilves} said [c]. {She} said [d].",
            ["Ilves", "Ilves", "Ilves", "Ilves"],
        ),
        (
            "{Anna Lepp} said [a]. Ilves campaign chairman Peeter Kask spoke. [“b,”] {he} said.",
            ["Anna Lepp", "Peeter Kask"],
        ),
        ("{It} does not seem [that Peeter Kask came]. In the talk, {he} said [a].", [None, "Peeter Kask"]),
        # who is behind "of" is no subject either, and somebody without a name goes on speaking
        ("Lepp came.\n\nIt rained. It snowed. It froze, and the death of Boris Renn came. {He} said [no].", ["Lepp"]),
        (
            "{Boris Renn} said [a].\n\nAn expert came.\n\n[“b,”] {he} said.\n\nIt rained.\n\n[“c,”] {he} said.",
            ["Boris Renn", None, None],
        ),
        ("They read the NATO. {The company} said [it rains].", [None]),
        ("Kask’s company left NATO. {The company} said [it rains].", [None]),
        ("They left NATO. {The company} said [it rains].", ["NATO"]),
        # experts taking turns
        (
            "Scientist {Peeter Kask} said [it rains].\n\n[It snows], {the expert} noted.\n\n"
            "Analyst {Anna Lepp} said [no].\n\n"
            "[Never], {the analyst} said.",
            ["Peeter Kask", "Peeter Kask", "Anna Lepp", "Anna Lepp"],
        ),
        # several who speak together, and bodies that only say whose candidates speak
        (
            "{Marta Ilves and Peeter Kask} said [a]. {They} added [b].",
            ["Marta Ilves + Peeter Kask", "Marta Ilves + Peeter Kask"],
        ),
        ("{Russia, China and Brazil} said [a].", ["Russia + China + Brazil"]),
        ("{NATO and the World Bank} said [a].", ["NATO + World Bank"]),
        ("{Peeter Kask, a mayor, and the World Bank} said [a].", ["Peeter Kask + World Bank"]),
        ("{Marta Ilves and Peeter Kask's sister, Anna Lepp,} said [a].", ["Marta Ilves + Anna Lepp"]),
        ("{Estonia and its allies} said [a].", ["Estonia"]),
        ("{NATO and OSCE officials} said [a].", [None]),
        # offices at their time, and two who hold one
        (
            "President Marta Ilves gave in to Kask. {The new president} said [a]. {The former president} said [b].",
            [None, None],
        ),
        (
            "Marta Ilves, former president of Estonia, signed in 2017. {The president of Estonia} said in 2023 [a].",
            [None],
        ),
        (
            "Marta Ilves, then president of Estonia, signed in 2017. {The president of Estonia} said in 2023 [a].",
            [None],
        ),
        ("Then-Mayor Marta Ilves came. {The then-mayor} said [a]. {The mayor} said [b].", ["Marta Ilves", None]),
        ("{The former minister} said [a]. Minister Marta Ilves left.", [None]),
        ("Peeter Kask spoke. {He} said [Peeter Kask lied].", [None]),
        ("Former mayor Marta Ilves came. {The mayor} said [a]. {The former mayor} said [b].", [None, "Marta Ilves"]),
        ("President Marta Ilves and President Peeter Kask met. {The president} said [a].", [None]),
        # nobody speaks through a spokesman without a name
        ("He praised Marta Ilves, {whose spokesman} said [a].", [None]),
        # whose surname it is
        ("Peeter Kask spoke. Mrs. Kask, a judge, was there. {The judge} said [a].", ["Kask"]),
        # roles
        (
            "{Foreign Ministry spokeswoman Marta Ilves} said [it rains]. Peeter Kask listened. "
            "{The spokeswoman} said [no].",
            ["Marta Ilves", "Marta Ilves"],
        ),
        (
            "Estonian Defence Minister Marta Ilves came. Peeter Kask left. "
            "{The head of the Estonian Defense Ministry} said [no].",
            ["Marta Ilves"],
        ),
        (
            "Latvian President Anna Lepp met Estonian President Marta Ilves. "
            "{The president of Latvia} said [it rains].",
            ["Anna Lepp"],
        ),
        # somebody else holds the title now: the paragraph itself says who is meant
        (
            "Estonian President Marta Ilves spoke in 2023.\n\n{The president of Estonia} accused them of [lies]. "
            "{Peeter Kask} said in 2017 [it rains].",
            ["Peeter Kask", "Peeter Kask"],
        ),
        # a description in apposition, and one that belongs to somebody else
        ("Marta Ilves, {the defence minister,} said [it rains].", ["Marta Ilves"]),
        ("{Marta Ilves} said [it rains]. {Her lawyer} said [no].", ["Marta Ilves", None]),
        # somebody who was just introduced speaks next, not whoever spoke before
        (
            "Scientist {Peeter Kask} said [it rains]. Nobody from the office came, and analyst Anna Lepp, too, "
            "stayed away. [Never], {the analyst} said.",
            ["Peeter Kask", "Anna Lepp"],
        ),
        # an office that nobody was said to hold
        ("{Peeter Kask} said [it rains]. {The president} said [no].", ["Peeter Kask", None]),
        # states by their adjective, companies that were named
        ("Rain reached Estonia. {The Estonian government} said [it rains].", ["Estonia"]),
        ("{The acting government of Estonia} said [it rains].", ["Estonia"]),
        ("{The government} said [it rains].", [None]),
        # a name that only describes
        ("{Ilves campaign manager Peeter Kask} said [it rains].", ["Peeter Kask"]),
        ("{The Ilves campaign} said [it rains].", [None]),
        ("{Senior Ilves campaign officials} said [it rains].", [None]),
        ("{The official Tanjug news agency} said [it rains].", ["Tanjug"]),
        ("{Farmers, including Peeter Kask,} said [it rains].", [None]),
        ("{A pro-Ilves group} said [it rains].", [None]),
        ("Marta Ilves left. {A spokesman for Marta Ilves} said [it rains].", [None]),
        ("{A grand jury impaneled by special counsel Marta Ilves} said [it rains].", [None]),
        # one of a people or party, another body that may be meant, a subject behind the pronoun
        ("{The Republican} said [it rains]. {The Estonians} said [no].", [None, "Estonians"]),
        ("NATO met. {Tanjug} said [it rains]. {The alliance} said [no].", ["Tanjug", None]),
        ("Tanjug came. {NATO} said [it rains]. {The alliance} said [no].", ["NATO", "NATO"]),
        ("NATO met. {The EU} said [it rains]. {The alliance} said [no].", ["EU", "NATO"]),
        ("Peeter Kask came. When {he} said [it rains], Boris Renn left.", [None]),
        ("Peeter Kask came. When {he} said [it rains], Kask left.", ["Peeter Kask"]),
        # somebody without a name has come in between
        (
            "{Marta Ilves, an official,} said [a]. A former official of the bank left. {The official} said [b].",
            ["Marta Ilves", None],
        ),
        ("Peeter Kask spoke. A neighbour listened. {He} said [it rains].", [None]),
        ("Peeter Kask spoke. The killer, masked, left. {He} said [it rains].", [None]),
        ("Peeter Kask spoke. The teacher left. {He} said [it rains].", ["Peeter Kask"]),
        ("Mayor Peeter Kask read it. In it, {the writer} said [it rains].", [None]),
        # the subject of the main clause, and who is not named in a quotation only
        ("If Peeter Kask was slow, Boris Renn was quick. {He} said [it rains].", ["Boris Renn"]),
        (
            "{Boris Renn} said [a].\n\n[“Anna Lepp came,”] {Peeter Kask} said.\n\n[“More”], {he} said.",
            ["Boris Renn", "Peeter Kask", "Peeter Kask"],
        ),
        # a source that is cut, or of another name
        ("Peeter Kask, head of {NATO} said [it rains].", ["Peeter Kask"]),
        ("Peeter Kask, who is on the board of {NATO} said [it rains].", ["NATO"]),
        ("NATO met. {The Lake alliance} said [it rains].", [None]),
        ("Interpol and Europol met. {The police} said [it rains].", [None]),
        ("Diplomat Marta Ilves came. The magazine {The Diplomat} said [it rains].", [None]),
        ("Along with the mayor, Marta Ilves, {the minister} said [it rains].", [None]),
        ("{The European Commission in Estonia} said [it rains].", ["European Commission"]),
        ("Estonian Prime Minister Marta Ilves came. {The Estonian leader} said [it rains].", ["Marta Ilves"]),
        ("Estonian Prime Minister Marta Ilves came. {The Latvian leader} said [it rains].", [None]),
        ("Peeter Kask, founder of shipping giant {NATO} said [it rains].", ["Peeter Kask"]),
        ("Minister Ahmad al-Lepp came. Lepp left. {The minister} said [it rains].", ["Lepp"]),
        # of whom somebody is said to be a relative is no subject, nor is who writes the article named in it
        ("Peeter Kask's brother Boris Renn came. {He} said [it rains].", ["Boris Renn"]),
        ("Columnist Peeter Kask left. {This columnist} said [it rains].", [None]),
        # somebody else without a name, subjects of their own
        ("{An aide of Kask} said [it rains]. Lepp left. Kask left. {The aide} said [more].", [None, None]),
        ("Through lawyer Anna Lepp, {the minister} said [it rains].", [None]),
        ("{NATO} said [it rains]. Two guards left the pier at noon, but {they} said [more].", ["NATO", None]),
        ("{NATO} said [it rains]. [“It rains and rains again and again,”] {they} said.", ["NATO", "NATO"]),
        # who: behind brackets, an age, a dash, what explains the person
        ("They met Peeter Kask (Lake), {who} said [a].", ["Peeter Kask"]),
        ("They met Peeter Kask, 42, a Tartu lawyer, {who} said [a].", ["Peeter Kask"]),
        ("Peeter Kask – {who} said [a] – left.", ["Peeter Kask"]),
        ("Peeter Kask met some lawyers, {who} said [a].", [None]),
        ("They met Peeter Kask, managing director of the World Bank, {who} said [a].", ["Peeter Kask"]),
        ("They met Peeter Kask – a former Tartu lawyer {who} said [a] – there.", ["Peeter Kask"]),
        ("They met Peeter Kask, a lake with fishermen {who} said [a].", [None]),
        # names that only tell who speaks
        ("{An examiner who saw Marta Ilves} said [it rains].", [None]),
        ("{A painter who goes by the name Marta Ilves} said [it rains].", ["Marta Ilves"]),
        ("{Lawyers for Peeter Kask and Anna Lepp} said [it rains].", [None]),
        ("{Attorneys from Kask and Lepp} said [it rains].", [None]),
        ("{Peeter Kask}'s page said [it rains].", [None]),
        # documents, whose they are; not where they only stand
        ("{A letter from Peeter Kask} said [it rains].", ["Peeter Kask"]),
        ("{The nephew of the late senator Peeter Kask, Boris Renn,} said [it rains].", ["Boris Renn"]),
        ("{Mayor Peeter Kask’s answer} said [it rains].", ["Peeter Kask"]),
        ("{Peeter Kask’s angry letter to the board} said [it rains].", ["Peeter Kask"]),
        ("{A statement from NATO} said [it rains].", ["NATO"]),
        ("{A new NATO report} said [it rains].", ["NATO"]),
        ("{A report published in Tanjug} said [it rains].", ["Tanjug"]),
        ("{A study by Anna Lepp and Peeter Kask of the World Bank} said [it rains].", ["Anna Lepp + Peeter Kask"]),
        ("{Reports received by NATO} said [it rains].", [None]),
        ("{A NATO official} said [it rains].", [None]),
        # lists: titles and brackets between names, a verb or a title of a book, a list that is cut
        (
            "{Senators Marta Ilves (Lake), Mrs. Lepp (Shore) and Peeter Kask} said [a].",
            ["Marta Ilves + Lepp + Peeter Kask"],
        ),
        ("{Marta Ilves, along with Judge Peeter Kask,} said [a].", ["Marta Ilves + Peeter Kask"]),
        ("{Marta Ilves, who ran for the bank and guided Peeter Kask,} said [a].", ["Marta Ilves"]),
        ("{Marta Ilves, activist and author of Lake: Peeter Kask and the Sea,} said [a].", ["Marta Ilves"]),
        ("Marta Ilves (judge), Peeter Kask, and {Boris Renn} said [a].", ["Marta Ilves + Peeter Kask + Boris Renn"]),
        ("{NATO and the World Bank each} said [a].", ["NATO + World Bank"]),
        ("{Marta Ilves, retired surgeon Peeter Kask and Lepp} said [a].", ["Marta Ilves + Peeter Kask + Lepp"]),
        ("{Marta Ilves, the younger and bolder sister of Peeter Kask,} said [a].", ["Marta Ilves"]),
        ("{Marta Ilves, a member of Rank and File, whose president is Peeter Kask,} said [a].", ["Marta Ilves"]),
        ("{Marta Ilves and Minister of Health Peeter Kask} said [a].", ["Marta Ilves + Peeter Kask"]),
        ("{Marta Ilves, head of a group in Riga and Tartu, the World Bank,} said [a].", ["Marta Ilves"]),
        # a body that is explained, or that a place owns; whose mother speaks
        ("{NATO, a defence club and alliance,} said [it rains].", ["NATO"]),
        ("{Estonia’s World Bank} said [it rains].", ["World Bank"]),
        ("{Marta Ilves an up-and-coming painter} said [it rains].", ["Marta Ilves"]),
        ("Marta Ilves, mother of {Peeter Kask} said [it rains].", ["Marta Ilves"]),
        # outlets that spoke last, by what they are or publish; one that was brought in since, or has a name not found
        ("{Tanjug} said [it rains]. Peeter Kask left. {The paper} said [more].", ["Tanjug", "Tanjug"]),
        ("{Tanjug} said [it rains]. {The Estonian website} said [more].", ["Tanjug", "Tanjug"]),
        ("{Peeter Kask} said [it rains]. {The report} said [more].", ["Peeter Kask", None]),
        ("{NATO} said [it rains]. It froze. A report by others came. {The report} said [more].", ["NATO", None]),
        ("{NATO} said [it rains]. [It froze,] wrote {lakeNews.ee}. {The site} said [more].", ["NATO", None, None]),
        ("{NATO} said [it rains]. {The Lake article} said [more].", ["NATO", None]),
        ("{A Tanjug story} said [it rains].", ["Tanjug"]),
        (
            "{Tanjug} said [it rains]. {NATO} declined [to comment]. {The report} said [b].",
            ["Tanjug", "NATO", "Tanjug"],
        ),
        (
            "{Tanjug} said [it rains]. {NATO} has so far refused [to comment]. {The report} said [b].",
            ["Tanjug", "NATO", "Tanjug"],
        ),
        (
            "{NATO} said [it rains]. {Tanjug} said [it did not rain]. {The report} said [b].",
            ["NATO", "Tanjug", "Tanjug"],
        ),
        ("{Tanjug} said [Riga refused]. {The report} said [b].", ["Tanjug", "Tanjug"]),
        ("{Tanjug, which does not sell papers,} said [it rains]. {The report} said [b].", ["Tanjug", "Tanjug"]),
        ("{Tanjug}, which refused to go, said [it rains]. {The report} said [b].", ["Tanjug", "Tanjug"]),
        ("[It rains,] {Tanjug} said as Riga did not wait. {The report} said [b].", ["Tanjug", "Tanjug"]),
        # a source that is cut before whose head speaks, and a family's campaign
        ("The director of {the World Bank} said [it rains].", [None]),
        ("{A page of the Ilves family’s campaign} said [it rains].", [None]),
        # a body before "which", and what stands behind its name or calls it so
        ("They read Tanjug, {which} said [it rains].", ["Tanjug"]),
        ("{NATO} told [Tanjug], {which} said [a]. {It} said [b].", ["NATO", "Tanjug", "NATO"]),
        ("They read of rain in Tanjug {which} said [it rains].", [None]),
        ("Peeter Kask left, {which} showed [it rains].", [None]),
        ("{The Tartu-based World Bank (WB), which has members,} said [it rains].", ["World Bank"]),
        ("{The new newswire Tanjug today} said [it rains].", ["Tanjug"]),
        ("{A lake newspaper, the Tanjug,} said [it rains].", ["Tanjug"]),
        ("{A website called Tanjug} said [it rains].", ["Tanjug"]),
        ("{A friend of the lake, NATO,} said [it rains].", [None]),
        ("{NATO, Estonia’s old ally,} said [it rains].", ["NATO"]),
        ("{Sources inside NATO} said [it rains].", [None]),
        ("{Tanjug} said [NATO left]. {The alliance} said [more].", ["Tanjug", None]),
        # somebody without a name who had to do with the person named, or behind a long opening
        ("Peeter Kask spoke. A guard who worked with Kask listened. {He} said [it rains].", [None]),
        ("Peeter Kask spoke. A guard, Boris Renn, listened. {He} said [it rains].", ["Boris Renn"]),
        (
            "Peeter Kask spoke.\n\nReached at noon by somebody of the board on Friday, a guard left. {He} said [more].",
            [None],
        ),
        ("{Prosecutors in court against Marta Ilves} said [it rains].", [None]),
        # the state of which alone a text tells
        ("Estonia froze. Estonians left. {The government} said [more].", ["Estonia"]),
        ("Estonia froze. Estonians left Latvia. {The government} said [more].", [None]),
        # what somebody with a title may be called later, and a woman is not called a man by it
        ("Rep. Marta Ilves came. {The four-term congresswoman} said [a].", ["Marta Ilves"]),
        ("Rep. Marta Ilves came. {She} said [a].", ["Marta Ilves"]),
        ("Tartu Sen. Peeter Kask met Riga Sen. Boris Renn. {The Riga senator} said [a].", ["Boris Renn"]),
        ("Sen. Peeter Kask met Sen. Boris Renn. {The lawmaker} said [a].", [None]),
        ("Sen. Marta Ilves left. {Peeter Kask} said [a]. It froze. {The senator} said [b].", ["Peeter Kask", None]),
        # the title tells one of a surname from the other
        # whom nothing but the other's name, a noun or the sentence tells to be a man or a woman
        ("Xaro Lepp left. Anna Lepp stayed. {Ms Lepp} said [a].", ["Anna Lepp"]),
        ("Xaro Lepp left. Her brother, Zolo Lepp, stayed. {Mr Lepp} said [a].", ["Zolo Lepp"]),
        ("Xaro Lepp left his shop. Zolo Lepp stayed. {Mr Lepp} said [a].", ["Xaro Lepp"]),
        (
            "Anna Lepp and Boris Lepp met. {Mrs Lepp} said [a]. {She} said [b]. {Mr Lepp} said [c]. {Lepp} left [d].",
            ["Anna Lepp", "Anna Lepp", "Boris Lepp", "Lepp"],
        ),
        # whom a sentence opens with may be whom it is said of
        ("{Coach Anna Lepp} said [a]. Of her keeper, {Peeter Kask, the coach} said [b].", ["Anna Lepp", "Anna Lepp"]),
        ("{Coach Anna Lepp} said [a]. Of Peeter Kask, {the coach} said [b].", ["Anna Lepp", "Anna Lepp"]),
        ("{Coach Anna Lepp} said [a]. Of them all, {Peeter Kask, the keeper}, said [b].", ["Anna Lepp", "Peeter Kask"]),
        # whom a sentence opens with by what they are, in several words
        (
            "{Anna Lepp} said [a]. The Estonian human rights lawyer Marta Ilves came. {She} said [b].",
            ["Anna Lepp", "Marta Ilves"],
        ),
        # an age, an origin, a family
        ("Peeter Kask, 31, met Anna Lepp, 24. [It rains], {the 31-year-old} said.", ["Peeter Kask"]),
        ("Marta Ilves came home. [It rains], said {the 24-year-old, who won in May}.", ["Marta Ilves"]),
        ("Marta Ilves, 30, came home. [It rains], {the 24-year-old} said.", [None]),
        ("Marta Ilves came home. A 24-year-old fell. [It rains], {the 24-year-old} said.", [None]),
        ("Marta Ilves came home. [It rains], {the mother of two} said.", ["Marta Ilves"]),
        ("Boris Renn came home. [It rains], {the mother of two} said.", [None]),
        ("Swedish goalkeeper Anna Lepp and Finnish coach Boris Renn met. {The Swede} said [a].", ["Anna Lepp"]),
        ("Swedish goalkeeper Anna Lepp and Swedish coach Boris Renn met. {The Swede} said [a].", [None]),
        ("Sweden's Anna Lepp beat Boris Renn of Latvia. [It rains], said {the Swede}.", ["Anna Lepp"]),
        ("Sweden's Anna Lepp beat Boris Renn of Latvia. [It rains], said {the Latvian}.", ["Boris Renn"]),
        ("Sweden's Anna Lepp beat Boris Renn of Sweden. [It rains], said {the Swede}.", [None]),
        ("Portugal's Anna Lepp won. Lepp was late. [It rains], {the Portuguese} said.", ["Anna Lepp"]),
        ("Boris Renn met the teenager Anna Lepp. [It rains], {the 18-year-old} said.", ["Anna Lepp"]),
        ("Boris Renn met the teenager Anna Lepp. [It rains], {the 28-year-old} said.", ["Boris Renn"]),
        # what a clause tells
        (
            "Anna Lepp, who was mayor until May, left. Mayor Boris Renn came. {The former mayor} said [a].",
            ["Anna Lepp"],
        ),
        ("Anna Lepp, who was mayor until May, left. {The mayor} said [a].", [None]),
        ("Anna Lepp, who is the coach of the team, left. Boris Renn came. {The coach} said [a].", ["Anna Lepp"]),
        # only one part of a source is the subject of its verb
        ("Speaking to {Marta Ilves, a keeper, Peeter Kask,} <said> [a].", ["Peeter Kask"]),
        ("In a letter sent to {Marta Ilves, the keeper} <said> [a].", [None]),
        ("In {the letter Anna Lepp from Lake East, Ohio,} <said> [a].", ["Anna Lepp"]),
        ("In May {Marta Ilves, the keeper,} <said> [a].", ["Marta Ilves"]),
        ("Marta Ilves, flanked by the coach, {Peeter Kask,} <said> [a].", ["Marta Ilves"]),
        ("Marta Ilves, who was joined by {Peeter Kask}, <said> [a].", ["Marta Ilves"]),
        ("Marta Ilves was beaten by the coach, and {Peeter Kask} <said> [a].", ["Peeter Kask"]),
        ("Marta Ilves, {whose brother Peeter Kask is her coach,} <said> [a].", ["Marta Ilves"]),
        ("The winner, {whose brother Peeter Kask is her coach,} <said> [a].", [None]),
        # a label never means whom the turn before is of
        ("{Peeter Kask}<:> [Who paid?]\n\n{The witness}<:> [I did.]", ["Peeter Kask", None]),
        # not to be known
        ("{Peeter Kask} said [it rains]. {Analysts} say [it snows].", ["Peeter Kask", None]),
        ("{Peeter Kask} said [it rains]. {A spokesperson} said [it snows].", ["Peeter Kask", None]),
        ("{The expert} said [it rains].", [None]),
        ("{She} said [it rains].", [None]),
        ("{The president of Latvia} said [it rains]. Estonian President Marta Ilves left.", [None]),
    ],
)
def test_speakers(text: str, expected: list[str | None]) -> None:
    """Each source is the name that a careful reader takes it for, or nothing."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("marked", "speaks"),
    [
        ("[It rains, Marta Ilves] <said>.", True),
        ("[Marta Ilves] <is expected> [to leave].", False),
        ("<Claim:> [Marta Ilves left].", False),
        ("Marta Ilves <is said> [to have left].", False),
        ("Marta Ilves <reportedly> [left].", False),
        ("[It rains,] Marta Ilves <said>.", True),
        ("[It rains,] <said> Marta Ilves.", True),
    ],
)
def test_who_stands_beside_a_cue_without_a_source(marked: str, speaks: bool) -> None:
    """Whom the words themselves name has said them with a verb of speech alone."""
    text = re.sub(r"[\[\]<>]", "", marked)
    spans = [Span(text.find(part), text.find(part) + len(part)) for part in re.findall(r"\[(.+?)\]", marked)]
    cue = text.find(re.findall("<(.+)>", marked)[0])
    said = Said(tuple(spans), None, Span(cue, cue + len(re.findall("<(.+)>", marked)[0])))
    name = text.find("Marta Ilves")
    names = find_mentions(text, [Seen(name, name + 11, "PERSON")], load_gazetteer())
    _, spoken = resolve_speakers(text, [said], names)
    assert (spoken[0].speaker is not None) == speaks


@pytest.mark.parametrize(
    ("before", "between", "behind", "expected"),
    [
        ("", "", "Kask", "Peeter Kask"),
        ("", "", "Boris Renn", None),
        (" Boris Renn disagreed.", "", "Kask", None),
        (", but not to Boris Renn.", "", "Kask", None),
        ("", "Boris Renn laughed, and ", "Kask", None),
        ("", "", "Kask, a friend of Boris Renn,", "Peeter Kask"),
        (" The mayor disagreed.", "", "Kask", None),
        ("", "The mayor disagreed. ", "Kask", None),
        ("", "", "Before noon Kask", "Peeter Kask"),
    ],
)
def test_whose_words_stand_between_words_of_one(before: str, between: str, behind: str, expected: str | None) -> None:
    """A quotation without a cue is of whom the words before and behind it are, if they are one person's and nobody else
    has a part in between.
    """
    text = f"Peeter Kask said it rains.{before}\n\n“It snows.”\n\n{between}{behind} said it froze."
    seen = [Seen(m.start(), m.end(), "PERSON") for m in re.finditer("Peeter Kask|Boris Renn|Kask", text)]
    source = Span(text.rindex(behind), text.rindex(behind) + len(behind))
    said = [
        Said((Span(17, 25),), Span(0, 11), Span(12, 16)),
        Said((Span(text.index("“"), text.index("”") + 1),), None),
        Said((Span(text.index("it froze"), len(text) - 1),), source, None),
    ]
    _, spoken = resolve_speakers(text, said, find_mentions(text, seen, load_gazetteer()))
    assert (spoken[1].speaker.span.of(text) if spoken[1].speaker else None) == expected


def test_the_party_is_not_one_whose_opponents_were_named_since() -> None:
    """The people of a party may be what is meant, and nothing tells which."""
    text = "The Republican Party met. The Democrats wait. The party said it rains."
    source = Span(text.index("The party"), text.index(" said"))
    for people, expected in (("Democrats", None), ("Estonians", "Republican Party")):
        told = text.replace("Democrats", people)
        seen = [Seen(4, 20, "ORG"), Seen(told.index(people), told.index(people) + 9, "NORP")]
        found = find_mentions(told, seen, load_gazetteer())
        _, spoken = resolve_speakers(told, [Said((Span(source.end + 6, len(told) - 1),), source)], found)
        assert (spoken[0].speaker.span.of(told) if spoken[0].speaker else None) == expected


@pytest.mark.parametrize(
    ("text", "cue", "speaks"),
    [
        ("A team led by Marta Ilves found that it rains.", "found", False),
        ("As reported by Marta Ilves, it rains.", "reported", True),
        ("It rains, as it was told by Marta Ilves.", "was told", True),
        ("That it rains was compared to Marta Ilves.", "was compared", False),
        ("This was reported by Marta Ilves, noting that it rains.", "noting", True),
    ],
)
def test_by_whom_a_passive_is_done_is_no_subject(text: str, cue: str, speaks: bool) -> None:
    """Who leads a team has not said what the team says."""
    name = text.find("Marta Ilves")
    source, verb = Span(name, name + 11), Span(text.find(cue), text.find(cue) + len(cue))
    found = find_mentions(text, [Seen(*source, "PERSON")], load_gazetteer())
    _, spoken = resolve_speakers(text, [Said((Span(text.find("it rains"), len(text) - 1),), source, verb)], found)
    assert (spoken[0].speaker is not None) == speaks


def test_a_law_is_quoted_and_speaks_not() -> None:
    """A speaker is a person or a body."""
    text = "According to the Fishing Act, it rains."
    for kind, expected in (("LAW", 0), ("ORG", 1)):
        found = find_mentions(text, [Seen(17, 28, kind)], load_gazetteer())
        _, spoken = resolve_speakers(text, [Said((Span(30, 38),), Span(13, 28))], found)
        assert len(spoken[0].speakers) == expected


def test_references_are_kept_with_their_kind() -> None:
    """Pronouns and descriptions become mentions with an antecedent; names do not."""
    text = "Marta Ilves said it rains. She said more. The minister said no."
    found = find_mentions(text, [Seen(0, 11, "PERSON")], load_gazetteer())
    spans = [Span(0, 11), Span(27, 30), Span(42, 54)]
    said = [Said((Span(s.end + 6, s.end + 8),), s) for s in spans]
    references, _ = resolve_speakers(text, said, found)
    assert [(r.span.of(text), r.mention_type) for r in references][:1] == [("She", MentionType.PRONOUN)]
    assert all(r.antecedent.span.of(text) == "Marta Ilves" for r in references)


def test_a_verb_that_is_somebodys_name_speaks() -> None:
    text = "Mark Said left. Said told them that it rained."
    names = [Seen(0, 9, "PERSON"), Seen(16, 20, "PERSON")]
    said = Said((Span(31, 45),), None, Span(16, 20))
    ((_, found),) = [resolve_speakers(text, [said], find_mentions(text, names, load_gazetteer()))]
    assert [m.span.of(text) for m in found[0].speakers] == ["Said"]


@given(
    st.lists(
        st.sampled_from(
            [
                "Marta Ilves",
                "He",
                "she",
                "the expert",
                "said",
                ".",
                "\n",
                "NATO",
                "the president of Estonia",
                "“",
                "”",
                "who",
                "I",
            ]
        ),
        max_size=30,
    ),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30), st.integers(0, 200), st.integers(1, 30)), max_size=8),
)
@settings(max_examples=200)
def test_any_spans_give_mentions_of_the_text(parts: list[str], ranges: list[tuple[int, int, int, int]]) -> None:
    """Whatever the attributions: one answer each, always a mention of the text or nothing."""
    text = " ".join(parts)
    found = find_mentions(text, [], load_gazetteer())
    said = []
    for a, n, b, m in ranges:
        content = Span(min(a, len(text)), min(a + n, len(text)))
        said.append(Said((content,), Span(min(b, len(text)), min(b + m, len(text)))))
    references, spoken = resolve_speakers(text, said, found)
    assert [s.attribution for s in spoken] == said
    assert all(m in found for s in spoken for m in s.speakers)
    assert all(r.antecedent in found for r in references)


def test_a_pronoun_or_description_is_nobody_whom_its_own_content_names():
    assert speakers("Marta Ilves came. {She} said [Peeter Kask had left].") == ["Marta Ilves"]
    assert speakers("Marta Ilves came. {She} said [Marta Ilves had left].") == [None]
    assert speakers("The minister, Peeter Kask, came. {The minister} said [Kask had left].") == [None]
