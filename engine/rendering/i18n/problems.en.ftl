# What is wrong, code by code; `.remedy` is what would be right. Values in braces are those of the problem.

did-you-mean = did you mean { $names }?

## files

file_missing = no such file: `{ $file }`
file_unreadable = cannot read `{ $file }`: { $why }
file_silent = nothing came from `{ $file }` within { $limit } seconds
file_too_large = `{ $file }` is larger than { $limit } MB
    .remedy = put the subjects into a .jsonl file, one a line
input_kind = unknown kind of input: `{ $file }`
    .remedy = it can be { $known }
output_exists = the output is a folder: `{ $file }`
output_unwritable = cannot write `{ $file }`: { $why }
no_cases = no cases (*.yaml) in `{ $folder }`
    .remedy = cases stand in cases/ beside the policies
not_a_repository = this is no git repository, so there is no `{ $side }`
    .remedy = run this inside the repository, or name a file or folder
revision_unknown = the repository has no revision `{ $revision }`
    .remedy = a revision is a commit, branch or tag, such as HEAD~1, main or v1
not_in_revision = there is no `{ $path }` in the revision `{ $revision }`
    .remedy = the path goes out from the root of the repository; write ./ to go out from here
file_and_folder = of `{ $old }` and `{ $new }` one is a file and the other a folder
    .remedy = compare files with files, folders with folders
common_alone = `{ $file }` is a common file, which is not used by itself
    .remedy = name the folder of policies that it stands in, its common files are taken with it: { $folder }
cases_alone = `{ $file }` holds cases, and no policy
    .remedy = name the folder of policies: { $folder }; xinyong test runs cases
no_policy_file = `{ $file }` is no policy
    .remedy = name a policy file or a folder of policies, such as policies
not_staged = no `{ $path }` is staged
    .remedy = git add it first; the path goes out from the root of the repository, write ./ to go out from here
git_failed = git could not read `{ $side }`: { $why }
git_slow = git did not read `{ $side }` within { $limit } seconds
downgraded = { $found }% of the subjects of “{ $model }” go to a worse level or lose their result, more than the { $limit }% allowed
lost_incentives = { $found }% of the subjects of “{ $model }” lose an incentive, more than the { $limit }% allowed
new_restrictions = { $found }% of the subjects of “{ $model }” come under a restriction, more than the { $limit }% allowed
new_not_compared = the new version { $version } of “{ $policy }” is not in force on { $as_of }: it is not compared
    .remedy = name a day on which it is, by --as-of
old_not_compared = the old version { $version } of “{ $policy }” is not in force on { $as_of }: it is not compared
    .remedy = name a day on which it is, by --as-of
link_outside = `{ $file }` is a link that leads out of the folder, to `{ $target }`
    .remedy = put the file itself into the folder, or name it by its own path
link_dangling = `{ $file }` is a link that leads nowhere
    .remedy = mend the link, or take it away
wrong_kind = `{ $file }` should be { $expected }, it is { $found }
    .remedy = put { $expected } there, or take it away
folder_too_large = the files of `{ $folder }` are larger than { $limit } MB together
common_linked = `{ $file }` is a link: the common files are those of `{ $target }`
common_twice = `{ $file }` and `{ $other }` are the same common file
    .remedy = keep one of them
not_read = `{ $file }` is not read
    .remedy = policies are the .yaml and .yml files of the folder itself, common files are { $known } in its common/
no_policies = no policies (*.yaml) in `{ $folder }`
    .remedy = name the folder that holds them: { $known }
common_missing = the common file `{ $file }` is missing
    .remedy = a common/ folder must be whole: begin a file with `extends: shipped` to add to the shipped ones; without the folder these are used
empty = the file is empty
encoding = not UTF-8 text
    .remedy = save it as UTF-8
encoding_gbk = not UTF-8 text; it looks like GBK
    .remedy = save it as UTF-8
half_character = `{ $character }` is half a character
    .remedy = write the whole character, or take it away
unseen_character = the text holds { $character }, which nobody sees
    .remedy = take it away
control_character = a control character is not allowed
yaml_syntax = YAML is malformed: { $what }
    .remedy = look at indentation, colons and brackets
yaml_full_width = a full-width `{ $character }` stands here
    .remedy = write { $plain }
yaml_tab = a tab indents this line
    .remedy = use spaces
json_syntax = JSON is malformed: { $what }
several_documents = a file holds one document
duplicate_key = key `{ $key }` stands twice
    .remedy = merge or rename one of them
