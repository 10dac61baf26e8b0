"""Each file format to raw documents: text, Markdown, HTML, JSON, WARC."""
