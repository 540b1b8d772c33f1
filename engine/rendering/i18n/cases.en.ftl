# Cases: passed or failed, coverage, mutants

## counts

together = together: { $counts }
policy-counts = { $policy }: { $counts }
no-cases = no cases
passed-failed = { $passed } passed, { $failed } failed
coverage = ; coverage { $share } ({ $reached } of { $targets })
noticed = ; noticed { $share } ({ $noticed } of { $mutants })

## what differs

differs-score = score
differs-level = level
differs-grade = grade
differs-vetoes = vetoes
differs-measures = measures
differs-alerts = alerts
differs-facts = fact
differs-points = points of
differs-rejected = rejected
differs-not_evaluated = not evaluated
difference = { $what }: expected { $expected }, got { $actual }
difference-apart = { $what }: expected { $expected }, got { $actual } ({ $apart })
missing-names = without { $names }
extra-names = beside { $names }
left-out = left out

## mutants that no case notices: what was otherwise

mutant-source = source
mutant-window = window
mutant-newest = newest
mutant-once_per = once per
mutant-include = repaired ones
mutant-where = filter
mutant-value = value
mutant-if_missing = if missing
mutant-threshold = threshold
mutant-operator = operator
mutant-listed = listed value
mutant-test = test
mutant-points = points
mutant-start = start
mutant-beyond = beyond
mutant-short_of = short of
mutant-step = step
mutant-round = round
mutant-bound = bound
mutant-counts_for = counts for
mutant-only_when = only when
mutant-none_when = none when
mutant-order = order
mutant-level = level
mutant-cap = cap
mutant-above_previous_by = beside the last level
mutant-lower_by = lowering
mutant-not_evaluated = not evaluated
mutant-veto = veto
mutant-measure = measure
mutant-alert = alert
mutant-parameter = parameter
swapped = no. { $old } and { $new } swapped
taken-away = { $what } left out
taken-away-itself = left out

## the case that would notice it

case = a case: { $situation }; expect { $key }
case-of = a case: { $situation }; expect { $key } of { $name }
case-newest = more records than { $old }, older ones that match the filter among them
case-once_per = two records with the same { $old }
case-include = a repaired record
case-where = a record that the filter keeps out
case-if_missing = fact { $fact } is missing, and no other
case-bound = a sum beyond the bound
case-counts_for = the dimension gives points
case-only_when = only_when does not hold
case-none_when = none_when holds, and the form gives points
case-round = the last step is begun and not full
case-order = the conditions of no. { $old } and { $new } hold
case-level = it is reached with a score above that level
case-cap = the veto holds with a score above the cap
case-above_previous_by = the veto holds, and the level would be further above the last one
case-lower_by = the veto holds well above the worst level
case-holds = it holds
case-parameter = where the parameter stands is reached
case-reached = it is reached
case-total = fact { $fact } is not 0
case-values = several records with different values
case-period = a record not dated { $period }
case-months = a record dated exactly { $count } months before
case-days = a record dated exactly { $count } days before
case-exactly = { $name } is exactly { $value }
field-of-record = { $field } of a record
fact-named = fact { $fact }
