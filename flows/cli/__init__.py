"""The subcommands of `onrecord`, one file each; `flows.cli.main` mounts them."""
