"""Services and helpers that the tests share."""
