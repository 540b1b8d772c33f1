# The explanation of a result

document = Credit evaluation

## its head

subject = Subject
model = Model
policy = Policy
authority = Authority
as-of = As of
as-of-until = { $day }    valid until { $until }
result = Result

## headings

section-rejected = Why it is rejected
section-not-evaluated = Why it is not evaluated
section-score = How the score came about
section-level = How the level came about
section-facts = Facts and the records behind them
section-vetoes = Vetoes
section-measures = Measures that apply
section-other-measures = Measures that do not apply, and why
section-next-level = What the next level takes
section-alerts = Alerts
section-warnings = Warnings

## how the score came about

head-indicator = Indicator
head-points = Points
head-facts = Facts
head-working = Working
head-basis = Basis
base = Base
counts-for = counts for { $share } / { $full }
adjustments = Adjustments
deductions = Deductions
total = Score
capped = capped by a veto, from { $points }
none-when = none, since { $condition }
left-out = left out: only when { $condition }

## facts and records

head-fact = Fact
head-value = Value
head-origin = From
not-given = { $title } not given
from-facts = from { $titles }
own-result = { $record } (this run's result)
record-counted-with-another = {"  "}not counted again: of those with the same “{ $field }” the one that counts most
record-counts-as = {"  "}entry { $number }: { $what } → { $value }
counts-until = counts until { $day }
label-code = { $label } ({ $code })

## vetoes, measures, the next level

veto-holds = ✗ { $veto }: holds ({ $condition }), { $effects }{ $basis }
veto-does-not-hold = ✓ { $veto }: does not hold{ $reason }
vetoes-in-the-way = for { $level } no longer: { $vetoes }
vetoes-in-the-way-then = for { $level } no longer: { $vetoes }; the level would then be { $then }
points-short = { $points } points short of { $level }
gain = · { $indicator }: can still give { $points }
gain-enough = · { $indicator }: can still give { $points } (enough alone)
