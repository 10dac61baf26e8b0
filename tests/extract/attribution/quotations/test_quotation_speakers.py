"""Whose words a quotation holds: evidence alone gives it to a speaker, and it is never joined to another's."""

import pytest

from flows.spans import joined

NOBODY = None


@pytest.fixture(scope="module")
def said(read):
    """The quotations of a text with who says each."""

    def of(text: str) -> dict[str, str | None]:
        return {joined(text, a.spans): a.source.of(text) if a.source else NOBODY for a in read(text)}

    return of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a beat before a quotation tells who speaks, whoever has the next cue
            "Harbour pilot Ingrid Solheim folded her arms. “The ship was never checked.”\n\n"
            "“We checked it twice,” said the captain, Tore Aas.",
            {
                "“The ship was never checked.”": "Harbour pilot Ingrid Solheim",
                "“We checked it twice,”": "the captain, Tore Aas",
            },
        ),
        (  # what nobody is seen to say is nobody's
            "The rain went on for days. “The bridge will not hold until the spring.”\n\n"
            "“We are not afraid,” said Tore Aas.",
            {
                "“The bridge will not hold until the spring.”": NOBODY,
                "“We are not afraid,”": "Tore Aas",
            },
        ),
        (  # a headline is no part of a quotation behind it
            "Council rejects the bridge\n\nMayor Ingrid Solheim rose from her chair. “You were warned three times.”",
            {"“You were warned three times.”": "Mayor Ingrid Solheim"},
        ),
        (  # a speaker goes on in the next paragraph
            "“Ingrid changed what we are,” said the chairman, Tore Aas.\n\n“She also left us with no debt.”",
            {"“Ingrid changed what we are,” “She also left us with no debt.”": "the chairman, Tore Aas"},
        ),
        (  # but what was asked is answered by somebody else
            "“Is the bridge safe?” asked Ingrid Solheim.\n\n“It has been safe since the day it opened.”",
            {
                "“Is the bridge safe?”": "Ingrid Solheim",
                "“It has been safe since the day it opened.”": NOBODY,
            },
        ),
        (  # a missing closing mark says that the same speaker goes on
            "“The owners wanted another road. I understand that.\n\n“There is no bitterness,” said Tore Aas.",
            {"“The owners wanted another road. I understand that. “There is no bitterness,”": "Tore Aas"},
        ),
        (  # a label names the speaker, the time of an entry aside
            "22:41 Polls have closed.\n\n11:05 PM - Party secretary Ingrid Solheim: “This is a historic result.”",
            {"“This is a historic result.”": "Party secretary Ingrid Solheim"},
        ),
        (  # who was reported goes on, unless the next paragraph has another speaker
            "Tore Aas explained that schools should play a stronger part.\n\n“Children know far too little.”"
            "\n\n“They learn it in the street,” said Ingrid Solheim.",
            {
                "“Children know far too little.”": NOBODY,
                "“They learn it in the street,”": "Ingrid Solheim",
            },
        ),
        (  # a heading in marks is nobody's
            "“New money should go into roads,” Tore Aas said.\n\n‘Thieves on our own land’\n\nThe mine opened in 1990.",
            {"“New money should go into roads,”": "Tore Aas"},
        ),
        (  # words that lead up to a quotation introduce it, whatever mark ends them
            "Asked about the stage, Tore Aas said…\n\n“We started in May. After four shows we moved.”",
            {"“We started in May. After four shows we moved.”": "Tore Aas"},
        ),
        (  # a verb about the speaker is no cue
            "“They said they would not leave the island,” the aide who wished to stay unnamed told reporters.",
            {"“They said they would not leave the island,”": "the aide"},
        ),
        (  # a signature names the speaker
            "“I have never seen such a winter in this valley.” – Ingrid Solheim",
            {"“I have never seen such a winter in this valley.”": "Ingrid Solheim"},
        ),
        (  # also on a line of its own, behind whoever spoke before
            "“The gate stays shut,” said Tore Aas, a student.\n\n“The paint will be gone by spring.”\n"
            "— Ingrid Solheim, road painter\n\nThe road opened in May.",
            {"“The gate stays shut,”": "Tore Aas, a student", "“The paint will be gone by spring.”": "Ingrid Solheim"},
        ),
        (  # whatever verb stands between a quotation and a person
            "“We could have won that,” chuckled wicketkeeper Bo Aas.",
            {"“We could have won that,”": "wicketkeeper Bo Aas"},
        ),
    ],
)
def test_a_quotation_is_given_to_a_speaker_on_evidence(said, text, expected):
    found = said(text)
    assert {content: source for content, source in found.items() if content[0] in "“‘"} == expected


def test_who_was_reported_goes_on_in_the_next_paragraph(said):
    text = "Lessons\n\nTore Aas explained that schools should play a stronger part.\n\n“Children know far too little.”"
    assert [source for content, source in said(text).items() if "Children" in content] == ["Tore Aas"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We had ten minutes,” said a welder who goes by the name “Spark.”", "Spark"),
        ("“Nobody can paint here,” said Tore Aas, the author of “The Long Road”.", "Long Road"),
        ("“The gate stays shut,” said Ingrid “Inga” Solheim.", "Inga"),
        ("“The gate stays shut,” said pilot Tore Aas, who freed the “Amber Queen” in May.", "Amber"),
        ("Tore Aas, nicknamed “Bull”, said the hall was cold.", "Bull"),
        ("Tore Aas, who titled his record “Long Road”, said the hall was cold.", "Long Road"),
        ("“The hall was cold,” said Tore Aas, wearing a shirt that read “Long Road”.", "Long Road"),
    ],
)
def test_names_and_titles_in_marks_are_no_speech(said, text, name):
    contents = said(text)
    assert len(contents) == 1
    assert name not in next(iter(contents))


@pytest.mark.parametrize(
    "text",
    [
        "« We did not expect a miracle », said Ingrid Solheim. « The talks will go on in May. »",
        "„We did not expect a miracle“, said Ingrid Solheim. „The talks will go on in May.“",
        "``We did not expect a miracle,'' said Ingrid Solheim. ``The talks will go on in May.''",
        "‘We didn’t expect a miracle,’ said Ingrid Solheim. ‘The talks will go on in May.’",
        "'We didn't expect a miracle,' said Ingrid Solheim. 'The talks will go on in May.'",
        '"We did not expect a miracle, " said Ingrid Solheim. "The talks will go on in May."',
    ],
)
def test_both_halves_of_a_quotation_are_one_in_every_kind_of_marks(said, text):
    found = said(text)
    assert list(found.values()) == ["Ingrid Solheim"]
    assert "miracle" in next(iter(found))
    assert "in May" in next(iter(found))
