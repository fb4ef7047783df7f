"""What a page says in place of messages that say what helps on the command line.

A page has no `--voice` and no `--force`, and is given no file to open: it says what helps there.
Commands that install something stay as they are; no page does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..messages import mark

_NAME_IN_FILE = mark(
    "'{name}' cannot be the name of a file; write another name into the project's speechcast.toml"
)
_REACH_SERVICE = mark(
    "the service denies access (HTTP 403): set this machine's clock; if it is right, the service "
    "may be closed to your region: {advice}"
)

WORDING: Mapping[str, str] = MappingProxyType(
    {
        # Voices and languages
        mark("'speechcast voices' lists them"): mark("“Choose a voice” lists them"),
        mark("choose a voice with --voice"): mark("choose another voice"),
        mark("use an offline preset: --voice narrator"): mark(
            "choose an offline voice, like narrator"
        ),
        mark(
            "the text is neither Chinese nor English, and the embedded voices speak no other "
            "language; choose one of 'speechcast voices --online', or insist with --voice {preset}"
        ): (
            mark(
                "the text is neither Chinese nor English, and the embedded voices speak no other "
                "language; name a voice for it in three lines above the text, like: ---, "
                "voice: {preset}, ---"
            )
        ),
        mark(
            "the text is Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example --voice {preset}, or insist with --force"
        ): mark(
            "the text is Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example {preset}"
        ),
        mark(
            "the text is not Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example --voice {preset}, or insist with --force"
        ): mark(
            "the text is not Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example {preset}"
        ),
        # The document, and what it names
        mark("--rate"): mark("the speech"),
        mark(
            "{name} is garbled (“{shown}”): it was once read in a wrong encoding and saved so; use "
            "the original, or --force to speak it as it is"
        ): mark(
            "{name} is garbled (“{shown}”): it was once read in a wrong encoding and saved so; use "
            "the original"
        ),
        mark(
            "{name} is damaged: byte {offset} is not valid {encoding}; the file was cut off "
            "within a character, or mixes encodings. Save it again as UTF-8, or name its "
            "encoding: --encoding"
        ): mark(
            "{name} is damaged: byte {offset} is not valid {encoding}; the file was cut off within "
            "a character, or mixes encodings. Save it again as UTF-8"
        ),
        mark(
            "the document or its folder names the file {name!r}, which lies outside its "
            "folder; name it by an option, like --lexicon, --voice or --style"
        ): mark(
            "the document or its folder names the file {name!r}, which lies outside its folder; "
            "move the file into the project's folder, or take its name out of the text"
        ),
        mark("and {count} more; speechcast script lists them"): mark("and {count} more"),
        mark("{folder} is no project (it has no {file}); name a text file in it"): mark(
            "{folder} has no {file}, so it cannot be opened; put the file back, or delete "
            "this speech"
        ),
        # The files that are written
        mark("--format is '{name}'; allowed are {allowed}"): mark(
            "there is no sound format '{name}'; allowed are {allowed}"
        ),
        mark("--format names no format; allowed are {allowed}"): mark(
            "no sound format is chosen; allowed are {allowed}"
        ),
        mark("--subtitles: there is no subtitle format '{name}'; allowed are {allowed}"): mark(
            "there is no subtitle format '{name}'; allowed are {allowed}"
        ),
        mark("--subtitles names no format; leave it out for srt"): mark(
            "no subtitle format is chosen"
        ),
        mark("'{name}' cannot be the name of a file; choose another with --name"): _NAME_IN_FILE,
        mark(
            "'{name}' begins with a dot, which hides a file; choose another with --name"
        ): _NAME_IN_FILE,
        mark(
            "'{name}' cannot be the name of a file on Windows, which allows none of "
            '< > : " | ? * and no name of a device; choose another with --name'
        ): _NAME_IN_FILE,
        mark("'{name}…' is too long for a file; choose a shorter --name"): mark(
            "'{name}…' is too long for a file; write a shorter name into the project's "
            "speechcast.toml"
        ),
        # What is sent, and how
        mark(
            "{chooser} chooses the voice {voice}, which would send the text to {destination}; "
            "nothing was sent. If you want that, add --allow-online {word}, or write "
            'allow = ["{word}"] into {path}; else {remedy}'
        ): mark("the voice {voice} would send the text to {destination}; nothing was sent"),
        mark(
            "the service denies access (HTTP 403): set this machine's clock (it is {seconds:.0f} "
            "seconds off the service's); if it is right, the service may be closed to your region: "
            "try --proxy, or {advice}"
        ): mark(
            "the service denies access (HTTP 403): set this machine's clock (it is {seconds:.0f} "
            "seconds off the service's); if it is right, the service may be closed to your region: "
            "{advice}"
        ),
        mark(
            "the service denies access (HTTP 403): set this machine's clock; if it is right, the "
            "service may be closed to your region: try --proxy, or {advice}"
        ): _REACH_SERVICE,
        mark(
            "the proxy {address} cannot be used, allowed is an HTTP proxy like "
            "http://127.0.0.1:7890; give one with --proxy"
        ): mark(
            "the proxy {address} cannot be used, allowed is an HTTP proxy like "
            "http://127.0.0.1:7890; set one as SPEECHCAST_PROXY before speechcast studio starts"
        ),
        # The machine
        mark("--device cpu does without it"): mark('device = "cpu" in a preset does without it'),
        mark(
            "{name} cannot be used any more; add --device cpu, or have it tried again: speechcast "
            "voices install {preset}"
        ): mark(
            "{name} cannot be used any more; have it tried again: speechcast voices install "
            "{preset}"
        ),
        mark(
            "there is too little memory for the embedded voices, which take 450 MB, and 250 MB for "
            "each sentence at once; close other programs, try --jobs 1, or keep their small model "
            "by: speechcast voices install narrator --compact"
        ): mark(
            "there is too little memory for the embedded voices, which take 450 MB, and 250 MB for "
            "each sentence at once; close other programs, or keep their small model by: speechcast "
            "voices install narrator --compact"
        ),
        mark("there is too little memory; close other programs, or try --jobs 1"): mark(
            "there is too little memory; close other programs"
        ),
        mark("; run the same command again: what was recorded is kept"): mark(
            "; try again: what was recorded is kept"
        ),
        mark("; run the same command again"): mark("; try again"),
    }
)
