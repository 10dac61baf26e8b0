"""`python -m flows` is `onrecord`, and imports nothing from the folder that it is started in, as `onrecord` does."""

import os
import sys

# python -m puts that folder first on the path, unless told not to; this program's own stays
if not sys.flags.safe_path and __file__ != f"{sys.path[0]}{os.sep}flows{os.sep}__main__.py":
    del sys.path[0]

from flows.cli.main import main

main()
