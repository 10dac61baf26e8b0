"""`python -m flows` is `onrecord`."""

from flows.cli.main import main

main()
