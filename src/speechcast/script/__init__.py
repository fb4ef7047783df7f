"""A document to a speech: paragraphs, sentences, marks, speakers."""
