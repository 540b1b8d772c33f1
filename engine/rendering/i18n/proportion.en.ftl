# What one adverse record costs at most, and until when it bears.

points-none = no score
points-nothing = no points
points-most = costs at most { $points } points
points-at-most = costs no more than { $points } points
points-between = costs no more than { $points } points ({ $costs } found)
lasts-months = until { $count } months have passed
lasts-days = until { $count } days have passed
lasts-at-most = at most { $count } days
lasts-with-state = until the state is ended
lasts-by-basis = for good, as the basis says
lasts-never = for ever
lasts-not-known = not known: with a record, the category is collected
of-vetoes = vetoes
of-restrictions = restrictions
of-exclusions = not evaluated
longest = after the last adverse act a result is worse for it (worst grade and restrictions too)
longest-days = at most { $days } days
longest-with-state = states until they are ended
longest-by-basis = for good where the basis sets no term
longest-never = some for ever
longest-not-known = some not known
longest-by-results = earlier results count too, and can carry it on

## the table of an annex

table-proportion = What adverse information does
head-act = Adverse information (one record)
head-points = Points at most
head-consequences = Vetoes, restrictions
head-longest = How long
remark-proportion = For one record of the subject's own, with nothing new; points are the most that the score before vetoes can fall, what left out indicators add included; what is repaired or revoked counts as the rules say.
remark-by-results = Where earlier results count, what they carry on is not in it.
blank = —
