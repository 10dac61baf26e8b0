"""Hashes of what a build depends on: whether it would repeat the last one, and which extraction results still hold.

A build's fingerprint covers its input (see flows.ingest.sources.input_fingerprint), the settings, the reader, all code
and data that ship, and the version of every installed library: the same fingerprint means the same bytes. That of the
build which `latest` came of is kept (flows.snapshots.output_folder.last_build). The fingerprint of extraction covers
only what decides about the result of one article, so that hours of reading outlive a change of a later stage.

What ships and what is installed is hashed once a process: it is what the process runs on, whatever is written then.
This file imports nothing that knows a table or a flow: most of the time of a build with nothing to do would go there.
"""

import contextlib
import hashlib
import json
import platform
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from flows.errors import ModelError
from flows.lexicons.paths import asset, reader_folder
from flows.settings import ExtractSettings, IngestSettings, Settings

NO_DATA = {"shard_articles": True, "cache_max_bytes": True}
"""Settings that decide about no row."""
NOT_DECIDING = frozenset({"flows/cli", "flows/report", "flows/train", "flows/_seeds"})
"""Parts of the packages that decide about no row; the last is the data, which has hashes of its own."""
_LIBRARY = re.compile(r"[A-Za-z0-9._-]+")
EXTRACTION_CODE = (
    "flows/extract/**/*.py",
    "flows/lexicons/*.py",
    "flows/runtime/fingerprints.py",
    "flows/runtime/onnx_models.py",
    "flows/*.py",
    "schemas/*.py",
)
"""Code that may decide about an article's result: extraction and the layers below it, as whole packages."""
EXTRACTION_LIBRARIES = (
    "numpy", "onnxruntime", "pandera", "polars", "pydantic", "python-dateutil", "tokenizers",
)  # fmt: skip
"""Distributions that the code of extraction imports."""
READING_LIBRARIES = (
    "charset-normalizer", "fastwarc", "fsspec", "ftfy", "httpx", "lxml", "numpy", "pandera", "polars", "py3langid",
    "pydantic", "python-dateutil", "pyyaml", "trafilatura",
)  # fmt: skip
"""Distributions that the code imports which fetches and reads a file."""
READING_CODE = (
    "flows/ingest/**/*.py",
    "flows/lexicons/*.py",
    "flows/runtime/fingerprints.py",
    "flows/*.py",
    "schemas/*.py",
)
"""Code that may decide what documents a file comes to."""
PAIR_CODE = (
    "flows/resolve/claims/pairs/*.py",
    "flows/lexicons/*.py",
    "flows/runtime/fingerprints.py",
    "flows/runtime/onnx_models.py",
    "flows/*.py",
)
"""Code that may decide about an answer of the pair model."""
PAIR_LIBRARIES = ("numpy", "onnxruntime", "pydantic", "tokenizers")
"""Distributions that it imports."""
DECISION_CODE = (
    "flows/resolve/claims/**/*.py",
    "flows/resolve/conflicts/*.py",
    "flows/resolve/names/*.py",
    "flows/resolve/*.py",
    "flows/lexicons/*.py",
    "flows/runtime/**/*.py",
    "flows/*.py",
    "schemas/*.py",
)
"""Code that may decide what is decided of two wordings."""
DECISION_LIBRARIES = (*PAIR_LIBRARIES, "anyascii", "pandera", "polars", "scipy")
"""Distributions that it imports."""
_ROOT = Path(__file__).resolve().parents[2]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def combined_sha256(parts: Iterable[str]) -> str:
    """Return the SHA-256 of some texts in their order, each with its length, so that no two lists run together."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def build_fingerprint(inputs: str | None, settings: Settings) -> str | None:
    """Return the hash of all that a build's tables depend on besides the previous snapshot.

    inputs: fingerprint of the seeds; None, as for seeds behind an address, makes the result None: nothing is known.
    Raises ModelError where there is no reader.
    """
    if inputs is None:
        return None
    decisive = settings.model_dump_json(exclude=NO_DATA)
    return combined_sha256([decisive, reader_sha256(reader_folder(settings.extract.reader)), _program(), inputs])


@cache
def extraction_fingerprint(settings: ExtractSettings) -> str:
    """Return the hash of all that an article's extraction result depends on besides the article itself."""
    decisive = settings.model_dump_json(exclude={"reader", "threads"})
    program = _step(EXTRACTION_CODE, EXTRACTION_LIBRARIES)
    return combined_sha256([decisive, reader_sha256(reader_folder(settings.reader)), program, *_shipped_data()])


@cache
def reading_fingerprint(settings: IngestSettings) -> str:
    """Return the hash of all that what a file comes to depends on besides its name and bytes."""
    words = asset("lexicons")
    return combined_sha256(
        [settings.model_dump_json(), _step(READING_CODE, READING_LIBRARIES), *_named(words, _files(words))]
    )


