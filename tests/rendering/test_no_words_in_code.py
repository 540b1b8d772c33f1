"""What is said stands in the catalogue: in code there are no Chinese texts but those that are kept, each for a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

TITLES = "titles of policies are in Chinese, and are read"
DATA = "what people write into cells and files is read"
SLIPS = "signs of a Chinese keyboard are read where others belong"
SHEETS = "the workbook to fill has these sheets and columns, and is read by them"
SIGNS = "signs are the same in both languages"
LAWS = "documents are Chinese, and cited in either language as in Chinese"

KEPT = {
    "authoring/lint/title_number.py": (TITLES, "次件起年分率"),
    "authoring/titles.py": (TITLES, None),
    "evaluating/symbolic/records.py": ("a text that is none of those that a policy names", "其他"),
    "model/catalogue.py": (SHEETS, "来源政策评价模型得分（百分制）等级等次是否一票否决权重"),
    "model/workbook_layout.py": (SHEETS, None),
    "reading/day.py": (DATA, "年月日"),
    "reading/key.py": (DATA, None),
    "reading/likeness.py": (DATA, "〇"),
    "reading/mistakes/characters.py": (SLIPS, "：﹕︰，；、｛｝［］【】〔〕（）＃－＝「」『』＂＇\u3000"),
    "reading/mistakes/json_mistakes.py": (SLIPS, None),
    "reading/mistakes/masked.py": (SLIPS, "（【｛［］｝：，；、\u3000"),
    "reading/mistakes/quoted.py": (SLIPS, "「」『』＂＇、，；"),
    "reading/mistakes/values.py": ("the brackets of document numbers", "〔〕"),
    "reading/miswritten.py": (DATA, None),
    "reading/schema_words.py": ("words of the language, as people call them, are read", None),
    "reading/mistakes/yaml_search.py": (SLIPS, "："),
    "reading/tables/folder.py": (DATA, "（）副本复件备份旧新"),
    "reading/tables/keys.py": (DATA, "\u3000、，；"),
    "reading/truth_words.py": (DATA, "是否有没无"),
    "reading/workbook/formats.py": ("formats that Excel has in Chinese", None),
    "reading/workbook/texts.py": (TITLES, "元"),
    "rendering/annex/document.py": ("how numbers are written", "零一二三四五六七八九十"),
    "rendering/annex/labels.py": (TITLES, None),
    "rendering/annex/markdown.py": ("blanks as wide as a character", "\u3000"),
    "rendering/annex/policy.py": (TITLES, "评价《》〈〉"),
    "rendering/word_parts.py": ("names of fonts", "宋体仿黑"),
    "rendering/annex/workbook.py": ("names of fonts", "宋体仿黑"),
    "rendering/changes/proof_section.py": (SIGNS, "？"),
    "rendering/changes/value_text.py": (LAWS, "《》"),
    "rendering/condition_text.py": (f"{SIGNS}; {LAWS}", "＞＜＝《》；"),
    "rendering/spreadsheet_cells.py": (SIGNS, "＝＋－＠"),
    "reviewing/diff/category_changes.py": ("the labels of a field are in Chinese, and so is the list of them", "，"),
    "usecases/output/encodings.py": ("a character that an encoding may lack", "\u3000"),
}
"""By file why Chinese characters stand in its texts, and which; None where there are many."""

FILES = sorted(Path("engine").rglob("*.py"))


def texts(file: Path) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to("engine")))
def test_no_chinese(file: Path) -> None:
    _, letters = KEPT.get(str(file.relative_to("engine")), ("", ""))
    others = [text for text in texts(file) if letters is not None and set(CHINESE.findall(text)) - set(letters)]
    assert others == []


def test_nothing_kept_is_gone() -> None:
    having = {str(file.relative_to("engine")) for file in FILES if any(map(CHINESE.search, texts(file)))}
    assert set(KEPT) <= having


LANGUAGES = {
    "rendering/changes/regions.py": "a library names regions in both languages",
    "rendering/messages.py": "Chinese has a blank before Latin letters",
    "rendering/sentences.py": "where a language has plural forms",
}
"""By file why code asks which of our languages it is."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to("engine")))
def test_no_language_is_asked_for(file: Path) -> None:
    """What differs by language differs in the catalogue."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and any(getattr(part, "value", None) in ("zh", "en") for part in node.comparators):
            assert str(file.relative_to("engine")) in LANGUAGES, node.lineno
