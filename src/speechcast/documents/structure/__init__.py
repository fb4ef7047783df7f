"""What a paragraph is where nothing says so: title, byline, heading or body."""
