"""Revisions of a shipped policy by edits of its text, with a declared intent, judged with what is proved of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.model.change import PolicyDiff
from engine.model.comparison import JudgedChange
from engine.model.library import Library
from engine.model.proof import Proof
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reviewing.diff.intent import judge
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.proof.version_pairs import compare_versions

AS_OF = date(2025, 12, 31).toordinal()
Edits = Sequence[tuple[str, str]]


def libraries(folder: Path, policy: str, intent: str, edits: Edits, common: Edits = ()) -> tuple[Library, Library]:
    """The policy alone, before and after, with a revision that declares the intent."""
    text = Path(f"policies/{policy}.yaml").read_text(encoding="utf-8")
    version = text.split('version: "')[1].split('"')[0]
    revision = f'revisions:\n  - {{version: "9", date: 2025-12-01, intent: {intent}, why: 试, basis: plan}}\n'
    new = _edited(text, (*edits, (f'version: "{version}"\nstatus', 'version: "9"\nstatus'), ("revisions:\n", revision)))
    libraries_read = []
    for name, text_of, more in (("old", text, ()), ("new", new, common)):
        side = folder / name
        (side / "common").mkdir(parents=True)
        for file in Path("policies/common").glob("*.yaml"):
            content = file.read_text(encoding="utf-8")
            (side / "common" / file.name).write_text(
                _edited(content, [pair for pair in more if pair[0] in content]), encoding="utf-8"
            )
        (side / f"{policy}.yaml").write_text(text_of, encoding="utf-8")
        libraries_read.append(read_library(find_files([side])).library)
    return libraries_read[0], libraries_read[1]


def _edited(text: str, edits: Edits) -> str:
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def judged(
    folder: Path, policy: str, intent: str, edits: Edits, as_of: int = AS_OF, common: Edits = (), proved: bool = True
) -> tuple[PolicyDiff, JudgedChange, list[Proof]]:
    """What changed, what is proved of it, and how it is judged."""
    old, new = libraries(folder, policy, intent, edits, common)
    (changed,) = policy_changes(old.policies, new.policies)
    assert changed.old is not None
    assert changed.new is not None
    proofs = compare_versions(changed.old, changed.new, as_of) if proved else []
    return changed, judge(changed, proofs), proofs
