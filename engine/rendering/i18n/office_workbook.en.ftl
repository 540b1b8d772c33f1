# The workbook of results that an office reads: its heads and words.

title = Results of credit evaluation
sheet-results = Results
sheet-figures = Figures
sheet-refused = Refused rows
sheet-coming = To come
head-turn = Change
turn-better = better
turn-worse = worse
turn-other = measures or vetoes alone
chart-levels = Levels by model

## Results

head-subject = Subject
head-name = Name
head-policy = Policy
head-model = Model
head-outcome = Outcome
head-score = Score
head-level = Level
head-grade = Grade
head-next-change = Changes on
head-next-level = Level then
head-vetoes = Vetoes
head-measures = Measures
head-reason = Why there is no result
head-warnings = Warnings
head-valid-until = Valid until
head-as-of = As of
head-weight = Weight
head-version = Version
head-digest = Digest
came-evaluated = evaluated
came-not-evaluated = not evaluated
came-rejected = rejected
with-help = { $sentence } ({ $help })

## Each model

head-points = { $title } (points)
head-again = { $head } ({ $name })

## Refused rows

head-file = Sheet or file
head-row = Row
head-column = Column
head-refused-subject = Subject
head-record = Record
head-value = What stands there
head-problem = Problem
head-remedy = What to do

## Figures

head-what = What
head-of-model = Model or table
head-count = Number
head-share = Share
head-all = All
