"""`pytest tests/language --bless` writes what the commands print now into the examples; the reviewer reads the diff."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the outputs of the examples of the language")
