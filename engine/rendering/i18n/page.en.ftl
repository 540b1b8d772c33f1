# The page to sign: titles, heads and notes. What changes, impacts and proofs say themselves stands elsewhere.

and-more-changes = { $names }, … ({ $count })
and-more-policies = { $names }, … ({ $count })

## the head of the page

review = Review of a change of policy
page-of-pages = page { $page } of { $pages }
check-code = Check code
check-code-is = check code { $check }
handed-in = { $day } · check code { $check }
handed-in-by = { $by } · { $day } · check code { $check }
common-files-changed = Changes of the common files
common-files-changed-for = Changes of the common files, which bear on { $count } policies
policies-changed = Changes of { $count } policies
no-change = No change
outside = { $declared }. Outside of it: { $names }
record-altered = The record of a common file is altered.
common-files-alone = Only common files differ.
both-same = Both say the same.
subjects = Subjects
subjects-changed = Changed ({ $results } results)
subjects-up = Subjects up
subjects-down = Subjects down
subjects-lost = Subjects without a result now
subjects-restricted = Subjects newly restricted
subjects-without-incentives = Subjects that lose incentives

## what changed

what-changed = What changed
directions = Looser: nobody is worse off. Stricter: nobody is better off. Mixed: either may be. Neutral: no result differs. Text: words alone.
days-in-force = In force
versions = Versions
line = Line
outside-the-intent = outside of the declared intent
policy-itself = The policy as such
common-files-alone-of = Policies with the changes of common files alone ({ $count })

## whom it touches

whom-it-touches = Whom it touches
same-results = Models whose results are the same (subjects): { $models }
model-of = { $model } ({ $subjects })
no-other-result = No model gives another result.
levels-before-and-after = Levels before and after
levels-same = Nobody goes to another level: { $levels }
green-and-red = green went up, red went down
by-region = By region
region = Region
by-which-change = By which change: { $changes }
one-after-another = One after another (alone)
vetoes = Vetoes
measures = Measures
gained = Gained
lost = Lost
share = Share
measures-altered = Measures of other content
what-is-other = What
alerts-of = Alerts ({ $of })
nearest = Those nearest to an edge
nearest-and-others = Those nearest to an edge, and others whose results changed
examples-printed = { $examples }, { $count } of them, { $printed } on paper
same-items = the same: { $count }
item = What

## what is proved

what-is-proved = What is proved
proved-of-all = For every subject that the catalogue allows, not those alone that there are; { $days }. ✓ proved, ✗ refuted by a subject that was evaluated by both versions, ？ not decided.
proved-of-both = For every subject that both catalogues allow, not those alone that there are; { $days }. ✓ proved, ✗ refuted by a subject that was evaluated by both versions, ？ not decided.
model = Model

## prepared, annexes, signatures

prepared = Prepared
made-again = To make it again
same-code = the same comparison gives the same code
annexes = Annexes
annex = Annex { $number }: { $title }
counterexamples = Counterexamples
examples = Examples
digests = Digests
content = What
side = Side
version = Version
revisions-of = { $policy }, revisions
files-that-differ = Files that differ
file = File
bytes = Bytes
files-the-same = { $count } more are the same on both sides
opinions = Signatures
opinion = Opinion
reviewer = Reviewed by
checker = Checked by
approver = Approved by
date = Date
seal = (seal)
