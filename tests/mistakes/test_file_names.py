"""Files that an editor or an office program has saved in a way that hides what they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from engine.model.problem import InputError
from engine.reading.files import find_files
from engine.reading.ignored_files import ignored_files

BASE = Path(__file__).parents[1] / "language/base/policies"


@pytest.mark.parametrize(
    ("name", "code", "plain"),
    [
        ("carwash.yaml.txt", "file_hidden_ending", "carwash.yaml"),
        ("carwash.YML.TXT", "file_hidden_ending", "carwash.YML"),
        ("carwash.txt", "file_hidden_ending", "carwash.yaml"),
        ("carwash.docx", "file_of_office", "carwash.yaml"),
        ("carwash.xlsx", "file_of_office", "carwash.yaml"),
        ("carwash.wps", "file_of_office", "carwash.yaml"),
    ],
)
def test_alone(name: str, code: str, plain: str, tmp_path: Path) -> None:
    """A folder without policies names each file that was to be one, and what it should be called."""
    (tmp_path / name).write_text("policy: carwash\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        find_files([tmp_path])
    first, second = refused.value.problems
    assert (first.code, second.code, second.values["name"]) == ("no_policies", code, plain)


def test_capitals(tmp_path: Path) -> None:
    """The ending may be written in capitals."""
    (tmp_path / "carwash.YAML").write_text("policy: carwash\n", encoding="utf-8")
    assert len(find_files([tmp_path]).policies) == 1


def test_beside(tmp_path: Path) -> None:
    """Beside policies, a document is one by mistake only where it has their keys; the notice that a policy rests on is none."""
    folder = tmp_path / "policies"
    shutil.copytree(BASE, folder)
    for name, text in (("carwash.docx", "<w>policy: carwash models:</w>"), ("notice.docx", "<w>实施方案</w>")):
        with ZipFile(folder / name, "w") as package:
            package.writestr("word/document.xml", text)
    (folder / "readme.txt").write_text("说明\n", encoding="utf-8")
    assert [(problem.code, Path(str(problem.values["file"])).name) for problem in ignored_files([folder])] == [
        ("file_of_office", "carwash.docx")
    ]
