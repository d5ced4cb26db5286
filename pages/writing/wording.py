"""The words of the app in the reader's language: short labels from TOML, prose from Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from pages.writing.numerals import exact_text
from pages.writing.refusal import Refused

TEXT = Path(__file__).parent.parent / "text"
# A folder each; in its own words, so that whoever looks for theirs can read it.
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "zh": "中文"})
# Where the hint in a label begins: "Logits z: 2 to 10 numbers", "Sample (1 to 90)".
_HINT = re.compile(r"[:：(（]")
# `<!-- name -->` on a line of its own begins a section of a lesson's Markdown.
_SECTION = re.compile(r"^<!-- (\w+) -->\n", re.MULTILINE)
_AFTER_FULL_STOP = re.compile(r"(?<=[。！？）]) ")


class Wording:
    """All texts of one language. `words("bench.undo")` is a label, `words.prose` a passage."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._labels: dict[str, str] = {}
        self._groups: dict[str, dict[str, str]] = {}
        for path in sorted((TEXT / language).glob("*.toml")):
            self._labels |= flatten(tomllib.loads(path.read_text("utf-8")))
        self._prose = {
            path.stem: sections(path.read_text("utf-8"))
            for path in sorted((TEXT / language).glob("*.md"))
        }

    def __call__(self, label: str, **values: object) -> str:
        """Return a label, with `{name}` replaced by the value of that name."""
        return self._labels[label].format(**values)

    def label(self, label: str) -> str:
        """Return a label as it is written, its `{name}` places unfilled."""
        return self._labels[label]

    def group(self, prefix: str) -> dict[str, str]:
        """Return all labels below `prefix`, by the rest of their ids."""
        if prefix not in self._groups:
            start, labels = prefix + ".", self._labels.items()
            self._groups[prefix] = {
                k.removeprefix(start): v for k, v in labels if k.startswith(start)
            }
        return dict(self._groups[prefix])

    def prose(self, page: str, section: str) -> str:
        """Return one section of a page's Markdown."""
        return self._prose[page][section]

    def refusal(self, refused: Refused) -> str:
        """Say which field is refused, what is wrong with it, and what is accepted."""
        details = {
            name: exact_text(value) if isinstance(value, float) else value
            for name, value in refused.details.items()
        }
        if refused.readings:
            details["readings"] = self("refused.or").join(refused.readings)
        own = self.group(f"refused.{refused.field}")
        wrong = self.group("refused.wrong")
        if refused.reason in own:
            sentence = own[refused.reason].format(**details)
        elif refused.reason in wrong:
            within = "within" if refused.reason == "range" and "within" in own else "accepted"
            sentence = self(
                "refused.asks",
                wrong=wrong[refused.reason].format(**details),
                accepted=own[within].format(**details),
            )
        else:
            sentence = self(f"refused.any.{refused.reason}", **details)
        return self(
            "refused.named", name=self.field_name(refused.field, details), sentence=sentence
        )

    def field_name(self, field: str, details: Mapping[str, object]) -> str:
        """Return what the screen calls a field: its label, without the hint behind it."""
        own = self.group(f"refused.{field}")
        if "name" in own:
            return own["name"]
        head = _HINT.split(self.label(own["label"]))[0]
        parts = Formatter().parse(head)
        return "".join(f"{text}{details.get(place or '', '')}" for text, place, *_ in parts).strip()

    def class_name(self, name: str, index: int) -> str:
        """Return the learner's name for a class, or the default one; `index` counts from 0."""
        return name or self("class_name", number=index + 1)

    def listed(self, parts: Iterable[str]) -> str:
        """Join what is listed in a sentence."""
        return self("between").join(parts)

    def class_names(self, names: Iterable[str]) -> list[str]:
        """Return what to call each class; "" stands for the default name."""
        return [self.class_name(name, index) for index, name in enumerate(names)]


def language_of(locale: str) -> str:
    """Return the language of ours that a browser's locale asks for: that of zh-TW is zh."""
    language = locale.lower().partition("-")[0]
    return language if language in LANGUAGES else next(iter(LANGUAGES))


@cache
def wording(language: str) -> Wording:
    """Return the texts of a language, read once a process."""
    return Wording(language)


def flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Turn nested TOML tables into ids with dots."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


def sections(markdown: str) -> dict[str, str]:
    """Split a lesson's Markdown at its section marks."""
    _, *parts = _SECTION.split(markdown)
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def sentences(parts: Iterable[str]) -> str:
    """Join sentences: a full-width full stop brings its own space."""
    return _AFTER_FULL_STOP.sub("", " ".join(parts))
