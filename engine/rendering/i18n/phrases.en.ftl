# What several areas say: scoring forms, sources, conditions.
# `-official` is said by annexes and by diff in Chinese, `-short` by diff.

## punctuation, lists

colon = :{" "}
comma = ,{" "}
list-comma = ,{" "}
clauses = ;{" "}
stop = .{" "}
semicolon = ;{" "}
plus = {" "}+{" "}
brackets = {" "}({ $text })
nested = ({ $text })
quoted = “{ $text }”
between-quotations = ,{" "}
labelled = { $label }: { $text }
either = { $others } or { $last }
none = none
otherwise = otherwise
otherwise-official = otherwise
no-record = no record
nth = no. { $number }

## conditions

name-score = the score
name-level = the level
name-grade = the grade
name-vetoed = a veto holds
name-vetoed-not = no veto holds
name-previous-level = the previous level
name-previous-score = the previous score

compare-at_least = is at least { $value }
compare-at_least-official = is at least { $value }
compare-above = is better than { $value }
compare-above-official = is better than { $value }
compare-at_most = is at most { $value }
compare-at_most-official = is at most { $value }
compare-below = is worse than { $value }
compare-below-official = is worse than { $value }
compare-one_of = is one of { $value }
compare-one_of-official = is { $value }
compare-none_of = is none of { $value }
compare-none_of-official = is not { $value }
compare-is = is { $value }
compare-is_not = is not { $value }
compare-given = is given
compare-given-not = is not given
compare-zero-official = is 0

tested = { $name } { $compared }
tested-is = { $name } { $compared }
both-hold = {" "}and{" "}
either-holds = {" "}or{" "}
negated = not ({ $condition })

unmet-needs = needs “{ $name } { $compared }”, it is { $actual }
unmet-needs-worded = needs “{ $name } { $compared }”, it is { $actual }
unmet-excludes = excludes “{ $name } { $compared }”, it is { $actual }
unmet-excludes-worded = excludes “{ $name } { $compared }”, it is { $actual }
unmet-all = ; and{" "}
unmet-any = ; or{" "}

## what a veto does

effect-score = score at most { $points }
effect-score-official = score at most { $points }
effect-level = level at most { $level }
effect-level-official = level at most { $level }
effect-previous = level not above the last one
effect-previous-official = level not above the last one
effect-previous-known = level not above the last one, { $level }
effect-previous-above = level at most { $count } above the last one
effect-previous-above-official = level at most { $count } above the last one
effect-previous-above-known = level at most { $count } above the last one, { $level }
effect-previous-none = there is no last level, nothing is limited
effect-grades = lowered by { $count } grades
effect-grades-official = lowered by { $count } grades
effect-levels = lowered by { $count } levels
effect-levels-official = lowered by { $count } levels

## bounds of a number

bounds-both = { $low } to { $high }
bounds-both-official = { $low } to { $high }
bounds-least = at least { $low }
bounds-least-official = at least { $low }
bounds-most = at most { $high }
bounds-most-official = at most { $high }

## scoring forms: points

points =
    { $points ->
        [1] { $points } point
        *[other] { $points } points
    }
points-none-official = no points
points-none-added-official = nothing is added
points-got-official = { $points } points
points-added-official = { $points } points added
points-lost-official = { $points } points taken off
given = { $what }: { $points }
given-awarded = { $what }: { $points }
points-awarded-official = { $low } to { $high } points, as awarded by the evaluator
points-awarded-added-official = { $low } to { $high } points added, as awarded by the evaluator
points-awarded-lost-official = { $low } to { $high } points taken off, as awarded by the evaluator
points-awarded-either-official = from { $low } points taken off to { $high } added, as awarded by the evaluator
awarded = { $low } … { $high } points, as awarded
awarded-inside = { $awarded } awarded ({ $low } … { $high })
awarded-outside = { $awarded } awarded, outside of { $low } … { $high }, counted as { $points }
not-beyond = not beyond { $bound }
not-short-of = not short of { $bound }
steps-down = one for each full { $step }
steps-up = one for each { $step }, part of one counts as one
chosen = { $what }: { $points }

