"""The words there are, and which of them the code of the pages can show."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from pages.writing.wording import TEXT, flatten, sections, wording

PAGES = TEXT.parent
# What only tests read: where a term is introduced, and how a text is searched for it.
FOR_TESTS = r"term\..+|symbol\.\w+\.(at|search)"
# A label, or a part of one; "x" stands for what is only known at run time.
PART = re.compile(r"\w+(\.\w+)*\.?")
ANY = r"[^.]+"


def labels(language: str) -> dict[str, str]:
    """All labels of a language, by their id."""
    found: dict[str, str] = {}
    for path in sorted((TEXT / language).glob("*.toml")):
        more = flatten(tomllib.loads(path.read_text("utf-8")))
        assert not found.keys() & more.keys(), f"{path.name} says again what another file says"
        found |= more
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def prose() -> Iterator[tuple[str, str]]:
    for path in sorted((TEXT / "en").glob("*.md")):
        for section in sections(path.read_text("utf-8")):
            yield path.stem, section


def passages(language: str) -> dict[str, str]:
    """All that is longer than a label."""
    words = wording(language)
    derived = words.group("derivation").items()
    return {f"{page} {section}": words.prose(page, section) for page, section in prose()} | {
        name: text for name, text in derived if name.endswith((".opening", ".seen"))
    }


@cache
def trees() -> dict[str, tuple[ast.AST, ...]]:
    """All that each script of the pages is made of."""
    return {
        str(path.relative_to(PAGES)): tuple(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in sorted(PAGES.rglob("*.py"))
    }


def calls(but: Container[str] = ()) -> Iterator[tuple[str, ast.Call]]:
    """All calls in the scripts but some, with the name of what is called."""
    for script, nodes in trees().items():
        for node in () if script in but else nodes:
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else ""
                yield function.id if isinstance(function, ast.Name) else name, node


def used_in_scripts() -> set[str]:
    """Every id given to `words(...)`; `loss.*` where its end is only known at run time."""
    used = set()
    for name, call in calls():
        if name in ("words", "label") and call.args:
            used |= set(written(call.args[0]))
    return used


def written(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text + "*"
        case ast.IfExp(body=body, orelse=orelse):
            yield from written(body)
            yield from written(orelse)


def words_of(script: Path) -> str:
    """The group of words of a script of ours."""
    if "network" in script.parts:
        return "network.edit"
    groups = {
        "turning": "turning",
        "course": "training.film",
        "practice_progress": "practice.progress",
    }
    return groups.get(script.stem, "bench")


def used_in_assets() -> set[str]:
    """Every id that our front end looks up in the words it was given."""
    # Each component's words are a group of their own.
    source: defaultdict[str, str] = defaultdict(str)
    for path in sorted(PAGES.rglob("*.js")):
        source[words_of(path)] += path.read_text("utf-8") + "\n"
    word = r"(?<!/)\bwords\.([a-z_]+)"
    used = {f"{group}.{name}" for group in source for name in re.findall(word, source[group])}
    bench = source["bench"]
    used |= {f"bench.{start}*" for start in re.findall(r"words\[`([a-z_]+)\$\{", bench)}
    used |= {f"bench.{name}" for name in re.findall(r'\bsay\("([a-z_]+)"', bench)}
    used |= {f"bench.{name}" for name in re.findall(r'\b(?:label|note): "([a-z_]+)"', bench)}
    return {"class_name" if label == "bench.class_name" else label for label in used}


def pieces(node: ast.AST) -> tuple[str, ...]:
    """A string of the code, in the pieces between what is only known at run time."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.JoinedStr(values=values):
            texts = [v.value if isinstance(v, ast.Constant) else "\0" for v in values]
            return tuple("".join(map(str, texts)).split("\0"))
    return ()


def pattern(parts: Iterable[str], between: str = ANY) -> str:
    return between.join(map(re.escape, parts))


def unused(known: set[str]) -> set[str]:
    """Labels that no string of the code can be, and that go with no group to the browser.

    What is only known at run time is a name without a dot, or what another string of the code says
    that is no label itself: `f"calibration.{name}"` is shown for the name "quantity.accuracy".
    """
    texts = {
        parts
        for nodes in trees().values()
        for parts in map(pieces, nodes)
        if PART.fullmatch("x".join(parts))
    }
    plain = {parts[0] for parts in texts if len(parts) == 1}
    made = {parts for parts in texts if len(parts) > 1 and set("".join(parts)) > {"."}}
    groups = {
        pattern([*parts[:-1], f"{parts[-1]}."]) + ".+"
        for name, call in calls()
        if name == "group" and call.args
        for parts in [pieces(call.args[0])]
        if parts and parts != ("bench",)  # whose words are looked up one by one
    }
    dotted = [pattern(parts) for parts in made if not parts[0].startswith(".") and parts[0]]
    names = re.compile("|".join([ANY, *map(re.escape, plain - known), *dotted]))
    shown = re.compile("|".join([FOR_TESTS, *groups, *map(pattern, made)]))
    longer = [re.compile(pattern(parts, "(.+)")) for parts in made]
    return {
        label
        for label in known - plain - used_in_assets()
        if not shown.fullmatch(label)
        and not any(
            all(map(names.fullmatch, found.groups()))
            for found in (one.fullmatch(label) for one in longer)
            if found
        )
    }
