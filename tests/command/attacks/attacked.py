"""The command where somebody else has made what it reads."""

from __future__ import annotations

import subprocess
from pathlib import Path

from engine.rendering.sentences import Lang
from tests.language.examples import BASE, run_xinyong

ROOT = Path(__file__).resolve().parents[3]
POLICY = (BASE / "policies/example.yaml").read_text(encoding="utf-8")
SHOP = '{"id": "shop-1", "kind": "organisation", "model": "example/shop"}'


def xinyong(*arguments: str, lang: Lang = "en") -> tuple[str, int]:
    command, *rest = arguments
    return run_xinyong([command, "--lang", lang, *rest])


def evaluated() -> tuple[str, int]:
    return xinyong("evaluate", "shop.json", "--as-of", "2025-12-31")


def output_with(code: str, *arguments: str, exit_code: int) -> str:
    """In both languages, with that exit code; what is printed in English."""
    signs: dict[Lang, str] = {"zh": f"[{code}]：", "en": f"[{code}]: "}
    for lang, sign in signs.items():
        out, ended = xinyong(*arguments, lang=lang)
        assert (ended, sign in out) == (exit_code, True), out
    return out


def git(*arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@a", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True).stdout
