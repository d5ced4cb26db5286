"""The modules of our front end, joined into one file.

A browser asks for a few files at a time: some seventy of them are a dozen round trips of a first
visit. Bundlers join any JavaScript; ours has two forms, an import of names from a file beside it
and an export before a declaration, and is joined without one, and without their Node.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./([\w.]+)";', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (default )?((?:async )?function|class|const) (\w+)", re.MULTILINE | re.ASCII
)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(modules: Mapping[str, str]) -> str:
    """Return the source of one module, which exports `moduleOf`.

    moduleOf("dom.js") is what that file exports; the file is run when it is first asked for, as a
    module is that is imported. Two files must not import each other.

    Raises ValueError where a file imports or exports in another way.
    """
    written = "".join(f"{name!r}() {{\n{_body(name, modules[name])}}},\n" for name in modules)
    return (
        f"const exported = {{}};\nconst written = {{\n{written}}};\n"
        "export const moduleOf = (name) => (exported[name] ??= written[name]());\n"
    )


def _body(name: str, source: str) -> str:
    """Write a module as the body of a function that returns what it exports."""
    exported = []

    def without_export(found: re.Match[str]) -> str:
        default, kind, declared = found.groups()
        exported.append(f"default: {declared}" if default else declared)
        return f"{kind} {declared}"

    body = _EXPORT.sub(without_export, _IMPORT.sub(_taken, source))
    if other := _OTHER.search(body):
        raise ValueError(f"{name}: {other[0]!r} is no import or export that can be joined.")
    return f"{body}\nreturn {{ {', '.join(exported)} }};\n"


def _taken(found: re.Match[str]) -> str:
    names, file = found.groups()
    module = f'moduleOf("{file}");'
    return f"const {names.replace(' as ', ': ')} = {module}" if names else module
