"""Seeds at http:// and https:// addresses: folders listed by their index pages, files streamed, all within bounds.

Whoever answers may be hostile or broken: a redirect leads nowhere but below the folder that a file lies in, an index
page counts only for what lies below itself, and what comes too slowly, without end or not to its end is no file.
Proxies are those of the environment (`http_proxy`, `https_proxy`, `no_proxy`). The only file that imports aiohttp.
"""

import asyncio
import atexit
import contextlib
import re
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Any, TypeVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import aiohttp

from flows.ingest.sources.limits import LIMITS

Result = TypeVar("Result")

_LINK = re.compile(
    rb"""<a\s[^>]{0,2000}?\bhref\s{0,20}=\s{0,20}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))""", re.I
)
_PORTS = {"http": 80, "https": 443}


class WebError(OSError):
    """A server that does not give what it was asked for; `lasting` where it would not the next time, either."""

    def __init__(self, said: str, *, lasting: bool = False) -> None:
        super().__init__(said)
        self.lasting = lasting


class WebStream:
    """The bytes of an answer. What stands still, or is slower than any line in use, is a WebError."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self._begun = time.monotonic()
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, `size` at most; nothing at the end."""
        data: bytes = _wait(self._response.content.read(size), LIMITS.silent_seconds)
        self._read += len(data)
        seconds = time.monotonic() - self._begun
        if data and seconds > LIMITS.slow_seconds and self._read < seconds * LIMITS.bytes_per_second:
            raise WebError(f"sends {self._read / seconds:,.0f} bytes a second, too slow to wait for", lasting=True)
        return data


@contextmanager
def open_web(address: str) -> Iterator[tuple[WebStream, int | None]]:
    """Ask for an address: its bytes, and their number where the server says it. Raises WebError."""
    response = _answer(address)
    try:
        size = None if "Content-Encoding" in response.headers else response.content_length
        yield WebStream(response), size
    finally:
        _in_loop().call_soon_threadsafe(response.close)


def list_web(address: str) -> list[str]:
    """Return the addresses of all files below one that ends in `/`, by the links of its index pages; else itself.

    Raises WebError where an index page cannot be read, or there is no end of them.
    """
    if not address.endswith("/"):
        return [address]
    begun = time.monotonic()
    folders, files, seen = [address], set(), {address}
    while folders:
        if len(seen) > LIMITS.listed_addresses or time.monotonic() - begun > LIMITS.listing_seconds:
            raise WebError(f"there is no end of index pages: {len(seen):,} addresses were listed", lasting=True)
        folder = folders.pop()
        for link in sorted(_links(folder)):
            if link in seen:
                continue
            seen.add(link)
            if not urlsplit(link).path.endswith("/"):
                files.add(link)
            elif link[len(address) :].count("/") <= LIMITS.folder_depth and not urlsplit(link).query:
                folders.append(link)
    return sorted(files)


def lies_below(folder: str, address: str) -> bool:
    """Tell whether an address is of the server of `folder` (one that ends in `/`) and below it, whatever it spells."""
    try:
        one, other = urlsplit(folder), urlsplit(address)
        same = (one.hostname, _port(one)) == (other.hostname, _port(other)) and one.scheme == other.scheme
        safer = (one.scheme, other.scheme) == ("http", "https") and one.hostname == other.hostname
    except ValueError:
        return False
    path = unquote(other.path)
    climbs = any(part in ("..", ".") for part in re.split(r"[/\\]", path))
    return (same or (safer and _port(other) == _PORTS["https"])) and not climbs and path.startswith(unquote(one.path))


def _port(parts: Any) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)


def _links(folder: str) -> set[str]:
    """Return where the links of an index page lead, as far as that is below it."""
    with open_web(folder) as (stream, _):
        page = b""
        while chunk := stream.read(LIMITS.chunk_bytes):
            page += chunk
            if len(page) > LIMITS.index_bytes:
                raise WebError(f"the index page {folder} is larger than {LIMITS.index_bytes:,} bytes", lasting=True)
    found = set()
    for groups in _LINK.findall(page):
        written = unescape(b"".join(groups).decode("utf-8", "replace")).strip()
        with contextlib.suppress(ValueError):  # no address at all
            link = urldefrag(urljoin(folder, written)).url
            if lies_below(folder, link) and link != folder:
                found.add(_with_user(folder, link))
    return found


def _with_user(folder: str, link: str) -> str:
    """The link with the name and password of its folder's address, where that has them."""
    user = urlsplit(folder).netloc.rpartition("@")[0]
    parts = urlsplit(link)
    return parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}").geturl() if user else link


def _answer(address: str) -> aiohttp.ClientResponse:
    """Return a server's answer once its head is there, after redirects that stay in the address's folder."""
    folder, _, _ = address.partition("?")[0].rpartition("/")
    for _ in range(LIMITS.redirects):
        response = _wait(_get(address), LIMITS.slow_seconds)
        if response.status == 200:
            return response
        _in_loop().call_soon_threadsafe(response.close)
        target = response.headers.get("Location")
        if response.status not in (301, 302, 303, 307, 308) or not target:
            lasting = 400 <= response.status < 500 and response.status not in (408, 425, 429)
            raise WebError(f"the server answers {response.status} {response.reason}", lasting=lasting)
        if not lies_below(f"{folder}/", target := _joined(address, target)):
            raise WebError(f"the server redirects out of the folder, to {target[:200]}", lasting=True)
        address = _with_user(address, target)
    raise WebError(f"the server redirects more than {LIMITS.redirects} times", lasting=True)


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:
        return target


async def _get(address: str) -> aiohttp.ClientResponse:
    return await (await _session()).get(address, allow_redirects=False, headers={"Accept-Encoding": "identity"})


_sessions: list[aiohttp.ClientSession] = []


async def _session() -> aiohttp.ClientSession:
    """Return the session of this process, made where its loop runs."""
    if not _sessions:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=LIMITS.silent_seconds, sock_read=LIMITS.silent_seconds)
        _sessions.append(aiohttp.ClientSession(timeout=timeout, trust_env=True))
        atexit.register(_wait, _sessions[0].close(), 1.0)
    return _sessions[0]


@cache
def _in_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="web", daemon=True).start()
    return loop


def _wait(work: Coroutine[Any, Any, Result], seconds: float) -> Result:
    """Return what comes of some work in the loop. Raises WebError where it fails or takes too long."""

    async def bounded() -> Result:
        return await asyncio.wait_for(work, seconds)

    try:
        return asyncio.run_coroutine_threadsafe(bounded(), _in_loop()).result()
    except TimeoutError as error:
        raise WebError(f"nothing came for {seconds:g} seconds", lasting=True) from error
    except (aiohttp.InvalidURL, ValueError) as error:
        raise WebError(f"no usable address: {error}", lasting=True) from error
    except (aiohttp.ClientError, OSError) as error:
        raise WebError(str(error) or type(error).__name__) from error
