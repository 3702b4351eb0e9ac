"""Draw the readings: accounts, truces and gaps, each with the sentences that it rests on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from ..diagnostics import counted, listing
from ..readings.gaps import KINDS
from ..text.grid import printable
from ..why.evidence import ARTICLE_VOICE, Quote
from .carddrawing import barred, draw_evidence
from .tables import keeps_words, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, RenderableType
    from rich.table import Table

    from ..graph.labels import Name
    from ..readings.accounts import Account, Accounts, Contradiction, Difference, Said, Version
    from ..readings.gaps import Gap
    from ..readings.truces import Ending, Term, Truce
    from ..why.evidence import Decision

_INDENT, _GAP = 2, 2
_LEAST = 16  # columns that a text gets at least
_SHOWN = 3  # so many passages are shown for one thing; JSON and CSV have all
_NOT_TOLD = "not told"


def print_drawn(drawn: Iterable[RenderableType], out: Console) -> None:
    """Print lines that are broken already, and tables."""
    from .console import show

    for one in drawn:
        if isinstance(one, Line):
            one.rstrip()
            out.print(one, soft_wrap=True)
        else:
            show(one)


# --- what they share ------------------------------------------------------------------------------


def _labelled(label: str, value: Line, width: int, out: Console) -> Iterator[Line]:
    """Set a label and its value side by side, the value broken over lines if need be."""
    column = _INDENT + width + _GAP
    head = Line(" " * _INDENT).append(label, style="property")
    head.append(" " * max(column - head.cell_len, _GAP))
    lines = value.wrap(out, max(out.width - column, _LEAST)) or [Line()]
    for number, line in enumerate(lines):
        line.rstrip()
        yield Line.assemble(Line(" " * column) if number else head, line)


def _sentences(
    evidence: Sequence[Quote | Decision],
    out: Console,
    *,
    voices: bool = True,
    limit: int | None = _SHOWN,
) -> Iterator[Line]:
    """Give the sentences, each with where it stands and, if it is not the article's, its voice."""
    shown = evidence[:limit]
    for one in shown:
        if not isinstance(one, Quote):
            yield from draw_evidence(one, out)
            continue
        marks = ("", "") if out.is_terminal or one.whole else ("»", "«")
        words = Line.assemble(
            (_flat(one.before), "aside"),
            (f"{marks[0]}{_flat(one.exact)}{marks[1]}", "quote" if one.whole else "marked"),
            (_flat(one.after), "aside"),
        )
        yield from barred(words, out, _INDENT)
        told = [one.where, one.voice] if voices and one.voice != ARTICLE_VOICE else [one.where]
        yield from barred(Line(_flat(" · ".join(told)), style="aside"), out, _INDENT)
    if len(evidence) > len(shown):
        more = len(evidence) - len(shown)
        yield Line(f"  and {counted(more, 'more passages')}", style="aside")


def _flat(text: str) -> str:
    return printable(text.replace("\n", " "))


def _names(names: Iterable[Name]) -> str:
    return printable(listing([name.label for name in names], "and"))


def _quoted(words: str | None, name: Name) -> str:
    """Give the words of the text in quotes, or without any the name that is ours."""
    return printable(f"“{words.strip('“”')}”" if words else name.label)


# --- accounts -------------------------------------------------------------------------------------


def draw_accounts(read: Accounts, out: Console) -> Iterator[RenderableType]:
    """Draw who says what, what contradicts what, and what rests on reports alone."""
    if read.accounts:
        yield from _draw_speakers(read.accounts, out)
    if read.contradictions:
        if read.accounts:
            yield Line()
        yield Line("Accounts that contradict each other", style="heading")
        for found in read.contradictions:
            yield Line()
            yield from _draw_contradiction(found, out)
    if read.reports:
        if read.accounts or read.contradictions:
            yield Line()
        yield Line("Known from reports alone", style="heading")
        yield Line()
        drawn = table("when", "event", "reported by")
        for report in read.reports:
            drawn.add_row(
                report.span.words, printable(report.event.label), _names(report.reporters)
            )
        keeps_words(drawn, out.width)
        yield drawn


