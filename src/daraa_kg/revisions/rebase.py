"""Hold the statements of an article against another revision of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import CheckFailed, errors
from ..graph.builder import read_inputs
from ..graph.inputs import display, find_inputs
from ..ontology.vocabulary import load_vocabulary
from ..statements.yamlsource import Mapping, Scalar, read_yaml
from ..text.article import read_article
from .anchors import anchors_of
from .claims import Claims
from .holding import Holder
from .yamledit import Setting, edited

if TYPE_CHECKING:
    from ..diagnostics import Fault, Location
    from ..statements.entries import Statements
    from ..statements.yamlsource import Node
    from ..text.article import Article, Field, Sentence, Span
    from .holding import Held, Standing

__all__ = ["OPEN_PLACES", "Rebase", "RebaseError", "rebase"]

OPEN_PLACES = "open-places.txt"  # what is left to decide, beside the article
_FOREIGN = 0.25  # share of the passages that are found again, below which it is another article


class RebaseError(ValueError):
    """Statements that cannot be held against a text, or a result that cannot be written."""


@dataclass(frozen=True)
class Rebase:
    """Statements held against another revision of their article.

    Attributes:
        folder: where article.txt and statements.yaml are.
        path: the file of the new text.
        held: the entries, in the order of the file.
        sentences: sentences of the new text that no passage touches.
        fields: infobox fields of the new text that no passage is made from.
        words: new words inside sentences that have passages, which no passage holds.
        title: where the header has the title, when the new text has another one.
        pin: where the header pins the text by its digest, when that is not the new text's.
    """

    folder: Path
    path: Path
    old: Article
    new: Article
    held: tuple[Held, ...]
    sentences: tuple[Sentence, ...]
    fields: tuple[Field, ...]
    words: tuple[Span, ...]
    title: Location | None = None
    pin: Location | None = None
    _text: str = field(default="", repr=False)

    def having(self, *standings: Standing) -> list[Held]:
        """Give the entries of some standings."""
        return [held for held in self.held if held.standing in standings]

    @property
    def stands(self) -> bool:
        """Whether every entry stands as it is, and the new text says nothing else."""
        return self.decided and not any(held.settings for held in self.held)

    @property
    def decided(self) -> bool:
        """Whether nothing is left for a person to decide."""
        new = self.sentences or self.fields or self.words or self.title
        return not new and all(held.settled for held in self.held)

    @property
    def foreign(self) -> bool:
        """Whether the text is another article rather than another revision."""
        found = sum(held.found for held in self.held)
        return bool(self.held) and found < len(self.held) * _FOREIGN

    def statements_text(self) -> str:
        """Give statements.yaml with the anchors that are certain written anew.

        The header's digest is written only when nothing is left to decide: it says that the
        statements were read beside this text.
        """
        settings = [one for held in self.held if held.settled for one in held.settings]
        if self.pin is not None and self.decided:
            settings.append(Setting(("article", "sha256"), self.new.sha256))
        return edited(self._text, settings) if settings else self._text

    def write(self, places: str | None = None) -> list[Path]:
        """Write the anchors that are certain, and the new text as article.txt.

        What is left to decide can be found only while the old text is there: keep it.

        Args:
            places: a text that lists it, which is written into a file beside the two, unless
                nothing is left to decide.

        Returns:
            The files that were written; none of them is when one cannot be.

        Raises:
            RebaseError: the text is another article.
            OSError: a file cannot be written.
        """
        if self.foreign:
            message = f"{display(self.path)} is another article: nothing was written"
            raise RebaseError(message)
        files = {
            self.folder / "article.txt": self.path.read_bytes(),
            self.folder / "statements.yaml": self.statements_text().encode(),
        }
        if places is not None and not self.decided:
            files[self.folder / OPEN_PLACES] = places.encode()
        return _write_together(files)


def _write_together(files: dict[Path, bytes]) -> list[Path]:
    """Write the files whose content differs; put the first ones back when a later one fails."""
    from ..writing import write_atomically

    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            current = path.read_bytes() if path.exists() else None
            if current != data:
                write_atomically(path, data)
                before[path] = current
    except BaseException:
        for path, was in before.items():
            if was is None:
                path.unlink()
            else:
                write_atomically(path, was)
        raise
    return list(before)


def rebase(new: str | Path, folder: str | Path | None = None) -> Rebase:
    """Hold the statements of an article against another revision of its text.

    Args:
        new: the file of the other revision.
        folder: where article.txt and statements.yaml are; the shipped article when not given.

    Raises:
        ArticleError: the new text cannot be read.
        CheckFailed: the statements do not fit their own text.
        RebaseError: there are no statements.
    """
    inputs = find_inputs(folder)
    if inputs.folder is None:
        message = f"{folder} is no article's: name a folder with article.txt and statements.yaml"
        raise RebaseError(message)
    article = read_article(Path(new), inputs.slug)
    vocabulary = load_vocabulary()
    statements = read_inputs(inputs, vocabulary)
    path = inputs.folder / "statements.yaml"
    document = read_yaml(path, display(path))
    anchors = anchors_of(document.root)
    if statements.article is None or len(statements.passages) < max(1, len(anchors)):
        raise CheckFailed(_unfit(statements, display(path)))
    text = path.read_bytes().decode("utf-8")
    holder = Holder(statements, article, anchors, Claims(statements, vocabulary), text)
    held = tuple(holder.run())
    sentences, fields = holder.new_units(held)
    title, pin = _header(document.root, article)
    return Rebase(
        inputs.folder,
        Path(new),
        statements.article,
        article,
        held,
        sentences,
        fields,
        tuple(holder.new_words(held)),
        title,
        pin,
        text,
    )


def _unfit(statements: Statements, display_name: str) -> list[Fault]:
    """Give what keeps statements from standing for stretches of their own text."""
    names = {display_name, display_name.replace("statements.yaml", "article.txt")}
    faults = [fault for fault in errors(statements.faults) if fault.location.file in names]
    return faults or errors(statements.faults)


def _header(root: Node | None, new: Article) -> tuple[Location | None, Location | None]:
    """Give where the header has another title than a text, and where it pins another digest."""
    header = root.get("article") if isinstance(root, Mapping) else None
    places: list[Location | None] = []
    for key, value in (("title", new.title), ("sha256", new.sha256)):
        node = header.get(key) if isinstance(header, Mapping) else None
        same = not isinstance(node, Scalar) or node.value in (value, value.upper())
        places.append(None if node is None or same else node.location)
    return places[0], places[1]
