"""Health checks of containers: `python -m flows.runtime.servers.health [ADDRESS]` ends with 0 where all is well.

Without an address it asks the Prefect server that `onrecord serve` has started, or that PREFECT_API_URL names.
"""

import os
import sys
import urllib.request

from flows.runtime.limits import LIMITS

LOCAL = "http://127.0.0.1:4200/api"


def is_well(address: str) -> bool:
    """Tell whether an address answers with 200 in time."""
    try:
        with urllib.request.urlopen(address, timeout=LIMITS.health_seconds) as answer:  # noqa: S310 - an address of the operator's
            return bool(answer.status == 200)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{address}: {error}\n")
        return False


def main() -> None:
    """Check one address, and end with 0 or 1."""
    asked = sys.argv[1] if len(sys.argv) > 1 else f"{os.environ.get('PREFECT_API_URL') or LOCAL}/health"
    sys.exit(not is_well(asked))


if __name__ == "__main__":
    main()
