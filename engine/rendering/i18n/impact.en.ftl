# Whom a change touches: how many, which way, by which change; which version is in force on which days.

## whom it touches

headline = As of { $day }: subjects { $subjects }; { $touched }
not-evaluable = { $count } could not be evaluated (their data is refused)
touched = { $subjects } changed (results { $results })
of-these = of these { $ways }
counting = A subject has one result by each model; it counts as up (down) where it is so by any model, once.
day-chosen = no as-of date is given: { $day } is the first day of a new version

## a model

model-changed = subjects { $subjects }, changed { $changed }
rejected-by-both = rejected by both { $count }
count-and-share = { $count } ({ $share })

## ways to move

level-up = up { $count }
level-down = down { $count }
grades-moved = to another grade { $up } up and { $down } down
result-lost = result lost { $count }
result-gained = result gained { $count }
score-up = score up { $count }
score-down = score down { $count }

## burdens

lost-restricted = of the { $lost } whose result is lost, { $restricted } were under a restriction
lost-lowest-or-restricted = of the { $lost } whose result is lost, { $either } stood at { $level } or under a restriction ({ $level } { $lowest }, restricted { $restricted })
newly-restricted = newly restricted { $count } ({ $share })
incentives-lost = incentives lost { $count } ({ $share })

## regions

region-not-told = not told

## scores

rescored = change of score (subjects { $subjects })
spread = least { $least }, 5% { $low }, median { $median }, 95% { $high }, greatest { $greatest }

## attribution

attributed-levels = the subjects that have another level ({ $subjects })
attributed-scores = the subjects that have another score ({ $subjects })
attributed-all = all { $count }
attributed-sample = a sample, { $count }
attributed-other = { $count }
attributed-total = { $subjects }: { $total }
attributed-in-order = each change after the former ones, which add up to it
after-and-alone = { $after } (alone: { $alone })
joint-effect = together

## vetoes, measures, alerts

list-vetoes = vetoes  { $items }
list-measures = measures  { $items }
came-and-went = { $title } gained { $gained }, lost { $lost }
altered-measures = measures of other content: subjects { $subjects }  { $measures }
altered-measure = { $measure } { $subjects }
measure-and-content = { $title } ({ $content })
content-kind = kind
content-item = library item
content-matter = matter
content-terms = terms
content-title = title
list-alerts = alerts  { $items } ({ $of })
alerts-of-sample = a sample of { $count }
alerts-of-all = all { $count } subjects

## examples

example = such as  { $subject }  { $outcomes }
state-ungraded = no level
state-not_evaluated = not evaluated
state-rejected = rejected
state-absent = no result

## days in force

days-from = from { $first }
days-between = { $first } to { $last }
version-expired = { $old } has ended and its file is gone: these days cannot be evaluated any more
version-lost = no version is in force any more ({ $old } was)
version-begun = no version was in force, { $new } is now
version-unchanged = { $new } as before
works-backwards = works backwards: days already past ({ $days }) are evaluated by the new rules too, and their results may change
common-files-timeless = common files begin on no day: days already past are evaluated by them too, and their results may change
some-days-lost = on some days no version is in force any more
some-days-begun = on some days no version was in force
some-references-lost = some references find nothing any more
