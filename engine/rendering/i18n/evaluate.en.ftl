# Outcomes at a glance

day-until = as of { $day }  valid until { $until }
record-at = record { $number }
member-at = member { $number }
why-near = { $problem }: { $remedy }

## what holds

vetoes = vetoes
measures = measures
alerts = alerts

## heads of the table

head-subject = subject
head-model = model
head-score = score
head-level = level
head-until = valid until
head-measures = measures
head-alerts = alerts
head-why = vetoes, or why there is no result
