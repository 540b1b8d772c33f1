# Why there is no result

deliver-attribute = deliver the subject's attribute “{ $title }”
deliver-records = deliver records of “{ $title }”
table-subjects = subjects
table-records = records
table-members = members
