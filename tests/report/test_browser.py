"""The report as its reader has it: opened from the file system in Chromium, every view reached by clicking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.browser import DESK, PHONE, Reader, chromium

VIEWS = [
    "overview",
    "articles",
    "speakers",
    "claims",
    "conflicts",
    "entities",
    "pictures",
    "rejects",
    "tables",
]


@pytest.fixture(scope="module")
def driver() -> Iterator[object]:
    with chromium() as started:
        yield started


@pytest.fixture
def reader(driver, output: Path) -> Iterator[Reader]:
    """A reader at the overview; whoever it is ends without a complaint of the console and without a request."""
    reading = Reader(driver, output / "snapshots" / "2.0.1" / "report.html")
    reading.window(DESK)
    reading.theme("light")
    reading.open()
    yield reading
    assert reading.complaints == []
    assert reading.requested == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_reached_from_the_first_page_and_is_accessible(reader: Reader, view: str) -> None:
    reader.click(f'#views a[href="#/{view}"]')
    assert reader.count("#views a[aria-current]") == 1
    assert reader.violations() == []
    reader.theme("dark")
    assert reader.violations("color-contrast") == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fits_a_phone(reader: Reader, view: str) -> None:
    reader.window(PHONE)
    reader.open(f"#/{view}")
    assert not reader.overflows()


def test_from_an_article_through_a_claim_to_its_speaker_and_the_reasons_of_the_entity(reader: Reader) -> None:
    reader.click('#views a[href="#/articles"]')
    reader.click("#view table.rows a")
    assert reader.count("article.text a.claim") >= 6
    assert reader.count("article.text .speaker") >= 1
    assert reader.count("article.text .cue") >= 1
    assert reader.violations() == []
    said = reader.text("article.text a.claim").split("claim:")[1].strip()
    reader.click("article.text a.claim")
    assert said in reader.text(".mention .passage")
    assert reader.count(".mention .passage") >= 2
    assert "Why these are one claim" in reader.text("#view")
    assert reader.violations() == []
    reader.click(".facts a[href^='#/speakers/']")
    assert reader.count(".passage .speaker") >= 1
    assert "With which outlets" in reader.text("#view")
    assert reader.violations() == []
    reader.click(".facts a[href^='#/entities/']")
    assert "same surname" in reader.text("#view")
    assert reader.violations() == []


def test_the_names_of_an_article_lead_to_their_entities(reader: Reader) -> None:
    reader.open("#/articles")
    reader.click("#view table.rows a")
    reader.click(".tabs a:not([aria-current])")
    name = reader.text("article.text a.name")
    reader.click("article.text a.name")
    assert name in reader.text("#view .aliases")


def test_a_conflict_marks_exactly_what_differs(reader: Reader) -> None:
    reader.click('#views a[href="#/conflicts"]')
    marked = [mark.text for mark in reader.driver.find_elements("css selector", ".conflict .differs")]
    assert marked
    assert all(word.isdigit() for word in marked)


def test_a_story_says_who_carries_what(reader: Reader) -> None:
    reader.open("#/stories?min=")
    reader.click("#view table.rows tbody a")
    assert reader.count("#view h1") == 1
    cells = {cell.text.split("\n")[0] for cell in reader.driver.find_elements("css selector", "td.stance")}
    assert cells <= {"carries it", "contradicts it", "leaves it out"}
    assert not reader.violations()


def test_a_filter_narrows_the_list_and_stands_in_the_address(reader: Reader) -> None:
    reader.click('#views a[href="#/claims"]')
    assert "min=2" not in reader.driver.current_url
    before = reader.text(".count")
    reader.type("#view input[type=search]", "ferry")
    assert reader.text(".count") != before
    assert "q=ferry" in reader.driver.current_url
    assert all("ferry" in card.text.lower() for card in reader.driver.find_elements("css selector", ".cards > li"))
    reader.open(reader.driver.current_url.split("report.html")[1])
    assert all("ferry" in card.text.lower() for card in reader.driver.find_elements("css selector", ".cards > li"))


def test_a_table_sorts_by_any_column_and_back(reader: Reader) -> None:
    reader.open("#/tables/articles")

    def words() -> list[str]:
        cells = reader.driver.find_elements("css selector", "#view tbody tr td:nth-child(7)")
        return [cell.text for cell in cells]

    reader.click("#view thead th:nth-child(7) button")
    up = words()
    reader.click("#view thead th:nth-child(7) button")
    assert sorted(map(int, up)) == list(map(int, up)) == list(map(int, reversed(words())))
    assert reader.count("th[aria-sort=descending]") == 1


@pytest.mark.parametrize("table", ["entity_mentions", "claims", "claim_conflicts", "resolution_edges", "redirects"])
def test_every_table_can_be_searched(reader: Reader, table: str) -> None:
    reader.open(f"#/tables/{table}")
    assert reader.count("#view tbody tr") >= 1
    reader.type("#view input[type=search]", "no such words")
    assert "0 rows" in reader.text(".count")


def test_search_finds_people_claims_and_articles(reader: Reader) -> None:
    reader.type("#q", "renn\n")
    reader.settle()
    assert "Tobias Renn" in reader.text("#view")
    assert reader.violations() == []


def test_the_theme_is_chosen_by_a_button_and_kept(reader: Reader) -> None:
    def paper() -> str:
        return reader.driver.execute_script("return getComputedStyle(document.body).backgroundColor")

    light = paper()
    reader.theme("dark")
    assert paper() != light
    reader.driver.find_element("id", "theme").click()
    assert paper() == light
    reader.open()
    assert paper() == light
    reader.driver.execute_script("localStorage.clear()")


def test_the_keyboard_alone_reaches_the_content(reader: Reader) -> None:
    keys = reader.driver.switch_to.active_element
    keys.send_keys("\ue004")  # tab
    assert reader.driver.switch_to.active_element.get_attribute("id") == "skip"
    reader.driver.switch_to.active_element.send_keys("\ue007")  # enter
    assert reader.driver.switch_to.active_element.get_attribute("id") == "main"
    reader.driver.find_element("css selector", '#views a[href="#/speakers"]').send_keys("\ue007")
    reader.settle()
    assert reader.driver.switch_to.active_element.tag_name == "h1"


def test_an_article_made_of_scripts_and_control_characters_is_harmless(driver, hostile_output: Path) -> None:
    reader = Reader(driver, hostile_output / "snapshots" / "2.0.1" / "report.html")
    for view in VIEWS:
        reader.open(f"#/{view}")
    reader.open("#/articles?q=pwned")
    reader.click("#view table.rows a")
    assert "window.pwned" in reader.text("article.text")
    assert reader.count("article.text script, article.text img, a[href^='javascript']") == 0
    reader.click("article.text a.claim")
    assert reader.driver.execute_script("return window.pwned") is None
    assert reader.complaints == []
    assert reader.requested == []
