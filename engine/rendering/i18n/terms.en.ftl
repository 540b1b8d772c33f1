# Fixed words: types, kinds, measures, matters, statuses.

## types

number = number
integer = whole number
string = text
binary = binary
text = text
boolean = true or false
date = date
object = mapping
array = list
list = list
null = nothing
level = level
grade = grade

## what a name should name

fact = fact
name = name
category = category
attribute = attribute
field = field
parameter = parameter
document = document of the basis
operator = test
period = calendar period
scale = scale
derived = derived category
item = item of the measure library
value = value
model = model
policy = policy
indicator = indicator
measure = measure
veto = veto
alert = alert
exclusion = ground for not evaluating
reason = reason of rejection
record = record
subject = subject

## Why YAML and JSON cannot be read on

yaml_why_colon = there can be no other colon here
yaml_why_no_colon = the line above has no key and colon
yaml_why_braces = a brace is not closed, or a comma is missing
yaml_why_brackets = a bracket is not closed, or a comma is missing
yaml_why_quote = a quote is not closed, or what is quoted is not written as it must be
yaml_why_character = this character cannot stand here
yaml_why_block = this line does not go on with what is above
yaml_why_here = it cannot be read on from here
json_why_here = it cannot be read on from here
blank_full_width = full-width blank
blank_non_breaking = non-breaking blank
blank_odd = blank that is no plain one

## what there may be too much of in a workbook

workbook_parts = parts
workbook_unpacked = bytes when it is unpacked
workbook_tags = tags of XML
workbook_depth = levels of XML
workbook_text = characters of a text
workbook_strings = shared texts
workbook_names = names
workbook_sheets = sheets
workbook_styles = styles
workbook_cells = cells with something in them
workbook_ranges = merged cells or formulas of several cells

## Why a workbook cannot be read

workbook_damaged = the file is not whole, or damaged
workbook_empty = the file is empty
workbook_none = there is no workbook in it
workbook_doctype = a document type is declared, which is not allowed
workbook_part_missing = a part is missing
workbook_part_twice = a part stands twice
workbook_part_name = the name of a part is not allowed
workbook_part_packed = a part is packed in an unknown way
workbook_part_other = a part is none that a workbook has there
workbook_part_spoilt = what is in a part is damaged
workbook_format_missing = a format that cells use is missing
workbook_row_order = the rows are not in their order
workbook_cell_order = the cells are not in their order
workbook_cell_value = what is in a cell cannot be read
workbook_merged_over = merged cells lie over each other
gzip_damaged = the packed file is not whole, or damaged
table_no_database = neither DuckDB nor SQLite

## what the system says of files

system_no_permission = Permission denied
system_not_open = Bad file descriptor
system_busy = Device or resource busy
system_quota = Disk quota exceeded
system_exists = File exists
system_too_large = File too large
system_failing = Input/output error
system_folder = Is a directory
system_links = Too many levels of symbolic links
system_too_many = Too many open files
system_name_too_long = File name too long
system_missing = No such file or directory
system_full = No space left on device
system_no_folder = Not a directory
system_not_permitted = Operation not permitted
system_read_only = Read-only file system

## what stands in a folder

file = a file
folder = a folder
link = a link
submodule = a submodule
pipe = a pipe
socket = a socket
device = a device

## registers of numbers

organisation_code = an organisation code
registration_number = a business registration number
resident_id_15 = a resident id of the old kind, of 15 digits

## kinds of subject

organisation = organisation
person = person
park = park

## kinds of measure

incentive = incentive
routine = routine
restriction = restriction

## matters

market_access = market access
approval = approval
qualification = qualification
fiscal_support = fiscal support
procurement = procurement
bidding = bidding
commendation = commendation
supervision = supervision
service = service

## statuses of records

valid = valid
disputed = disputed
repaired = repaired
revoked = revoked

## severities

error = error
warning = warning
info = info
serious = serious

## statuses of policies

draft = draft
trial = trial
adverse = adverse
favourable = favourable
small = small
medium = medium
large = large
neutral = neutral
no_window = without a window, for ever
sign_plain = points off are negative, points for it positive
sign_short_of = the more records there are, the less `short_of` counts: a positive `each` takes points off, a negative one gives them
sign_tally = the values of the `tally` are negative, so the fact shrinks with each record: a positive `each` takes points off, a negative one gives them
sign_both = the values of the `tally` are negative, so `short_of` counts more with each record: points off are negative, points for it positive
official = official
true = yes
false = no
