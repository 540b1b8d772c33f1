# 空白工作簿：表头的批注、说明页

## 表头的批注

remark-id = 不填的以“工作表:行号”代替
remark-status = 不填即有效
remark-repaired_on = 状态为已修复的必填，其他不填
remark-model = 有几个的，中间空一格
needed-by = 不填就不评价的：{ $models }
for-kinds = 适用：{ $kinds }
type-boolean = { $yes }或{ $no }
type-date = 日期，如 2025-06-01
rule-optional = { $type }，可不填
rule-required = { $type }，必填
one-of = 可填：{ $values }

## 说明页

note-sheets = 一个工作表填一类信息，一行一条。工作表名和表头不要改，没有内容的表留空。
note-subjects = “{ $subjects }”：评价谁，一个主体一行。先填这张表，其他表的“主体标识”与它一致。
note-members = “{ $members }”：主体有哪些成员，一个成员一行；成员自己也要列入“{ $subjects }”。
note-records = 其余工作表：各类信用记录，一条记录一行。
note-required = 深色加粗的列必填，浅色的没有就不填。鼠标停在表头上，可以看到这一列怎样填。
note-values = 日期写成 2025-06-01；是否填“{ $yes }”或“{ $no }”；百分数只填数，90% 填 90。
note-ids = 标识和编号的列是文本格式。从别处粘贴时只粘贴文本，否则 18 位号码的末几位会丢失。
note-evaluate = 填好保存后评价：xinyong evaluate 文件名.xlsx
