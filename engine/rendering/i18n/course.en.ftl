# The credit calendar: on which days a result changes with no new information, to what, and what does it.

days = { $model }    { $first } to { $last }, by the records at hand
head-day = day
head-result = result
head-causes = what changes, and why
first-day = first day
no-change = nothing changes
no-result = no result
measures-alone = measures alone

## causes

record-begins = { $what }: begins to count
record-ended = { $what }: its term is over, it counts no more
record-repaired = { $what }: repaired, it counts no more
record-window = { $what }: outside of the period that is looked at, it counts no more
record-displaced = { $what }: there is a newer record, it counts no more
record-days = { $what }: so many days ago that a bound is passed
attribute-days = { $what }: the days to it pass a bound
attribute-anniversary = { $what }: another period is full
result-changed = { $what }: its result changes
policy-version = the version in force is now { $what }

renewable = { $text }; renewed before, the result does not get worse

## at the same time

vetoes-come = veto holds: { $titles }
vetoes-gone = veto holds no more: { $titles }
measures-come = applies now: { $titles }
measures-gone = applies no more: { $titles }
