"""One module a format: `read(document)` yields what stands in it, an article an entry."""
