"""Read the documents of Word, LibreOffice Writer and PowerPoint."""