key_not_text = a key must be text
tag = the tag `{ $tag }` is not allowed
    .remedy = remove what begins with !
alias_unknown = the alias `*{ $name }` has no `&{ $name }`
too_many_values = the file has more than { $limit } values
too_many_aliases = more than { $limit } aliases (*)
too_deep = nested deeper than { $limit } levels, or a number is too long

## numbers, dates and other values

number_decimals = `{ $number }` has more than 4 decimals
    .remedy = round it to 4
number_too_large = `{ $number }` is beyond 10^11
number_not_finite = `{ $number }` is not a finite number
not_whole = `{ $value }` is not a whole number
not_a_date = `{ $value }` is not a date
    .remedy = write a day that exists as YYYY-MM-DD, such as 2025-12-31
window = `{ $value }` is no window
    .remedy = write 24 months, 90 days or 2 years
wrong_type = expected { $expected }, found { $found }
expected = expected { $expected }
not_listed = `{ $value }` is not an allowed value
    .remedy = allowed: { $known }
bad_pattern = `{ $value }` is not written as it should be
    .remedy = it must match { $pattern }
bad_id = `{ $key }` cannot be an id
    .remedy = use lower-case letters, digits, _ and -, beginning with a letter
too_few = must not be empty
too_small = `{ $value }` is below { $bound }
too_great = `{ $value }` is above { $bound }
twice_in_list = stands twice
shape = not of the right shape: { $what }
unknown_key = unknown key `{ $key }`
    .remedy = known: { $known }
missing_key = `{ $key }` is missing
missing_beside = `{ $beside }` needs `{ $key }` beside it
choose_one = one of these is needed: { $keys }
only_one = only one of these can stand: { $written }
not_together = these cannot stand together: { $keys }

## names and types

unknown_name = no { $what } is called `{ $name }`
    .remedy = known: { $known }
reserved_name = the name `{ $name }` is reserved
extends_twice = the shipped file { $file } has `{ $id }` already
    .remedy = take another id, or say `replaces: [{ $id }]` to put this one in its place
replaces_nothing = `{ $id }` replaces nothing
    .remedy = an id under `replaces` stands in the shipped { $file } and in this file
id_twice = the id `{ $id }` is used twice
type_mismatch = `{ $name }` is { $found }, here { $expected } is needed
not_ordered = `{ $name }` is { $type }, which has no order: `{ $operator }` cannot test it
    .remedy = use is, is_not, one_of or none_of
kind_not_allowed = `{ $name }` is not for subjects of the kind { $kind }
    .remedy = the catalogue allows: { $kinds }
condition_empty = the condition is empty
    .remedy = write {"{"}FACT: {"{"}at_least: 3{"}"}{"}"}
fact_in_where = `where` compares with values and parameters, not with facts

## facts

fact_circle = facts use each other in a circle: { $circle }
facts_too_deep = facts rest on facts more than { $limit } deep: `{ $fact }`
    .remedy = put some of them together
if_missing_needed = this fact can be missing: `if_missing` is needed
    .remedy = write a value, {"{"}use: FACT{"}"} or reject
if_missing_useless = this fact is never missing: take `if_missing` away
date_attribute = `{ $name }` is a date
    .remedy = use years_since or days_until
not_a_date_attribute = `{ $name }` is not a date attribute
field_needed = `{ $value }` is not CATEGORY.FIELD
    .remedy = such as satisfaction_survey.percent
field_type = `{ $source }` cannot take the field `{ $name }`, whose type is { $type }
weight_field = `{ $name }` cannot weigh a mean
    .remedy = in the catalogue it must be a number with at_least: 0 or more
member_policy_missing = a fact over member evaluations names the `policy` in its `where`
    .remedy = add where: {"{"}policy: {"{"}is: …{"}"}{"}"}

## points

fact_needed = `fact` is needed
stray_key = `{ $key }` does not go with this `{ $form }`
start_needed = `start` is needed where points are mixed, 0 or parameters
points_above = { $points } points are more than the indicator's { $full }
bands_direction = the bands do not go in one direction
    .remedy = all falling or all rising
bands_order = the threshold is out of order after { $before }
otherwise_last = `otherwise` stands last
otherwise_needed = the last entry must be `otherwise`
otherwise_before_rules = the last level that a score gives must be `otherwise: true`; only levels `by_rule` follow it
choices_incomplete = not every value is listed: `otherwise` is needed
    .remedy = missing: { $missing }
