"""The readers of subtitle files, one module for each kind of file.

Each `parse` takes the text of a file and gives its captions and its traps. A file from anywhere is
read as tolerantly as it can be understood, and every way in which it is wrong is a trap.
"""
