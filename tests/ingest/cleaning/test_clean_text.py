"""Cleaning: characters, layout, boilerplate, language, and what a text says about itself."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingest.clean_documents import clean_documents
from flows.ingest.cleaning import boilerplate, paragraphs, unicode_repair
from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.cleaning.clean_text import clean
from flows.ingest.cleaning.language import identify
from flows.ingest.documents import RawDocument
from flows.ingest.metadata.headline_and_byline import front
from flows.ingest.metadata.publication_date import published_on
from flows.lexicons.paths import asset
from flows.settings import IngestSettings

LEXICON = boilerplate.load(asset("lexicons/boilerplate.yml"))
SAID = "The minister said that the road will be closed for a year."


def mojibake(text: str, encoding: str = "cp1252") -> str:
    return text.encode().decode(encoding)


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        (mojibake("Përparim’s café"), "Përparim’s café"),
        ("Vuc\u030cic\u0301", "Vučić"),
        ("a\u202eb\u200bc\ufeffd\x00e\xadf", "abcdef"),
        ("a\xa0b\u2003c", "a b c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\ud800b", "ab"),
        ("\ud83d\ude00", "\U0001f600"),
        ("Smith &amp; Sons &#8211; London", "Smith & Sons – London"),
        ("ﬁnance \x1b[31mred\x1b[0m", "finance red"),
        ("“curly” ‘quotes’ stay – as they are…", "“curly” ‘quotes’ stay – as they are…"),
    ],
)
def test_characters(raw: str, repaired: str) -> None:
    assert unicode_repair.repair(raw) == repaired


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("One.\n\n\n\nTwo.", ["One.", "Two."]),
        ("One  is\there.\nTwo is here.", ["One is here.", "Two is here."]),
        (
            "The council decided on Tuesday that the bridge over the river will\n"
            "be closed for a year, the mayor said. It had been in a poor state\n"
            "for a long time and nobody would pay for its repair, he went on to\n"
            "say.\n"
            "Work starts in May.",
            [
                "The council decided on Tuesday that the bridge over the river will be closed for a year, "
                "the mayor said. It had been in a poor state for a long time and nobody would pay for its "
                "repair, he went on to say.",
                "Work starts in May.",
            ],
        ),
    ],
)
def test_layout(raw: str, expected: list[str]) -> None:
    assert paragraphs.paragraphs(raw) == expected


@pytest.mark.parametrize(
    "dirt",
    [
        "  • © AP Photo/Jane Sample",
        "• A bridge in the north\n\n  • © AP Photo/Jane Sample",
        "• Symbols of the city\n\n• AP",
        "Photo: Jane Sample/Reuters",
        "Jane Sample/Getty Images",
        "Jane Sample via Getty Images.",
        "The mayor speaks in the town hall. (Jane Sample/AFP/Getty Images)",
        "The mayor speaks in the town hall. Photo: Jane Sample",
        "SUBSCRIBE TO OUR NEWSLETTER!",
        "Enter your information below to receive our weekly mail.",
        "By signing up you are agreeing to our Terms of Service and Privacy Policy.",
        "NEWSLETTER\nJoin the Sample Courier mailing list",
        "Regenerate response",
        "Back to top button",
        "Sample Fund - Make a charitable donation in support of bridges!",
        "Read more: The bridge that nobody wanted",
        "MORE: Man found 40 coins in a bridge",
        "PHOTOS: Twelve bridges that nobody wanted",
        "Follow Jane Sample on Twitter @sample",
        "(Reporting by Jane Sample; Editing by John Sample)",
        "* * *",
        "Related Articles\nA bridge too far\nFive rivers to see in spring",
    ],
)
def test_dirt_is_dropped(dirt: str) -> None:
    assert clean(f"{SAID}\n\n{dirt}", LEXICON).paragraphs == [SAID]
    if "Related" not in dirt:
        assert clean(f"{SAID}\n\n{dirt}\n\nIt is an old road.", LEXICON).paragraphs == [SAID, "It is an old road."]


@pytest.mark.parametrize(
    "text",
    [
        "• The road will be closed\n\n• The bridge will stay open",
        "Four countries do not recognise it. [Reuters]",
        "He works for Reuters.",
        '"Subscribe to our newsletter," the banner said.',
        "He asked them to follow the mayor on the way to the town hall.",
        "More news of the storm came from the coast.",
        "Related agencies have been told to clear the gutters, he said.",
        "The photo by a tourist, taken on Monday, shows an open road, police said.",
        "Share prices fell on Monday.",
        "Donate now to those in need, the bishop told them, or be ashamed when the winter comes.",
    ],
)
def test_news_stays(text: str) -> None:
    paragraphs = text.split("\n\n")
    assert clean(f"{SAID}\n\n{text}\n\n{SAID} Again.", LEXICON).paragraphs == [SAID, *paragraphs, f"{SAID} Again."]


@given(st.text(max_size=400) | st.text(alphabet="ab \n•©“”\"'*.’\x00\ud800\u202eâ€™Ã©&;<", max_size=300))
def test_cleaning_keeps_its_word(text: str) -> None:
    """Whatever comes in: no control characters, NFC, one line a paragraph, and never an exception."""
    paragraphs = clean(text, LEXICON).paragraphs
    for paragraph in paragraphs:
        assert paragraph
        assert paragraph == " ".join(paragraph.split())
        assert unicodedata.is_normalized("NFC", paragraph)
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in paragraph)
        paragraph.encode()


@given(
    st.lists(st.sampled_from([SAID, "• A caption", "• AP", "Read more", "Headline here", "Related", "Café?", "* *"]))
)
def test_cleaning_twice_changes_nothing(parts: list[str]) -> None:
    once = clean("\n\n".join(parts), LEXICON).paragraphs
    assert clean("\n\n".join(once), LEXICON).paragraphs == once


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023-05-04T10:00:00Z", dt.date(2023, 5, 4)),
        ("20230504", dt.date(2023, 5, 4)),
        ("25-MAR-1987 15:51:54.65", dt.date(1987, 3, 25)),
        ("Thu, 04 May 2023 23:59:00 -0800", dt.date(2023, 5, 4)),
        ("May 4, 2023", dt.date(2023, 5, 4)),
        ("23/04/2021", dt.date(2021, 4, 23)),
        ("03/04/2021", None),
        ("04/04/2021", dt.date(2021, 4, 4)),
        (1683158400, dt.date(2023, 5, 4)),
        (1683158400000, dt.date(2023, 5, 4)),
        (dt.datetime(2023, 5, 4, 3), dt.date(2023, 5, 4)),
        ("May 2023", None),
        ("Tuesday", None),
        ("10:30", None),
        ("2023-02-31", None),
        ("9" * 5000, None),
        (True, None),
        (None, None),
        ("the day after the storm", None),
    ],
)
def test_dates(value: object, date: dt.date | None) -> None:
    assert published_on(value) == date


@given(st.text(max_size=60) | st.integers() | st.floats())
def test_dates_of_anything(value: object) -> None:
    found = published_on(value)
    assert found is None or isinstance(found, dt.date)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SAID, "en"),
        ("Kosovo Prime Minister Albin Kurti met Josep Borrell.", "en"),
        ("Rutte: NATO must prepare.", "en"),
        ("1,230 (1,230)", "en"),
        ("Der Minister sagte am Dienstag, dass die Straße für ein Jahr gesperrt wird.", "de"),
        ("Le ministre a déclaré mardi que la route sera fermée pendant un an.", "fr"),
        ("Министр заявил во вторник, что дорога будет закрыта на год.", "ru"),
        ("Ministri tha të martën se rruga do të jetë e mbyllur për një vit.", "sq"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert identify(text).language == language


def test_what_the_first_lines_say() -> None:
    found = front(["Bridge to be closed", "By Jane Q. Sample", "May 4, 2023", SAID])
    assert found == ("Bridge to be closed", "Jane Q. Sample", dt.date(2023, 5, 4))
    assert front([SAID, "Bridge to be closed", SAID]).title is None
    assert front(["Military", "Bridge and road", SAID]).title == "Bridge and road"


def raw(text: str, **stated: object) -> RawDocument:
    return RawDocument("a.txt", "0" * 64, len(text), text, **stated)


def test_a_document_becomes_a_row(lexicon: Boilerplate) -> None:
    text = f"Bridge to be closed\n\nBridge to be closed\n\n{SAID}"
    articles, rejects = clean_documents([raw(text, publisher=" The  Courier ")], IngestSettings(), lexicon)
    (row,) = articles.iter_rows(named=True)
    assert row["text"] == text, "a headline that is set twice is in the article twice"
    assert (row["title"], row["publisher"], row["word_count"]) == ("Bridge to be closed", "The Courier", 20)
    assert rejects.is_empty()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 1_000_001, "too_large"),
        ("“" * 10_000_000, "too_large"),
        ("a" * 900_000, "no_text"),
        ("Subscribe to our newsletter", "no_text"),
        ("Der Minister sagte am Dienstag, dass die Straße für ein Jahr gesperrt wird.", "not_english"),
    ],
)
def test_what_is_no_article(lexicon: Boilerplate, text: str, reason: str) -> None:
    articles, rejects = clean_documents([raw(text)], IngestSettings(), lexicon)
    assert articles.is_empty()
    assert rejects["reason"].to_list() == [reason]


@pytest.mark.parametrize(
    "unit",
    ["“", "(", "[", "* ", "&amp;", "&", "<", "\n", " \n", "\u2003", "• AP\n\n", "a", "a ", "Ã©",
     "\x1b[", "\ufffd", "Photo: ", "Jane Sample/", "A\u0301\u0301",
     "---\n", "\ud800", "a/AP via ", "Related\n\n", "Reuter\n\nENDS\n\n"],
)  # fmt: skip
def test_hostile_text_of_half_a_million_characters_is_cleaned(unit: str) -> None:
    """Super-linear behaviour would not come back within the suite's time from texts of this length."""
    clean(unit * (500_000 // len(unit)), LEXICON)
