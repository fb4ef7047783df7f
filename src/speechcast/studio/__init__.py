"""The studio: a page on this machine, and the same voices for other programs.

The modules:

    app              the application: its routes, put together
    security         what reaches it at all: hosts, origins, the token, sizes; and its headers
    language         what it says, in the language of the page
    wording          what it says in place of messages that name options
    library          the folder of projects, and which of them are open
    session          one open project: its edits, its recording, its sounds
    reader           reads a project into what a page shows of it
    takes            the clips of sentences, as they are and as they were
    state, unread_state
                     a project as the page shows it, and before its sentences are read
    summary          a project as the list of all shows it
    sounds           samples as WAV
    events           what happens, to every page that is open
    project_routes, sound_routes, catalog_routes
                     the routes
    speech_api       OpenAI's speech interface
    server           Uvicorn: begins, and ends cleanly
    static/          the page

It holds no logic of a production: it calls what `speechcast make` calls.
"""
