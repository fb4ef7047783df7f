"""List what was written on a page and is no text of it: comments, and entries of a form."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_ushort
from typing import Any

from ...messages import mark
from ..block import COMMENTS, SAMPLE_LENGTH, LeftOut

_ENTRIES = mark("entries of a form")
_MAX_LENGTH = 4096  # UTF-16 units of a text


def list_annotations(pdfium: Any, document: Any, page: Any) -> Iterator[LeftOut]:
    """Yield the texts that were written on a page.

    Args:
        pdfium: The module pypdfium2.
        document: The document, its forms initialized.
        page: One of its pages.
    """
    raw = pdfium.raw
    silent = {raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK}
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET and document.formenv:
            text = _read_entry(raw, document.formenv, annotation)
            yield from [LeftOut(_ENTRIES, text)] if text else []
        elif kind not in silent and (text := _read_contents(raw, annotation)):
            yield LeftOut(COMMENTS, text)
        raw.FPDFPage_CloseAnnot(annotation)


def _read_entry(raw: Any, forms: Any, annotation: Any) -> str:
    """Return what is written in a field of a form; "" of a box that is ticked."""
    written = {
        raw.FPDF_FORMFIELD_TEXTFIELD,
        raw.FPDF_FORMFIELD_COMBOBOX,
        raw.FPDF_FORMFIELD_LISTBOX,
    }
    if raw.FPDFAnnot_GetFormFieldType(forms, annotation) not in written:
        return ""
    buffer = (c_ushort * _MAX_LENGTH)()
    raw.FPDFAnnot_GetFormFieldValue(forms, annotation, buffer, 2 * _MAX_LENGTH)
    return _decode(buffer)


def _read_contents(raw: Any, annotation: Any) -> str:
    buffer = (c_ushort * _MAX_LENGTH)()
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, 2 * _MAX_LENGTH)
    return _decode(buffer)


def _decode(buffer: Any) -> str:
    text = bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
    return " ".join(text.split())[:SAMPLE_LENGTH]
