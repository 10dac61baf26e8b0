"""Whether a build would only repeat the last one: known before anything is read, parsed or compared.

A build's account is one hash over all that decides about its tables: every input file's bytes, the corrections and
judgements beside them, the settings, the model, all code and lexicons, and the version of every installed library. The
account of the build that `latest` comes from is kept in `cache/`; the same account again means the same bytes again.
Seeds behind an address have no account: knowing their bytes would mean fetching them. This file imports nothing that
knows a table or a flow: most of the time that a build with nothing to do takes would go there.
"""

import contextlib
import hashlib
import json
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from flows.extract.extraction_fingerprint import model_fingerprint
from flows.ingest.sources.local_files import ABOUT_THE_ARTICLES, Source, is_address, list_files
from flows.lexicons.paths import asset
from flows.settings import Settings

LAST_BUILD = "cache/last-build.json"
"""What the latest snapshot came of, relative to the output folder."""
_ROOT = Path(__file__).resolve().parents[2]


def account(seeds: str, settings: Settings) -> str | None:
    """The hash of all that a build's tables depend on besides the previous snapshot; None for an address.

    Raises InputError where there is nothing to read, ModelError where there is no reader.
    """
    if is_address(seeds):
        return None
    digest = hashlib.sha256()
    for part in _parts(seeds, settings):
        digest.update(f"{len(part)}:{part}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _parts(seeds: str, settings: Settings) -> Iterator[str]:
    yield settings.model_dump_json(exclude={"shard_articles": True, "cache_max_bytes": True})
    yield model_fingerprint(settings.extract)
    yield platform.python_version()
    yield from sorted(f"{found.name}={found.version}" for found in metadata.distributions())
    for folder in (_ROOT / "flows", _ROOT / "schemas", asset("lexicons")):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            yield f"{path.relative_to(folder)} {_sha256(path)}"
    folder = Path(seeds.removeprefix("file://")).resolve()
    yield folder.name  # a file of corrections beside the folder names it
    for beside in (folder, folder.parent):
        for name in sorted(ABOUT_THE_ARTICLES):
            yield f"{name} {_sha256(beside / name) if (beside / name).is_file() else None}"
    for source in list_files(seeds):
        yield f"{source.uri} {source.problem} {_content(source)}"


def _content(source: Source) -> str | None:
    """The hash of a file's bytes; what happened where it cannot be read; None where it must not be opened."""
    if source.problem:
        return None
    try:
        return _sha256(Path(source.location))
    except OSError as error:
        return error.strerror


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def repeats(output: Path, latest: str | None, made: str | None) -> bool:
    """Whether the snapshot `latest` of an output folder came of the account `made`; its manifest is the same still."""
    if latest is None or made is None:
        return False
    with contextlib.suppress(OSError, ValueError):
        return bool(json.loads((output / LAST_BUILD).read_text(encoding="utf-8")) == _note(output, latest, made))
    return False


def remember(output: Path, latest: str, made: str | None) -> None:
    """Notes the account that the snapshot `latest` came of."""
    if made is not None:
        file = output / LAST_BUILD
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(_note(output, latest, made)) + "\n", encoding="utf-8")
        partial.replace(file)


def _note(output: Path, latest: str, made: str) -> dict[str, str]:
    manifest = output / "snapshots" / latest / "manifest.json"
    return {"account": made, "version": latest, "manifest_sha256": _sha256(manifest)}
