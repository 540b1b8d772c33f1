# The letter to whom a result concerns (company), the short page at the counter (clerk), all that an audit asks for (auditor)

document-company = Notice of the credit evaluation
document-clerk = Credit evaluation in short
document-auditor = Credit evaluation for review

## its head

number = Number
day = Date
addressee = To
subject = Subject
model = Model
policy = Policy
authority = Authority
as-of = As of
as-of-until = { $day }    valid until { $until }
measures-alone = measures alone
result = Result
digest = Policy digest
program = Program digest
blank = ____________
letter-day = { $month ->
        [1] { $day } January { $year }
        [2] { $day } February { $year }
        [3] { $day } March { $year }
        [4] { $day } April { $year }
        [5] { $day } May { $year }
        [6] { $day } June { $year }
        [7] { $day } July { $year }
        [8] { $day } August { $year }
        [9] { $day } September { $year }
        [10] { $day } October { $year }
        [11] { $day } November { $year }
       *[other] { $day } December { $year }
    }
blank-day = ____-__-__
sealed = { $authority } (seal)

## the result in a sentence

sentence = { $subject }: by “{ $title }” the result as of { $day } is { $result }.
sentence-score = { $points } of { $full } points
sentence-level = level { $level } ({ $grade })
sentence-vetoes = { $count ->
        [1] 1 veto holds
       *[other] { $count } vetoes hold
    }
sentence-measures-alone = only the measures that apply, without score and level
sentence-rejected = { $subject }: cannot be evaluated as of { $day }, for the reasons below.
sentence-not-evaluated = { $subject }: by “{ $title }” not evaluated as of { $day }, for the reasons below.

## headings

section-rejected = Why it is rejected
section-not-evaluated = Why it is not evaluated
section-score = How the score came about
section-level = How the level came about
section-facts = Facts
section-records = Records that count
section-uncounted = Records that do not count, and why
section-vetoes = Vetoes
section-vetoes-holding = Vetoes that hold
section-measures = Measures that apply
section-other-measures = Measures that do not apply, and why
section-next-level = What the next level takes
section-calendar = The next twelve months
section-alerts = Alerts
section-warnings = Warnings
section-rights = Objection, repair and questions

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
terms-of-nothing = the others are 0
all-terms-of-nothing = all are 0
other-facts-nothing = the others are 0
all-facts-nothing = all are 0
ladder-band = bands: { $ways }
ladder-choice = choices: { $ways }
ladder-branch = in this order: { $ways }

## facts and records

head-fact = Fact
head-value = Value
head-origin = From
head-number = No.
head-record = Record
head-counts-until = Counts until
head-why-not = Why it does not count
is-value = {" "}({ $value })
facts-without-records = Without any record: { $facts }.
no-records = No record counts.
not-given = { $title } not given
own-attribute = the subject's own
attribute = the subject's “{ $title }”
no-period-without = without { $title } there is no period
no-period-yet = the as-of date is before the period that runs from { $title }
from-nothing = { $of } ÷ { $to }, which is 0
own-result = { $record } (this run's result)
record-counts-as = entry { $number }: { $what } → { $value }
record-id = id { $id }
no-end = no end
until-for = { $day } ({ $facts })
for-facts = { $reason } ({ $facts })
from-to = { $first } to { $last }

## why it does not count

not-revoked = revoked
not-repaired = repaired with effect of { $day }, and counts no more
not-ended = its term ended on { $day }
not-future = dated after the as-of date: it cannot count before { $day }
not-other-model = a result of another model
not-no-period = there is no period that runs from “{ $title }”
not-window = outside of the period that is looked at ({ $window })
not-too-recent = not { $length } old yet; it counts from { $day }
not-displaced = { $count ->
        [1] there is a newer record, and the newest counts alone
       *[other] there are newer records, and the newest { $count } count alone
    }
not-unmatched = does not meet the condition: { $asked }
not-without-field = “{ $field }” is not filled in
not-merged = of those with the same “{ $field }” another one counts

## vetoes, measures, the next level

head-veto = Veto
head-holds = Holds
head-why = Why
holds = holds
holds-not = does not hold
veto-effect = { $condition }; { $effects }
head-measure = Measure
head-kind = Kind and matter
no-measures = No measure applies.
vetoes-in-the-way = for { $level } no longer: { $vetoes }
vetoes-in-the-way-then = for { $level } no longer: { $vetoes }; with the score of now the level would then be { $then }
points-short = { $points } points short of { $level }
gain = { $indicator }: can still give { $points }
gain-enough = { $indicator }: can still give { $points } (enough alone)

## what is to come

calendar = With nothing new the result changes so, up to { $last }:
calendar-same = With nothing new the result stays as it is up to { $last }.
timeline = Levels from { $first } to { $last }

## objection, repair and questions

objection = Objection
repair = Repair
contact = Questions
objection-text = Whoever objects to the result can say so online in the objections column of the site 信用中国（湖南邵阳）. The unit that evaluated verifies within 5 working days of receipt; a wrong result is corrected and pushed again to the platforms of province and city (邵市发改财信〔2025〕30号 三（四）9).
repair-text = Whoever has put a breach right can apply for repair; once the shortest publicity is over it is done in time, as the law has it (邵市发改财信〔2025〕30号 三（四）10).
contact-text = Ask the unit that evaluated ({ $authority }).
contact-unnamed = ask the authority that evaluates.
supply = To be evaluated
supply-text = supply what is missing, correct what is wrong, and the authority evaluates again.
repairs = How the adverse records that count are repaired:
repair-unstated = the catalogue states no repair
repair-where = source of the record: { $source }
publicity-unstated = the catalogue states no publicity
publicity-until = by the longest term stated, made public until { $day } at most
head-repair = Repair
head-publicity = Publicity
