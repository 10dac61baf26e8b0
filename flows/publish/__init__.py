"""Tables to an immutable, versioned folder."""
