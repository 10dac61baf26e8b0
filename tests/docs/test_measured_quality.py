"""The figures that the dataset card and the page show are those of README.md."""

import re
from pathlib import Path

from flows.snapshots.measured_quality import MEASURED, WEAK

README = Path(__file__).resolve().parent.parent.parent / "README.md"


def test_the_card_says_what_the_readme_says() -> None:
    section = re.search(r"^## How good it is\n(.*?)^## ", README.read_text(encoding="utf-8"), re.M | re.S)
    assert section
    said = [" ".join(item.split()) for item in re.findall(r"^- (.*(?:\n  .*)*)", section[1], re.M)]
    assert said == [*MEASURED, *WEAK], (
        "a figure of README.md changed: change flows/snapshots/measured_quality.py with it"
    )