dimension_sum = the indicators add up to { $sum }, the dimension says { $points }
full_sum = the dimensions add up to { $sum }, the scale's full points are { $full }
not_positive = must be above 0
bounds_crossed = the lower bound is above the upper one

## models

no_level_by_score = all levels of the scale `{ $scale }` are by_rule: no score gives one
    .remedy = use decisions, or another scale
no_level_to_move = all levels of the scale `{ $scale }` are by_rule: `{ $key }` has no level to go to
    .remedy = name the level by `level`
needs_dimensions = a model without `dimensions` has no `{ $key }`
feeds_nothing = a model without score and level feeds `none`
score_decimals = a capped score is at least 0 with at most 2 decimals
model_circle = models read each other in a circle: { $circle }
effective_crossed = it ends before it begins
effective_overlap = policy `{ $policy }` is in force together with { $other } (version { $version })

## legality

restriction_without_item = a restriction names an `item` of the measure library
    .remedy = nothing outside the national list and the laws may be applied
item_kind = the item `{ $item }` does not cover subjects of the kind { $kind }
    .remedy = it covers: { $kinds }
official_trial = an official policy still holds a trial value
    .remedy = fix it, or make the policy trial
measure_without_basis = a measure names its `basis`
    .remedy = at least the plan
meaning_changed = policy `{ $policy }` says something else than the committed version { $version }
    .remedy = change `version`, and say why in `revisions`
common_changed = this common file differs, and by it { $policies } say something else under the same version
    .remedy = say so once in its `revisions`; the policies then need no other version
revision_altered = the record of revision { $version } has another `{ $part }` than was published
    .remedy = a record is not altered: write it as it was, and correct it by an entry of its own
revision_removed = the record of revision { $version }, which was published, is gone
    .remedy = write it as it was
revisions_order = the record of revisions is in another order than was published
    .remedy = newest first, those that there were in the order that they had

## lint

unreachable_band = nothing reaches this band: `{ $fact }` has no such value
unreachable_branch = nothing reaches this branch: it contradicts itself, or an earlier one takes all
unreachable_level = level { $level } takes { $at_least } points, at most { $most } can be reached
unearnable_points = of { $full } points at most { $most } can be earned
title_period = the title says “{ $stated }”, `{ $fact }` has `within: { $window }`
    .remedy = change the title, or `within`
title_number = the title says “{ $stated }”, the condition is `{ $fact }: {"{"}{ $tested }{"}"}`
    .remedy = change the title, or the condition
unused_fact = nothing reads the fact `{ $fact }`
unused_parameter = nothing uses the parameter `{ $parameter }`
unknown_policy = no policy `{ $policy }` is loaded
    .remedy = loaded: { $known }
contradicting_measures = at level { $level } both the incentive `{ $other }` and the restriction `{ $measure }` apply in { $matter }
no_basis = `{ $id }` has no basis
no_collection = the category `{ $category }` has no `{ $key }`

## common files

label_twice = the label `{ $label }` stands for `{ $other }` already
calendar_year = { $day } is not in { $year }
calendar_both = { $day } is both a day off and a working day
calendar_weekday = { $day } is neither Saturday nor Sunday, so it is worked anyway
reference_above_full = the reference ({ $reference }) is more than the full points ({ $full })
    .remedy = write what counts as 100, not more than `full`
grade_apart = the levels of grade `{ $grade }` must be neighbours

## subjects

check_digit_organisation = the check digit of the unified social credit code `{ $id }` fails
check_digit_person = the check digit or birth date of the resident id `{ $id }` fails
key_invisible = `{ $value }` holds characters that nobody sees ({ $characters })
    .remedy = type it again without them
key_quoted = `{ $value }` carries a quote, an apostrophe or an equals sign
    .remedy = a spreadsheet left it there: export without it, or take it away
key_scientific = `{ $value }` is a code that a spreadsheet made a number of: its last digits are lost
    .remedy = format the column as text and fill it in again
key_lookalike = `{ $value }` holds letters or digits of another alphabet that look alike ({ $characters })
    .remedy = type it again with Latin letters and digits
code_nearly = `{ $value }` is nearly a code, and none
code_length = `{ $value }` looks like a unified social credit code or resident id, but has { $length } characters
    .remedy = they have 18
text_invisible = there are characters in it that nobody sees ({ $characters })
    .remedy = type it again without them
model_name = `{ $value }` is not POLICY/MODEL
    .remedy = such as housekeeping/enterprise
field_missing = the field `{ $key }` ({ $title }) is missing
record_twice = the record id `{ $id }` is used twice, first by record { $first }
subject_twice = the subject `{ $id }` is there more than once
    .remedy = make one of them, or delete what is too many
