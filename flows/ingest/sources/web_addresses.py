"""Seeds at http:// and https:// addresses: folders listed by their index pages, files streamed, all within bounds.

Whoever answers may be hostile or broken: a redirect leads nowhere but below the folder that a file lies in, an index
page counts only for what lies below itself, and what comes too slowly, without end or not to its end is no file.
Proxies are those of the environment (`http_proxy`, `https_proxy`, `no_proxy`), names and passwords
those of the address, else of `~/.netrc`. The only file that imports httpx.
"""

import asyncio
import atexit
import contextlib
import netrc
import os
import re
import ssl
import threading
import time
import zlib
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from flows.ingest.sources.bounded_streams import GZIP_WINDOW
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

    def __init__(self, response: httpx.Response) -> None:
        self._sent = response.aiter_raw()
        self._gzip = _unpacker(response)
        self._left = b""
        self._begun = time.monotonic()
        self._read = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, `size` at most; nothing at the end."""
        if not self._left:
            self._left = _wait(self._next(), LIMITS.silent_seconds)
        data, self._left = self._left[:size], self._left[size:]
        self._read += len(data)
        seconds = time.monotonic() - self._begun
        if data and seconds > LIMITS.slow_seconds and self._read < seconds * LIMITS.bytes_per_second:
            raise WebError(f"sends {self._read / seconds:,.0f} bytes a second, too slow to wait for", lasting=True)
        return data

    async def _next(self) -> bytes:
        if self._gzip is None:
            return await anext(self._sent, b"")
        data = b""
        while not data and not self._gzip.eof:
            sent = self._gzip.unconsumed_tail or await anext(self._sent, b"")
            if not sent:
                raise WebError("what the server packed by gzip ends in the middle")
            try:
                data = self._gzip.decompress(sent, LIMITS.chunk_bytes)
            except zlib.error as error:
                raise WebError(f"what the server sends as gzip is none: {error}", lasting=True) from error
        return data


def _unpacker(response: httpx.Response) -> Any:
    """What unpacks an answer: nobody asks for packed ones, and some come. A file that is packed itself is read so."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity":
        return None
    if packing not in ("gzip", "x-gzip"):
        raise WebError(f"the server packs what it sends by {packing}, which was not asked for", lasting=True)
    return None if response.url.path.lower().endswith(".gz") else zlib.decompressobj(GZIP_WINDOW)


@contextmanager
def open_web(address: str) -> Iterator[tuple[WebStream, int | None]]:
    """Ask for an address: its bytes, and their number where the server says it. Raises WebError."""
    response = _answer(address)
    try:
        told = response.headers.get("Content-Length", "")
        size = int(told) if told.isdecimal() and "Content-Encoding" not in response.headers else None
        yield WebStream(response), size
    finally:
        _close(response)


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


def _answer(address: str) -> httpx.Response:
    """Return a server's answer once its head is there, after redirects that stay in the address's folder."""
    folder, _, _ = address.partition("?")[0].rpartition("/")
    for _ in range(LIMITS.redirects):
        response = _wait(_get(address), LIMITS.slow_seconds)
        if response.status_code == 200:
            return response
        _close(response)
        target = response.headers.get("Location")
        status = response.status_code
        if status not in (301, 302, 303, 307, 308) or not target:
            lasting = 400 <= status < 500 and status not in (408, 425, 429)
            raise WebError(f"the server answers {status} {response.reason_phrase}", lasting=lasting)
        if not lies_below(f"{folder}/", target := _joined(address, target)):
            raise WebError(f"the server redirects out of the folder, to {target[:200]}", lasting=True)
        address = _with_user(address, target)
    raise WebError(f"the server redirects more than {LIMITS.redirects} times", lasting=True)


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:
        return target


async def _get(address: str) -> httpx.Response:
    url = httpx.URL(address)
    if not url.host or not 0 < (url.port or 80) < 1 << 16:
        raise ValueError("it names no server")
    proxy = None if proxy_bypass(url.host) else getproxies().get(url.scheme)
    client = _client(proxy if proxy is None or "://" in proxy else f"http://{proxy}")
    request = client.build_request("GET", url, headers={"Accept-Encoding": "identity"})
    return await client.send(request, stream=True, auth=None if url.userinfo else _known_user(url.host))


def _known_user(host: str) -> tuple[str, str] | None:
    """Name and password of a host in the file of such (`NETRC`, else `~/.netrc`)."""
    try:
        found = netrc.netrc(os.environ.get("NETRC") or Path.home() / ".netrc").authenticators(host)
    except (OSError, RuntimeError, ValueError, netrc.NetrcParseError):  # none, or none that can be read
        return None
    return (found[0] or found[1], found[2] or "") if found else None


@cache
def _client(proxy: str | None) -> httpx.AsyncClient:
    """Return the client of this process that goes through a proxy or none, made where its loop runs."""
    waited = httpx.Timeout(LIMITS.silent_seconds, pool=None)
    trusted = ssl.create_default_context()  # this machine's authorities
    client = httpx.AsyncClient(proxy=proxy, trust_env=False, verify=trusted, timeout=waited)
    atexit.register(_wait, client.aclose(), 1.0)
    return client


def _close(response: httpx.Response) -> None:
    asyncio.run_coroutine_threadsafe(response.aclose(), _in_loop())


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
    except WebError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        raise WebError(f"nothing came for {seconds:g} seconds", lasting=True) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
        raise WebError(f"no usable address: {error}", lasting=True) from error
    except (httpx.HTTPError, OSError) as error:
        raise WebError(_said(error)) from error


def _said(error: BaseException) -> str:
    """What an error says; where there was no connection, to whom and why, which it leaves to what it came of."""
    if isinstance(error, httpx.ConnectError):
        cause: BaseException = error
        while (deeper := cause.__cause__ or cause.__context__) is not None:
            cause = deeper
        return f"no connection to {error.request.url.host}: {cause}"
    return str(error) or type(error).__name__
