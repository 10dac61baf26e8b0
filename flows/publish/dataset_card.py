"""README.md of a snapshot: the dataset card that a hub or a catalogue is fed from.

The front matter is what Hugging Face reads (https://huggingface.co/docs/hub/datasets-cards); the text below answers
what datasheets for datasets ask: what it is, how it was made, how good it is, its limits, how to cite it.
"""

from collections.abc import Mapping

from flows.snapshots.manifest import Manifest
from flows.snapshots.measured_quality import MEASURED, WEAK
from flows.snapshots.scope import Scope
from schemas.contract import Contract

FILE = "README.md"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10**7, "1M<n<10M"))


def dataset_card(manifest: Manifest, contract: Contract, scope: Scope, files: Mapping[str, str]) -> str:
    """Return the card as Markdown; `files` says what each file beside the tables is. The same facts, the same text."""
    parts = (
        _front_matter(manifest),
        _what(manifest, scope),
        _tables(manifest, contract, files),
        _made(manifest),
        _quality(manifest),
        _limits(),
        _cite(manifest, scope),
    )
    return "\n".join(parts)


def _front_matter(manifest: Manifest) -> str:
    rows = manifest.tables["statements"].rows if "statements" in manifest.tables else 0
    size = next((name for most, name in _SIZES if rows < most), "n>10M")
    configs = "\n".join(
        f"- config_name: {name}\n  data_files: {name}.parquet" + ("\n  default: true" if name == "statements" else "")
        for name in sorted(manifest.tables, key=lambda name: name != "statements")
    )
    return (
        f"---\npretty_name: Who said what, onrecord snapshot {manifest.version}\nlanguage:\n- en\nlicense: other\n"
        "license_name: texts-belong-to-their-publishers\ntags:\n- news\n- quotations\n- claims\n- attribution\n"
        f"- entity-resolution\nsize_categories:\n- {size}\nconfigs:\n{configs}\n---\n"
    )


def _what(manifest: Manifest, scope: Scope) -> str:
    return (
        f"# Who said what: snapshot {manifest.version}\n\n"
        f"{scope.sentence()}. Each statement in them with its exact words, who says it, the cue, the outlet and the "
        "day; people, bodies and places joined across articles; the same claim of several outlets joined; possible "
        "conflicts between claims.\n\n"
        '```python\nimport polars as pl\n\nprint(pl.read_parquet("statements.parquet"))\n```\n\n'
        "Start with `statements`: one row per statement and place, without lists.\n"
    )


def _tables(manifest: Manifest, contract: Contract, files: Mapping[str, str]) -> str:
    means = {table.name: table.description.splitlines()[0] for table in contract.tables}
    rows = "\n".join(
        f"| `{name}.parquet` | {facts.rows:,} | {means.get(name, '')} |" for name, facts in manifest.tables.items()
    )
    beside = "\n".join(f"- `{name}`: {what}" for name, what in files.items())
    return f"## Files\n\n| table | rows | what it holds |\n|---|--:|---|\n{rows}\n\n{beside}\n"


def _made(manifest: Manifest) -> str:
    commit = f", commit `{manifest.code.git_commit[:12]}`," if manifest.code.git_commit else ""
    lines = [
        f"By onrecord {manifest.code.package_version}{commit} on {manifest.created_at}, from",
        f"{manifest.input_count:,} inputs.",
        f"The reader is {manifest.model.package} {manifest.model.version}." if manifest.model else "",
        f"It follows {manifest.parent}; ids of entities, claims and stories are kept." if manifest.parent else "",
        "Articles are cleaned and near-copies marked; a small neural tagger and rules find speakers, cues and",
        "contents; names and claims are compared pair by pair and joined where the score is high. The same input,",
        f"settings and code give byte-identical tables. Contract {manifest.contract_version}: types, keys, references",
        "and offsets were checked before publication. That is form, not truth.",
    ]
    return "## How it was made\n\n" + "\n".join(line for line in lines if line) + "\n"


def _quality(manifest: Manifest) -> str:
    measured = "\n".join(f"- {sentence}" for sentence in MEASURED)
    here = "\n".join(
        f"- {name.replace('_', ' ')}: {value:.4g}" for name, value in manifest.quality.items() if value is not None
    )
    counted = f"\nCounted in this snapshot:\n\n{here}\n" if here else ""
    return f"## Measured quality\n\nOn annotated corpora, not on these articles:\n\n{measured}\n{counted}"


def _limits() -> str:
    weak = "\n".join(f"- {sentence}" for sentence in WEAK)
    return (
        f"## Limits\n\n{weak}\n- Outlets and dates are what the sources state; both may be missing.\n"
        "- What was not found is not in the tables: absence is no evidence that nobody said it.\n"
        "- Check the words in the article before you publish that somebody said them.\n"
    )


def _cite(manifest: Manifest, scope: Scope) -> str:
    year = manifest.created_at[:4]
    return (
        "## Licence and citation\n\n"
        "The texts, and the quotations from them, belong to their publishers: `articles.url` leads to each. The "
        "software is Apache-2.0.\n\n"
        f"> onrecord snapshot {manifest.version} ({scope.sentence()}), made {manifest.created_at[:10]}.\n\n"
        f"```bibtex\n@misc{{onrecord{manifest.version.replace('.', '')},\n"
        f"  title = {{Who said what: onrecord snapshot {manifest.version}}},\n  year = {{{year}}},\n"
        f"  note = {{{scope.sentence()}}}\n}}\n```\n\n"
        "Cite a single statement by its words, speaker, outlet and day, with its `claim_mention_id` and this version.\n"
    )
