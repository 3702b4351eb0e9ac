"""Whether a text is a value of its datatype; stores let much through that is not."""

from __future__ import annotations

import re
from datetime import date

from ..namespaces import EDTF, XSD
from ..text.dates import DateError, bounds
from .naming import WEB_ADDRESS

# Lexical forms: XML Schema 1.1 part 2, sections 3.3.1 to 3.4.13, without signs nobody writes.
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DURATION = re.compile(
    r"P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATED = re.compile(r"[0-9]{1,3}([ ,’'\u202f][0-9]{3})+")
_LONGEST = 15  # digits; more than there are things to count, and no store reads them all
_YES = dict.fromkeys(("true", "yes", "y", "on"), "true")
_YES |= dict.fromkeys(("false", "no", "n", "off"), "false")


def literal_problem(text: str, datatype: str) -> tuple[str, str | None] | None:
    """Say what keeps a text from being a value of a datatype, and what to write, or None.

    Args:
        text: the value as written.
        datatype: the datatype's IRI; one that is not known here accepts any text.
    """
    match datatype.removeprefix(XSD):
        case "integer" | "nonNegativeInteger":
            return _integer(text, signed=datatype == XSD + "integer")
        case "decimal":
            if not _DECIMAL.fullmatch(text):
                return f"“{text}” is not a decimal number", "write digits with a point: 32.61889"
        case "boolean":
            if text not in ("true", "false"):
                return (
                    f"“{text}” is neither true nor false",
                    f"write {_YES.get(text.lower(), 'true or false')}",
                )
        case "date":
            return _date(text)
        case "duration":
            if not _DURATION.fullmatch(text):
                return (
                    f"“{text}” is not a duration",
                    "write P1D for a day, P2W as P14D, PT6H for six hours",
                )
        case "anyURI":
            if not (text.startswith("http") and WEB_ADDRESS.fullmatch(text)):
                return f"“{text}” is not a web address", "write it in full: https://…"
        case _ if datatype == EDTF:
            try:
                bounds(text)
            except DateError as error:
                return error.problem, error.hint
    return None


def canonical(text: str, datatype: str | None) -> str:
    """Write a number as stores do, so that what was written is found again in what they hold.

    >>> canonical("32.6640", XSD + "decimal"), canonical("007", XSD + "integer")
    ('32.664', '7')
    """
    if datatype not in (XSD + "decimal", XSD + "integer"):
        return text
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    number = f"{whole}{point}{rest}" if rest else whole
    return number if number == "0" else sign + number


def _integer(text: str, *, signed: bool) -> tuple[str, str | None] | None:
    if len(text) > _LONGEST and text.isdecimal():
        return f"a number of {len(text)} digits counts nothing", "write the number of the text"
    if _INTEGER.fullmatch(text) and (signed or not text.startswith("-")):
        return None
    if _SEPARATED.fullmatch(text):
        return f"“{text}” is not a whole number", f"write {re.sub('[^0-9]', '', text)}"
    return (
        f"“{text}” is not a whole number",
        "write digits only, and the text's own words in “wording”",
    )


def _date(text: str) -> tuple[str, str | None] | None:
    if not _DATE.fullmatch(text):
        return f"“{text}” is not a date", "write year, month and day: 2021-08-19"
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"“{text}” is not a day of the calendar", None
    return None
