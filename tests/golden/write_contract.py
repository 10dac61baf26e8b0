"""Writes two snapshots of the current contract to `tests/golden/contract-<version>/`, for later code to keep reading.

Usage: python -m tests.golden.write_contract. Run once a contract version, when it is released: the files of a
released version are never written again.
"""

import shutil
import tempfile
from pathlib import Path

from schemas.contract import current
from tests.builders.synthetic import Document, Statement, documents, publish

HOME = Path(__file__).resolve().parent


def corpora() -> list[list[Document]]:
    """A corpus, and the same after an article went, one came, one was edited and one was copied."""
    first = documents(4)
    edited = Document(
        "news/001.txt",
        (Statement("the breakwater at Harwick will cost 65 million euros", "Tobias Renn"),),
        lead="Corrected: the figure for the breakwater is another.",
        revision_of=first[1].article_id,
    )
    copied = Document("wire/009.txt", first[2].statements, "Northern Wire", duplicate_of=first[2].article_id)
    return [first, [*first[2:], edited, copied, *documents(1, first=7)]]


def main() -> None:
    """Write the folder anew."""
    home = HOME / f"contract-{current().version}"
    with tempfile.TemporaryDirectory() as scratch:
        for corpus in corpora():
            publish(Path(scratch), corpus)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        for folder in sorted((Path(scratch) / "snapshots").iterdir()):
            shutil.copytree(folder, home / folder.name)


if __name__ == "__main__":
    main()
