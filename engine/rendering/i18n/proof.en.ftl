# Proofs: answers, scope, counterexamples; what their subjects have, two results side by side; a condition beside an older one.

## what is proved

scope = proofs, for every subject that the catalogue allows, { $days }
scope-two-catalogues = proofs, for the subjects that both catalogues allow, { $days }
days-of-each-model = on the days said of each model
model-and-days = { $model } ({ $days })
answer-to-claims = { $answer }: { $claims }
refuted-claims = against: { $claims }
changes-unspoken = no proof speaks of these changes: { $names }
contents-unspoken = the proofs on incentives and restrictions gained and lost look only at which measures hold and of which kind; in the impact another matter, item or terms counts as an incentive lost or a new restriction
table-head = Proof ({ $days })

## the subject of a counterexample

subject-members = Members
subject-and-facts = { $kind }, { $facts }
fact-and-says = { $fact } ({ $says })
fact-repeated = { $fact } ×{ $count }
nothing-known = nothing known of it
page-nothing-known = { $kind }, of which nothing is known
page-facts-of-kind = Of the { $kind }
page-says = Which says
page-outcome = What came out
page-document = The document

## two results side by side

side-result = Result
side-score = Score
side-level = Level
side-indicator = Indicator { $title }
side-item = Adjustment { $title }
side-fact = Fact { $title }
side-vetoes = Vetoes
side-measures = Measures

## a condition beside an older one

condition-replaced = the same, with “{ $new }” in place of “{ $old }”
condition-without = the same without “{ $old }”
condition-with-all = the same, and { $new }
condition-with-any = the same, or { $new }
