"""Which difference between the worlds a cell met, and which run or cell brought it about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from .comparison import Picture
from .model import ReasonKind
from .record import RunRecord
from .world import is_state, worded


class Finding(NamedTuple):
    """One name whose version is not what a clean run would give, and who is to blame."""

    kind: ReasonKind
    name: str | None
    worded: str
    template: str
    cell: int | None  # its position, where it is still there
    cell_id: str | None
    run: int | None
    number: int | None


@dataclass
class Culprits:
    """Finds who made the difference."""

    seen: Picture

    def of(self, position: int) -> list[Finding]:
        """What the last run of a cell met that a clean run would not."""
        seen = self.seen
        cell_id = seen.cells[position].id
        at = seen.last.get(cell_id)
        if at is None:
            return []
        live, clean = seen.live.records[at], seen.clean.records[position]
        is_same_source = seen.live.turns[at].code.digest == seen.clean.turns[position].code.digest
        found = []
        for name in differing(live, clean, is_same_source):
            before, after = _changer(live, name), _changer(clean, name)
            finding = self.blame(position, at, name, before, after)
            if finding is not None:
                found.append(finding)
        if not found and is_same_source:
            found.append(self._no_name(at, live, clean))
        return found

    def blame(self, position: int, at: int, name: str, before: int, after: int) -> Finding | None:
        """Who made a name differ.

        Args:
            at: the run that is explained.
            before: the run that had last changed the name in the live world, -1 if none.
            after: the cell that would last have changed it in the clean world, -1 if none.
        """
        seen = self.seen
        told = worded(name)
        shown = None if is_state(name) else name
        run = seen.history[before] if before >= 0 else None
        count = run.execution_count if run else None
        giver = seen.position.get(run.cell_id) if run and run.cell_id is not None else None

        def finding(kind: ReasonKind, template: str, cell: int | None, of_run: int | None) -> Finding:
            number = seen.history[of_run].execution_count if of_run is not None else None
            gone = seen.history[of_run].cell_id if of_run is not None else None
            cell_id = seen.cells[cell].id if cell is not None else gone
            return Finding(kind, shown, told, template, cell, cell_id, of_run, number)

        if giver == position:
            times = self._times(position, at, name)
            if before == at or times < 2:  # it met what it made itself of something that others had made
                return self._before_itself(position, at, name)
            often = "twice" if times == 2 else f"{times} times"
            return finding("repeated", f"this cell changes {{name}} and has run {often}", position, at)
        if run is not None and giver is None:
            if run.cell_id is None:
                label = f"[{count}]" if count is not None else "unnumbered"
                return finding(
                    "outside",
                    f"{{name}} {{was}} set by code that no cell here has (run {label})",
                    None,
                    before,
                )
            label = f", run as [{count}]" if count is not None else ""
            return finding("deleted", f"{{name}} {{comes}} from a cell that was deleted{label}", None, before)
        if giver is not None and after == giver:
            return self._same_giver(finding, giver, at, before)
        if giver is not None and giver > position:
            if after < 0:
                return finding(
                    "below", f"{{name}} {{is}} defined below, in {seen.label(giver)}", giver, before
                )
            return finding(
                "below", f"{{name}} {{was}} changed by {seen.label(giver)}, which stands below", giver, before
            )
        if after >= 0:
            label = seen.label(after)
            last = seen.last.get(seen.cells[after].id)
            if last is None:
                does = "changed by" if self._is_changed(after, name) else "defined in"
                return finding(
                    "not_run", f"{{name}} {{is}} {does} {label}, which has not been run", after, None
                )
            if last > at:
                return finding(
                    "redefined", f"{{name}} {{was}} changed by {label} after this cell ran", after, last
                )
            if seen.statuses[after] == "edited":
                return finding(
                    "upstream", f"{{name}} {{comes}} from {label}, which was edited since", after, last
                )
            if giver is not None:
                return finding(
                    "redefined",
                    f"{{name}} came from {seen.label(giver)} when this cell ran, not from {label}",
                    giver,
                    before,
                )
            return finding(
                "upstream", f"{{name}} {{comes}} from {label}, whose last run left no such name", after, last
            )
        if giver is not None and seen.statuses[giver] in ("stale", "interrupted"):
            return self._same_giver(finding, giver, at, before)
        if giver is not None:
            return finding(
                "undefined",
                f"nothing above defines {{name}} any more; it came from {seen.earlier(giver, before)}",
                giver,
                before,
            )
        return (
            finding("undefined", "nothing above defines {name} any more", None, None) if before >= 0 else None
        )

    def _times(self, position: int, at: int, name: str) -> int:
        """How often a cell has run, until a run of it, since another one last gave what it changes."""
        own = self.seen.cells[position].id
        times = 0
        for run in range(at, -1, -1):
            if self.seen.history[run].cell_id == own:
                times += 1
            elif name in self.seen.live.records[run].writes:
                break
        return times

    def _is_changed(self, position: int, name: str) -> bool:
        """Whether a cell goes by what a name held before, and does not make it anew."""
        record = self.seen.clean.records[position]
        tables: tuple[Collection[str], ...] = (record.reads, record.soft, record.stays)
        return is_state(name) or any(name in table for table in tables)

    def _before_itself(self, position: int, at: int, name: str) -> Finding | None:
        """Who made what a cell that ran once changed, and then read."""
        live, clean = self.seen.live.records, self.seen.clean.records
        before = next((run for run in range(at - 1, -1, -1) if name in live[run].writes), -1)
        after = next((place for place in range(position - 1, -1, -1) if name in clean[place].writes), -1)
        is_same_source = before >= 0 and self.seen.history[before].cell_id == self.seen.cells[position].id
        return None if is_same_source else self.blame(position, at, name, before, after)

    def _same_giver(self, finding: object, giver: int, at: int, before: int) -> Finding:
        """The cell that gives the name is the right one; what it gave is not what it would give now."""
        seen = self.seen
        label = seen.label(giver)
        last = seen.last.get(seen.cells[giver].id, before)
        assert callable(finding)
        made: Finding
        if seen.statuses[giver] == "edited":
            made = finding(
                "upstream", f"{{name}} {{comes}} from {label}, which was edited since", giver, last
            )
        elif last > at:
            made = finding(
                "redefined", f"{{name}} {{was}} changed by {label} after this cell ran", giver, last
            )
        elif seen.statuses[giver] == "stale":
            made = finding("upstream", f"{{name}} {{comes}} from {label}, which is stale itself", giver, last)
        elif seen.statuses[giver] == "interrupted":
            made = finding("upstream", f"{{name}} {{comes}} from {label}, which was interrupted", giver, last)
        else:
            made = finding(
                "redefined", f"{{name}} {{was}} made by {label} from something else", giver, before
            )
        return made

    def _no_name(self, at: int, live: RunRecord, clean: RunRecord) -> Finding:
        """No name has another version: objects are shared otherwise."""
        seen = self.seen
        shared = [name for name in live.shared if not is_state(name)]
        if live.sharing != clean.sharing and len(shared) > 1:
            newest = max(shared, key=lambda name: _changer(live, name))
            run = _changer(live, newest)
            others = [worded(name) for name in shared if name != newest]
            maker = seen.history[run].cell_id if run >= 0 else None
            giver = seen.position.get(maker) if maker is not None else None
            if giver is not None:
                old = " and ".join(others[:2]) + (" still go" if len(others) > 1 else " still goes")
                template = f"{{name}} {{was}} made anew by {seen.label(giver)}; {old} with what it was before"
                last = seen.last.get(seen.cells[giver].id, run)
                count = seen.history[last].execution_count
                told = worded(newest)
                return Finding("redefined", newest, told, template, giver, maker, last, count)
        written = {**live.writes, **clean.writes}
        names = [
            name for name in written if live.writes.get(name) != clean.writes.get(name) and not is_state(name)
        ]
        told = " and ".join(worded(name) for name in names[:2])
        if not names:
            template = "what this cell reads is not made of the same objects as after a clean run"
        elif names[0] not in live.writes:
            template = "after a clean run, this cell would change {name} as well"
        elif names[0] not in clean.writes:
            template = "this cell changed {name} as well, which it would not after a clean run"
        else:
            template = "this cell left {name} otherwise than it would after a clean run"
        explained = seen.history[at]
        name = names[0] if names else None
        return Finding("state", name, told, template, None, explained.cell_id, at, explained.execution_count)


def differing(live: RunRecord, clean: RunRecord, is_same_source: bool = True) -> list[str]:
    """The names that a run read in another version than a clean run would."""
    found = []
    for tables in ((live.reads, clean.reads), (live.soft, clean.soft)):
        for name in {**tables[0], **tables[1]}:
            one, other = tables[0].get(name), tables[1].get(name)
            if one is None or other is None:
                if is_same_source and not live.halted and not clean.halted and not is_state(name):
                    continue
                if one is None:
                    continue
            if one is not None and (
                (other is None and not is_same_source) or (other is not None and one[0] == other[0])
            ):
                continue
            found.append(name)
    for name in live.stays.keys() & clean.stays.keys():
        if live.writes.get(name) != clean.writes.get(name) and live.stays[name][0] != clean.stays[name][0]:
            found.append(name)
    for key, (token, _, _) in live.parts.items():
        if key in clean.parts and clean.parts[key][0] != token:
            found.append(key[0])
    if is_same_source and not found:
        for table in (live.reads, live.soft):
            found.extend(
                name for name in table if name in clean.writes and live.writes.get(name) != clean.writes[name]
            )
    return list(dict.fromkeys(found))


def _changer(record: RunRecord, name: str) -> int:
    for table in (record.reads, record.soft):
        if name in table:
            return table[name][1]
    if name in record.stays:
        return record.stays[name][1]
    return max((found[1] for key, found in record.parts.items() if key[0] == name), default=-1)
