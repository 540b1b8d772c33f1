# Proofs: claims, answers, reasons, subjects that show it

## claims

claim-equivalent-result = the results are the same
claim-never_worse-result = no result is worse
claim-never_better-result = no result is better
claim-equivalent-measures = at the same level the measures are the same
claim-never_worse-measures = at the same level no incentive is lost, no restriction gained
claim-never_better-measures = at the same level no incentive is gained, no restriction lost
claim-never_worse-readers = no result of what reads it is worse
claim-never_better-readers = no result of what reads it is better
claim-reached = somebody comes to it
claim-veto_level = where a veto holds, the result is no better than it allows
claim-direction = what is adverse never raises the score, what is favourable never lowers it
claim-together = no incentive and restriction in one matter together
claim-missing = without anything adverse, no restriction and not the worst grade for want of information
claim-ends = what is told against a subject ceases to bear, restrictions too
claim-modelled = can be proved

## answers

answer-proved = proved
answer-counterexample = counterexample
answer-disproved = disproved
answer-unknown = unknown
answer-count = { $count } { $answer }
answers =
    { $count ->
        [1] { $count } claim: { $answers }
        *[other] { $count } claims: { $answers }
    }
share-proved = { $proved } of { $count } proved
refuted-reached = nobody comes to it (proved)
refuted-veto_level = holds, and the result is better than it allows
refuted-direction = the score goes against its direction
refuted-together = an incentive and a restriction at once
refuted-missing = nothing adverse, and a restriction or the worst grade for want of information
refuted-ends = for ever, and a subject stays in the worst grade or under a restriction for it
refuted-ends-points = for ever (no subject was found that is in the worst grade or under a restriction for it)

## reasons

reason-timeout = out of time
reason-not_realised = no subject was found that really is so
reason-not_comparable = levels or scores of the two versions cannot be compared
reason-other_catalogue = the catalogues of the versions do not take the same data
reason-results_assumed = what refutes it has results of other policies that these may never give
reason-other_levels = levels move, and nothing is proved of measures at another level
reason-read_otherwise = results come or go, or what reads them may turn them round
reason-too_many_cells = conditions combine in too many ways
reason-not_collected = the category is not collected yet, and with a record it is
reason-earlier_results = earlier results count too, and may carry it on

## days

days-from = every day from { $first }
days-between = every day from { $first } to { $last }
days-asked = as of { $days }

## the subjects that show it

shown-on-smallest = as of { $day }, the smallest
results-assumed = the results of other policies in it are given: evaluate takes none for policies that it has itself
no-measures = no measures
another-matter = another matter of { $measure }
another-item = another library item of { $measure }
another-terms = another terms of { $measure }
