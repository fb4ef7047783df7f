"""Parse a document into paragraphs, sentences, marks and speakers."""
