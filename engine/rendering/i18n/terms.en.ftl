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

## what stands in a folder

file = a file
folder = a folder
link = a link
submodule = a submodule
pipe = a pipe
socket = a socket
device = a device

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
neutral = neutral
no_window = without a window, for ever
official = official
true = yes
false = no
