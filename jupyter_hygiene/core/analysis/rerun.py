"""What to run again so that all is fresh: found by simulating it, and no longer than it has to be.

Trying a list out on versions alone is cheap: a cell whose inputs have the versions of a clean run leaves what a clean
run leaves. That ignores objects that are shared otherwise than after a clean run, so the list that is found is then
carried out for real in a copy of the live world, where that is affordable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .comparison import Picture
from .timeline import play

_LONGEST_PLAYED = 150  # lists up to this length are carried out in a copy of the world
_MOST_PLAYED = 400  # runs carried out for it, beyond one go at the notebook's list
_MOST_TRIED = 5_000  # cells tried out on versions, to make lists shorter
_MOST_IDS = 20_000  # of all cells' own lists together
_LONGEST = 200  # of a cell's own list


@dataclass
class Plan:
    """What to run for the notebook, and for each cell by position."""

    rerun: tuple[str, ...]
    own: list[tuple[str, ...]]
    restart_needed: bool


def plan(seen: Picture) -> Plan:
    """Find the lists."""
    own: list[tuple[str, ...]] = [()] * len(seen.cells)
    wanted = seen.stale()
    if not wanted:
        return Plan((), own, False)
    planner = _Planner(seen)
    ids = [cell.id for cell in seen.cells]
    chosen: Collection[int] | None = planner.solve(wanted)
    if chosen is not None and len(chosen) <= _LONGEST_PLAYED:
        chosen = planner.settled(wanted, chosen)
    if chosen is None:
        chosen = planner.all_over(wanted)
    lists: dict[int, Collection[int] | None] = {}
    if chosen is not None:
        lists.update(planner.backwards(chosen))
    else:
        for position in wanted:
            if planner.tries > 0:
                lists[position] = planner.solve([position])
    budget = _MOST_IDS
    together: set[int] = set()
    for position in wanted:
        needs = lists.get(position)
        if needs is None or len(needs) > min(budget, _LONGEST):
            continue
        if chosen is None or len(needs) > 1:
            solved = planner.solve([position], needs) if planner.tries > 0 else None
            needs = solved if solved is not None else needs
        if chosen is None or planner.plays > 0:
            needs = planner.settled([position], needs)
        if needs is None:
            continue
        own[position] = tuple(ids[place] for place in sorted(needs))
        budget -= len(needs)
        together.update(needs)
    if chosen is None and len(together) <= _LONGEST_PLAYED:
        chosen = planner.settled(wanted, together.union(wanted)) if together.issuperset(wanted) else None
    if chosen is not None:
        return Plan(tuple(ids[place] for place in sorted(chosen)), own, False)
    if together and planner.first_wrong(together) is not None:
        together = set()
    return Plan(tuple(ids[place] for place in sorted(together)), own, True)


class _Planner:
    """Tries lists out."""

    def __init__(self, seen: Picture) -> None:
        self.seen = seen
        self.tries = _MOST_TRIED
        self.plays = _MOST_PLAYED
        self.barred = {
            place for place, turn in enumerate(seen.clean.turns) if turn.skipped or turn.code.error
        }
        self.now: dict[str, int] = {}

    def version(self, name: str) -> int:
        """The version of a name in the live world as it is."""
        found = self.now.get(name)
        if found is None:
            found = self.now[name] = self.seen.live.final.name_token(name)
        return found

    def lacking(self, chosen: Iterable[int]) -> dict[int, list[str]]:
        """What each of these cells would not find as in a clean run, if they were run now, in document order."""
        records = self.seen.clean.records
        made: dict[str, int] = {}
        found: dict[int, list[str]] = {}
        version = self.version
        final = self.seen.live.final
        for position in sorted(chosen):
            self.tries -= 1
            record = records[position]
            lacks: list[str] = []
            for table in (record.reads, record.soft):
                for name, (token, _) in table.items():
                    here = made.get(name)
                    if (version(name) if here is None else here) != token:
                        lacks.append(name)
            for (name, keys), (token, _, whole) in record.parts.items():
                here = made.get(name)
                if (final.part_token(name, keys)[0] != token) if here is None else (here != whole):
                    lacks.append(name)
            if lacks:
                found[position] = lacks
                for name in record.writes:
                    made[name] = hash(("wrong", position, name))
            else:
                for name, (before, _, after) in record.stays.items():
                    here = made.get(name)
                    as_clean = (version(name) if here is None else here) == before
                    made[name] = after if as_clean else hash(("other", position, name))
                made.update((name, left) for name, left in record.writes.items() if name not in record.stays)
                made.update(record.settings)
        return found

    def solve(self, targets: Collection[int], start: Collection[int] = ()) -> list[int] | None:
        """Cells to run so that all the targets are fresh; ``None`` where no list does it."""
        chosen = set(targets).union(start)
        if self.barred.intersection(targets):
            return None
        records = self.seen.clean.records
        while True:
            lacking = self.lacking(chosen)
            if not lacking:
                break
            givers: set[int] = set()
            for position, names in lacking.items():
                record = records[position]
                for name, giver in record.sources():
                    if giver >= 0 and name in names:
                        givers.update(self.behind(name, giver))
            added = givers - chosen - self.barred
            if not added:
                return None
            chosen |= self.further(added)
        for position in sorted(chosen.difference(targets), reverse=True):
            if self.tries < len(chosen):
                break
            fewer = chosen - {position}
            if not self.lacking(fewer):
                chosen = fewer
        return sorted(chosen)

    def behind(self, name: str, giver: int) -> list[int]:
        """The cell that gives a name, and those above of which it may have left what they gave."""
        found = [giver]
        records = self.seen.clean.records
        while name in records[giver].stays and 0 <= records[giver].stays[name][1] < giver:
            giver = records[giver].stays[name][1]
            found.append(giver)
        return found

    def further(self, added: set[int]) -> set[int]:
        """These cells, and those that they lack something of as things are."""
        records = self.seen.clean.records
        waiting = list(added)
        for place in waiting:
            record = records[place]
            for table in (record.reads, record.soft):
                for name, (token, giver) in table.items():
                    if giver >= 0 and giver not in added and self.version(name) != token:
                        added.add(giver)
                        waiting.append(giver)
            for (name, keys), (token, giver, _) in record.parts.items():
                if (
                    giver >= 0
                    and giver not in added
                    and self.seen.live.final.part_token(name, keys)[0] != token
                ):
                    added.add(giver)
                    waiting.append(giver)
        return added - self.barred

    def backwards(self, chosen: Iterable[int]) -> dict[int, frozenset[int] | None]:
        """For each of the chosen cells, those of them that its clean content goes back to; ``None``: too many."""
        records = self.seen.clean.records
        found: dict[int, frozenset[int] | None] = {}
        for position in sorted(chosen):
            record = records[position]
            needs: set[int] | None = {position}
            for _, giver in record.sources():
                if needs is not None and giver in found:
                    more = found[giver]
                    needs = None if more is None or len(more) > _LONGEST else needs | more
            found[position] = frozenset(needs) if needs is not None else None
        return found

    def settled(self, targets: Collection[int], start: Collection[int]) -> list[int] | None:
        """The list, with what it takes for objects to be shared as after a clean run, and no more than that."""
        chosen = set(start)
        while (wrong := self.first_wrong(chosen)) is not None:
            givers = {giver for _, giver in self.seen.clean.records[wrong].sources() if giver >= 0}
            added = givers - chosen - self.barred
            if not added or self.plays <= 0:
                return None
            chosen |= added
        length = 0
        while length != len(chosen):  # what could not be spared before may be, once another one is
            length = len(chosen)
            for position in sorted(chosen.difference(targets), reverse=True):
                if self.plays > 0 and self.first_wrong(chosen - {position}) is None:
                    chosen.discard(position)
        return sorted(chosen)

    def all_over(self, targets: Collection[int]) -> list[int] | None:
        """What does it of all that has run, carried out once more from the top; ``None`` where only a restart does."""
        ran = [
            place
            for place, cell in enumerate(self.seen.cells)
            if cell.id in self.seen.last and place not in self.barred
        ]
        if len(ran) > _LONGEST_PLAYED or not set(targets) <= set(ran):
            return None
        self.plays = max(self.plays, 2 * len(ran))
        return self.settled(targets, ran)

    def first_wrong(self, chosen: Collection[int]) -> int | None:
        """The first of these cells that is not fresh once they have been run, in document order."""
        seen = self.seen
        world = seen.live.final.copy()
        ambient = set(seen.live.ambient)
        self.plays -= len(chosen) + len(world.names) // 200
        count = len(seen.history)
        for position in sorted(chosen):
            record = play(world, seen.turn(position), count, ambient, seen.endings)
            if not record.agrees_with(seen.clean.records[position]):
                return position
            count += 1
        return None