subject_alike = `{ $id }` and `{ $other }` may be the same subject
    .remedy = give both the same id, or find out whose it is
repaired_on_needed = a repaired record needs `repaired_on`
repaired_on_useless = a { $status } record has no `repaired_on`
before_date = `{ $key }` is before `date`
evaluation_delivered = policy `{ $policy }` is evaluated here: its results are not delivered

## evaluating

fact_missing = “{ $title }” (`{ $fact }`) is missing: it cannot be evaluated
fact_too_large = “{ $title }” (`{ $fact }`) is beyond 10^11
weight_negative = the weight { $value } is below 0: it cannot be evaluated
policy_unknown = no policy is called `{ $policy }`
    .remedy = known: { $known }
policy_not_in_force = no version of policy `{ $policy }` is in force on { $as_of }
own_unnamed = `--own` is for the catalogue
    .remedy = write `xinyong docs catalogue --own`
own_nothing = the catalogue adds nothing of its own
    .remedy = write `extends: shipped` at the top of common/catalogue.yaml, then what it adds
none_in_force = no policy is in force on { $as_of }
    .remedy = give another day with --as-of
model_unknown = policy `{ $policy }` has no model `{ $model }`
    .remedy = known: { $known }
model_kind = `{ $policy }/{ $model }` evaluates the kind { $needs }, this is of the kind { $kind }
award_outside = “{ $title }”: { $fact_title } { $awarded } lies outside of { $at_least } … { $at_most } and counts as { $counted }
previous_level_unknown = the last level { $level } is not on the scale `{ $scale }`: “{ $title }” was not held to it
pending_parameter = the parameter “{ $title }” (`{ $parameter }`) is still to be set; { $value } stands in for it
dimension_left_out = all indicators of “{ $title }” are left out: it counts in full
result_rejected = { $policy }/{ $model } of { $subject } was rejected and is not counted here
result_not_evaluated = { $policy }/{ $model } does not evaluate { $subject }, nothing is counted here
member_absent = the member { $member } is not in the input

## cases

score_cents = the score `{ $value }` has more than 2 decimals
    .remedy = scores are rounded to 2

## the command

as_of = `{ $value }` is not a date
    .remedy = write a day that exists as YYYY-MM-DD, such as 2025-12-31
shipped_used = there is no policies/ here: the shipped policies are used
below_coverage = the cases of { $policy } cover { $found } %, less than the { $needed } % asked for
below_noticed = the cases of { $policy } notice { $found } % of the changes, less than the { $needed } % asked for
no_input = there is no subject in the input
nobody_evaluated = no subject of the input can be evaluated

## tables

table_missing = there is no table { $table } in `{ $file }`
    .remedy = a folder has { $table }.parquet, { $table }.csv or a folder { $table } of such files
table_broken = `{ $file }` cannot be read as a table: { $why }
csv_quotes = the quotes of the line that begins at `{ $file }` do not match: { $why }
    .remedy = write a quote inside a value twice, and put the value into quotes
table_several = the table { $table } in `{ $folder }` may be more than one thing, or holds other files: { $files }
    .remedy = leave the one that is meant, and move the rest elsewhere
table_named = `{ $file }` is not read as the table { $table }
    .remedy = name it { $table }.csv or { $table }.parquet, and convert other formats first
column_type = the column `{ $column }` of `{ $file }` is of the type { $type }, which is not read exactly
    .remedy = make it a decimal of 38 digits at most
view_refused = { $table } in `{ $file }` is a view, which is not read
    .remedy = store it as a table
nested_text = on Spark a column `{ $column }` of JSON in texts is not read
    .remedy = make it a struct, or a column a field
since_kind = `{ $file }` is no table of results to go on from
    .remedy = give the .parquet, .duckdb or folder that --output wrote last time
column_missing = the table { $table } has no column `{ $column }`
column_unknown = the catalogue knows no column `{ $column }` of the table { $table }
line_cells = this line has { $count } cells, the heading { $expected }
    .remedy = put a value that holds the separator into quotes
row_twice = the subject has several records with the id `{ $id }`
row_of_nobody = no subject `{ $id }` is in the table subjects
cell_unclear = a value is not what the catalogue asks for
sheet_unknown = unknown sheet “{ $sheet }”
    .remedy = a sheet is 主体, 成员 or a category of the catalogue
