"""`python -m flows` is `onrecord`."""

from flows.cli import main

main()
