"""What the signed page has beyond our other pages: the verdict, old beside new, the heat table, lines to sign on."""

from __future__ import annotations

from engine.rendering.counts import pick
from engine.rendering.terms import Lang

STYLE = """
body { max-width: 70rem; }
.verdict { display: flex; gap: 1.4rem; align-items: center; margin: 1.6rem 0 0; padding: 1rem 1.2rem; border-left: .5rem solid var(--tone);
  background: var(--wash); }
.verdict p { margin: .1rem 0; }
.verdict .seal { flex: none; font: 700 1.45rem/1.3 var(--serif); color: var(--tone); }
.equal, .declared { --tone: var(--t0); } .beyond, .exceeded, .loud { --tone: var(--seal); } .unknown { --tone: #b87a00; }
.loud { color: var(--tone); font-weight: 600; }
article > p.equal, article > p.declared, article > p.beyond, article > p.unknown { color: var(--tone); font-weight: 600; }
.figures { grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); }
.figures .looser dd { color: var(--t0); } .figures .stricter dd { color: var(--t4); }
.revisions { margin: .4rem 0; padding-left: 1.1rem; }
article.policy { border-top: 0; padding-top: 0; }

.changes { margin-top: 1.4rem; font-size: .92rem; }
.changes caption { font-family: var(--serif); font-size: 1.02rem; }
.changes th, .changes td { vertical-align: top; overflow-wrap: anywhere; }
.changes th:nth-child(1), .changes td:nth-child(1) { width: 5.6rem; white-space: nowrap; }
.changes th:nth-child(2) { width: 22%; }
.changes caption .soft { margin-left: .6em; font: 400 .8rem var(--sans); }
.changes .basis { width: 24%; color: var(--soft); font-size: .87em; }
.changes .where { width: 6.5rem; font-size: .87em; color: var(--soft); }
.changes abbr { color: var(--seal); font-weight: 700; text-decoration: none; }
.changes small { display: block; color: var(--soft); }
.changes .how { padding: 0 .35em; border: 1px solid var(--plain); font-size: .8em; }
.changes .old { color: var(--soft); }
.changes .new { font-weight: 600; }
.none { color: var(--soft); font-weight: 400; }
.way { display: inline-block; min-width: 4.6em; padding: 0 .4em; border-left: .25em solid var(--way); }
.looser { --way: var(--t0); } .stricter { --way: var(--t4); } .mixed { --way: var(--t3); } .neutral, .text { --way: var(--line); }
tr.beyond td { color: var(--seal); font-weight: 600; }
tr.text, tr.neutral { color: var(--soft); } tr.text .new, tr.neutral .new { font-weight: 400; }

.heat { width: auto; max-width: 100%; font-size: .87rem; }
.impact .pair { grid-template-columns: minmax(0, 42rem) minmax(12rem, 1fr); }
.impact .pair.wide { grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); }
.impact .pair > div > * + * { margin-top: .5rem; }
.impact .pair > div > * + h4, .impact .pair > div > * + table { margin-top: 1.5rem; }
.heat td, .heat thead th { position: relative; min-width: 2.6rem; text-align: right; padding: .3rem .45rem; border: 1px solid var(--line); }
.heat th[scope=row] { white-space: nowrap; padding-left: 0; }
.heat i { position: absolute; top: 0; right: 0; bottom: 0; left: 0; background: var(--shade); }
.heat b { position: relative; font-weight: 400; }
.heat .up { --shade: var(--t0); } .heat .down { --shade: var(--t4); } .heat .same { --shade: var(--plain); }
.scroll { overflow-x: auto; }
.updown { height: .8rem; min-width: 6rem; background: var(--wash); }
.updown rect { stroke: none; } .updown line { stroke: var(--ink); }
.up-bar { fill: var(--t0); } .down-bar { fill: var(--t4); }
.spread { height: 74px; margin: .4rem 0; overflow: visible; }
.spread .box { fill: var(--plain); stroke: none; opacity: .55; }
.spread .middle { stroke: var(--ink); stroke-width: 2.5; }
.spread .zero { stroke: var(--seal); stroke-dasharray: 3 3; }
.wide { margin-top: 1.6rem; }
.impact article { break-inside: auto; }
.impact h4 { margin: 1.4rem 0 .4rem; }
.impact .bars .chart { width: 30%; }
.example { margin: .5rem 0; padding: .5rem .8rem; border: 1px solid var(--line); }
.example summary { color: var(--ink); font-size: .95rem; }
.example .reasons th { width: 40%; }

.claims { font-size: .9rem; min-width: 36rem; table-layout: fixed; }
.scroll + .scroll { margin-top: 1.2rem; }
.claims th:first-child { width: 18%; }
.claims thead th { white-space: normal; vertical-align: bottom; }
.claims .proved b { color: var(--t0); } .claims .counterexample b { color: var(--seal); } .claims .unknown b { color: #b87a00; }
dl.prepared { margin: 0; font-size: .92rem; }
dl.prepared > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1.2rem; padding: .32rem 0; border-bottom: 1px solid var(--line); }
dl.prepared dt { color: var(--soft); }
dl.prepared dd, dl.prepared p { margin: 0; overflow-wrap: anywhere; }
.digests { font-size: .84rem; }
.digests th, .digests td { vertical-align: top; }
.digests td:nth-child(2), .digests td:nth-child(3) { white-space: nowrap; }
.digests td:last-child { width: 50%; }
.failing { color: var(--seal); }
.listed ul { margin: 0; padding-left: 1.2rem; }
.annex h3 { margin: 1.6rem 0 .5rem; }
.witness { margin-top: .4rem; }
.held th { width: 45%; }
.example .reasons, .witness .reasons { table-layout: fixed; }
.reasons th, .reasons td { overflow-wrap: anywhere; vertical-align: top; }
.raw { margin-top: .2rem; }
.proofs pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .82rem/1.5 ui-monospace, Consolas, monospace; }

.signature > div { display: grid; grid-template-columns: repeat(3, 1fr) 9rem; gap: 2rem; }
.signature .room { min-height: 5rem; margin: 0; padding-top: .3rem; }
.signature .room span { color: var(--soft); font-size: .87rem; }
.stamp { display: flex; min-height: 9rem; align-items: center; justify-content: center; border: 1px dashed var(--plain); color: var(--soft);
  font-size: .87rem; }
.line { display: flex; margin: 0; padding-top: 2.1rem; border-bottom: 1px solid var(--ink); }
.line span { color: var(--soft); font-size: .87rem; }

@media (max-width: 44rem) {
  .verdict { flex-direction: column; align-items: flex-start; gap: .4rem; }
  .changes thead { position: absolute; clip-path: inset(50%); }
  .changes, .changes tbody, .changes caption { display: block; }
  .changes tr { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .changes tr > * { padding: 0; border: 0; width: auto !important; }
  .changes th[scope=row] { grid-column: 2; }
  .changes tr > td + th ~ td { grid-column: 1 / -1; }
  .changes .none { display: none; }
  .changes td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-weight: 400; }
  .changes .where::before { content: attr(data-label) " "; }
  .impact .pair { grid-template-columns: minmax(0, 1fr); }
  .impact .bars { font-size: .82rem; }
  .impact .bars .chart { display: none; }
  .impact .bars thead td { display: none; }
  .impact .bars th, .impact .bars td { padding: .3rem; }
  .signature > div { grid-template-columns: 1fr; gap: 1rem; }
  dl.prepared > div { grid-template-columns: minmax(0, 1fr); }
  .digests td:last-child { width: auto; }
}
@media print {
  html { font-size: 12.6px; } body { font-size: 9pt; }
  h2 { margin: 1.3rem 0 .5rem; }
  header { padding-top: 1rem; }
  header .soft { margin: .1rem 0; }
  h1 { font-size: 1.8rem; }
  .verdict { margin-top: .7rem; padding: .5rem .8rem; }
  .figures { margin-top: .7rem; grid-template-columns: repeat(8, 1fr); }
  .figures div { padding: .4rem 0; }
  .figures dd { font-size: 1.15rem; }
  .changes { margin-top: .8rem; }
  .changes tr, .reasons tr, .digests tr, dl.prepared p { break-inside: avoid; }
  dl.prepared > div:not(:has(p:nth-of-type(6))) { break-inside: avoid; }
  article, section + h2, article.policy { break-before: auto; margin: 0 0 1rem; }
  .impact article { break-inside: auto; }
  .impact article + article { padding-top: .8rem; border-top: 1px solid var(--line); }
  .impact h3, .impact h3 + p, .annex h3 { break-after: avoid; }
  .impact .pair { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .impact .pair.wide { grid-template-columns: 1fr 1fr; } .impact .pair.wide:has(> :only-child) { grid-template-columns: 1fr; }
  .heat { font-size: 7pt; } .heat td, .heat thead th { min-width: 0; padding: .15rem .3rem; }
  .heat tr, .spread, figure { break-inside: avoid; } .heat { break-inside: auto; }
  .scroll { overflow: visible; } .claims { min-width: 0; break-inside: avoid; }
  .claims { font-size: .8rem; } .claims td { padding-right: .1rem; }
  .signature, .listed { break-inside: avoid; }
  .signature > div { grid-template-columns: repeat(3, 1fr) 42mm; gap: 1.4rem; }
  .signature .room { min-height: 17mm; } .line { padding-top: 1.5rem; } .stamp { min-height: 42mm; }
  .annex:not(.annex ~ .annex) { break-before: page; }
  .annex details.example { display: block; break-inside: avoid; margin: .4rem 0; padding: .4rem .6rem; }
  details.example::details-content { content-visibility: visible; display: block; }
  .example summary { list-style: none; font-size: .92rem; }
  .cards { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem 1rem; align-items: start; }
  .cards .example:nth-of-type(n + 5) { display: none !important; }
  .reasons { font-size: .84rem; }
  .digests td:last-child { width: 98mm; } .digests td code { font-size: 6.8pt; }
  .witness { grid-template-columns: 1fr 1fr; gap: 1rem; }
}
"""


def running(title: str, check: str, lang: Lang) -> str:
    """What each sheet of paper has in its margins: the title, the check code, and which page of how many it is."""
    head = pick("政策改动审核", "Review of a change of policy", lang)
    code = f"{pick('核对码', 'check code', lang)} {check}" if check else ""
    before, between, after = pick("第 |页，共 |页", "page | of |", lang).split("|")
    number = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    soft = "font: 8pt sans-serif; color: #5d6875;"
    return f"""
@page {{
  margin: 17mm 15mm 16mm;
  @top-left {{ content: {_quoted(head)} "  " {_quoted(title)}; {soft} width: 70%; }}
  @top-right {{ content: {_quoted(code)}; {soft} }}
  @bottom-center {{ content: {number}; {soft} }}
}}
"""


def _quoted(text: str) -> str:
    """A text in a style, none of whose characters can end it."""
    return '"' + "".join(one if one.isalnum() or one in " .-" else f"\\{ord(one):x} " for one in text) + '"'
