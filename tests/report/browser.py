"""Headless Chromium, looking at a report as its reader would: from the file system, with no network."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
]  # fmt: skip
DESK, PHONE = (1280, 900), (390, 844)


@contextmanager
def chromium() -> Iterator[Any]:
    """A driver with a profile of its own; skips the test, with the reason, where no browser is installed."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if not (CHROMIUM and DRIVER):
        pytest.skip("chromium and chromedriver are not installed (.ci/run installs them)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in [*FLAGS, f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
        driver.set_script_timeout(60)
        try:
            yield driver
        finally:
            driver.quit()


class Reader:
    """Somebody who reads one report."""

    def __init__(self, driver: Any, report: Path) -> None:
        self.driver = driver
        self.report = report
        self.requested: list[str] = []
        self.complaints: list[str] = []

    def open(self, address: str = "") -> None:
        """Opens the page at an address such as `#/claims`, anew."""
        self.driver.get("about:blank")
        self.driver.get(self.report.resolve().as_uri() + address)
        self.settle()

    def settle(self) -> None:
        """Waits until the view is there: its heading is, and nothing is being unpacked."""
        ready = """
            const done = arguments[0];
            const look = () => {
              const shown = [...document.querySelectorAll('#overview, #pictures, #view')].find((e) => !e.hidden);
              const here = shown && (shown.querySelector('h1') || shown.querySelector('[role=alert]'));
              if (here && document.title.includes('–')) setTimeout(done, 60); else setTimeout(look, 15);
            };
            setTimeout(look, 30);"""
        self.driver.execute_async_script(ready)
        self._listen()

    def click(self, selector: str) -> None:
        """Clicks what a reader would, scrolled into view."""
        element = self.driver.find_element("css selector", selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        self.settle()

    def type(self, selector: str, text: str) -> None:
        """Types into a field and waits for the list to follow."""
        self.driver.find_element("css selector", selector).send_keys(text)
        self.driver.execute_async_script("setTimeout(arguments[0], 250)")
        self._listen()

    def text(self, selector: str = "main") -> str:
        """What is to be read in an element."""
        return str(self.driver.find_element("css selector", selector).text)

    def count(self, selector: str) -> int:
        """How many elements there are."""
        return len(self.driver.find_elements("css selector", selector))

    def theme(self, scheme: str) -> None:
        """As if the reader's system preferred light or dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def window(self, size: tuple[int, int]) -> None:
        """The viewport's width and height; below 500 wide as on a phone."""
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def overflows(self) -> bool:
        """Whether the page as a whole must be scrolled sideways."""
        root = "document.documentElement"
        return bool(self.driver.execute_script(f"return {root}.scrollWidth > {root}.clientWidth + 1"))

    def violations(self, *rules: str) -> list[str]:
        """What axe finds wrong by these rules (by all, where none is named), each with the first element."""
        axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
        source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
        self.driver.execute_script(source)
        wanted = {"runOnly": list(rules)} if rules else {}
        found = self.driver.execute_async_script("axe.run(arguments[0]).then(arguments[1])", wanted)
        return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]

    def _listen(self) -> None:
        for entry in self.driver.get_log("browser"):
            if entry["level"] in ("SEVERE", "WARNING"):
                self.complaints.append(entry["message"])
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                asked = event["params"]
                ours, url = asked["documentURL"].startswith("file:"), asked["request"]["url"]
                if ours and url.split("#")[0] != self.report.resolve().as_uri() and not url.startswith("data:"):
                    self.requested.append(url)
