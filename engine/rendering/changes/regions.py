"""Regions by the names that a library has for their codes; others stay as codes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.region import Region
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("impact").sentence


def region_name(code: str, regions: Mapping[str, Region], lang: Lang) -> str:
    """`双清区`; a code that is not known as it is, and of none that."""
    if not code:
        return sentence("region-not-told", lang)
    region = regions.get(code)
    if region is None:
        return code
    return region.english or region.title if lang == "en" else region.title
