"""Align a recording with its text."""
