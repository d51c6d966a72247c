"""Secrets in what a notebook's cells say and show.

Texts are searched for a few words first, which costs next to nothing; only around those are detectors let loose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ..notebook import Cell, Output
from .fixes import ClearOutputs, Fix
from .model import Hit
from .page import Page

# What most tokens have: a mark of their kind, and a long run of letters and digits behind it.
_RUNS = (re.compile(r"_[A-Za-z0-9]{20}"), re.compile(r"-[A-Za-z0-9][A-Za-z0-9_-]{17}"))
_MARKS = ("AKIA", "AIza", "eyJ", "dapi")
# What tokens look like from their first character on.
_TOKEN = re.compile(
    r"(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}|sk-[\w-]{20}|SG\.[\w-]{22}\.|eyJ[\w-]{8,}\.[\w-]+|dapi[a-f0-9]{32}"
    r"|hf_[A-Za-z0-9]{30}|AIza[\w-]{35}|GOCSPX-|gh[pousr]_\w{30}|github_pat_\w{20}|gl[a-z]{2,6}-[\w-]{20}|xox[a-z]-\d"
    r"|[sr]k_live_\w{20}|pypi-Ag|sq0csp-|gsk_\w{40}|r8_\w{37}|pplx-\w{40}|nvapi-[\w-]{60}|lsv2_[ps][tk]_|tvly-[\w-]{30}"
    r"|api_org_\w{30}|[0-9a-z]{32}-us\d"
)
_LONG = re.compile(r"[A-Za-z0-9/+_-]{19}")
# What else is told by the words around it.
_PHRASE = re.compile(
    _TOKEN.pattern
    + r"|hooks\.slack\.com/services/T|-----BEGIN [A-Z0-9 ]*PRIVATE KEY|AccountKey=\S{80}|_authToken="
    r"|(?i:aws).{0,60}[\"'][\w/+]{40}[\"']|(?i:wandb).{0,80}\b[a-f0-9]{40}\b"
    r"|(?i:kaggle_key|username).{0,80}\b[a-f0-9]{32}\b|\b\d{8,10}:[\w-]{35}\b|\b(?:AC|SK)[a-f0-9]{32}\b"
    r"|\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27}"
)
_ADDRESS = re.compile(r"://[^\s/:@\"'<>{}()]+:[^\s/@\"'<>{}()$*]{3,}@[\w.-]")
# Words in the names of values that are secret, in lower case.
_TELLING = ("passw", "pwd", "secret", "token", "key")
_NAME = re.compile(
    r"passw|pwd|passphrase|secret|token|bearer"
    r"|(?:api|access|auth|private|client|account|service|db|database|subscription|app|encryption|signing|admin)[_-]?key",
    re.IGNORECASE,
)
# What stands behind a telling word where something is assigned to it.
_ASSIGNED = re.compile(
    r"""[\w-]*(?:\\?["'])?\s*\]?\s*(?::\s*str\s*)?(?:=(?!=)|:|,)\s*[rbu]?\\?(?P<quote>["'])"""
    r"""(?P<value>[^"'\s\\]{6,200})\\?(?P=quote)"""
)
_ENVIRONMENT = re.compile(r"\w*[= ](?P<value>[^\s\"']{8,200})")
_SETS_ENVIRONMENT = re.compile(r"(?:%(?:set_)?env|export)\s+$")
_NOT_A_SECRET = re.compile(
    r"your|my[_-]?(?:api|key|pass|secret|token)|xxx|\*\*|\.\.\.|…|[<>{}$]|example|placeholder|change[_-]?(?:me|it)|dummy"
    r"|fake|redact|hidden|todo|insert|replace|enter|paste|[_-]here|sample|foobar|^(?:test|pass|admin|root|guest|user)\w{0,8}$"
    r"|^(?:none|null|undefined)|password|passwd|^secret|token$|api[_-]?key|^/|^\.{0,2}/|^\w:\\|^https?:|^(.)\1+$"
    r"|123456|abcdef|^env[.:]|\(|\)|,|^(?:sha\d|pbkdf2|argon2|bcrypt)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"x{5,}|your|\.\.\.|[*<>]|(.)\1{7,}|placeholder", re.IGNORECASE)
_NO_SECRET_NAME = re.compile(
    r"tokeniz|tokens\b|token_?(?:pattern|type|id|limit|count|len|class|index|embed|col)|(?:oov|unk|pad|sep|cls|mask|bos|eos"
    r"|special|start|end|stop|next|first|last|new)_?token|key_?(?:error|name|id|vault|path|file|word)|secret_?(?:name|id|scope)"
    r"|password_?(?:field|hash|input|file|env)|public_?key|_(?:url|uri|path|file|name|type|col|column|endpoint)$",
    re.IGNORECASE,
)
_TABLE = 'class="dataframe"'
_AROUND = 200
_MOST = 2000  # places of a kind to look at in one notebook
_BEGINNING, _END = 80_000, 20_000  # of a text that is longer: what is in between is a library, or data


@dataclass(frozen=True)
class Secret:
    """A secret in a text, and where."""

    what: str  # in words
    value: str
    start: int


def secrets(page: Page) -> Iterator[Hit]:
    cells = page.notebook.cells
    for cell, secret in _in_all([(cell, cell.source) for cell in cells], is_code=True):
        line_start = cell.source.rfind("\n", 0, secret.start) + 1
        yield Hit(
            f"{_said(secret)} stands in the {'code' if cell.is_code else 'text'}. Whoever gets the notebook can use "
            "it: withdraw it, and read a new one from the environment.",
            cell.id,
            cell.source.count("\n", 0, secret.start) + 1,
            secret.start - line_start + 1,
        )
    shown = [(cell, text) for cell in cells if cell.outputs for text in _texts(cell)]
    for cell, secret in _in_all(shown, is_code=False):
        yield Hit(
            f"{_said(secret)} stands in the output. Whoever gets the notebook can use it: withdraw it, and clear "
            "the output.",
            cell.id,
            fixes=(Fix("Clear the outputs of the cell", (ClearOutputs(cell.id),)),),
            in_output=True,
        )


def _in_all(texts: list[tuple[Cell, str]], *, is_code: bool) -> Iterator[tuple[Cell, Secret]]:
    """The secrets in many texts, each of them once a cell. They are searched in one go, which is much faster."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for _, text in texts:
        starts.append(length)
        if len(text) > _BEGINNING + _END:
            text = text[:_BEGINNING] + "\n" + text[-_END:]
        parts.append(text)
        length += len(text) + 1
    told: set[tuple[str, str]] = set()
    for secret in found_in("\n".join(parts), is_code=is_code):
        index = bisect_right(starts, secret.start) - 1
        cell = texts[index][0]
        if (cell.id, secret.value) not in told:
            told.add((cell.id, secret.value))
            yield cell, replace(secret, start=secret.start - starts[index])


def _said(secret: Secret) -> str:
    """A secret in words, which must not give it away."""
    return secret.what[0].upper() + secret.what[1:]


def found_in(text: str, *, is_code: bool = True) -> list[Secret]:
    """The secrets in a text."""
    lowered = text.lower()
    telling = [place for word in _TELLING if word in lowered for place in _places(lowered, word)]
    places = [place for mark in _MARKS if mark in text for place in _places(text, mark)]
    for run in _RUNS:
        places += [_start_of_word(text, match.start()) for match in islice(run.finditer(text), _MOST)]
    places = [place for place in places if _TOKEN.match(text, place)]
    windows = _windows(text, places + [place for place in telling if _is_near_phrase(text, place)])
    if "@" in text and "://" in text:
        windows += _windows(text, [match.start() for match in islice(_ADDRESS.finditer(text), _MOST)])
    found = _known(text, windows) if windows else []
    for secret in _assigned(text, telling, is_code):
        if not any(_overlap(secret, other) for other in found):
            found.append(secret)
    return sorted(found, key=lambda secret: secret.start)


def _places(text: str, word: str) -> Iterator[int]:
    start = -1
    for _ in range(_MOST):
        start = text.find(word, start + 1)
        if start < 0:
            return
        yield start


def _start_of_word(text: str, place: int) -> int:
    while place > 0 and (text[place - 1].isalnum() or text[place - 1] in "_-"):
        place -= 1
    return place


def _is_near_phrase(text: str, place: int) -> bool:
    start, end = max(0, place - _AROUND // 4), place + _AROUND
    if "PRIVATE KEY" in text[start:end]:
        return True
    return bool(_LONG.search(text, start, end)) and bool(_PHRASE.search(text, start, end))


def _windows(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The pieces of the text around some places, each of them once."""
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - _AROUND), min(len(text), place + 2 * _AROUND)
        if windows and start < windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _known(text: str, windows: list[tuple[int, int]]) -> list[Secret]:
    """The secrets whose kind shows."""
    from .secret_detectors import known_shapes

    found: list[Secret] = []
    for start, end in windows[:_MOST]:
        for what, value, offset in known_shapes(text[start:end]):
            if not _is_placeholder(what, value):
                said = what if "address" in what or "private key" in what else f"{what} (`{_first(value)}…`)"
                found.append(Secret(said, value, start + offset))
    return found


def _is_placeholder(what: str, value: str) -> bool:
    if "address" in what:
        user, _, password = value.removeprefix("://").rstrip("@").rpartition(":")
        return user == password or len(password) < 3 or bool(_NOT_A_SECRET.search(password)) or "/" in user
    return bool(_PLACEHOLDER.search(value))


def _first(value: str) -> str:
    return value[:4] if len(value) >= 12 else ""


def _assigned(text: str, telling: list[int], is_code: bool) -> Iterator[Secret]:
    """The values that are given to names of secrets."""
    told: set[int] = set()
    for place in telling:
        match = _ASSIGNED.match(text, place)
        start = _start_of_word(text, place)
        if match is None and _SETS_ENVIRONMENT.search(text[max(0, start - 12) : start]):
            match = _ENVIRONMENT.match(text, place)
        if match is None or match.start("value") in told:
            continue
        name = re.match(r"[\w-]+", text[start : match.end()])
        value = match["value"]
        if name is None or not _NAME.search(name[0]) or _NO_SECRET_NAME.search(name[0]):
            continue
        if _NOT_A_SECRET.search(value):
            continue
        told.add(match.start("value"))
        line = text[max(text.rfind("\n", 0, start) + 1, start - _AROUND) : match.end()]
        if _is_secret(name[0].lower(), value, line, is_code=is_code):
            yield Secret(f"the value of `{name[0]}`", value, match.start("value"))


def _is_secret(name: str, value: str, line: str, *, is_code: bool) -> bool:
    from .secret_detectors import entropy, is_assigned_secret

    has_digit = any(character.isdigit() for character in value)
    has_letter = any(character.isalpha() for character in value)
    if not has_letter:
        return False
    is_password = "passw" in name or "pwd" in name or "passphrase" in name
    if is_password and is_code:
        has_sign = any(not character.isalnum() and character not in "_-. " for character in value)
        return has_digit or (has_sign and is_assigned_secret(line, value))
    if not has_digit:
        return False
    if is_password:
        return len(value) >= 10 and value.lower() != value
    limit = 3.5 if "token" in name or "bearer" in name or not is_code else 3.0
    return len(value) >= (20 if "token" in name else 16) and entropy(value) >= limit


def _overlap(one: Secret, other: Secret) -> bool:
    return one.start < other.start + len(other.value) and other.start < one.start + len(one.value)


def _texts(cell: Cell) -> Iterator[str]:
    for output in cell.outputs:
        yield from _texts_of(output)


def _texts_of(output: Output) -> Iterator[str]:
    if output.text:
        yield output.text
    if output.evalue:
        yield output.evalue
    if output.traceback:
        yield "\n".join(output.traceback)
    for mime, value in output.data.items():
        if isinstance(value, str):
            if mime == "text/html" and _TABLE in value[:3000] and output.data.get("text/plain"):
                continue  # pandas' plain text of a table holds what its HTML does
            if (
                not mime.startswith(("image/", "audio/", "video/", "application/pdf"))
                or mime == "image/svg+xml"
            ):
                yield value
        else:
            yield from _strings(value)


def _strings(value: object) -> Iterator[str]:
    """The texts in a JSON value."""
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if len(item) >= 16:
                yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list) and not (item and isinstance(item[0], (int, float))):
            waiting.extend(item)
