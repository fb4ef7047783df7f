"""Benchmarks, each beside what a user would pick instead.

Run them from the repository.
"""
