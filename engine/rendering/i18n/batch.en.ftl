# Many evaluations in numbers: the words of the terminal and of a page.

from-sources = from { $sources }
scale = scale { $scale }: { $grades }
most-frequent = { $title } (the { $count } most frequent of { $whole })

## how long it took

row-and-column = { $file }, row { $row }, { $column }
rows-in-file = all rows that are refused: { $file }
run-subjects = subjects { $count }
run-anew = of these evaluated anew { $count }
run-idle = under no policy { $count }
run-records = records { $count }
run-seconds = { $seconds } s
run-rate = { $rate } subjects/s
run-forecast = until { $last } { $count } results will change: { $better } better, { $worse } worse, { $other } in measures or vetoes alone

## the page

title = Credit evaluation in numbers
lede = As of { $date }: subjects { $subjects }, policies { $policies }, models { $models }.
sources = From{ " " }
evaluated-anew = Evaluated anew
results = Results
grades = Grades
together = Together
together-graded = Together, without models that give no grades
no-levels = no levels
by-model = Model by model
counted-evaluated = evaluated { $count }
counted-not-evaluated = not evaluated { $count }
counted-rejected = rejected { $count }
levels = Levels
scores = Scores
scores-note = coloured by the grade that such a score gives, vetoes aside
the-numbers = the numbers
without-results = Without results
nothing-without = Every subject has its results, no row was refused.
policies = The policies

## heads and captions

subjects = Subjects
records = Records
vetoes = Vetoes
measures = Measures
not-evaluated = Not evaluated
rejected = Rejected
rows-refused = Rows refused
model = Model
evaluated = Evaluated
level = Level
grade = Grade
band = Band
name = Title
subjects-counted = Subjects
share = Share
table = Table
reason = Reason
what-helps = What helps
policy = Policy
version = Version
status = Status
authority = Authority
digest = Digest
column-ungraded = ungraded
column-not-evaluated = left out
column-rejected = rejected

## why there is no result

deliver-attribute = deliver the subject's attribute “{ $title }”
deliver-records = deliver records of “{ $title }”
table-subjects = subjects
table-records = records
table-members = members
