"""What the system and libraries say of an error, in the language in use.

They say it in English alone, but for Windows, which speaks its user's language.
"""

from __future__ import annotations

import re

from .messages import mark, translate_filled

OPEN_ELSEWHERE = mark("it is open in another program; close it there")
TOO_LONG = mark("its path is longer than Windows takes; choose a shorter one")
NO_SUCH_NAME = mark("Windows allows no such name")
SYSTEM = (  # Linux, macOS, FFmpeg, the C library of Windows
    mark("Address already in use"),
    mark("Broken pipe"),
    mark("Cannot allocate memory"),
    mark("Connection refused"),
    mark("Connection reset by peer"),
    mark("Connection timed out"),
    mark("Decoder not found"),
    mark("Demuxer not found"),
    mark("Device or resource busy"),
    mark("Directory not empty"),
    mark("Disk quota exceeded"),
    mark("End of file"),
    mark("File exists"),
    mark("File name too long"),
    mark("File too large"),
    mark("Input/output error"),
    mark("Invalid argument"),
    mark("Invalid data found when processing input"),
    mark("Is a directory"),
    mark("Name or service not known"),
    mark("Network is unreachable"),
    mark("No route to host"),
    mark("No space left on device"),
    mark("No such file or directory"),
    mark("Not a directory"),
    mark("Operation not permitted"),
    mark("Operation not supported"),
    mark("Permission denied"),
    mark("Read-only file system"),
    mark("Resource temporarily unavailable"),
    mark("Software caused connection abort"),
    mark("Stale file handle"),
    mark("Temporary failure in name resolution"),
    mark("Text file busy"),
    mark("Too many levels of symbolic links"),
    mark("Too many open files"),
)
_XML = (  # libxml2, through lxml, up to the first comma
    mark("Couldn't find end of Start Tag {element} line {line}"),
    mark("Document is empty"),
    mark("EndTag: '</' not found"),
    mark("Extra content at the end of the document"),
    mark("Input is not proper UTF-8"),
    mark("Opening and ending tag mismatch: {opening} line {line} and {closing}"),
    mark("PCDATA invalid Char value {number}"),
    mark("Premature end of data in tag {element} line {line}"),
    mark("Start tag expected"),
    mark("StartTag: invalid element name"),
    mark("xmlParseEntityRef: no name"),
)
_TOML = (  # tomllib, without the position
    mark("Cannot declare {key} twice"),
    mark("Cannot overwrite a value"),
    mark("Expected '=' after a key in a key/value pair"),
    mark("Expected ']' at the end of a table declaration"),
    mark("Expected newline or end of document after a statement"),
    mark("Found invalid character {character}"),
    mark("Illegal character {character}"),
    mark("Invalid date or datetime"),
    mark("Invalid hex value"),
    mark("Invalid initial character for a key part"),
    mark("Invalid statement"),
    mark("Invalid value"),
    mark("Unclosed array"),
    mark("Unclosed inline table"),
    mark("Unescaped '\\' in a string"),
    mark("Unterminated string"),
)
_REMOTE = (  # fsspec, s3fs, botocore
    mark("Access Denied"),
    mark("Connect timeout on endpoint URL: {address}"),
    mark("Could not connect to the endpoint URL: {address}"),
    mark("Forbidden"),
    mark("Protocol not known: {protocol}"),
    mark("The AWS Access Key Id you provided does not exist in our records."),
    mark("The specified bucket does not exist"),
    mark("Unable to locate credentials"),
)
_PIP = (  # the last line of its output
    mark("ERROR: Could not install packages due to an OSError: {reason}"),
    mark("ERROR: HTTP error {status} while getting {address}"),
    mark("ERROR: No matching distribution found for {package}"),
)
REASONS = (OPEN_ELSEWHERE, TOO_LONG, NO_SUCH_NAME, *SYSTEM, *_XML, *_TOML, *_REMOTE, *_PIP)


def explain_reason(reason: str) -> str:
    """Return what the system or a library says of an error, in the language in use.

    What is not one of the common reasons is returned as it is.

    >>> explain_reason("Cannot declare ('voice',) twice")
    "Cannot declare ('voice',) twice"
    """
    return translate_filled(reason, REASONS)


def explain_xml_error(exc: Exception) -> str:
    """Return what is wrong with an XML document, without where, in the language in use."""
    return explain_reason(re.split(r"[\n,]", str(exc))[0])
