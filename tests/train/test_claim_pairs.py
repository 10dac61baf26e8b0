"""Training of the pair model: rows, edits, the network beside its exported graphs, and the command on a tiny base."""

import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

from flows.resolve.claims.pairs import pair_input, pair_model
from flows.runtime.onnx_models import onnx_session
from flows.train.claim_pairs.rows import (
    annotated_pairs,
    asked_pairs,
    generated_edits,
    generated_rows,
    invented_events,
    mixture,
)
from flows.train.claim_pairs.rows.annotated_pairs import APART, CONTRADICTS, FIRST_MORE, OTHER, SAME, SECOND_MORE, Row
from flows.train.closed_parts import events_by_part

NAMES = ("Orna Tessel", "Velm")


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        ("negation", "The mayor was happy.", "The mayor was not happy."),
        ("negation", "The mayor did not resign.", "The mayor would resign."),
        ("name", "It is said that Bero Ostrel won.", {"It is said that Orna Tessel won.", "It is said that Velm won."}),
        ("roles", "Tessel accused Ostrel.", "Ostrel accused Tessel."),
        ("without_day", "The port was closed on Monday morning by a storm.", "The port was closed by a storm."),
        ("without_attribution", "The port of Velm is closed, he said.", "The port of Velm is closed"),
        ("without_attribution", "Police said that the port of Velm is closed", "The port of Velm is closed"),
        ("reordered", "On Monday, the port of Velm closed again.", "The port of Velm closed again on Monday."),
        ("number", "Nothing is counted here.", None),
        ("opposite", "The council approved it.", {"The council rejected it.", "The council blocked it."}),
    ],
)
def test_edits(edit: str, before: str, after: str | set[str] | None) -> None:
    made = generated_edits.EDITS[edit][0](before, random.Random(1), NAMES)  # noqa: S311 - no secret
    assert made in after if isinstance(after, set) else made == after


@pytest.mark.parametrize(
    "text", ["The fire killed 12 people.", "It cost 1,200 crowns.", "It fell by 3.5 percent in 2011."]
)
def test_an_edited_number_is_another_number(text: str) -> None:
    for seed in range(20):
        made = generated_edits.number(text, random.Random(seed), ())  # noqa: S311 - no secret
        assert made is not None and made != text
        assert len(annotated_pairs.content_words(made) ^ annotated_pairs.content_words(text)) == 2


def test_events_are_in_one_part_each_and_every_source_in_all() -> None:
    events = [f"{source}-{number}" for source in ("one", "two") for number in range(16)]
    parts = events_by_part(events)
    assert parts == events_by_part(reversed(events)) and set(parts) == set(events)
    for source in ("one", "two"):
        found = [part for event, part in parts.items() if event.startswith(source)]
        assert (found.count("closed"), found.count("tune")) == (4, 2)


@pytest.mark.parametrize(
    ("kind", "a", "b", "answers"),
    [
        ("same", "x", "y", (SAME,)),
        ("conflict date", "x", "y", (CONTRADICTS,)),
        ("other", "The mayor of Velm resigned", "The mayor of Velm resigned after a quarrel", (OTHER, SECOND_MORE)),
        ("trap", "The mayor of Velm resigned", "Ostrel praised the singers", (OTHER,)),
    ],
)
def test_answers_of_pairs_of_an_event(kind: str, a: str, b: str, answers: tuple[int, ...]) -> None:
    assert annotated_pairs.answers_of(kind, a, b) == answers


def test_pairs_that_say_the_same_are_edited_where_both_speak_of_it() -> None:
    row = Row(
        "Fire in Velm kills 12", "It was said that 12 died in Velm on Monday", (SAME,), "crossclaims", "train", "same"
    )
    made = list(generated_rows.reworded_pairs([row] * 20, seed=1))
    assert any(found.answers == (CONTRADICTS,) for found in made)
    for found in made:
        assert found.answers in ((SAME,), (CONTRADICTS,), APART) and found.kind.startswith("reworded")
        if found.kind == "reworded day":
            pytest.fail("the weekday stands on one side only")


def test_closed_rows_are_never_reworded() -> None:
    rows = [Row("Fire in Velm kills 12", "12 died in Velm", (SAME,), "crossclaims", "closed", "same")]
    assert not list(generated_rows.reworded_pairs(rows, seed=1))


