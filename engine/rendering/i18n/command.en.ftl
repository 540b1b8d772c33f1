# The command line: what each command and (as attributes) each of its options does, bad usage, and progress.

## the first page

brief-xinyong = credit evaluation by policies written in YAML, with the whole reasoning of every result
group-authors = Authors
group-reviewers = Reviewers
group-evaluators = Evaluators
brief-check = check policies: shape, meaning and lint
brief-test = run the cases of policies
brief-docs = write policies and the catalogue as official annexes
brief-diff = what changed in meaning between two versions, and whom it touches
brief-evaluate = evaluate subjects
brief-explain = explain one subject's result: a letter, or for clerk or audit
brief-forecast = what a result will be with nothing new: when it changes, to what, why
brief-history = what a result was on each day
brief-template = write an empty workbook for subjects and records

## commands

check =
    Checks policies. PATH is a folder of policies or a policy file, by default the folder of policies. Errors must be mended; warnings are opinions.

    In a git repository they are also compared with what was published: another meaning under the same version, and an altered record of revisions, are errors. What was published is the commit in which the branch parts from its upstream or from the default branch; where git cannot tell, the last commit.
    .form = text for people, json for programs, sarif for code hosts
    .proved = prove for every subject that the catalogue allows: levels, measures and bands are reached, where a veto holds the result is no better than it allows, scores follow the directions of facts, no incentive and restriction in one matter together
    .against = which revision says what was published: a branch, tag or commit, taken where HEAD parts from it
test = Runs the cases of policies. PATH is a file of cases, or a folder with cases/, by default that of the policies.
    .covered = list the bands, choices, vetoes, measures, … that no case reaches
    .least = fail where coverage is below this percentage
    .mutated = change thresholds, points, windows, … one by one, and list the changes that no case notices
    .least_noticed = fail where fewer changes than this percentage are noticed
    .form = text for people, json for programs
docs = Writes policies as annexes for issue: indicators and how they are scored, and measures. POLICY is a policy's id, by default every policy in force; `catalogue` is the catalogue. Annexes are official documents in Chinese, in the format of the file's ending: .md, .html, .docx or .xlsx, or .pdf where LibreOffice is installed; without --output, Markdown is printed.
    .output = the file to write
    .reading = where the reading of what is quoted stands: below the quote, beside it in a column of its own, or nowhere; what has no quote is printed as it is read
    .own = of the catalogue only what the own file adds (`extends: shipped`)
    .read_by = of the catalogue only what this policy reads; it may be written several times
diff =
    Compares what two versions of policies say: each change with its old and new value, where it stands, its basis and its direction (looser, stricter, mixed, neutral, text), and holds it against the declared intent of the revision. OLD and NEW are policy files, folders of policies, or either as of a git revision, REV:PATH, such as main:policies. Comments, order and spelling are no change.

    Exit codes: 0 compared, 2 it could not be carried out, 3 more than --max-downgraded and its like allow, or a limit is set and a version is not in force on the as-of date, so not compared. With --exit-code: 0 equal, 1 as declared, 3 beyond what is declared, 4 unknown (no intent is declared, a change is mixed, or a proof is not decided).
    .inputs = evaluate these subjects by both versions; as INPUT of evaluate
    .max_downgraded = fail where more of a model's subjects go to a worse level or lose their result
    .max_lost_incentives = fail where more of a model's subjects lose an incentive
    .max_new_restrictions = fail where more of a model's subjects come under a restriction
    .proved = prove for every subject that the catalogue allows: the same, or never worse, or never better
    .form = text for the terminal, markdown for a merge request, html is the page to sign, json for programs
    .output = write to a file
    .coded = tell the verdict by the exit code
    .driven = as called by git diff
    .by = who hands this in, for the report
evaluate = Evaluates subjects. INPUT is a subject document (.json, .yaml), many, one a line (.jsonl), a workbook (.xlsx), or a folder (Parquet, CSV) or database (DuckDB, SQLite) with the tables subjects and records. Every policy that applies is run, dependencies first.
    .policy = the results of this policy alone
    .output = write to a file; a table of results where it ends in .parquet, .csv, .jsonl, .xlsx or .duckdb, or is a folder (no ending)
    .form = text for people (the default), json for programs
    .headers = whether a workbook has words (words, the default) or the names and codes that programs know (codes)
    .reasoning = each model's facts and points in a table of their own (all), or not at all (none); by default a folder, .duckdb and .xlsx have them
    .engine = the evaluator; the result is the same; unless given single for up to 20,000 documents, columnar for more and for tables
    .page = also write a page of figures with charts
    .rejects = where refused rows go, as .csv or .xlsx, beside the output unless given
    .span = look so far ahead, such as 90 days: results get the columns next_change (the first day on which level, vetoes or measures change) and next_level (the level from then on)
    .since = the last table of results; only who changed or whose result ended is evaluated, the rest is kept
    .updated = the column with the day of a row's last change, to find changes faster
    .backend = what columnar computes with
    .master = the Spark cluster, such as spark://HOST:7077
    .encoding = of CSV files: utf-8-sig has the mark by which Excel knows it (the default), utf-8 has none
