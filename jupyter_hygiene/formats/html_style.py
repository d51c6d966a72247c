"""The style sheet of the HTML report: light and dark, readable without colours."""

STYLE = """
:root {
  --ink: #1c2024; --soft: #5b646e; --page: #f7f8fa; --sheet: #ffffff; --line: #d9dee4; --code: #f1f3f6;
  --good: #14713d; --bad: #b3261e; --odd: #7a5200; --changed: #ffd9d4; --excused: #e8ecf1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --soft: #a3adb8; --page: #14171a; --sheet: #1c2024; --line: #363d45; --code: #24292f;
    --good: #6fd39b; --bad: #ff9d94; --odd: #e9bd62; --changed: #6b2721; --excused: #343c45;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1200px; margin: 0 auto; padding: 1rem; }
.notebook { margin: 1rem 0 2.5rem; }
h1 { font-size: 1.5rem; margin: .5rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; } h4 { font-size: .9rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
.reproduced .sign, .same, .cosmetic { color: var(--good); }
.differs .sign, .failed > h1 .sign, .cell .verdict { color: var(--bad); }
.unverified .sign, .not_comparable .verdict, .unsaved .verdict, .skipped .verdict { color: var(--odd); }
.headline { font-size: 1.15rem; } .facts { color: var(--soft); font-size: .85rem; }
.counts, .marks { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
.counts li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; background: var(--sheet);
  color: var(--ink); }
.marks li { border: 1px solid var(--line); border-radius: .3rem; background: var(--sheet); font-size: .8rem; }
.marks a, .marks li > span { display: flex; gap: .3rem; padding: .1rem .45rem; color: inherit; text-decoration: none; }
.marks .changed, .marks .failed, .marks .nondeterministic { color: var(--bad); border: 2px solid var(--bad);
  font-weight: 700; }
.marks .not_reached, .marks .skipped, .marks .unsaved, .marks .not_comparable { color: var(--odd);
  border-style: dashed; }
.marks .number { color: var(--soft); font-weight: 400; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cell { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem;
  margin: 0 0 1rem; }
.problems li { margin: 0 0 .7rem; } .problems .cause { text-transform: capitalize; margin-right: .3rem; }
.problems .action::before { content: "→ "; } code { font: .9em ui-monospace, monospace; }
pre { font: .85rem/1.45 ui-monospace, monospace; background: var(--code); border-radius: .3rem; padding: .6rem;
  margin: .4rem 0; max-height: 28rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.source { max-height: 14rem; }
.pair { border-top: 1px solid var(--line); margin-top: .8rem; padding-top: .8rem; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .8rem; }
.side { margin: 0; min-width: 0; } figcaption { color: var(--soft); font-size: .85rem; }
.scroll { overflow: auto; max-height: 28rem; }
img { max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); }
table { border-collapse: collapse; font-size: .85rem; margin: .4rem 0; }
td, th { border: 1px solid var(--line); padding: .15rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
mark { background: var(--changed); color: inherit; border-bottom: 2px solid var(--bad); font-weight: 600; }
i { background: var(--excused); font-style: normal; border-bottom: 1px dashed var(--soft); }
.none { color: var(--soft); font-style: italic; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media print { pre, .scroll { max-height: none; } .cell { break-inside: avoid; } }
"""