## each

each-base-official = { $points } points to begin with
each-less-official = less { $points } points in all
each-beyond-official = of what is beyond { $number }
each-beyond-short = beyond { $number }
each-short-official = where it is short of { $number }
each-short-short = by how much it is short of { $number }
each-unit-official = for each { $unit }
each-one-official = for each { $unit }
each-value-official = for each 1 of the sum of values
each-by-record-official = record by record, as follows
each-step-official = for each full { $step }
each-step-short = for each full { $step }
each-step-begun-official = for each { $step }
each-step-begun-short = for each { $step }, a begun one counts in full
each-lower-official = for each { $step } lower
each-fewer-official = for each { $step } fewer
each-begun-official = less than { $step } count as { $step }
each-unbegun-official = less than { $step } do not count
each-percent-official = percentage points
each-most-official = { $points } points at most
each-least-official = until none is left
each-itself-official = the points are { $title }
each-excess-itself-official = counts as points
each-nothing-official = always
each-of-official = { $title }, { $points }

## bands

band-bound = { $sign } { $number }
band-given = { $band }: { $points }
band-both-official = { $low } to { $high }, both included
band-low-official = { $low }, which is included, to { $high }
band-high-official = { $low } to { $high }, which is included
band-neither-official = { $low } to { $high }, both excluded
band-whole-least-official = { $least } and more
band-whole-most-official = { $most } at most
band-whole-between-official = { $least } to { $most }

## choices

choice-any-exists-official = whether there is one or not
choice-any-official = yes or no
choice-holds-official = { $title }
choice-fails-official = { $title }: “no”
choice-other-official = otherwise

## first_of

branch-numbered-official = ({ $number }) { $condition }
branch-alone = { $condition }
branch-given = { $condition } { $points }

## sources: windows and periods

window-months-official = in the last { $count } months
window-months-short = last { $count } months
window-days-official = in the last { $count } days
window-days-short = last { $count } days
length-days =
    { $count ->
        [1] { $count } day
        *[other] { $count } days
    }
length-months =
    { $count ->
        [1] { $count } month
        *[other] { $count } months
    }
length-years =
    { $count ->
        [1] { $count } year
        *[other] { $count } years
    }
length-of = { $value } { $length }
publicity-both = at least { $shortest }, at most { $longest }
publicity-term = from { $day } { $lengths }
attribute-fixed = not the subject's to change
window-none-official = valid on the as-of date
window-before-official = at least { $before } before the as-of date
window-before-months-short = at least { $count } months ago
window-before-days-short = at least { $count } days ago
window-between-official = in the last { $window } and at least { $before } before the as-of date
length-months-official = { $count } months
length-days-official = { $count } days
period-this-year = this year
period-last-year = last year
period-this-quarter = this quarter
period-last-quarter = last quarter
period-this-month = this month
period-last-month = last month
own-period-this-years = { $count ->
        [1] this year of those from “{ $title }”
       *[other] this period of { $count } years from “{ $title }”
    }
own-period-last-years = { $count ->
        [1] last year of those from “{ $title }”
       *[other] last period of { $count } years from “{ $title }”
    }
own-period-this-months = this period of { $count } months from “{ $title }”
own-period-last-months = last period of { $count } months from “{ $title }”

## sources: records