def _draw_speakers(accounts: Sequence[Account], out: Console) -> Iterator[Line]:
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in accounts:
        groups.setdefault(tuple(name.iri for name in account.speakers), []).append(account)
    width = max(cell_len(account.stance) for account in accounts)
    for number, group in enumerate(groups.values()):
        if number:
            yield Line()
        speakers = _names(group[0].speakers) or "not said who"
        yield from _wrapped(Line(speakers, style="heading"), out)
        for place, account in enumerate(group):
            if place:
                yield Line()
            yield from _draw_account(account, width, out)


def _draw_account(account: Account, width: int, out: Console) -> Iterator[Line]:
    said = [_said(one) for one in account.says]
    for number, line in enumerate(said or [Line(_quoted(account.words, account.thing))]):
        yield from _labelled("" if number else account.stance, line, width, out)
    parts = [
        account.span.words,
        f"to {_names(account.addressees)}" if account.addressees else "",
        f"against {_names(account.accused)}" if account.accused else "",
        f"about {_names(account.about)}" if account.about else "",
        f"as told by {_names(account.told_by)}" if account.told_by else "",
    ]
    aside = " · ".join(part for part in parts if part)
    if aside:
        yield from _labelled("", Line(aside, style="aside"), width, out)
    yield from _sentences(account.evidence, out, voices=False)


def _said(said: Said) -> Line:
    line = Line(_quoted(said.words, said.thing))
    # That a demand is refused or a thing promised not to happen is in the words themselves.
    return line.append("  denied", style="aside") if said.negated and said.alleged else line


def _draw_contradiction(found: Contradiction, out: Console) -> Iterator[RenderableType]:
    on = printable("; ".join(map(_difference, found.differences)))
    yield from _wrapped(Line(f"on {on}", style="property"), out)
    yield _versions(found, out)
    for because in found.because:
        text = Line(f"because: {printable(' '.join(because.split()))}", style="aside")
        yield from _wrapped(text, out)


def _difference(found: Difference) -> str:
    if found.one or found.other:
        return f"{found.matter}: {' and '.join(found.one)} / {' and '.join(found.other)}"
    return found.matter


def _versions(found: Contradiction, out: Console) -> Table:
    drawn = table(printable(found.one.voice), printable(found.other.voice))
    for column in drawn.columns:
        column.ratio = 1
    drawn.width = min(out.width, 2 * 60)
    drawn.add_row(_words(found.one), _words(found.other))
    drawn.add_row(_first_sentence(found.one), _first_sentence(found.other), style="aside")
    return drawn


def _words(version: Version) -> str:
    return _quoted(version.words, version.thing)


def _first_sentence(version: Version) -> str:
    for one in version.evidence:
        if isinstance(one, Quote):
            return printable(" ".join(one.sentence.split()))
    return ""


def _wrapped(line: Line, out: Console) -> Iterator[Line]:
    for part in line.wrap(out, out.width):
        part.rstrip()
        yield part


# --- truces ---------------------------------------------------------------------------------------


def draw_truces(truces: Sequence[Truce], out: Console) -> Iterator[RenderableType]:
    """Draw the agreements: first all of them in a table, then each with its sentences."""
    drawn = table("agreement", "made", "held", "end")
    for truce in truces:
        drawn.add_row(
            printable(truce.agreement.label),
            truce.made.words or "not said",
            truce.held.words,
            _end(truce),
        )
    broad = keeps_words(drawn, out.width)
    if broad:  # where it has no room, what it has in short stands below in full
        yield drawn
    rows = [_truce_rows(truce) for truce in truces]
    width = max(cell_len(label) for found in rows for label, _ in found)
    for truce, found in zip(truces, rows, strict=True):
        if broad or truce is not truces[0]:
            yield Line()
        yield from _wrapped(_heading(truce.agreement), out)
        previous = ""
        for label, value in found:
            yield from _labelled("" if label == previous else label, value, width, out)
            previous = label
        yield from _sentences(_told(truce), out, limit=None)


