"""Who says what: what is not told in the article's own voice, and where accounts contradict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..diagnostics import listing
from ..namespaces import DKG
from ..why.evidence import ARTICLE_VOICE, Quote
from ..why.standings import UTTERED

if TYPE_CHECKING:
    from ..graph.built import Graph
    from ..graph.labels import Name
    from ..why.evidence import Decision
    from .reader import Reader, Span

__all__ = ["Account", "Accounts", "Contradiction", "Difference", "Report", "Said", "Version"]

GROUNDS = ("stated", "editors", "figure", "infobox")


@dataclass(frozen=True)
class Said:
    """One thing that is said: what it is, in the words of the text.

    Attributes:
        thing: the possible event, event or figure.
        words: the words of the text for it; None where it has none of its own.
        condition: what it is made to depend on.
        negated: whether it is said that it will not happen, or did not.
        alleged: whether it is said to have happened, rather than to come.
    """

    thing: Name
    words: str | None = None
    condition: str | None = None
    negated: bool = False
    alleged: bool = False


@dataclass(frozen=True)
class Account:
    """What somebody says, reports or claims.

    Attributes:
        thing: the speech act, or the event or figure that is reported or claimed.
        stance: ``claim``, ``accusation``, ``demand``, ``promise``, ``threat``, ``offer``,
            ``rejection``, ``report`` or ``figure``.
        speakers: who says so.
        told_by: who tells that they said so, where that is not the article itself.
        addressees: to whom; accused: whom they blame; about: of what happening.
        says: what is said; empty where the words of the text say no more than the stance.
        words: the words of the text for the saying itself.
        span: when it was said; of a report, when the event was.
        evidence: the sentences.
    """

    thing: Name
    stance: str
    speakers: tuple[Name, ...]
    told_by: tuple[Name, ...]
    addressees: tuple[Name, ...]
    accused: tuple[Name, ...]
    about: tuple[Name, ...]
    says: tuple[Said, ...]
    words: str | None
    span: Span
    evidence: tuple[Quote | Decision, ...]


@dataclass(frozen=True)
class Difference:
    """On what two versions differ: the matter, and what either has."""

    matter: str
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """One of two accounts that contradict each other.

    Attributes:
        thing: what is told; of a figure, what it belongs to.
        voice: who tells it; for the article itself, in which part.
        words: the words of the text.
        evidence: the sentences.
    """

    thing: Name
    voice: str
    words: str | None
    evidence: tuple[Quote | Decision, ...]


@dataclass(frozen=True)
class Contradiction:
    """Two accounts that contradict each other.

    Attributes:
        ground: ``stated`` (the article says so), ``editors`` (they alone say so), ``figure`` (two
            statements of one figure differ) or ``infobox`` (the infobox alone tells one of two like
            events).
        differences: on what.
        because: the editors' reason, or the sentence, where it is stated.
    """

    ground: str
    one: Version
    other: Version
    differences: tuple[Difference, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """An event that the article knows from reports alone."""

    event: Name
    span: Span
    reporters: tuple[Name, ...]
    evidence: tuple[Quote | Decision, ...]


@dataclass(frozen=True)
class Accounts:
    """Who says what in an article, in the order of its text."""

    accounts: tuple[Account, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reports: tuple[Report, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accounts or self.contradictions or self.reports)


def read_accounts(graph: Graph) -> Accounts:
    """Read who says what in a graph; empty when nobody but the article speaks."""
    reader = graph.reader
    accounts = _accounts(reader)
    reports = tuple(
        Report(account.thing, account.span, account.speakers, account.evidence)
        for account in accounts
        if account.stance == "report" and reader.labels.is_a(account.thing.iri, DKG + "Event")
    )
    return Accounts(accounts, _contradictions(reader), reports)


# --- accounts -------------------------------------------------------------------------------------

_Roles = dict[str, set[str]]


def _accounts(reader: Reader) -> tuple[Account, ...]:
    roles: dict[tuple[str, str], _Roles] = defaultdict(lambda: defaultdict(set))
    for row in reader.rows("accounts"):
        found = roles[row["account"], row["manner"]]
        if "role" in row:
            found[row["role"]].add(row["thing"])
    accounts = [_account(reader, iri, how, found) for (iri, how), found in roles.items()]
    return tuple(
        sorted(accounts, key=lambda a: (reader.position(a.evidence), a.thing.iri, a.stance))
    )


def _account(reader: Reader, iri: str, manner: str, roles: _Roles) -> Account:
    stated = {
        "said": ("speaker", "content"),
        "report": ("reportedBy", "term"),
        "figure": ("claimedBy",),
    }[manner]
    evidence = reader.evidence(*((iri, local, None) for local in stated))
    return Account(
        thing=reader.name(iri),
        stance=(reader.labels.kind(iri) or "claim") if manner == "said" else manner,
        speakers=reader.names(roles["speaker"]),
        told_by=reader.names(roles["toldBy"]),
        addressees=reader.names(roles["addressee"]),
        accused=reader.names(roles["accused"]),
        about=reader.names(roles["about"]),
        says=tuple(_said(reader, one, evidence) for one in sorted(roles["says"], key=reader.place)),
        words=reader.words(iri, evidence),
        span=reader.span(iri),
        evidence=evidence,
    )


def _said(reader: Reader, iri: str, evidence: tuple[Quote | Decision, ...]) -> Said:
    labels = reader.labels
    return Said(
        reader.name(iri),
        reader.words(iri, evidence),
        labels.value(iri, "condition"),
        negated=labels.value(iri, "negated") == "true",
        alleged=labels.is_a(iri, DKG + "Allegation"),
    )


# --- contradictions -------------------------------------------------------------------------------


def _contradictions(reader: Reader) -> tuple[Contradiction, ...]:
    pairs: dict[tuple[str, str, str], dict[str, tuple[set[str], set[str]]]] = {}
    for row in reader.rows("contradictions"):
        differences = pairs.setdefault((row["ground"], row["one"], row["other"]), {})
        one, other = differences.setdefault(row["matter"], (set(), set()))
        one.update(_shown(reader, row.get("oneValue")))
        other.update(_shown(reader, row.get("otherValue")))
    found = [_contradiction(reader, *pair, found) for pair, found in pairs.items()]
    return tuple(
        sorted(
            found,
            key=lambda c: (
                GROUNDS.index(c.ground),
                reader.position(c.one.evidence),
                reader.position(c.other.evidence),
                c.one.thing.iri,
                c.other.thing.iri,
            ),
        )
    )


def _shown(reader: Reader, value: str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if value.startswith(DKG):
        return (reader.labels.term(value),)
    return (reader.labels.label(value) if "://" in value or value.startswith("urn:") else value,)


def _contradiction(
    reader: Reader,
    ground: str,
    one: str,
    other: str,
    matters: dict[str, tuple[set[str], set[str]]],
) -> Contradiction:
    versions = [_version(reader, iri) for iri in (one, other)]
    differences = [
        Difference(matter, tuple(sorted(mine)), tuple(sorted(theirs)))
        for matter, (mine, theirs) in sorted(matters.items())
    ]
    if ground != "infobox":  # there the one is what the infobox alone tells
        place = [reader.position(version.evidence) for version in versions]
        if place[1] < place[0]:
            versions.reverse()
            differences = [Difference(d.matter, d.other, d.one) for d in differences]
    stated = reader.evidence((one, "contradicts", other), (other, "contradicts", one))
    because = [
        reason
        for found in stated
        for reason in ((found.exact,) if isinstance(found, Quote) else found.because)
    ]
    if ground == "stated" and not any(isinstance(found, Quote) for found in stated):
        ground = "editors"
    return Contradiction(ground, versions[0], versions[1], tuple(differences), tuple(because))


def _voice(reader: Reader, iri: str) -> str:
    """Say in whose voice a thing is told; a speech act speaks for those who make it."""
    speakers = reader.names(reader.labels.values(iri, "speaker"))
    if speakers and reader.labels.is_a(iri, DKG + "SpeechAct"):
        how = UTTERED.get(reader.archive.local_kind(iri), "said")
        return f"{how} by {listing([name.label for name in speakers], 'and')}"
    return reader.archive.voice(iri)


def _version(reader: Reader, iri: str) -> Version:
    holder = reader.archive.holder(iri)
    evidence = reader.evidence((iri, "wording", None)) or reader.evidence((iri, "", None))
    told = tuple(one for one in evidence if not (isinstance(one, Quote) and one.field))
    evidence = told or evidence
    voice = _voice(reader, iri)
    first = evidence[0] if evidence else None
    if voice == ARTICLE_VOICE and isinstance(first, Quote):
        voice = f"{voice}, {first.where}"
    return Version(reader.name(holder), voice, reader.words(iri, evidence), evidence)
