"""Where raw articles come from: folders and fsspec URLs, listed and opened as bounded streams."""
