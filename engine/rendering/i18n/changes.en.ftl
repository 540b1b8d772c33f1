# Changes of policies: what they are called, what is concluded, on what a comparison rests; for every report.

## directions

direction-looser = looser
direction-stricter = stricter
direction-mixed = mixed
direction-neutral = neutral
direction-text = text

## how a change stands to what is declared

verdict-equal = no difference in meaning
verdict-declared = as declared
verdict-beyond = beyond what is declared
verdict-unknown = cannot be held against a declaration
verdict-exceeded = beyond the limit

## how a change came about

manner-added = new
manner-removed = removed
manner-moved = moved
manner-renamed = renamed

## elements

element-facts = fact
element-not_evaluated = not evaluated
element-indicators = indicator
element-dimensions = dimension
element-items = adjustment
element-adjustments = adjustments
element-decisions = decision
element-vetoes = veto
element-measures = measure
element-alerts = alert
element-parameters = parameter
element-basis = document
element-categories = category
element-attributes = attribute
element-library = library item
element-scale = scale
element-models = model
element-policy = policy
element-revisions = revision

## parts of elements

part-title = title
part-version = version
part-status = status
part-authority = authority
part-effective = effective from
part-until = effective until
part-basis = basis
part-note = note
part-notices_objection = notice of objection
part-notices_repair = notice of repair
part-notices_contact = notice of whom to ask
part-quote = quote
part-kind = kind
part-always = applies
part-feeds = feeds
part-weight = weight
part-base = base
part-direction = direction
part-effort = effort to better it
part-unlimited = no term, as the basis says
part-window = window
part-where = filter
part-before = age
part-newest = newest
part-once_per = once per
part-include = repaired ones
part-tally = branches
part-tally_where = condition of a branch
part-tally_value = value of a branch
part-if_missing = if missing
part-when = when
part-share = counts for
part-points = points
part-only_when = only when
part-none_when = none when
part-form = form
part-each = each
part-start = start
part-beyond = beyond
part-short_of = short of
part-step = step
part-round = round
part-band = band
part-choice = choice
part-branch = branch
part-at_most = at most
part-at_least = at least
part-level = level at most
part-score_at_most = score at most
part-above_previous_by = beside the last level
part-lower_by = lowered by
part-pending = status
part-matter = matter
part-item = library item
part-terms = terms
part-severity = severity
part-parameter = value
part-parameter_use = use of parameters
part-fact = source
part-collection = collection
part-publicity = publicity
part-publicity_terms = terms of publicity
part-category_direction = direction
part-fixed = not the subject's to change
part-lasting = tells of a state that somebody ends
part-repair = repair
part-kinds = kinds
part-fields = fields
part-reference = taken as 100
part-grade = grade
part-derived = derived
part-absent_means = not collected
part-date = date
part-intent = intent
part-why = why
part-order = order

## joining

and-more = …

## sides and versions

both-same = both say the same

## what is concluded of a policy

new-policy = a new policy, with nothing to compare it with
version-gone = a version that is gone, with nothing to compare it with
ended-version-gone = a version that had ended is gone, and all later days are as before
no-intent-needed = a version is in force on every day as before, which needs no intent
policy-declares = declared { $direction }
policy-declares-nothing = no intent is declared
common-file-declares = the common file declares { $direction }
found-direction = found { $direction }
found-one-by-one = found { $direction } one by one
proof-contradicts = a counterexample contradicts it
proof-undecided = the proofs are not decided
proved-as-a-whole = proved { $direction } as a whole
verdict-with-changes = { $verdict } ({ $count ->
        [one] { $count } change
       *[other] { $count } changes
    })
record-altered = the record of older versions is altered
changes-counted = { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }: { $directions }

## records of revisions

revision-entry = { $version } ({ $date }, { $direction }): { $why }
revision-entry-with-basis = { $version } ({ $date }, { $direction }): { $why } ({ $basis })
revision-altered = revision
common-file = common file: { $name }
common-file-catalogue = catalogue
common-file-scales = scales
common-file-measures = measure library

## whom common files concern

file-declares = the file declares { $direction }: { $verdict }
file-undeclared = neither the file nor every policy that it bears on declares it: cannot be held against a declaration
used-by = used by { $count ->
        [one] { $count } policy
       *[other] { $count } policies
    }: { $policies }
