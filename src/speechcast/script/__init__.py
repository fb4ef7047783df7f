"""From a document to a speech: its paragraphs, sentences, marks and speakers."""
