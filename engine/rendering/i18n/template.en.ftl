# The empty workbook: comments of headers, the page of notes

## comments of headers

remark-id = where empty, SHEET:ROW stands in
remark-status = valid where empty
remark-repaired_on = for repaired records alone
remark-model = several with spaces between
needed-by = needed by: { $models }
for-kinds = for: { $kinds }
type-boolean = { $yes } or { $no }
type-date = date, such as 2025-06-01
rule-optional = { $type }, optional
rule-required = { $type }, required
one-of = one of: { $values }

## the page of notes

note-sheets = One sheet holds one kind of information, a row each. Keep the names and headers; what has nothing stays empty.
note-subjects = “{ $subjects }”: who is evaluated, a row each. Fill it first; the subject ids on other sheets are those of this one.
note-members = “{ $members }”: the members of subjects, a row each; they stand on the sheet “{ $subjects }” too.
note-records = All other sheets: credit records, a row each.
note-required = Dark bold columns are required, light ones may stay empty. Point at a header to see what its column takes.
note-values = Dates as 2025-06-01; { $yes } for yes, { $no } for no; of a percentage the number alone, 90 for 90%.
note-ids = Columns of ids are text. Paste text only, or codes of 18 digits lose their last ones.
note-evaluate = To evaluate, save it and run: xinyong evaluate F.xlsx