used-by-none = no policy here uses it
used-by-none-but = no policy uses it, but { $effect }
catalogue-stricter = a record that is not taken refuses its subject as a whole
catalogue-looser = subjects that were refused for it as a whole can be evaluated
catalogue-other = other data are taken, and subjects may be refused as a whole
bears-on = bears on { $count ->
        [one] { $count } policy
       *[other] { $count } policies
    }: { $policies }
bears-on-none = no policy here evaluates these subjects
only-this-policy = { $text } (only this policy was looked at)
touched-alone = { $count ->
        [one] { $count } policy
       *[other] { $count } policies
    } without changes and declarations of their own, which common files alone touch: { $policies }
two-catalogues = the catalogue takes other data: what is proved is proved of the subjects alone that it takes on both sides
common-beyond = of the common files, beyond what is declared: { $changes }

## who reads results

readers-through = through them: { $models }
result-read-by = read by { $models }
result-unread = no model of what is compared reads its results
result-unread-in-policy = only the files of this policy were looked at, and no model there reads its results
fact-quoted = “{ $fact }”
reference-missing = { $facts } of { $model } { $count ->
        [one] names
       *[other] name
    } the { $kind } { $name }; there is none under that id now

## on what a comparison rests

prepared-by = Prepared by
prepared-in-brief = Prepared: { $facts }
not-given = not given
policy-status = Status
cases = Cases
    .in-brief = cases { $results }
population = Population
limits = Limits
days-of-proofs = Days of the proofs
models-that-read = Read by
models-that-read-none = none
program = Program
no-change = no change

## where a side comes from

staged = staged, not committed
outside-git = not in git
commit = commit { $id }
commit-differs = commit { $id } (work tree, with changes that are not committed)
commit-same = commit { $id } (work tree, the same as the commit)
shared-catalogue = catalogue
shared-scale = scale
shared-library_items = measure library

## what nobody has fixed

parameters-pending = { $count ->
        [one] { $count } parameter
       *[other] { $count } parameters
    } pending
parameters-on-trial = { $count ->
        [one] { $count } parameter
       *[other] { $count } parameters
    } on trial
elements-on-trial = { $count ->
        [one] { $count } element
       *[other] { $count } elements
    } on trial
documents-to-verify = { $count ->
        [one] { $count } document
       *[other] { $count } documents
    } to be verified
nothing-unsettled = nothing pending or on trial

## how cases came out

cases-unread = cannot be read
cases-none = none
cases-passed = { $count } passed
cases-failed = { $count } failed
cases-failed-of = { $count } failed ({ $policies })
coverage = coverage { $share }
coverage-least = least coverage { $share }
coverage-of-those = coverage of those with cases { $share }
coverage-of-those-least = least coverage of those with cases { $share }
without-cases = without cases: { $policies }
new-version-failed = { $count ->
        [one] { $count } case
       *[other] { $count } cases
    } of the new version failed
new-version-cases-unread = the cases of the new version cannot be read ({ $reason }); xinyong test tells all reasons

## the population

subjects = { $count ->
        [one] { $count } subject
       *[other] { $count } subjects
    }
subjects-refused = { $count } refused
files-left = and { $count } more files, see the report for programs
rows = { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
bytes = { $count } bytes

## limits

limit-downgraded = of any model's subjects to a worse level or without a result: at most { $percent }%
limit-lost_incentives = of any model's subjects that lose an incentive: at most { $percent }%
limit-new_restrictions = of any model's subjects under a new restriction: at most { $percent }%
limit-exceeded = concluded: beyond the limit
limit-not-exceeded = concluded: within it
limits-none = none was set
impact-not-computed = no impact was computed

## annexes

annexed-note = to be read as a whole: --format html and markdown append it; or xinyong docs { $policy }
annexed = the whole of { $policy }
    .heading = Annex: the whole of { $policy }

## reports as text and Markdown

policy-changes = Policy changes
policy = policy
    .heading = Policy
in-force = in force
basis = basis { $basis }
impact = Impact
cut-short = Too long: the rest is left out, see the HTML report.
column-concerns = Concerns
column-where = Where
column-after-the-former = After the former (alone)
