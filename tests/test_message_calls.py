"""Tests of how the source uses messages: each is looked up, and filled as it was written."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from speechcast import errors, messages
from tests.support.messages import is_format

SOURCE = Path(messages.__file__).parent
LOOK_UP = {"_", "ngettext", "mark"}
WORD = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]+ [a-z]{2,}\b")  # three words, as no table or key has them
# Folders and files whose texts are what is read aloud, or rules for it.
LANGUAGE_RULES = ("frontend", "text", "engines/kokoro", "script")
COMMAND = re.compile(r"(?:speechcast|pipx|uv) [a-z]")  # the same in every language
# Texts that are no messages, each with its reason.
NO_MESSAGES = {
    "__init__.py": {"module 'speechcast' has no attribute '{}'"},  # of programs alone
    "batch/__init__.py": {"module 'speechcast.batch' has no attribute '{}'"},
    "batch/records.py": {"a fingerprint cannot be made of {}"},  # a mistake of ours
    "check/fonts.py": {"hiragino sans gb"},  # the name of a font
    "cli/diagnosis.py": {"of your own", "models and data", "presets and settings"},  # keys
    "cli/doctor.py": {"of your own", "models and data", "presets and settings"},
    "cli/preview.py": {
        "Good morning, everyone. It is a pleasure to welcome you here today."
    },  # sound
    "engines/model_errors.py": {"bad_alloc|Failed to allocate memory"},  # of ONNX Runtime
    "engines/piper/files.py": {"not a voice"},  # is caught
    "project/history_file.py": {"a change outside of the text"},  # is caught
    "studio/recording.py": {"the recording failed"},  # in the log of a bug
    "voices/embedded.py": {"A mix of embedded voices"},  # in DESCRIPTIONS
    # The files of a project are the same in every language.
    "project/adjustments_file.py": {
        "# What is set by hand for single sentences; each is named by its text.\n"
    },
    "project/lexicon_file.py": {
        "# Readings of this speech: pinyin with its tones, or what is to be said.\n"
    },
    "project/settings_file.py": {
        "# A project of speechcast: make it with speechcast make FOLDER, or open it in the "
        "studio.\n"
    },
}


@dataclass(frozen=True)
class Module:
    """A module of the source, read."""

    name: str
    tree: ast.Module
    text: str


@cache
def modules() -> tuple[Module, ...]:
    paths = sorted(SOURCE.rglob("*.py"))
    texts = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in paths}
    return tuple(Module(name, ast.parse(text), text) for name, text in texts.items())


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Return every node of the source with the name of its module."""
    return tuple((module.name, node) for module in modules() for node in ast.walk(module.tree))


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    return tuple((name, node) for name, node in nodes() if isinstance(node, ast.Call))


def name_of(function: ast.expr) -> str:
    """Return the name of what is called, without what it is an attribute of."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def dotted(function: ast.expr) -> str:
    """Return what is called as it is written: `typer.echo`."""
    if isinstance(function, ast.Attribute):
        return f"{dotted(function.value)}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def is_look_up(node: ast.AST | None) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOK_UP
    )


def literal(node: ast.expr) -> str | None:
    """Return the constant part of a text in the source; None if it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    if isinstance(node, ast.BinOp):
        sides = [literal(node.left), literal(node.right)]
        return "".join(side or "" for side in sides) if any(sides) else None
    return None


def placeholders(text: str) -> set[str]:
    named = (field for _text, field, _spec, _conversion in string.Formatter().parse(text))
    return {re.split(r"[.\[]", field)[0] for field in named if field is not None}


def at(name: str, node: ast.AST) -> str:
    return f"{name}:{getattr(node, 'lineno', 0)}"


# What is looked up.


def test_only_constants_are_looked_up() -> None:
    wrong = [
        at(name, call)
        for name, call in calls()
        if is_look_up(call)
        for argument in call.args
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (isinstance(argument, ast.Call) and name_of(argument.func) == "format")
    ]
    assert not wrong


def test_placeholders_are_what_is_given() -> None:
    wrong = []
    for name, call in calls():
        if name_of(call.func) != "format" or not isinstance(call.func, ast.Attribute):
            continue
        looked_up = call.func.value
        if not is_look_up(looked_up) or any(keyword.arg is None for keyword in call.keywords):
            continue
        assert isinstance(looked_up, ast.Call)
        texts = [text for a in looked_up.args if (text := literal(a)) is not None]
        given = {keyword.arg for keyword in call.keywords}
        wrong += [at(name, call) for t in texts if not call.args and placeholders(t) != given]
    assert not wrong


