"""Regions in reports: by the names that a library has for their codes."""

from __future__ import annotations

import pytest

from engine.model.region import Region
from engine.rendering.changes.regions import region_name

REGIONS = {"430502": Region("双清区", "Shuangqing"), "430503": Region("大祥区")}


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("430502", "双清区", "Shuangqing"),
        ("430503", "大祥区", "大祥区"),  # it has no name in English
        ("440100", "440100", "440100"),
        ("", "不详", "not told"),
    ],
)
def test_name(code: str, chinese: str, english: str) -> None:
    assert (region_name(code, REGIONS, "zh"), region_name(code, REGIONS, "en")) == (chinese, english)


def test_library_without_names() -> None:
    """It shows codes."""
    assert region_name("430502", {}, "zh") == "430502"
