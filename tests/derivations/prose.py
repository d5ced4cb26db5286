"""The project's own sentences and titles, as its pages hand them to the exports."""

import tomllib
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")


def _read(language: str) -> dict[str, Any]:
    text = Path(__file__).parents[2] / "pages" / "text" / language / "derivations.toml"
    return tomllib.loads(text.read_text(encoding="utf-8"))


_TEXTS = {language: _read(language) for language in LANGUAGES}
SENTENCES: dict[str, dict[str, str]] = {x: text["rule"] for x, text in _TEXTS.items()}
TITLES = {
    language: {name: words["title"] for name, words in text["derivation"].items()}
    | {"given": text["derivation_ui"]["assumptions"]}
    for language, text in _TEXTS.items()
}
QUESTIONS = {
    language: {name: words["question"] for name, words in text["derivation"].items()}
    for language, text in _TEXTS.items()
}
