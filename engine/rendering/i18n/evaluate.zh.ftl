# 评价结果一览

day-until = 基准日 { $day }  有效至 { $until }
record-at = 第 { $number } 条记录
member-at = 第 { $number } 个成员
why-near = { $problem }，{ $remedy }

## 成立的各项

vetoes = 一票否决
measures = 措施
alerts = 预警

## 表头

head-subject = 主体
head-model = 模型
head-score = 得分
head-level = 等级
head-until = 有效至
head-measures = 措施
head-alerts = 预警
head-why = 一票否决，或没有结果的原因