def test_asked_pairs_are_edited_where_both_share_words() -> None:
    alike = ("Storm closes 12 ports near Velm", "A storm closes 12 ports near Velm on Monday")
    apart = ("Storm closes 12 ports near Velm", "Tessel won 12 seats in Arl")
    rows = [Row(a, b, (), "asked", "unlabelled", "asked") for a, b in (alike, apart)]
    edits = list(asked_pairs.edits_of_like(rows, seed=3))
    assert len(edits) == 1
    assert edits[0].a in alike
    assert edits[0].b not in alike
    assert edits[0].answers == ()


def test_pairs_of_keys_are_labelled_by_their_clusters() -> None:
    given = {"clusters": [["a", "b"], ["c", "d"]], "traps": [["a", "e"]], "open": [], "conflict": [["d", "b", "date"]]}
    kind_of = annotated_pairs.labels_of_pairs(given)
    pairs = (("a", "b"), ("b", "e"), ("a", "c"), ("e", "f"))
    assert [kind_of(a, b) for a, b in pairs] == ["same", "trap", "conflict date", "other"]


def test_pairs_of_invented_events_are_labelled_by_point_and_version(tmp_path: Path) -> None:
    told = [
        {"kind": "number", "says": [
            {"o": "A", "v": 1, "s": "a"}, {"o": "B", "v": 1, "s": "b"}, {"o": "C", "v": 2, "s": "c"},
            {"o": "D", "v": 0, "s": "d"}, {"o": "E", "v": 1, "s": "e", "x": 1}, {"o": "F", "v": 1, "s": "f", "x": 1},
        ]},
        {"kind": "none", "says": [{"o": "A", "v": 1, "s": "z"}]},
    ]  # fmt: skip
    (tmp_path / "events.jsonl").write_text(json.dumps({"event": "one-1", "about": "x", "points": told}) + "\n")
    found = {
        row.a + row.b: (row.kind, row.answers) for row in invented_events.invented_events(tmp_path / "events.jsonl")
    }
    assert found["ab"] == ("same", (SAME,))
    assert found["ac"] == found["bc"] == ("conflict number", (CONTRADICTS,))
    assert found["ad"] == ("vague", (OTHER, FIRST_MORE, SECOND_MORE))
    assert found["ae"] == ("more", (SECOND_MORE,))
    assert found["az"] == ("other", (OTHER,))
    assert "ef" not in found and len(found) == 20


def test_invented_events_keep_to_their_form() -> None:
    events = [json.loads(line) for line in invented_events.EVENTS.read_text(encoding="utf-8").splitlines()]
    told = [said for event in events for point in event["points"] for said in point["says"]]
    assert len({said["s"] for said in told}) == len(told)
    assert {said["v"] for said in told} <= {0, 1, 2, 3}
    for event in events:
        against = [p for p in event["points"] if len({said["v"] for said in p["says"]} - {0}) > 1]
        assert len(against) >= 5, event["event"]
        assert all(point["kind"] != "none" for point in against), event["event"]


# What follows needs torch.


