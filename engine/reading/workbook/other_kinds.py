"""What a file is that is no .xlsx: the kinds that people take for one, so that they are told what to do."""

from __future__ import annotations

import re
from pathlib import Path as File
from typing import IO
from zipfile import ZipFile

from engine.model.problem import InputError, Problem

OTHERS = (".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods", ".fods")
"""Endings of other workbooks."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_MARKUP = re.compile(rb"\s*<(!doctype\s+html|html|head|meta|table|body|div|style)[\s>]", re.IGNORECASE)
_XML = re.compile(rb"\s*<(\?xml|[A-Za-z])")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_TYPES = {
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": ".xltm",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": ".xlam",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": ".xlsb",
}


def other_kind(file: File) -> InputError:
    """Why a file of such an ending is not read."""
    return _other(file, file.suffix.lower())


def refuse_other_kinds(file: File, opened: IO[bytes]) -> None:
    """InputError for a file that is no package of parts."""
    head = opened.read(_HEAD)
    if head.startswith(_OLE):
        raise _locked(file) if _holds(opened, head, _LOCKED) else _other(file, ".xls / .et")
    if head.startswith(b"PK"):
        return
    if kind := _text_kind(head):
        raise _other(file, kind)
    raise InputError(
        [Problem("table_broken", values={"file": str(file), "why": "workbook_none" if head else "workbook_empty"})]
    )


def refuse_other_packages(file: File, package: ZipFile) -> None:
    """InputError for a package that is locked, or an OpenDocument."""
    if any(part.flag_bits & 0x1 for part in package.infolist()):
        raise _locked(file)
    if "content.xml" in package.namelist() and "META-INF/manifest.xml" in package.namelist():
        raise _other(file, ".ods")


def refuse_other_type(file: File, content_type: str) -> None:
    """InputError where the main part says that it is another kind of workbook."""
    if kind := _TYPES.get(content_type.lower()):
        raise _other(file, kind)


def _other(file: File, kind: str) -> InputError:
    return InputError([Problem("workbook_kind", values={"file": str(file), "format": kind})])


def _locked(file: File) -> InputError:
    return InputError([Problem("workbook_locked", values={"file": str(file)})])


def _text_kind(head: bytes) -> str | None:
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(head) or head.lower().startswith(b"mime-version:"):
        return "HTML"
    if _XML.match(head):
        return "HTML" if b"<html" in head.lower() else "XML"
    for encoding in ("utf-8", "utf-16", "gb18030"):
        if encoding == "utf-16" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        for cut in range(4):  # a character may stand across the end
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return "CSV" if text.strip() and not _CONTROL.search(text) else None
    return None


def _holds(opened: IO[bytes], block: bytes, text: bytes) -> bool:
    """Whether something stands in a file of which `block` has been read."""
    while block:
        if text in block:
            return True
        more = opened.read(2**20)
        block = block[-len(text) :] + more if more else b""
    return False