records-official-count = number of records { $records }
records-official-exists = whether there is a record { $records }
records-official-days_since = days since the last record { $records }
records-official-sum = sum of “{ $field }” { $records }
records-official-max = greatest “{ $field }” { $records }
records-official-min = least “{ $field }” { $records }
records-official-mean = mean of “{ $field }” { $records }
records-official-mean-weighted = mean of “{ $field }” weighted by “{ $weight }” { $records }
records-official-latest = “{ $field }” of the last record { $records }
records-official-tally = sum of what each record counts as { $records }
tally-by-standard-official = { $sum }, each by the first entry that it meets
tally-by-values-official = { $sum }; each by the first entry that it meets: { $values }
tally-value-official = { $what }: counts as { $value }
tally-otherwise-official = ({ $number }) any other
tally-each-official = { $points } for each
tally-none-lost-official = nothing is taken off
tally-of-official = { $title }:{" "}
records-of-official = of “{ $category }” { $window }
records-newest-official = the { $count } newest { $records }
records-newest-short = the { $count } newest
records-where-official = { $records } where { $condition }
records-once-count-official = { $source }, those with the same “{ $field }” once
records-once-sum-official = { $source }, of those with the same “{ $field }” the greatest
records-once-tally-official = { $source }, of those with the same “{ $field }” the one that counts most
records-once-short = those with the same “{ $field }” once
records-repaired-official = { $source }, repaired ones too
records-collected-official = { $source }, collected by { $by }
records-short = { $kind } of { $what }
records-where-short = where { $condition }

## sources: others

attribute-official = the subject's attribute
attribute-titled-official = the subject's attribute “{ $title }”
attribute-years_since-official = full years since the subject's attribute “{ $title }”
attribute-days_until-official = days until the subject's attribute “{ $title }”
attribute-short = { $kind } { $title }
ratio-official = “{ $of }” ÷ “{ $to }”
ratio-times-official = “{ $of }” ÷ “{ $to }” × { $times }
ratio-short = { $of } / { $to }
ratio-times-short = { $of } / { $to } × { $times }
members = members of the subject
source-line-official = { $title }: { $source }.

## where there is no value

missing-rejected-official = { $source }; where there is none, it is not evaluated
missing-rejected-short = rejects
missing-fact-official = { $source }; where there is none, “{ $title }” stands in
missing-fact-short = “{ $title }” stands in
missing-fact-explained = { $what }: { $title } stands in
missing-text-official = { $source }; none counts as “{ $value }”
missing-number-official = { $source }; none counts as { $value }
missing-value-short = counts as { $value }
missing-value-explained = { $what }: counts as { $value }

## values in comparisons

above-previous-short = not above the last one
above-previous-by-short =
    { $count ->
        [1] at most { $count } level above the last one
        *[other] at most { $count } levels above the last one
    }
derived-of-short = score out of 100 taken of { $points }
by-rule-short = by rule
lower-grades-short =
    { $count ->
        [1] { $count } grade
        *[other] { $count } grades
    }
lower-levels-short =
    { $count ->
        [1] { $count } level
        *[other] { $count } levels
    }
parameter-pending = pending
parameter-set = set
all-of-kind = all of the kind
those-named = those named
repaired-counted = counted
repaired-not-counted = not counted
rounded-up = begun ones count in full
none-when-short = { $text }; none when { $condition }
only-when-short = { $text }; only when { $condition }
count-indicators = indicators { $count }
count-vetoes = vetoes { $count }
count-measures = measures { $count }
collection-by = by
collection-manner = manner
collection-within = within
optional = optional

## outcomes

outcome-rejected = rejected
outcome-not-evaluated = not evaluated
outcome-score = { $points } points
outcome-open-ended = open

## what cases and subjects come to

target-tally = tally
target-each = each
target-band = band
target-choice = choice
target-branch = branch
target-level = level
target-decision = decision
target-included = not left out
target-left_out = left out
target-none = none when
target-not_none = not none when
target-veto = veto
target-measure = measure
target-alert = alert
target-not_evaluated = not evaluated

## comparisons: their sides, the heads of their tables

side-old = old
    .heading = Old
side-new = new
    .heading = New
column-direction = Direction
column-change = Change
column-basis = Basis
column-lost = Lost
column-down = Down
column-up = Up
column-score-down = Score down
column-score-up = Score up
readers = models that read its results: { $models }
    .heading = Models that read its results: { $models }
common-files = common files
    .heading = Common files
column-total = Total
old-by-new = old \ new
as-of-day = as of { $day }
