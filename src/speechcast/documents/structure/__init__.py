"""Detect what paragraphs are where nothing says so: title, byline, heading or body."""
