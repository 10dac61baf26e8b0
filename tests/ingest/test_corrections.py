"""Corrections: they do what they say, and fail when they match nothing."""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.errors import SettingsError
from flows.ingest.clean_documents import SCHEMA
from flows.ingest.corrections import apply, load_corrections
from flows.ingest.documents import REJECTS_SCHEMA, Reject, rejects_frame
from schemas import ids
from schemas.vocabularies import RejectReason

NONE_REFUSED = pl.DataFrame(schema=REJECTS_SCHEMA)


def documents(**texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"article_id": ids.article_id(text), "language": "en", "text": text,
             "word_count": len(text.split()), "source_uri": f"{name}.txt", "source_sha256": "0" * 64,
             "truncated": False}
            for name, text in texts.items()
        ],
        schema=SCHEMA,
    )  # fmt: skip


def seeds(folder: Path, text: str) -> str:
    (folder / "corrections.yml").write_text(text, encoding="utf-8")
    return str(folder)


def entry(*lines: str) -> str:
    return "corrections:\n  - " + "\n    ".join((*lines, "reason: it was tested"))


def test_the_three_actions(tmp_path: Path) -> None:
    text = "\n".join(
        (
            entry("match: {source_uri: 'a*'}", "action: exclude"),
            entry("match: {text: 'values ??and'}", "action: replace", "find: '??and'", "with: and").split("\n", 1)[1],
            entry("match: {source_uri: c.txt}", "action: set", "field: published_on", "value: 2023-05-04").split(
                "\n", 1
            )[1],
        )
    )
    given = documents(a="It is gone.", b="Its values ??and aims.", c="It was old.")
    kept, excluded, _ = apply(load_corrections(seeds(tmp_path, text)), given, NONE_REFUSED)
    assert kept["text"].to_list() == ["Its values and aims.", "It was old."]
    assert kept["article_id"].to_list() == [ids.article_id(text) for text in kept["text"]]
    assert str(kept["published_on"][1]) == "2023-05-04"
    assert excluded.select("source_uri", "reason").rows() == [("a.txt", "excluded")]
    assert "it was tested" in excluded["detail"][0]


def refused(*rejects: Reject) -> pl.DataFrame:
    return rejects_frame(rejects)


def test_what_is_excluded_leaves_no_title_address_or_words(tmp_path: Path) -> None:
    """Neither of an article, nor of the notes on it, nor of what was refused before a correction could see it."""
    named = {"title": "Clerk Ada Moss cleared", "url": "https://moss.example/cleared"}
    given = documents(a="It is gone.", b="It stays.").with_columns(
        title=pl.Series([named["title"], "Other"]), url=pl.Series([named["url"], None])
    )
    before = refused(
        Reject("a.txt", RejectReason.BOILERPLATE, "1 block, e.g. 'Ada Moss'", json.dumps({"dropped": ["Ada Moss"]})),
        Reject("b.txt", RejectReason.BOILERPLATE, "1 block, e.g. 'Subscribe'", json.dumps({"dropped": ["Subscribe"]})),
        Reject("c.html", RejectReason.PAYWALL, "an offer: Ada Moss was", json.dumps(named)),
        Reject("d.html", RejectReason.PAYWALL, "an offer: The tide", json.dumps({"title": "Tides"})),
    )
    text = entry("match: {title: '*Moss*'}", "action: exclude")
    kept, rejects, out = apply(load_corrections(seeds(tmp_path, text)), given, before)
    assert kept["source_uri"].to_list() == ["b.txt"]
    assert rejects.select("source_uri", "reason").rows() == [
        ("a.txt", "excluded"), ("b.txt", "boilerplate"), ("c.html", "paywall"), ("d.html", "paywall"),
    ]  # fmt: skip
    told = rejects.filter(pl.col("source_uri").is_in(["a.txt", "c.html"]))
    assert set(told["detail"]) == {"entry 1 of corrections.yml: it was tested"}
    assert "moss" not in str(rejects.rows()).lower()
    assert "Subscribe" in str(rejects.rows())
    assert "Tides" in str(rejects.rows())
    assert out == {"a.txt", "c.html"}


def test_a_note_on_an_article_is_no_use_of_a_correction(tmp_path: Path) -> None:
    text = entry("match: {source_uri: a.txt}", "action: replace", "find: x", "with: y")
    noted = refused(Reject("a.txt", RejectReason.BOILERPLATE, "1 block"))
    with pytest.raises(SettingsError, match="match nothing"):
        apply(load_corrections(seeds(tmp_path, text)), documents(a="It was put right."), noted)


def test_one_that_matches_nothing_fails(tmp_path: Path) -> None:
    text = entry("match: {source_uri: z.txt}", "action: exclude")
    with pytest.raises(SettingsError, match=r"1 of 1 corrections match nothing: 'entry 1 of corrections.yml'"):
        apply(load_corrections(seeds(tmp_path, text)), documents(a="It is there."), NONE_REFUSED)


def test_one_whose_words_are_gone_fails(tmp_path: Path) -> None:
    text = entry("match: {source_uri: a.txt}", "action: replace", "find: x", "with: y")
    with pytest.raises(SettingsError, match="match nothing"):
        apply(load_corrections(seeds(tmp_path, text)), documents(a="It was put right."), NONE_REFUSED)


@pytest.mark.parametrize(
    "text",
    [
        "corrections: 3",
        "- a\n- b",
        "corrections:\n  - action: delete",
        "corrections:\n  - {match: {source_uri: a}, action: exclude}",
        "corrections:\n  - {match: {source_uri: a}, action: exclude, reason: ''}",
        "corrections:\n  - {match: {}, action: exclude, reason: x}",
        "corrections:\n  - {match: {body: a}, action: exclude, reason: x}",
        "corrections:\n  - {match: {source_uri: a}, action: set, field: text, value: x, reason: x}",
        "corrections:\n  - {match: {url: a}, action: set, field: published_on, value: soon, reason: x}",
        "corrections: [!!python/object/apply:os.system [id]]",
        "corrections: [",
    ],
)
def test_what_makes_no_sense_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"corrections|entry"):
        load_corrections(seeds(tmp_path, text))


def test_a_file_beside_the_folder_is_for_the_folder_that_it_names(tmp_path: Path) -> None:
    text = "folder: articles\n" + entry("match: {source_uri: a.txt}", "action: exclude")
    seeds(tmp_path, text)
    for name in ("articles", "others"):
        (tmp_path / name).mkdir()
    assert len(load_corrections(str(tmp_path / "articles"))) == 1
    assert load_corrections(str(tmp_path / "others")) == []
    assert load_corrections("memory://articles") == []
