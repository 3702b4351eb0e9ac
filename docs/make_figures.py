"""Draw the README's figures from the graph and the ontology, so that they say nothing else.

python docs/make_figures.py          writes docs/*.svg
python docs/make_figures.py --check  exits with 1 when one of them is not what would be drawn now
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import daraa_kg as dk
from daraa_kg.namespaces import DKG
from daraa_kg.ontology.vocabulary import Vocabulary, load_vocabulary
from daraa_kg.why.cards import Fact, Text
from daraa_kg.why.evidence import Quote

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
WIDTH = 960
NEIGHBOURS = 408  # where the boxes under the happenings begin

STYLE = """
  text { font: 15px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; fill: #24292f; }
  .quote { font: 19px Georgia, "Times New Roman", serif; }
  .title { font-weight: 600; }
  .big { font-size: 17px; font-weight: 600; }
  .small { font-size: 12.5px; fill: #57606a; }
  .tiny { font-size: 11px; fill: #57606a; }
  .page { fill: #ffffff; stroke: #d0d7de; }
  .box { fill: #f6f8fa; stroke: #d0d7de; }
  .line { fill: none; stroke: #8c959f; stroke-width: 1.25; }
  .grid { stroke: #d8dee4; }
  .when { fill: #7d4e00; } .place { fill: #116329; } .actor { fill: #0550ae; }
  .means { fill: #57606a; } .toll, .figure { fill: #a40e26; } .act { fill: #8250df; }
  .on { fill: #ffffff; font-weight: 600; font-size: 12px; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small, .tiny { fill: #9198a1; }
    .page { fill: #0d1117; stroke: #3d444d; } .box { fill: #151b23; stroke: #3d444d; }
    .line { stroke: #6e7681; } .grid { stroke: #262c34; }
    .when { fill: #d29922; } .place { fill: #3fb950; } .actor { fill: #58a6ff; }
    .means { fill: #9198a1; } .toll, .figure { fill: #ff7b72; } .act { fill: #bc8cff; }
    .on { fill: #0d1117; }
  }
"""


class Drawing:
    """An SVG picture that is written from top to bottom."""

    def __init__(self, title: str, height: int) -> None:
        self.height = height
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="title">',
            f'<title id="title">{escape(title)}</title>',
            f"<style>{STYLE}</style>",
        ]
        self.box(0.5, 0.5, WIDTH - 1, height - 1, "page")

    def text(self, x: float, y: float, words: str, style: str = "", anchor: str = "start") -> None:
        """Write a line of text."""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" class="{style}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )

    def lines(self, x: float, y: float, lines: list[str], style: str = "", step: int = 18) -> float:
        """Write lines under each other, and give where the next one would stand."""
        for line in lines:
            self.text(x, y, line, style)
            y += step
        return y

    def box(self, x: float, y: float, width: float, height: float, style: str = "box") -> None:
        """Draw a box with round corners."""
        self.parts.append(
            f'<rect class="{style}" x="{x:g}" y="{y:g}" '
            f'width="{width:g}" height="{height:g}" rx="6"/>'
        )

    def path(self, points: str, *, arrow: bool = False) -> None:
        """Draw a line, with a head where it ends if asked."""
        end = ' marker-end="url(#head)"' if arrow else ""
        if arrow and not any("<marker" in part for part in self.parts):
            self.parts.append(
                '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
                'markerHeight="8" orient="auto"><path class="line" d="M1 1 7 4 1 7"/>'
                "</marker></defs>"
            )
        self.parts.append(f'<path class="line" d="{points}"{end}/>')

    def raw(self, part: str) -> None:
        """Add SVG as it is."""
        self.parts.append(part)

    def finish(self) -> str:
        """Give the picture's file."""
        return "\n".join([*self.parts, "</svg>"]) + "\n"


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


# --- one sentence, and what it states ------------------------------------------------------------

SHOWN = ("when", "weapon", "target", "place", "casualties")
COLOURS = {
    "when": "when",
    "place": "place",
    "target": "actor",
    "weapon": "means",
    "casualties": "toll",
}


def said(fact: Fact) -> str:
    """Give a fact's value as it is read."""
    return fact.value.text if isinstance(fact.value, Text) else fact.value.label


def words_of(fact: Fact) -> list[str]:
    """Give the words that may stand for a fact in its sentence, the longest first."""
    wordings = [said(inner) for inner in fact.inside if inner.label == "wording"]
    words = [*wordings, said(fact), said(fact).rpartition(" ")[0]]
    return sorted({word for word in words if len(word) > 2}, key=len, reverse=True)


def stretches(sentence: str, facts: list[Fact]) -> list[tuple[int, int, str]]:
    """Find where the words of each fact stand in its sentence: start, end and colour."""
    found: list[tuple[int, int, str]] = []
    for fact in facts:
        for word in words_of(fact):
            start = sentence.find(word)
            if start >= 0:
                found.append((start, start + len(word), COLOURS[fact.label]))
                break
    return sorted(found)


def coloured(sentence: str, marks: list[tuple[int, int, str]], width: int) -> list[str]:
    """Give the lines of a sentence as SVG, its stretches in their colours."""
    lines, position = [], 0
    for line in wrapped(sentence, width):
        start = sentence.index(line, position)
        end = position = start + len(line)
        parts, here = [], start
        for begin, finish, colour in marks:
            first, last = max(begin, start), min(finish, end)
            if first < last:
                parts.append(escape(sentence[here:first]))
                parts.append(
                    f'<tspan class="{colour} title">{escape(sentence[first:last])}</tspan>'
                )
                here = last
        lines.append("".join([*parts, escape(sentence[here:end])]))
    return lines


def draw_evidence(graph: dk.Graph) -> str:
    """Draw one sentence of the article and the facts that it states."""
    card = graph.card("event/al-shabrouq-ied")
    stated = ((b, e) for b in card.blocks for e in b.evidence if isinstance(e, Quote))
    block, quote = next(stated)
    facts = [next(f for f in block.facts if f.label == label) for label in SHOWN]
    picture = Drawing(f"The sentence “{quote.exact}” and what it states", 372)
    y = 46
    for line in coloured(quote.exact, stretches(quote.exact, facts), 84):
        picture.raw(f'<text x="32" y="{y}" class="quote" xml:space="preserve">{line}</text>')
        y += 28
    span = quote.iri.rpartition("=")[2].replace(",", " to ")
    picture.text(
        32,
        y + 2,
        f"{graph.label('event/offensive')}, section {quote.section}, characters {span}",
        "small",
    )
    top = y + 26
    picture.path(f"M480 {top - 12} V{top + 4}", arrow=True)
    picture.text(492, top, "states", "small")
    picture.box(250, top + 8, 460, 46)
    picture.text(480, top + 28, card.subject.label, "title", "middle")
    picture.text(480, top + 45, card.kind or "", "small act", "middle")
    _draw_facts(picture, facts, top + 54)
    return picture.finish()


def _draw_facts(picture: Drawing, facts: list[Fact], top: float) -> None:
    left, width, gap = 32, 168, 14
    rail = top + 18
    picture.path(f"M480 {top} V{rail}")
    centres = [left + number * (width + gap) + width / 2 for number in range(len(facts))]
    picture.path(f"M{centres[0]} {rail} H{centres[-1]}")
    for fact, centre in zip(facts, centres, strict=True):
        x, y = centre - width / 2, rail + 16
        picture.path(f"M{centre} {rail} V{y}", arrow=True)
        inner = [
            f"{i.label}: {said(i)}" for i in fact.inside if i.label in ("side", "includes person")
        ]
        picture.box(x, y, width, 100)
        picture.text(x + 12, y + 20, fact.label, "small")
        below = picture.lines(
            x + 12, y + 42, wrapped(said(fact), 19), f"title {COLOURS[fact.label]}"
        )
        for line in inner:
            below = picture.lines(x + 12, below + 2, wrapped(line, 25), "tiny", 13)


# --- the model -----------------------------------------------------------------------------------


def below(vocabulary: Vocabulary, name: str) -> list[str]:
    """Give the labels of the classes right below a class."""
    return [term.label for term in vocabulary.classes.values() if DKG + name in term.supers]


def roles(vocabulary: Vocabulary, name: str) -> list[str]:
    """Give the names of the properties below a property, those that statements use."""
    found: list[str] = []
    for term in vocabulary.properties.values():
        if DKG + name in term.supers:
            found += [term.name, *roles(vocabulary, term.name)]
    return found


def draw_model(vocabulary: Vocabulary) -> str:
    """Draw the classes and what holds them together."""
    title = "The model: happenings, actors, places and figures, and where each fact comes from"
    picture = Drawing(title, 640)
    picture.text(32, 38, "Every fact stands in the graph of what it comes from:", "big")
    accounts = (
        ("Passage", "a stretch of the article’s text"),
        ("Source", "a register, or the editors and their reason"),
        ("Rule", "what follows from other facts"),
    )
    for number, (name, what) in enumerate(accounts):
        x = 32 + number * 302
        picture.box(x, 54, 292, 54)
        picture.text(x + 14, 77, name, "title act")
        picture.text(x + 14, 97, what, "small")
    _draw_happening(picture, vocabulary, 128)
    top = NEIGHBOURS
    _draw_neighbour(picture, 32, "Place", below(vocabulary, "Place"), ["within, between, near"])
    figure = ["count, atLeast, atMost, unit, outcome,", "wording, claimedBy, includes"]
    _draw_neighbour(picture, 334, "Figure", below(vocabulary, "Figure"), figure)
    actor = ["unitOf, memberOf, commands, rank, fate,", "identity: who is left unnamed or unknown"]
    _draw_neighbour(picture, 636, "Actor", below(vocabulary, "Actor"), actor)
    links = (
        (176, ", ".join(roles(vocabulary, "involvesPlace"))),
        (478, ", ".join(roles(vocabulary, "figure"))),
        (780, "agent, target, party …"),
    )
    for x, words in links:
        picture.path(f"M{x} {top - 36} V{top}", arrow=True)
        picture.text(x + 12, top - 14, words, "tiny")
    picture.path(f"M626 {top + 92} H636", arrow=True)
    picture.text(620, top + 96, "sufferedBy", "tiny", "end")
    _draw_side(picture, vocabulary, top + 112)
    return picture.finish()


def _draw_happening(picture: Drawing, vocabulary: Vocabulary, top: float) -> None:
    picture.box(32, top, 896, 244)
    picture.text(46, top + 26, "Happening", "big act")
    times = "when (in EDTF), partOf, before, after, causedBy, inResponseTo, about, reportedBy"
    picture.text(160, top + 26, times, "small")
    picture.box(46, top + 42, 530, 188, "page")
    picture.text(62, top + 66, "Event", "title act")
    picture.text(124, top + 66, "the text tells that it took place", "small")
    y = top + 90
    labels = {label: _kinds(vocabulary, label) for label in below(vocabulary, "Event")}
    alone = ", ".join(label for label, kinds in labels.items() if not kinds)
    for words in (alone, *(f"{label}: {kinds}" for label, kinds in labels.items() if kinds)):
        y = picture.lines(62, y, wrapped(words, 82), "tiny", 14) + 4
    picture.box(662, top + 42, 252, 188, "page")
    picture.text(678, top + 66, "PossibleEvent", "title act")
    picture.text(678, top + 86, "it is only spoken of", "small")
    picture.lines(
        678,
        top + 116,
        ["Prospect: promised, offered,", "demanded, threatened, agreed, planned"],
        "tiny",
        14,
    )
    picture.lines(678, top + 158, ["Allegation: accused, claimed, denied"], "tiny", 14)
    picture.lines(678, top + 190, ["ofKind: what it would be", "negated, notRealized"], "tiny", 14)
    picture.path(f"M576 {top + 100} H662", arrow=True)
    picture.text(619, top + 92, "content, term", "tiny", "middle")
    picture.path(f"M662 {top + 170} H576", arrow=True)
    picture.text(619, top + 162, "realizedBy", "tiny", "middle")


def _kinds(vocabulary: Vocabulary, label: str) -> str:
    term = next(term for term in vocabulary.classes.values() if term.label == label)
    found: list[str] = []
    for name in (c.name for c in vocabulary.classes.values() if term.iri in c.supers):
        found += [vocabulary.classes[name].label, *below(vocabulary, name)]
    return ", ".join(found)


def _draw_neighbour(
    picture: Drawing, x: float, name: str, kinds: list[str], words: list[str]
) -> None:
    y = NEIGHBOURS
    picture.box(x, y, 292, 112)
    picture.text(x + 14, y + 24, name, f"title {name.lower()}")
    end = picture.lines(x + 14, y + 44, wrapped(", ".join(kinds), 46), "tiny", 14)
    picture.lines(x + 14, end + 6, words, "tiny", 14)


def _draw_side(picture: Drawing, vocabulary: Vocabulary, top: float) -> None:
    picture.box(334, top + 36, 594, 60)
    picture.text(348, top + 60, "Side", "title actor")
    picture.text(348, top + 80, "is arrayed in one event (sideIn), and is no actor", "tiny")
    picture.path(f"M780 {top + 36} V{top}", arrow=True)
    picture.text(792, top + 22, ", ".join(roles(vocabulary, "sideMember")), "tiny")
    picture.path(f"M478 {top} V{top + 36}", arrow=True)
    picture.text(490, top + 22, "side", "tiny")


# --- all of them ---------------------------------------------------------------------------------


def figures() -> dict[str, Callable[[], str]]:
    """Give the figures by the names of their files."""
    graph = dk.build(validate=False)
    return {
        "evidence.svg": lambda: draw_evidence(graph),
        "model.svg": lambda: draw_model(load_vocabulary()),
    }


def main(arguments: list[str]) -> int:
    """Write the figures, or say which are not current."""
    stale = []
    for name, draw in figures().items():
        path = HERE / name
        if "--check" not in arguments:
            path.write_text(draw(), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != draw():
            stale.append(name)
    if stale:
        sys.stderr.write(
            f"not current: {', '.join(stale)}; python docs/make_figures.py draws them anew\n"
        )
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
