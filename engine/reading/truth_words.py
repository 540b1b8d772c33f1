"""Words by which somebody says true or false, where YAML 1.2 has `true` and `false` alone."""

from __future__ import annotations

_MEANT = {
    "yes": "true", "y": "true", "on": "true", "t": "true", "true": "true", "是": "true", "有": "true",
    "no": "false", "n": "false", "off": "false", "f": "false", "false": "false", "否": "false", "没有": "false", "无": "false",
}  # fmt: skip


def meant_truth(tree: object) -> tuple[str, ...]:
    """`true` or `false` as it is written, where a text means one of them; else nothing."""
    meant = _MEANT.get(tree.strip().lower()) if isinstance(tree, str) else None
    return () if meant is None else (meant,)
