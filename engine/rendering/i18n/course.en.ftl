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

cause-record-begins = { $what }: begins to count
cause-record-ended = { $what }: its term is over, it counts no more
cause-record-repaired = { $what }: repaired, it counts no more
cause-record-window = { $what }: outside of the period that is looked at, it counts no more
cause-record-displaced = { $what }: there is a newer record, it counts no more
cause-record-days = { $what }: so many days ago that a bound is passed
cause-attribute-days = { $what }: the days to it pass a bound
cause-attribute-anniversary = { $what }: another period is full
cause-result-changed = { $what }: its result changes
cause-policy-version = the version in force is now { $what }

renewable = { $text }; renewed before, the result does not get worse

## at the same time

turn-vetoes-come = veto holds: { $titles }
turn-vetoes-gone = veto holds no more: { $titles }
turn-measures-come = applies now: { $titles }
turn-measures-gone = applies no more: { $titles }