def test_a_message_with_placeholders_is_filled() -> None:
    """`raise Error(_("no file {name}"))` would show the braces."""
    wrong = []
    for name, call in calls():
        if name_of(call.func) == "format" or is_look_up(call):
            continue
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        wrong += [
            at(name, value)
            for value in values
            if isinstance(value, ast.Call) and name_of(value.func) == "_" and value.args
            if (text := literal(value.args[0])) and is_format(text)
            if not name_of(call.func).startswith(("_", "replace", "fill"))
        ]
    assert not wrong


# What is not looked up.


@cache
def error_names() -> frozenset[str]:
    """Return the names of all errors that are shown to a user."""
    names = {"SpeechcastError"}
    classes = [node for _name, node in nodes() if isinstance(node, ast.ClassDef)]
    before = 0
    while before != len(names):
        before = len(names)
        names |= {c.name for c in classes if any(name_of(base) in names for base in c.bases)}
    return frozenset(names)


def test_the_errors_are_listed() -> None:
    assert "PresetError" in error_names()
    assert "ConflictError" in error_names()  # of the studio
    assert issubclass(errors.PresetError, errors.SpeechcastError)


def is_bare(node: ast.expr | None) -> bool:
    """Return whether an expression is English text that nobody looks up."""
    if node is None:
        return False
    if isinstance(node, ast.IfExp):
        return is_bare(node.body) or is_bare(node.orelse)
    text = literal(node)
    if text is None or COMMAND.match(text):
        return False
    return bool(WORD.search(text.replace("{}", "").replace("speechcast", "")))


def test_no_error_has_a_text_of_its_own() -> None:
    wrong = [
        f"{at(name, call)} {ast.unparse(call)[:80]}"
        for name, call in calls()
        if name_of(call.func) in error_names()
        if call.args and is_bare(call.args[0])
    ]
    assert not wrong


def test_nothing_is_printed_that_was_not_looked_up() -> None:
    wrong = [
        f"{at(name, call)} {ast.unparse(call)[:80]}"
        for name, call in calls()
        if dotted(call.func) in {"typer.echo", "typer.secho", "print"}
        if call.args and is_bare(call.args[0])
    ]
    assert not wrong


@pytest.mark.parametrize("keyword", ["help", "short_help", "rich_help_panel", "prompt"])
def test_no_help_is_left_out(keyword: str) -> None:
    wrong = [
        f"{at(name, call)} {ast.unparse(call)[:80]}"
        for name, call in calls()
        if any(given.arg == keyword and is_bare(given.value) for given in call.keywords)
    ]
    assert not wrong


def test_what_is_logged_is_marked() -> None:
    levels = {"warning", "info", "error"}
    wrong = [
        at(name, call)
        for name, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in levels
        and dotted(call.func.value) in {"log", "_log", "LOG"}
        if is_bare(call.args[0]) and literal(call.args[0]) != "%s"
    ]
    assert not wrong


def texts_of(module: Module) -> Iterator[str]:
    """Yield the texts of a module but what is looked up, docstrings, patterns and word lists."""
    passed: set[int] = set()
    for node in ast.walk(module.tree):
        if is_look_up(node) or _is_pattern(node):
            passed |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Expr):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed:
            yield literal(node) or ""


def _is_pattern(node: ast.AST) -> bool:
    """Return whether a call compiles a pattern, or splits a list of words."""
    return isinstance(node, ast.Call) and dotted(node.func).endswith(("re.compile", "split"))


def test_no_sentence_is_left_in_english() -> None:
    wrong = {
        (module.name, text)
        for module in modules()
        if not module.name.startswith(LANGUAGE_RULES)
        for text in texts_of(module)
        if SENTENCE.search(text) and not COMMAND.match(text)
        if text not in NO_MESSAGES.get(module.name, ())
    }
    assert not wrong


# Where it is looked up.


def test_no_function_that_looks_up_binds_the_name() -> None:
    """`for _ in …` makes `_` a local name, and `_("…")` an error."""
    wrong = []
    for name, function in nodes():
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        calls = [n for n in ast.walk(function) if is_look_up(n) and dotted(n.func) == "_"]  # type: ignore[attr-defined]
        if calls and any(_binds(node) for node in ast.walk(function)):
            wrong.append(at(name, function))
    assert not wrong


def _binds(node: ast.AST) -> bool:
    if isinstance(node, ast.arg):
        return node.arg == "_"
    return isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)


def test_nothing_is_looked_up_before_the_language_is_chosen() -> None:
    """Only the commands are imported after it; elsewhere `mark` stands at the module's level."""
    wrong = [
        at(module.name, call)
        for module in modules()
        if not module.name.startswith("cli/")
        for call in _at_import(module.tree)
        if is_look_up(call) and name_of(call.func) != "mark"
    ]
    assert not wrong


def _at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that run when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in (*child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield from (n for n in ast.walk(default) if isinstance(n, ast.Call))
        elif not isinstance(child, ast.Lambda):
            if isinstance(child, ast.Call):
                yield child
            yield from _at_import(child)
