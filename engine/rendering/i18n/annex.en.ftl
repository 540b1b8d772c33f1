# Annexes as official documents. They are always in Chinese; the English is for readers of this file.

blank = —
heading = { $number }. { $title }
paragraph = { $text }.
numbered = { $number }. { $text }

## cover, signatures

drafted-by = Drafted by (seal): { $unit }
reviewed-by = Reviewed by (seal):
drafter = Drafter (signature):
reviewer = Reviewer (signature):
head-of-unit = Head of unit (signature):
signed-on = Date:
titled = { $title } ({ $status })
annex = Annexes
annex-number = Annex { $number }
about-version = Version
version = { $version } ({ $status })
about-authority = Authority
about-days = In force
days-until = { $first } to { $last }
days-from = from { $first }
days-noted = { $days }. { $note }
day = { $year }-{ $month }-{ $day }
about-scale = Scale
scale-by-rule = { $grades } grades, { $levels } levels ({ $names }), decided without a score
scale-reference = , of which { $points } are taken as 100
scale = { $grades } grades, { $levels } levels ({ $names }), { $full } points
about-documents = Documents of the basis
document-notes = { $title }. { $notes }
unverified = to be verified
about-file = Policy file
file = { $policy } { $version }, digest { $digest }

## notes below a table

mark-note = note { $number }
note = Note { $number }: { $text }.
note-pending = the parameter “{ $title }” is pending and counts as { $value } for now
note-trial = the value of the parameter “{ $title }” is on trial

## titles of parts

title-scoring = { $subject }: indicators and how they are scored
title-measures = { $subject }: measures by grade
section-levels = Levels
section-parameters = Parameters
evaluated = Who is evaluated: { $model } ({ $kind }).
evaluated-always = Who is evaluated: { $model } ({ $kind }), every one of the kind.

## grounds for not evaluating

table-exclusions = Not evaluated
head-number = No.
head-circumstance = Circumstance
head-criterion = Criterion
head-source = Data
head-basis = Basis

## indicators

table-indicators = Indicators and how they are scored
head-dimension = Dimension (points)
head-indicator = Indicator
head-points = Points
head-standard = How it is scored
head-quote = Quoted
head-reading = As read
as-read = (Read as: { $reading })
total = Total
total-adjusted = The sum of dimensions and adjustments, 0 at least, { $full } at most, rounded to two decimals.
total-plain = The sum of dimensions, { $full } at most, rounded to two decimals.
total-base-adjusted = The sum of base, dimensions and adjustments, 0 at least, { $full } at most, rounded to two decimals.
total-base-deducting = The sum of base and dimensions less what is taken off, 0 at least, { $full } at most, rounded to two decimals.
total-base-plain = The sum of base and dimensions, { $full } at most, rounded to two decimals.
total-base-alone = The sum of base and adjustments, 0 at least, { $full } at most, rounded to two decimals.
total-base-deducted = The base less what is taken off, 0 at least, rounded to two decimals.
base = Base
base-points = { $points } points to begin with.
remark-left-out = Left out: what does not count takes the share of the dimension's other indicators; a dimension without any gives full points.
remark-counts-for = Counts for: points of a dimension = sum of points ÷ sum of full points × what it counts for.
dimension = { $title } ({ $points } points)
dimension-counts-for = { $title } ({ $points } points, counts for { $counts })
none-when-official = No points where { $condition }.
left-out = Left out unless { $condition }.
adjustments = Adjustments (at most { $most } points added, { $least } taken off)
adjustments-added = Additions (at most { $most } points)
adjustments-deducted = Deductions (at most { $least } points)
adjustments-nothing = additions and deductions (not counted)
at-most = at most { $points } points added
at-least = at most { $points } points taken off

## decisions

table-decisions = How the level is decided
head-order = Order
head-level = Level
head-grade = Grade
other-circumstances = otherwise
remark-decisions = No score: the first circumstance that holds decides the level.

## vetoes

table-vetoes = Vetoes
head-veto = Veto
head-effect = Effect
remark-vetoes = Of several, the lowest level and score count; of lowerings of grades and of levels the greatest, they do not add up.

## levels, parameters

level-by-rule = by rule, without a score
head-score = Score (of { $full })
score = Score
head-parameter = Parameter
head-value = Value
head-status = Status
head-note = Note
remark-pending = Pending parameters count as listed until they are set by an official document.

## measures

table-measures = Measures by grade
head-grade-or-circumstance = Grade or circumstance
head-matter = Matter
head-measure = Measure
head-kind = Kind
head-content = Content
remark-measures = Restrictions are those of the list and of law, decided by the competent authority.
grade-levels = { $grade } ({ $levels })
library-item = Item of the list: { $title }
library-item-unverified = Item of the list: { $title } (to be verified)

table-of-section = { $section }: { $table }

## the catalogue

catalogue = Catalogue of credit information
catalogue-readers = for
catalogue-readers-only = { $policies }: only what these read, each category with all its fields
catalogue-content = Content
catalogue-counts = { $records } categories of records, { $attributes } attributes
table-records = Records
table-attributes = Attributes of subjects
head-category = Category
head-direction = Direction
head-fields = Fields
head-whom = Subjects
head-collected-by = Collected by
head-manner = Manner
head-within = Within
head-publicity = Publicity
publicity-stated = Publicity: { $terms }
head-repair = Repair
head-persons = Natural persons
head-values = Values
remark-fields = After each field stands what it takes; what is not “optional” must be filled in.
remark-not-collected = Of categories “not yet collected”, no record does not mean that nothing happened.
not-collected = { $title } (not yet collected)
results = Results (score, level, grade, vetoed)
field-values = { $title }: { $values }
field-values-optional = { $title }: { $values } (optional)
yes-no = yes, no
persons-yes = yes
persons-no = no
within-working-day = { $count } working days
within-day = { $count } days
within-month = { $count } months
within-year = { $count } years
