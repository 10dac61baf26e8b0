"""Credentials within addresses: used by this process alone, masked wherever text goes elsewhere.

`https://name:password@host/…` and signed addresses are taken apart where a build begins. Parameters, logs, errors, the
manifest and the report have the masked form; what opens an address asks here for the real one.
"""

import re
from collections.abc import Callable
from typing import Any

MASK = "***"
_USER = re.compile(r"(?<=://)[^/@\s?#]{1,2000}(?=@)|(?<=s3://)[^/@:\s?#]{1,200}:[^@\s?#]{1,2000}(?=@)")
"""The second form: a secret of S3 may have slashes, and no bucket has a colon."""
_SIGNED = re.compile(
    r"(?<=[?&])((?:x-amz-(?:signature|credential|security-token)|access_?token|token|api_?key|password|secret"
    r"|signature|sig)=)[^&#\s'\"]{1,4000}",
    re.IGNORECASE,
)
_SECRET = re.compile("secret|key|token|password|credential", re.IGNORECASE)
"""Names of options of stores that hold a secret."""
_real: dict[str, str] = {}
"""What masked addresses, and the servers in them, stand for in this process."""


def masked(text: str) -> str:
    """Return text in which no address has a user, a password or a signature."""
    return _SIGNED.sub(rf"\g<1>{MASK}", _USER.sub(MASK, text))


def masked_option(name: str, value: str) -> str:
    """Return the value of a store's option without what is secret: all of it where its name says so."""
    return MASK if _SECRET.search(name) else masked(value)


def has_credentials(address: str) -> bool:
    """Tell whether an address has a password or a signature; a user alone is the container of some stores."""
    user = _USER.search(address)
    return bool(_SIGNED.search(address) or (user and ":" in user[0]))


def hide(address: str) -> str:
    """Return an address without its credentials, which `reveal` finds again in this process."""
    hidden = masked(address)
    if hidden != address:
        _real[hidden] = address
        _real[_server(hidden)] = _server(address)
    return hidden


def reveal(address: str) -> str:
    """Return the address that a masked one, or one below it, stands for; any other as it is."""
    server = _server(address)
    return _real.get(address) or _real.get(server, server) + address[len(server) :]


def masking(serialize: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Return a way to write parameters down in which no text has credentials: whoever sees a run sees them."""

    def write(parameters: dict[str, Any]) -> dict[str, Any]:
        return {name: masked(v) if isinstance(v, str) else v for name, v in serialize(parameters).items()}

    return write


def _server(address: str) -> str:
    """The part of an address before its path."""
    found = re.match(r"[^/]{1,50}://[^/]{0,4000}", address)
    return found[0] if found else ""
