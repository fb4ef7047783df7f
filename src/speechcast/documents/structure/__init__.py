"""Detect a title, bylines and headings that are not marked.

All other paragraphs are body.
"""
