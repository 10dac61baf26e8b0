"""The subcommands of `onrecord`, a file each; `flows.cli` mounts them."""