@cache
def pair_fingerprint(model: Path) -> str:
    """Return the hash of all that the pair model's answer depends on besides the two texts. model: its folder."""
    words = asset("lexicons")
    return combined_sha256(
        [*_named(model, _files(model)), _step(PAIR_CODE, PAIR_LIBRARIES), *_named(words, _files(words))]
    )


@cache
def decision_fingerprint() -> str:
    """Return the hash of all that a decision on two wordings depends on besides the wordings."""
    return combined_sha256([_step(DECISION_CODE, DECISION_LIBRARIES), *_shipped_data()])


@cache
def reader_sha256(folder: Path) -> str:
    """Return the hash of the names and contents of a reader's files, those about it (card, pictures) excepted."""
    files = (path for path in _files(folder) if path.suffix not in (".md", ".svg"))
    return combined_sha256(_named(folder, files))


def reader_version(folder: Path) -> str:
    """Return the version that a reader's description states; its interface where it states none.

    Raises ModelError where there is no readable description.
    """
    try:
        described = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"there is no reader in {folder}: {error}; train one, or name another with --reader"
        ) from error
    return str(described.get("version", described.get("interface")))


@cache
def _program() -> str:
    libraries = sorted(f"{found.name}={found.version}" for found in metadata.distributions())
    code = [path for package in ("flows", "schemas") for path in _files(_ROOT / package)]
    return combined_sha256([platform.python_version(), *libraries, *_named(_ROOT, code), *_shipped_data()])


@cache
def code_sha256() -> str:
    """Return the hash of the code that decides about tables, the same in a checkout, with and without git, and a wheel.

    What trains, prints and draws decides about no row.
    """
    return combined_sha256(_named(_ROOT, (path for package in ("flows", "schemas") for path in _deciding(package))))


def _deciding(package: str) -> Iterator[Path]:
    for path in _files(_ROOT / package):
        parts = path.relative_to(_ROOT).parts
        if path.suffix == ".py" and "/".join(parts[:2]) not in NOT_DECIDING:
            yield path


@cache
def data_sha256(name: str) -> str:
    """Return the hash of the shipped `lexicons`, or of the shipped `models` but the reader, which has its own."""
    return combined_sha256(line for kind, line in _shipped_by_kind() if kind == name)


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the libraries that this package asks for, as they are installed here."""
    asked = (line for line in metadata.requires("onrecord") or () if "extra ==" not in line)
    names = sorted({found[0].lower() for line in asked if (found := _LIBRARY.match(line))})
    known = {}
    for name in names:
        with contextlib.suppress(metadata.PackageNotFoundError):
            known[name] = metadata.version(name)
    return {"python": platform.python_version(), **known}


def settings_sha256(settings: Settings) -> str:
    """Return the hash of the settings that decide about data."""
    return combined_sha256([settings.model_dump_json(exclude=NO_DATA)])


@cache
def _step(code: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """The hash of the code and the libraries of one step, and of the Python that runs them."""
    versions = [f"{library}={metadata.version(library)}" for library in libraries]
    return combined_sha256([platform.python_version(), *versions, *_named(_ROOT, code_files(code))])


@cache
def worker_program(reader: Path) -> dict[str, str]:
    """Return hashes of all that what a worker answers depends on besides its work, by what each is of."""
    libraries = (f"{library}={metadata.version(library)}" for library in (*EXTRACTION_LIBRARIES, *READING_LIBRARIES))
    code = [path for package in ("flows", "schemas") for path in _files(_ROOT / package) if path.suffix == ".py"]
    return {
        "Python": platform.python_version(),
        "libraries": combined_sha256(libraries),
        "code": combined_sha256(_named(_ROOT, code)),
        "lexicons and models": combined_sha256(_shipped_data()),
        f"the reader in {reader}": reader_sha256(reader),
    }


def code_files(patterns: Iterable[str]) -> list[Path]:
    """Return the files of code that some patterns name, as `EXTRACTION_CODE`."""
    return sorted(path for pattern in patterns for path in _ROOT.glob(pattern))


def _shipped_data() -> Iterator[str]:
    """Lexicons and fitted weights; the reader is hashed where it is, it may be another than the one that ships."""
    return (line for _, line in _shipped_by_kind())


def _shipped_by_kind() -> Iterator[tuple[str, str]]:
    for name in ("lexicons", "models"):
        folder = asset(name)
        files = (path for path in _files(folder) if path.relative_to(folder).parts[0] != "reader")
        yield from ((name, line) for line in _named(folder, files))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _named(root: Path, files: Iterable[Path]) -> Iterator[str]:
    return (f"{path.relative_to(root).as_posix()} {file_sha256(path)}" for path in files)
