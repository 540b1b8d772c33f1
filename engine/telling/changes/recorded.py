"""An entry of a record of revisions in words, and that an older one says otherwise now."""

from __future__ import annotations

from engine.model.comparison import Judged
from engine.model.policy import Policy, Revision
from engine.telling.changes import naming
from engine.telling.counts import pick
from engine.telling.wording import basis_text
from engine.telling.words import Lang


def revision_text(policy: Policy, one: Revision, lang: Lang) -> str:
    """`2025.2（2025-12-01，收紧）：加重扣分（示例〔2025〕1号）`."""
    return entry_text(one.version, one.date, one.intent, one.why, basis_text(policy, one.basis), lang)


def entry_text(version: str, date: str, intent: str, why: str, basis: str, lang: Lang) -> str:
    """The same of an entry's own words."""
    way = naming.direction(intent, lang)
    return pick(
        f"{version}（{date}，{way}）：{why}" + (f"（{basis}）" if basis else ""),
        f"{version} ({date}, {way}): {why}" + (f" ({basis})" if basis else ""),
        lang,
    )


def altered_text(judged: Judged, lang: Lang) -> str:
    """What a verdict says where the record of older versions is another; else empty."""
    if not any(one.of_record for one in judged.outside):
        return ""
    return pick("；原有的修订记录有改动", "; the record of older versions is altered", lang)