sheet_missing = there is no sheet “{ $sheet }” in `{ $file }`
column_twice = the column `{ $column }` stands twice on the sheet “{ $table }”
column_nameless = a column of the sheet “{ $table }” has no header
id_as_number = numbers in the column `{ $column }` have lost their last digits: { $count } of its codes are no text
    .remedy = format the column as text and fill it in again
cell_error = formulas have failed in the column `{ $column }`: { $count } cells show #N/A or the like
    .remedy = mend them, or fill in values
cell_uncalculated = formulas have not been calculated in the column `{ $column }`: { $count } cells have no value to be trusted
    .remedy = open it in Excel or WPS, let it calculate, and save it; or paste values over the formulas
cell_picture = pictures stand in the column `{ $column }`: { $count } cells
    .remedy = put values in their place
cell_format = what is shown in the column `{ $column }` is not the number that is kept, in { $count } cells: it is { $value }, under the format `{ $format }`
    .remedy = give the cells the general format, and fill in numbers in the unit of the header
cell_format_text = the column `{ $column }` takes texts, and in { $count } cells what is shown is not what is kept: it is { $value }, under the format `{ $format }`
    .remedy = format the column as text and fill it in again
cell_format_date = no whole day is shown in the column `{ $column }`, in { $count } cells: it is { $value }, under the format `{ $format }`
    .remedy = give the cells a date format with year, month and day, and fill them in again as 2025-06-01
cell_merged = what stands in each row is not clear from the merged cells { $range }
    .remedy = unmerge them and fill in every row; only texts, days and yes or no merged within one column stand for each row
header_merged = the merged cells { $range } make the header more than a cell a column
    .remedy = unmerge them: the header is one row, with a cell for each column
workbook_kind = `{ $file }` is { $format }, no .xlsx workbook
    .remedy = open it in Excel or WPS and save it as .xlsx (Excel workbook)
workbook_locked = `{ $file }` has a password
    .remedy = save a copy without it
workbook_too_large = `{ $file }` is too large: more than { $limit } { $what }
    .remedy = delete rows, columns and formats that are not needed, or give CSV or Parquet
sheet_passed_over = the sheet “{ $sheet }” is none of data and was not read
sheet_hidden = the sheet “{ $sheet }” is hidden, and was read
rows_hidden = hidden or filtered rows of the sheet “{ $sheet }” were read: { $count }
column_hidden = the column `{ $column }` of the sheet “{ $sheet }” is hidden, and was read
rows_of_formulas = rows of the sheet “{ $sheet }” with nothing but formulas without a value were not read: { $count }
one_input = tables are evaluated by themselves: `{ $file }`
output_kind = `{ $file }` is no kind of file that can be written here
    .remedy = it can end in { $known }
memory = there is not enough memory: { $why }
    .remedy = give more with --memory, or end other programs
output_is_input = the output `{ $file }` would replace `{ $input }`, which is read
    .remedy = write it elsewhere; for refused rows, by --rejects
outputs_collide = the outputs `{ $file }` and `{ $other }` would take each other's place
    .remedy = give each a file of its own
output_device = `{ $file }` is a disk, and is not written to
stdin_unreadable = cannot read standard input: { $why }
stdin_twice = standard input (`-`) is named twice and can be read once
    .remedy = put the other one into a file
stdout_unwritable = cannot write to standard output: { $why }
temporary_unwritable = cannot write to the folder for temporary files, `{ $folder }`: { $why }
    .remedy = make room there, or name another one by the variable TMPDIR
template_filled = `{ $file }` is there, and is not this same empty workbook: what is filled in would be lost
    .remedy = write it elsewhere, or move that one away first
rejects_kept = no row is refused; `{ $file }` is no file of refused rows, and stays as it is
cell_full = a cell has { $characters } characters, more than the { $limit } of a sheet
    .remedy = write .parquet or .csv
sheet_full = { $rows } rows of results are more than the { $limit } of a sheet
    .remedy = write .parquet or .csv
columnar_json = columnar, tables of more than 20,000 subjects, --since, --report and --rejects do not give JSON with the whole reasoning
    .remedy = write a table with --output F.jsonl; for documents, use --engine single
extra_missing = the libraries for this are not installed
    .remedy = pip install 'xinyong[{ $extra }]'
one_subject = one subject can be explained, the input has { $count }
    .remedy = name it with --subject
subject_unknown = no subject `{ $id }` is in the input
nothing_applies = no policy applies to the subject `{ $id }`
rules_missing = durable-rules is not installed (it does not build on Python 3.13 and later)
    .remedy = use --engine single, the result is the same