def test_the_exported_graphs_say_what_the_network_says(tiny: Path, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from flows.train.claim_pairs import export, network

    assert 2 * len(pair_input.MARKS) == network.MARKS
    assert pair_input.LIMITS.statement_pieces + 2 <= network.POSITIONS
    rows = mixture.base_rows(tiny, tiny / "tokenizer.json")
    assert rows == list(range(len(rows)))
    trained = network.load_base(tiny, rows, apart=1).eval()
    export.save(trained, tmp_path, quantised=False)
    states, pairs = (onnx_session(tmp_path / name, 1) for name in pair_model.FILES[:2])
    draw = np.random.default_rng(1)
    for first, second in ((3, 9), (7, 7), (20, 2)):
        ids = draw.integers(5, len(rows), (1, first + second))
        marks = draw.integers(0, network.MARKS, ids.shape)
        a, b = (states.run(None, {"ids": part})[0] for part in (ids[:, :first], ids[:, first:]))
        given = pairs.run(None, {"a": a, "b": b, "marks": marks})[0]
        with torch.inference_mode():
            mask = torch.ones(1, first + second, dtype=torch.bool)
            logits = trained(torch.from_numpy(ids), torch.from_numpy(marks), torch.tensor([first]), mask)
        assert np.allclose(given, logits.softmax(1).numpy(), atol=1e-5)


@pytest.mark.parametrize("kind", ["PairNetwork", "TeacherNetwork"])
def test_padding_changes_no_answer(tiny: Path, kind: str) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from flows.train.claim_pairs import network

    rows = mixture.base_rows(tiny, tiny / "tokenizer.json")
    trained = network.load_base(tiny, rows, apart=1, kind=getattr(network, kind)).eval()
    ids = torch.randint(5, 90, (1, 10))
    marks, first = torch.zeros_like(ids), torch.tensor([4])
    with torch.inference_mode():
        alone = trained(ids, marks, first, torch.ones(1, 10, dtype=torch.bool))
        filled = torch.cat([ids, torch.zeros(1, 6, dtype=ids.dtype)], 1)
        mask = torch.arange(16)[None] < 10
        padded = trained(filled, torch.zeros_like(filled), first, mask)
    assert torch.allclose(alone, padded, atol=1e-5)


def test_what_a_base_has_not_depends_on_the_seed_alone(tiny: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from flows.train.claim_pairs import network

    rows = mixture.base_rows(tiny, tiny / "tokenizer.json")
    one, again, other = (network.load_base(tiny, rows, seed=seed).answer.weight for seed in (3, 3, 4))
    assert torch.equal(one, again) and not torch.equal(one, other)


def test_the_command_trains_and_writes_a_model_that_loads(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    pytest.importorskip("onnx", reason="training needs the extra `train`")
    from flows.train.claim_pairs import __main__ as command

    claims = corpora(tmp_path / "claims")
    news = tmp_path / "news.jsonl"
    news.write_text(
        "".join(
            json.dumps(
                {
                    "id": f"n{n}",
                    "source": "wikinews",
                    "text": f"The port of Velm was closed by storm {n} on Monday.\n" * 2,
                }
            )
            + "\n"
            for n in range(6)
        )
    )
    for name, value in (("EDITS", 12), ("WITHIN", 0)):
        monkeypatch.setattr(mixture, name, value)
    output = tmp_path / "model"
    given = [
        claims,
        news,
        "--work",
        tmp_path / "work",
        "--output",
        output,
        "--base",
        tiny,
        "--epochs",
        "0.05",
        "--apart",
        "1",
    ]
    monkeypatch.setattr(sys, "argv", ["claim_pairs", *map(str, given)])
    (tmp_path / "work").mkdir()
    command.main()
    first = pair_model.PairModel.load(output).judge([("The port closed", "The port opened")])
    assert first.shape == (1, 5) and first.sum() == pytest.approx(1, abs=1e-3)
    assert "| crossclaims |" in (output / "README.md").read_text(encoding="utf-8")
    (output / "pair.onnx.gz").unlink()
    command.main()  # what is in the work folder is not made again
    assert np.array_equal(pair_model.PairModel.load(output).judge([("The port closed", "The port opened")]), first)


def corpora(folder: Path) -> Path:
    """One or two invented rows a corpus."""
    texts = ("Storm closes the port of Velm", "The port of Velm was closed by a storm", "Tessel won the contest")
    documents, pairs = [], {"clusters": [], "open": [], "traps": [], "conflict": []}
    for event in (f"{source}-{n}" for source in ("one", "two") for n in range(8)):
        for number, text in enumerate(texts):
            claim = {"key": f"{event}:m{number}", "content": [[0, len(text)]]}
            documents.append({"doc_id": f"{event}/{number}", "event": event, "text": text, "claims": [claim]})
        pairs["clusters"].append([f"{event}:m0", f"{event}:m1"])
        pairs["conflict"].append([f"{event}:m0", f"{event}:m2", "date", "invented"])
    pair = {"text1": texts[0], "text2": texts[1]}
    edits = [{**pair, "id": f"factor-{n}-0", "change": kind} for n in range(30) for kind in ("number", "name", "word")]
    graded = [{**pair, "id": f"sts-headlines-{n}", "score": n % 6} for n in range(30)]
    rows = {
        "crossclaims/dev/gold.jsonl": documents,
        "factor_news/dev.jsonl": edits,
        "conjnli/train.jsonl": [{**pair, "id": "c1", "label": "entails"}],
        "conjnli/dev.jsonl": [{**pair, "id": "c2", "label": "other"}],
        "breaking_nli/train.jsonl": [
            {"text1": f"{n} ships", "text2": "3 ships", "label": "contradicts"} for n in range(30)
        ],
        "summedits_news/train.jsonl": [{**pair, "id": f"s{n}_1", "label": "same", "edit_types": []} for n in range(30)],
        "nanco/dev.jsonl": [
            {**pair, "question": q, "votes_same": 3, "votes": 3, "label": "same"} for q in ("Why?", "Who?")
        ],
        "sts_news/dev.jsonl": graded,
        "msrp/dev.jsonl": [{**pair, "paraphrase": True}],
    }
    for name, found in rows.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    (folder / "crossclaims/dev/pairs.json").write_text(json.dumps(pairs), encoding="utf-8")
    return folder
