"""Read web pages and e-books, whose pages are web pages."""
