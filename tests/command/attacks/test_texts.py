"""Texts that somebody else has made: numbers, YAML and JSON that no program writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.model.problem import PolicyError
from engine.reading.document import read_json
from engine.reading.strict_yaml import read_yaml
from tests.command.attacks.attacked import POLICY, SHOP, evaluated, output_with, xinyong
from tests.language.examples import BASE


class TestText:
    @pytest.mark.parametrize(
        "character", ["\\0", "\\a", "\\v", "\\e", "\\r", "\\x7f", "\\x9b", "\\u200b", "\\u200d", "\\ufeff", "\\u202e", "\\u2066", "\\u2028", "\\u00ad", "\\ufffe", "\\U000e0041"]
    )  # fmt: skip
    def test_unseen(self, character: str) -> None:
        """Characters that nobody sees are no part of a title, note, name or case, with their places."""
        Path("policies/example.yaml").write_text(
            POLICY.replace("title: 商店信用评价", f'title: "商店{character}"', 1), encoding="utf-8"
        )
        assert "policies/example.yaml:3:8" in output_with("unseen_character", "check", "policies", exit_code=1)

    def test_unseen_elsewhere(self) -> None:
        """As they stand, in keys and in common files."""
        Path("policies/example.yaml").write_text(
            POLICY.replace("fact: satisfaction", "fact: satis\u200bfaction", 1), encoding="utf-8"
        )
        output_with("unseen_character", "check", "policies", exit_code=1)
        Path("policies/example.yaml").write_text(POLICY, encoding="utf-8")
        file = Path("policies/common/scales.yaml")
        file.write_text(file.read_text(encoding="utf-8").replace("grade: 优", 'grade: "优\\u200e"'), encoding="utf-8")
        assert "common/scales.yaml:" in output_with("unseen_character", "check", "policies", exit_code=1)

    def test_seen(self) -> None:
        """Chinese of every plane, full-width forms, glyph variants, private characters and lines are."""
        text = "𰻞𠮷　（）“”·〇㐀葛\U000e0100\ue000é\\n\\t第二行"
        Path("policies/example.yaml").write_text(POLICY.replace("商店信用评价实施方案", f'"{text}"'), encoding="utf-8")
        assert xinyong("check", "policies")[1] == 0

    @pytest.mark.parametrize(
        "document",
        ['{"id": "a\\ud800"}', '{"\\udfff": 1}', '["\\ude00\\ud83d"]', '{"a":\n [{"b": "\\ud83d \\ude00"}]}', '"\\\\\\ud800"', '"\\uD83D\\uD83D\\uDE00"'],
    )  # fmt: skip
    def test_half_characters(self, document: str) -> None:
        """Half a character is refused wherever it stands, at its place."""
        with pytest.raises(PolicyError) as caught:
            read_json(document.encode(), "x.json", 7)
        (problem,) = caught.value.problems
        place = problem.place
        assert place is not None
        assert (problem.code, place.text[place.column - 1 : place.column + 1]) == ("half_character", "\\u")
        assert place.text == document.split("\n")[place.line - 7]

    @pytest.mark.parametrize("document", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\\\ud800"', '"\\\\u\\ud83d\\ude00"'])
    def test_whole_characters(self, document: str) -> None:
        assert read_json(document.encode(), "x.json") == json.loads(document)

    def test_in_a_batch(self) -> None:
        """One such line loses no other."""
        Path("shops.jsonl").write_text(f"{SHOP}\n{SHOP.replace('shop-1', 'a' + chr(92) + 'ud800')}\n{SHOP.replace('1', '2')}\n")
        out, code = xinyong("evaluate", "shops.jsonl", "--format", "json", "--as-of", "2025-12-31")
        assert ([json.loads(line).get("score") for line in out.splitlines()], code) == (["60.00", None, "60.00"], 1)
        output_with("half_character", "evaluate", "shops.jsonl", exit_code=1)

    @pytest.mark.parametrize("scalar", ['"\\ud800"', '"a\\udfff"'])
    def test_half_characters_in_yaml(self, scalar: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """With libyaml and without it."""
        import yaml

        for loader in (getattr(yaml, "CLoader", yaml.Loader), yaml.Loader):
            monkeypatch.setattr("engine.reading.strict_yaml.LOADER", loader)
            for text in (f"a: {scalar}\n", f"{scalar}: a\n"):
                with pytest.raises(PolicyError):
                    read_yaml(text.encode(), "x.yaml")


NUMBERS = [
    "9" * 5000,
    "-" + "9" * 4299,
    "1." + "1" * 5000,
    "1e999999999",
    "1e-999999999",
    "1e99999999999999999999999",
    "0." + "0" * 5000 + "1",
]


class TestNumbers:
    @pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
    @pytest.mark.parametrize("where", ['"attributes": {"staff": %s}', '"model": %s', '"%s": 1', '"members": [%s]'])
    def test_documents(self, number: str, where: str) -> None:
        """As JSON and as YAML: refused, in a message of a few lines."""
        text = SHOP.replace("}", f", {where % number}}}").replace('"model": "example/shop", "model"', '"model"')
        for name in ("shop.json", "shop.yaml") if "members" not in where else ("shop.json",):  # YAML has texts with e
            Path(name).write_text(text, encoding="utf-8")
            out, code = xinyong("evaluate", name, "--as-of", "2025-12-31")
            assert (code, "error[" in out) == (1, True)
            assert len(out) < 12_000

    @pytest.mark.parametrize("number", ["1." + "0" * 5000, "1" + "0" * 11, "0e999999999", "10000e-4", "0." + "0" * 5000])
    def test_allowed(self, number: str) -> None:
        """However it is written, a number within bounds is one."""
        Path("shop.json").write_text(SHOP.replace("}", f', "attributes": {{"balance": {number}}}}}'), encoding="utf-8")
        assert evaluated()[1] == 0

    @pytest.mark.parametrize("number", NUMBERS[:3], ids=range(3))
    def test_policies(self, number: str) -> None:
        Path("policies/example.yaml").write_text(POLICY.replace("each: -15", f"each: {number}"), encoding="utf-8")
        out, code = xinyong("check", "policies")
        assert (code, "error[number_" in out) == (1, True)
        assert len(out) < 2000


class TestYaml:
    @pytest.mark.parametrize(
        "text",
        ["[" * 1_000_000, "- " * 1_000_000, "{a: " * 500_000, "? " * 500_000, "a: &a [*a]", "&a {id: *a}", "a: *b", "\x00", "a: [", "a: 'b"],
        ids=range(10),
    )  # fmt: skip
    def test_refused(self, text: str) -> None:
        with pytest.raises(PolicyError):
            read_yaml(text.encode(), "x.yaml")

    def test_deep_by_aliases(self) -> None:
        """What is nested through aliases is as deep as if it stood there."""
        lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [[[[[*a{n - 1}]]]]]" for n in range(1, 40))]
        with pytest.raises(PolicyError) as caught:
            read_yaml("\n".join(lines).encode(), "x.yaml")
        assert caught.value.problems[0].code == "too_deep"

    def test_many_values(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("engine.reading.strict_yaml.MAX_VALUES", 100)
        Path("policies/example.yaml").write_text("a: [" + "1, " * 101 + "1]", encoding="utf-8")
        output_with("too_many_values", "check", "policies/example.yaml", exit_code=1)

    @pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030"])
    def test_encodings(self, codec: str) -> None:
        """A file in another encoding is called so, whether it says so at its start or not."""
        Path("policies/example.yaml").write_bytes(POLICY.encode(codec))
        Path("shop.json").write_bytes(SHOP.replace("shop-1", "商店").encode(codec))
        assert "error[encoding" in xinyong("check", "policies")[0]
        shutil.copy(BASE / "policies/example.yaml", "policies")
        assert "error[encoding" in evaluated()[0]

    @pytest.mark.parametrize("end", ["\r", "\r\n"])
    def test_line_ends(self, end: str) -> None:
        """Places count lines by any of them."""
        Path("policies/example.yaml").write_bytes(POLICY.replace("\n", end).encode())
        assert evaluated()[1] == 0
        Path("policies/example.yaml").write_bytes(POLICY.replace("scale: four", "scale: five").replace("\n", end).encode())
        assert "policies/example.yaml:8:8" in xinyong("check", "policies")[0]
