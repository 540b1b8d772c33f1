"""The county-level divisions of Shaoyang by their codes (GB/T 2260); others stay as codes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.rendering.terms import Lang

NAMES: Mapping[str, tuple[str, str]] = {
    "430500": ("邵阳市", "Shaoyang"),
    "430501": ("邵阳市辖区", "Shaoyang (districts)"),
    "430502": ("双清区", "Shuangqing"),
    "430503": ("大祥区", "Daxiang"),
    "430511": ("北塔区", "Beita"),
    "430521": ("邵东县（今邵东市）", "Shaodong (county)"),
    "430522": ("新邵县", "Xinshao"),
    "430523": ("邵阳县", "Shaoyang County"),
    "430524": ("隆回县", "Longhui"),
    "430525": ("洞口县", "Dongkou"),
    "430527": ("绥宁县", "Suining"),
    "430528": ("新宁县", "Xinning"),
    "430529": ("城步苗族自治县", "Chengbu"),
    "430581": ("武冈市", "Wugang"),
    "430582": ("邵东市", "Shaodong"),
}


def region_name(code: str, lang: Lang) -> str:
    """`双清区`; a code that is not known as it is, and of none that."""
    if not code:
        return "not told" if lang == "en" else "不详"
    pair = NAMES.get(code)
    return pair[lang == "en"] if pair else code
