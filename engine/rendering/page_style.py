"""How our pages look: on a desk, on a phone, in the dark and on A4. Grades go from t0, the best, to t4."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b2430; --soft: #5d6875; --line: #dfe3e8; --wash: #f5f6f8; --seal: #b3202a; --plain: #8495a8;
  --t0: #0a6b5c; --t1: #8fd0b5; --t2: #efe2a6; --t3: #f0b241; --t4: #c9412c; --light: #fff; --dark: #1b2430;
  --serif: "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, Georgia, serif;
  --sans: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14191f; --ink: #e4e8ec; --soft: #9aa6b2; --line: #2d3640; --wash: #1b222a; --seal: #e0626a; --plain: #71859a;
    --t0: #2c9c84; --t1: #8ccbb2; --t2: #e3d491; --t3: #e5a83d; --t4: #e0614c; --light: #10151a; --dark: #10151a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 3rem 1.5rem; max-width: 62rem;
  background: var(--paper); color: var(--ink); font: 15px/1.6 var(--sans); font-variant-numeric: tabular-nums;
}
h1, h2 { font-family: var(--serif); font-weight: 700; line-height: 1.3; }
h1 { margin: 0; font-size: 2.1rem; letter-spacing: .04em; }
h2 { margin: 3.5rem 0 1rem; padding-bottom: .4rem; border-bottom: 1px solid var(--ink); font-size: 1.35rem; }
h3 { margin: 0; font-size: 1.15rem; }
h4, caption { margin: 0; font-size: .95rem; font-weight: 600; text-align: left; }
p { margin: .5rem 0; }
a { color: inherit; text-decoration-color: var(--plain); text-underline-offset: .2em; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere; }
.soft, figcaption, summary { color: var(--soft); font-size: .87rem; }

header { border-top: 4px solid var(--seal); padding-top: 1.6rem; }
header .lede { margin: 1rem 0 0; max-width: 44rem; font-size: 1.05rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 0 1rem; margin: 1.8rem 0 0;
  border-bottom: 1px solid var(--line); }
.figures div { padding: .8rem 0 .7rem; border-top: 1px solid var(--line); }
.figures dt { color: var(--soft); font-size: .87rem; }
.figures dd { margin: 0; font-size: 1.45rem; font-weight: 600; line-height: 1.3; white-space: nowrap; }

table { width: 100%; border-collapse: collapse; }
caption { padding-bottom: .35rem; }
th, td { padding: .32rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: middle; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead > tr > * { color: var(--soft); font-size: .82rem; white-space: nowrap; border-bottom-color: var(--plain); }
.n { text-align: right; white-space: nowrap; }

svg { display: block; width: 100%; overflow: visible; }
svg rect { stroke: var(--paper); stroke-width: 1.5; }
svg text { text-anchor: middle; dominant-baseline: central; font-size: 13px; fill: var(--dark); pointer-events: none; }
svg .t0 text, svg .t4 text { fill: var(--light); }
svg text.tick { fill: var(--soft); font-size: 12px; dominant-baseline: auto; }
svg text.tick[text-anchor=start] { text-anchor: start; }
svg text.tick[text-anchor=end] { text-anchor: end; }
svg line { stroke: var(--plain); }
.stack { height: 2.4rem; }
.overview .stack { height: 1.6rem; }
.histogram { height: 158px; }
.bar { height: .7rem; min-width: 3rem; background: var(--wash); }
.bar rect { stroke: none; }
.t0 { fill: var(--t0); } .t1 { fill: var(--t1); } .t2 { fill: var(--t2); } .t3 { fill: var(--t3); } .t4 { fill: var(--t4); }
.incentive { fill: var(--t0); } .routine { fill: var(--plain); } .restriction { fill: var(--t4); }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; vertical-align: -.05em; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: 0 0 .8rem; padding: 0; list-style: none; font-size: .87rem; }

.overview th[scope=row] { width: 24%; }
.overview .chart { width: 34%; }
article { margin: 0 0 3rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
article:first-of-type { border-top: 0; padding-top: 0; }
article > .stack { margin: .9rem 0 1.2rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1.6rem 2.5rem; align-items: start; }
.pair > div > * + * { margin-top: 1.8rem; }
figure { margin: 0; }
details { margin-top: .6rem; }
summary { cursor: pointer; }
.bars .chart { width: 26%; }
table + table { margin-top: 2rem; }
.kind { display: inline-block; margin-right: .5em; color: var(--soft); font-size: .82rem; }
footer { margin-top: 3.5rem; padding-top: .8rem; border-top: 1px solid var(--ink); }
footer table, .reasons { font-size: .9rem; }

@media (max-width: 44rem) {
  body { padding: 1.6rem 1rem; }
  h1 { font-size: 1.6rem; }
  .figures { grid-template-columns: 1fr 1fr; }
  .reasons, .policies { font-size: .82rem; }
  .reasons th, .reasons td, .policies th, .policies td { padding: .3rem; vertical-align: top; }
  .overview thead { position: absolute; clip-path: inset(50%); }
  .overview tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .overview tr > * { padding: .1rem 0; border: 0; text-align: left; }
  .overview th[scope=row] { flex: 1; order: -2; }
  .overview td:last-child { order: -1; }
  .overview .chart { width: 100%; }
  .overview td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .82rem; }
}
@media print {
  :root { color-scheme: light; }
  @page { size: A4; margin: 16mm 15mm; }
  body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.45; }
  th, td { padding: .18rem .4rem; }
  svg text { font-size: 10px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, figure, .stack { break-inside: avoid; }
  thead { display: table-header-group; }
  details { display: none; }
  a { text-decoration: none; }
  article, section + h2 { break-before: page; }
  article:first-of-type { break-before: auto; }
  .pair { grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem; }
  .bars .chart { width: 18%; }
  .bar { min-width: 0; }
  .pair > div > * + * { margin-top: .9rem; }
  section + h2, article { margin: 0; padding: 0; border: 0; }
  section + h2 { margin-bottom: .8rem; }
}
"""
