"""The report as its reader has it: opened from the file system in Chromium, every view reached by clicking."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from flows.report.citation import citation
from flows.report.page.render import write_report
from flows.snapshots import Snapshot
from tests.builders import report_corpus
from tests.report.browser import DESK, PHONE, Reader, chromium

VIEWS = [
    "overview",
    "stories",
    "statements",
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
    reading = Reader(driver, output / "snapshots" / "2.2.1" / "report.html")
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


@pytest.mark.parametrize("address", ["#/__proto__", "#/constructor", "#/tables/toString", "#/claims/__proto__"])
def test_an_address_that_every_object_has_is_no_view(reader: Reader, address: str) -> None:
    reader.open(address)
    assert "cannot be shown" not in reader.text("#view")


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
    assert "leaves out" in reader.text(".coverage thead")
    assert not reader.violations()
    outlets = [cell.text.split("\n")[0] for cell in reader.driver.find_elements("css selector", ".coverage thead th")][
        1:
    ]
    reader.window(PHONE)
    told = reader.text(".coverage tbody tr")
    assert all(outlet in told for outlet in outlets), "what an outlet does is told beside its name on a phone"
    assert not reader.overflows()


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


def test_all_words_are_found_in_any_order_counted_and_marked(reader: Reader, snapshot: Snapshot) -> None:
    reader.type("#q", "breakwater march\n")
    reader.settle()
    said = [words.lower() for words in report_corpus.said(snapshot).values()]
    assert f"Statements ({sum('march' in words and 'breakwater' in words for words in said)})" in reader.text("#view")
    assert {mark.text.lower() for mark in reader.driver.find_elements("css selector", "mark.hit")} == {
        "breakwater",
        "march",
    }
    assert reader.violations() == []


def test_statements_by_person_outlet_and_day_are_those_of_the_table(reader: Reader, snapshot: Snapshot) -> None:
    renn = snapshot.table("entities").filter(pl.col("name") == "Tobias Renn")["entity_id"].item()
    asked = f"speaker={renn[4:]}&outlet=Daily+Ledger&since=2024-01-02&until=2024-01-20"
    reader.open(f"#/statements?{asked}")
    found = snapshot.statements(speaker="Renn", outlet="Daily Ledger", since="2024-01-02", until="2024-01-20").collect()
    assert found.height > 0
    assert reader.text(".count").startswith(f"{found.height} statement")
    shown = [words.text for words in reader.driver.find_elements("css selector", ".quotation .wording")]
    assert shown == found["text"].head(20).to_list()


def test_a_list_is_downloaded_as_it_is_filtered(reader: Reader, snapshot: Snapshot, tmp_path: Path) -> None:
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    reader.driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    reader.open("#/statements?outlet=Daily+Ledger")
    for number in (1, 2):
        reader.driver.find_element("css selector", f".downloads button:nth-of-type({number})").click()
    names = {"onrecord-2.2.1-statements.csv", "onrecord-2.2.1-statements.json"}
    waiting = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
    waiting(reader.driver, 20).until(lambda _: names <= {path.name for path in tmp_path.iterdir()})
    found = snapshot.statements(outlet="Daily Ledger").collect()
    csv = pl.read_csv(tmp_path / "onrecord-2.2.1-statements.csv", infer_schema=False)
    assert csv["claim_mention_id"].to_list() == found["claim_mention_id"].to_list()
    assert csv["words"].to_list() == found["text"].to_list()
    rows = json.loads((tmp_path / "onrecord-2.2.1-statements.json").read_text(encoding="utf-8"))
    assert [row["speakers"] for row in rows] == found["speakers"].to_list()


def test_a_quotation_is_copied_linked_and_cited(reader: Reader, snapshot: Snapshot) -> None:
    reader.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite"]})
    reader.open("#/statements?how=direct")
    row = snapshot.statements().filter(pl.col("attribution") == "direct").head(1).collect().row(0, named=True)
    taken = []
    for number in (1, 2, 3):
        reader.driver.find_element("css selector", f".quotation .act:nth-of-type({number})").click()
        script = "const done = arguments[0]; setTimeout(() => navigator.clipboard.readText().then(done, done), 200)"
        taken.append(reader.driver.execute_async_script(script))
    copied, link, cited = taken
    assert copied == row["text"]
    assert cited == citation(row, "2.2.1")
    reader.open(link.split("report.html")[1])
    assert reader.text("a.claim.found").removeprefix("direct claim:").strip() in row["text"]


def test_a_link_of_one_version_opens_the_same_in_the_next(
    driver, reader: Reader, snapshot: Snapshot, tmp_path: Path
) -> None:
    claim = snapshot.table("claims").row(3, named=True)
    renn = snapshot.table("entities").filter(pl.col("name") == "Tobias Renn")["entity_id"].item()
    folder = report_corpus.build(tmp_path / "next", articles=31)
    retired = {"table": "claims", "retired_id": "clm_00000000000000aa", "current_id": claim["claim_id"]}
    pl.DataFrame([{**retired, "since_version": "2.2.2"}]).write_parquet(folder / "redirects.parquet")
    write_report(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    later = Reader(driver, folder / "report.html")
    for address in (f"#/claims/{claim['claim_id'][4:]}", "#/claims/00000000000000aa"):
        later.open(address)
        assert claim["text"] in later.text("#view h1")
    later.open(f"#/statements?speaker={renn[4:]}")
    people = {line.text for line in driver.find_elements("css selector", ".quotation .by a")}
    assert people == {"Tobias Renn"}
    assert (later.complaints, later.requested) == ([], [])


def test_dates_of_a_person_are_bars_that_are_named(reader: Reader) -> None:
    reader.open("#/speakers")
    reader.click("#view table.rows tbody a")
    assert re.search(r"most in [0-9 ]*[A-Z][a-z]+ 2024: \d+ statement", reader.text(".timeline figcaption"))
    assert reader.count(".timeline li") > 10
    assert reader.violations() == []


def test_an_empty_list_says_why_and_takes_back_what_was_asked(reader: Reader) -> None:
    reader.open("#/statements?q=volcano&how=direct")
    assert "Nothing fits all of this at once" in reader.text(".results")
    reader.driver.find_element("css selector", ".results .act").click()
    reader.driver.execute_async_script("setTimeout(arguments[0], 250)")
    assert "q=volcano" not in reader.driver.current_url
    assert reader.count(".quotation") > 0


@pytest.mark.parametrize("address", ["#/nowhere", "#/claims/ffffffffffffffff", "#/stories/x?y=z"])
def test_what_is_not_there_is_said(reader: Reader, address: str) -> None:
    reader.open(address)
    assert reader.text("#view h1").startswith("No such")


def test_the_network_leads_to_who_speaks(reader: Reader) -> None:
    reader.open("#/pictures")
    leads = reader.driver.find_elements("css selector", "#picture-network svg a")
    assert leads
    assert all(re.fullmatch(r"#/(speakers|entities)/[0-9a-f]{16}", lead.get_dom_attribute("href")) for lead in leads)


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
    reader = Reader(driver, hostile_output / "snapshots" / "2.2.1" / "report.html")
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
