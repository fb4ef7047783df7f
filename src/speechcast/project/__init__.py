"""A project: a folder with a speech, its settings, its readings and what is set by hand.

The modules:

    project          the project as a value; everything else takes and gives it
    sentences        its sentences, and the characters of the file that each of them stands on
    edits            every change of a project, as a function from one to the next
    history          undo and redo
    folder           the folder on the disk: opened and saved, whole or not at all
    settings_file, adjustments_file, history_file
                     the texts of its files
    resolution       a project becomes a `Request`, and so what `speechcast make` would make
"""
