"""What the system says of a file that cannot be read or written, as words of ours: it says so in English whatever the language."""

from __future__ import annotations

import errno
import os

_TERMS = {
    errno.EACCES: "system_no_permission",
    errno.EBADF: "system_not_open",
    errno.EBUSY: "system_busy",
    errno.EDQUOT: "system_quota",
    errno.EEXIST: "system_exists",
    errno.EFBIG: "system_too_large",
    errno.EIO: "system_failing",
    errno.EISDIR: "system_folder",
    errno.ELOOP: "system_links",
    errno.EMFILE: "system_too_many",
    errno.ENAMETOOLONG: "system_name_too_long",
    errno.ENOENT: "system_missing",
    errno.ENOSPC: "system_full",
    errno.ENOTDIR: "system_no_folder",
    errno.EPERM: "system_not_permitted",
    errno.EROFS: "system_read_only",
}
_BY_TEXT = {os.strerror(number): name for number, name in _TERMS.items()}


def system_term(text: str) -> str:
    """The name of the term for what the system says; any other text stays as it is.

    >>> system_term("gzip_damaged")
    'gzip_damaged'
    """
    return _BY_TEXT.get(text, text)
