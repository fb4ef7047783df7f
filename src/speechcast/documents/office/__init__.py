"""Documents of Word, LibreOffice and PowerPoint."""