def _told(truce: Truce) -> list[Quote | Decision]:
    """Give the passages on an agreement and on its end, each once."""
    found = (*truce.evidence, *truce.end_evidence)
    return list({one.iri: one for one in found}.values())


def _heading(name: Name) -> Line:
    line = Line(printable(name.label), style="heading")
    kind = Line.assemble((" · ", "aside"), (name.kind, "kind")) if name.kind else Line()
    return Line.assemble(line, kind, (f"  {name.id}", "id"))


def _end(truce: Truce) -> str:
    parts = [
        "broken" if truce.broken_by else "",
        f"replaced by {_names(e.event for e in truce.replaced_by)}" if truce.replaced_by else "",
        "breach alleged" if truce.alleged else "",
    ]
    return "; ".join(part for part in parts if part) or _NOT_TOLD


def _truce_rows(truce: Truce) -> list[tuple[str, Line]]:
    fates = any(term.fate for term in truce.terms)
    rows = [
        ("made", Line(truce.made.words or "not said")),
        ("to hold", Line(truce.in_force.words if truce.in_force else "")),
        ("parties", Line(_parties(truce))),
        ("mediators", Line(_names(truce.mediators))),
        ("reported by", Line(_names(truce.reporters))),
        *(("terms", _term(term)) for term in truce.terms),
        ("their fate", Line("" if fates or not truce.terms else "not said")),
        *(("came with it", Line(printable(part.label))) for part in truce.parts),
        *(("how it went", Line(printable(f"“{words}”"))) for words in truce.course),
        ("held", Line(truce.held.words)),
        *(("broken by", _ending(ending)) for ending in truce.broken_by),
        *(
            ("breach alleged", Line(f"{printable(one.breach.label)}, by {_names(one.by)}"))
            for one in truce.alleged
        ),
        *(("replaced by", _ending(ending)) for ending in truce.replaced_by),
    ]
    return [(label, value) for label, value in rows if value.plain]


def _parties(truce: Truce) -> str:
    if len(truce.parties) == 1 and truce.parties[0].kind != "side":
        return f"{_names(truce.parties)}; with whom is not said"
    return _names(truce.parties) or "not said"


def _term(term: Term) -> Line:
    line = Line(_quoted(term.words, term.thing))
    by = f" by {printable(term.by.label)}" if term.by else ""
    return line.append(f"  {term.fate}{by}", style="aside") if term.fate else line


def _ending(ending: Ending) -> Line:
    line = Line(printable(ending.event.label))
    return line.append(f"  {ending.span.words}", style="aside") if ending.span.words else line


# --- gaps -----------------------------------------------------------------------------------------


def draw_gaps(gaps: Sequence[Gap], out: Console) -> Iterator[RenderableType]:
    """Draw the questions by kind, those on the same sentences together."""
    drawn = table("kind", ("questions", "right"), "what is left open")
    for kind, meaning in KINDS.items():
        number = sum(gap.kind == kind for gap in gaps)
        if number:
            drawn.add_row(kind, str(number), meaning)
    yield drawn
    for kind, of_kind in groupby(gaps, key=lambda gap: gap.kind):
        yield Line()
        heading = Line(f"{kind.capitalize()}: {KINDS[kind]}", style="heading")
        yield from _wrapped(heading, out)
        together = groupby(of_kind, key=lambda gap: tuple(one.iri for one in gap.evidence))
        for number, (_, found) in enumerate(together):
            if number:
                yield Line()
            asked = list(found)
            for gap in asked:
                yield from _hanging(Line(printable(gap.question)), out)
            yield from _sentences(asked[0].evidence, out, voices=False)


def _hanging(line: Line, out: Console) -> Iterator[Line]:
    for number, part in enumerate(line.wrap(out, max(out.width - _INDENT * 2, _LEAST))):
        part.rstrip()
        yield Line.assemble(" " * (_INDENT * 2 if number else _INDENT), part)
