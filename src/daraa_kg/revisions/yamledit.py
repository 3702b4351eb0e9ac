"""Change single values of a YAML file where they stand, and leave every other byte as it is.

A file that is dumped anew loses its comments, its line breaks and the form of its values;
ruamel.yaml keeps most of them, not all. So the positions of libyaml's nodes say where to write, and
what was written is read again and compared with what was meant before anybody sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["NotEditable", "Setting", "edited"]

Path = tuple[str | int, ...]

_PLAIN = re.compile(r"[^\W\d_][\w .()'’-]*(?<! )|[0-9]+|[0-9a-f]{64}")


class NotEditable(ValueError):
    """A value that cannot be changed where it stands; `path` leads to it."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{'.'.join(map(str, path))}: {problem}")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value to be set.

    Attributes:
        path: the keys and places (from 0) that lead to it; a last key that is not there is added.
        value: what it is to be, as the YAML is read: folded lines are one.
        after: the key of the same mapping that an added key is written after.
    """

    path: Path
    value: str
    after: str | None = None


def edited(text: str, settings: Iterable[Setting]) -> str:
    """Give a YAML text with some values changed.

    Args:
        text: the YAML as it is in the file, with its line ends and byte order mark.
        settings: what to change, each value once.

    Raises:
        NotEditable: a value cannot be changed in place, or the result would not read as meant.
    """
    settings = list(settings)
    body = text.removeprefix("\ufeff")
    root = yaml.compose(body, Loader=yaml.CSafeLoader)
    wanted = _plain(root)
    patches: list[tuple[int, int, str]] = []
    for setting in settings:
        patches.extend(_patches(body, root, setting))
        _set(wanted, setting)
    changed = _patched(body, patches, 0, len(body))
    try:
        found = _plain(yaml.compose(changed, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        found = None
    if found != wanted:
        path = settings[0].path if len(settings) == 1 else ()
        raise NotEditable(path, "the file would not be read as it is meant")
    return text[: len(text) - len(body)] + changed


def _plain(node: Any) -> Any:  # noqa: ANN401 - PyYAML's nodes are untyped
    """Give a node as lists, pairs and texts, without a resolver."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _set(data: Any, setting: Setting) -> None:  # noqa: ANN401 - see _plain
    for step in setting.path[:-1]:
        data = data[step]
    data[setting.path[-1]] = setting.value


def _at(node: Any, path: Path) -> Any:  # noqa: ANN401 - see _plain
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            return None
    return node


def _in_flow(root: Any, path: Path) -> bool:  # noqa: ANN401 - see _plain
    """Tell whether a value stands between brackets or braces."""
    above = (_at(root, path[:depth]) for depth in range(len(path)))
    return any(getattr(node, "flow_style", False) for node in above)


def _patches(text: str, root: Any, setting: Setting) -> Iterator[tuple[int, int, str]]:  # noqa: ANN401 - see _plain
    node = _at(root, setting.path)
    if node is None:
        yield _added(text, _at(root, setting.path[:-1]), setting)
    elif not isinstance(node, yaml.ScalarNode):
        raise NotEditable(setting.path, "this is not a single value")
    elif len(node.value.split()) == len(setting.value.split()):
        yield from _words(text, node, setting, flow=_in_flow(root, setting.path))
    else:
        yield _whole(node, setting)


def _words(
    text: str,
    node: Any,  # noqa: ANN401 - see _plain
    setting: Setting,
    *,
    flow: bool,
) -> Iterator[tuple[int, int, str]]:
    """Change the words that differ, so that the lines are broken where they were."""
    start, end = node.start_mark.index, node.end_mark.index
    place = start
    if node.style in ("|", ">"):
        place = text.index("\n", start)  # past the mark and its comment
    patches = []
    for old, new in zip(node.value.split(), setting.value.split(), strict=True):
        written = _escaped(old, node.style)
        found = text.find(written, place, end)
        if found < 0:
            raise NotEditable(setting.path, f"“{old}” is written with escapes")
        if old != new:
            patches.append((found, found + len(written), _escaped(new, node.style)))
        place = found + len(written)
    if node.style in (None, "") and not _reads_plain(setting.value, flow=flow):
        patches = [(low, high, _escaped(new, "'")) for low, high, new in patches]
        kept = [match.start() + start for match in re.finditer("'", text[start:end])]
        patches += [
            (at, at, "'") for at in kept if not any(low <= at < high for low, high, _ in patches)
        ]
        patches += [(start, start, "'"), (end, end, "'")]
        patches = [(start, end, _patched(text, patches, start, end))]
    yield from patches


def _patched(text: str, patches: list[tuple[int, int, str]], start: int, end: int) -> str:
    """Give a stretch of a text with patches made to it; those at one place keep their order."""
    parts, place = [], start
    for low, high, new in sorted(patches, key=lambda patch: patch[:2]):
        parts += [text[place:low], new]
        place = high
    return "".join([*parts, text[place:end]])


def _reads_plain(value: str, *, flow: bool) -> bool:
    """Tell whether a value can be written without quotation marks."""
    written = " ".join(value.split())
    try:
        node = yaml.compose(f"[{written}]" if flow else f"- {written}", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    return bool(_plain(node) == [written])


def _escaped(word: str, style: str | None) -> str:
    if style == "'":
        return word.replace("'", "''")
    if style == '"':
        return word.replace("\\", "\\\\").replace('"', '\\"')
    return word


def _whole(node: Any, setting: Setting) -> tuple[int, int, str]:  # noqa: ANN401 - see _plain
    if node.style in ("|", ">"):
        raise NotEditable(setting.path, "it is written as a block")
    start, end = node.start_mark.index, node.end_mark.index
    return start, end, _scalar(setting.value)


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _added(text: str, mapping: Any, setting: Setting) -> tuple[int, int, str]:  # noqa: ANN401 - see _plain
    """Write a new key after another one of its mapping."""
    key = setting.path[-1]
    before = _pair(mapping, setting.after)
    if before is None:
        raise NotEditable(setting.path, "there is no place for it")
    name, value = before
    written = f"{key}: {_scalar(setting.value)}"
    end = value.end_mark.index
    if mapping.flow_style:
        return end, end, f", {written}"
    indent = " " * name.start_mark.column
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        # A block's end is where the next key's line begins, past blank lines and comments.
        lines = text[: value.end_mark.index].rstrip()
        end = len(lines)
    line_end = text.find("\n", end)
    stop = len(text) if line_end < 0 else line_end
    if stop > 0 and text[stop - 1] == "\r":
        stop -= 1
    newline = "\r\n" if "\r\n" in text else "\n"
    return stop, stop, f"{newline}{indent}{written}"


def _pair(mapping: Any, key: str | None) -> Sequence[Any] | None:  # noqa: ANN401 - see _plain
    if not isinstance(mapping, yaml.MappingNode):
        return None
    return next((pair for pair in mapping.value if pair[0].value == key), None)
