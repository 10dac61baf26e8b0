"""Takes the README's picture of the report.

python -m tests.report.picture output/latest 04-long-wait.jsonl#1 docs/report.png
"""

import sys
from pathlib import Path

from flows.report.lookup import find_article
from flows.snapshots.reader import read_snapshot
from tests.report.browser import Reader, chromium

WINDOW = (1280, 800)


def take(folder: Path, wanted: str, picture: Path) -> None:
    """Photographs one article of a snapshot with its claims, in the light theme."""
    article = find_article(read_snapshot(folder), wanted)["article_id"]
    with chromium() as driver:
        reader = Reader(driver, folder / "report.html")
        reader.theme("light")
        reader.window(WINDOW)
        reader.open(f"#/articles/{article.removeprefix('art_')}")
        driver.save_screenshot(str(picture))


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