explain = Explains one subject's result, as a letter to whom it concerns: every indicator's points and how they came about, vetoes and measures, each with its basis; the records that count and those that do not, and why; the next twelve months; how to object and repair.
    .name = which subject of several
    .policy = the result of this policy alone
    .case = explain the result of a case, as of its own day, in place of INPUT
    .reader = for whom: company, the letter; clerk, a short page for the counter; auditor, all arithmetic, places of rules and digests
    .number = the number of the letter; left to be filled in without it
    .on = the day of the letter; today without it, or left to be filled in where --as-of is named
    .output = write to a file, by its ending: .txt, .html (prints well), .docx, .json
forecast =
    Tells results in advance: on which days they change with no new information, to what, and which record or date does it: a penalty leaves its window, a certificate ends. INPUT as for evaluate, mostly the document of one subject.

    From the as-of date on, for twelve months unless another end is named; beyond it nothing is looked at.
    .until = the last day that is looked at
    .span = for how long, such as 90 days, 12 months, 3 years
    .name = the subject, where the input has several
    .policy = the results of this policy alone
    .output = write to a file
    .form = text for people, json for programs
history =
    What the results were on each day from --from to --to: when they changed, and why. It is reckoned from the records known now and the versions in force on each day; it is not what was issued then.
    .first = the first day
    .last = the last day; today unless it is named
    .name = the subject, where the input has several
    .policy = the results of this policy alone
    .output = write to a file
    .form = text for people, json for programs
template = Writes an empty workbook for the subjects that a policy evaluates and their records, with headers, comments and drop-downs; filled in, it is an input of evaluate.
    .output = the file to write

## options of several commands

options = options that several commands have
    .policies = folder of policies; ./policies, or else those that ship
    .as_of = as-of date, today unless given
    .memory = how much memory to use at most
    .on = the day on which it is handed in, today unless given, for the report
    .lang = language of messages, by default the locale's

## bad usage

usage-error = error: { $text } (see { $hint })
usage-no-command = no such command `{ $name }`
usage-no-command-near = no such command `{ $name }`, did you mean { $near }?
usage-no-option = No such option '{ $option }'.
usage-no-option-near = No such option '{ $option }'. Did you mean { $near }?
usage-option-missing = Missing option '{ $option }'.
usage-argument-missing = Missing argument '{ $argument }'.
usage-value-missing = Option '{ $option }' requires an argument.
usage-no-choice = Invalid value for '{ $name }': it is one of { $choices }
usage-bad-value = Invalid value for '{ $name }': { $why }
usage-memory = { $value } (a number with its unit, such as 500MB or 8GB)
usage-day = { $value } (not a day, YYYY-MM-DD)
usage-sarif-proofs = sarif has no proofs: --prove goes with text or json
usage-encoding = --encoding is of CSV files that are written
usage-inputs-or-case = give INPUT or --case POLICY/CASE, one of them
usage-case-alone = --case has its own policy, subject and as-of date: leave out --policy, --subject and --as-of
usage-until-for = give --until or --for, not both
usage-span = `{ $value }` of `{ $option }` is no span of time: write 90 days, 12 months or 3 years
usage-forecast = --forecast is for tables of results: it is made on one machine, of everybody, and does not go with --format json, --since, --engine single or --backend spark
usage-reasoning = --reasoning is for a table of results: it needs --output FILE, and no --format
usage-headers = --headers is for results that are written as .xlsx
usage-two-sides = name both sides, OLD and NEW
usage-with-population = { $option } goes with --population
usage-git-alone = --git is called by git diff, without other options

## check

extended = common files add to the shipped ones: { $folder }
published = what was published: { $of }, as of { $commit }
files-counted =
    { $count ->
        [one] { $count } policy file
       *[other] { $count } policy files
    }
errors-counted =
    { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
warnings-counted =
    { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }

## diff, as git calls it

driver-alone = this file alone: { $why }; compare it with the files beside it by xinyong diff REV:{ $folder } REV:{ $folder }
driver-why-unknown = git does not say which revisions are compared
driver-why-several = several revisions have it, with other files beside it, and git does not say which is meant
driver-why-unsound = the files beside it are not sound
driver-together = with the files beside it: a/ from { $old }, b/ from { $new }
driver-place-worktree = the working tree
driver-place-index = the index
driver-goes-on = { $title } { $version } goes on as { $now } in { $file }, see there

## progress

progress-subjects_read = subjects read
progress-evaluated = evaluated
progress-days_evaluated = days evaluated
progress-changes_tried = changes tried
progress-claims_proved = proving
progress-policies_proved = policies proved
seconds-left = { $counted }, about { $seconds } s left
