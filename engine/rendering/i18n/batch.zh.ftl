# 大批评价的汇总：终端上的文字和一张网页。

from-sources = 来源 { $sources }
scale = 等级标准 { $scale }：{ $grades }
most-frequent = { $title }（{ $whole } 项中最多的 { $count } 项）

## 用了多少时间

row-and-column = { $file } 第 { $row } 行，{ $column }
rows-in-file = 全部退回的行见 { $file }
run-subjects = 主体 { $count }
run-anew = 其中重新评价 { $count }
run-idle = 没有适用政策的 { $count }
run-records = 记录 { $count }
run-seconds = 用时 { $seconds } 秒
run-rate = 每秒 { $rate } 个主体
run-forecast = 到 { $last } 为止将变 { $count } 个结果：变好 { $better }，变差 { $worse }，只变措施或者一票否决 { $other }

## 网页

title = 信用评价汇总
lede = 截至 { $date }，{ $policies } 项政策的 { $models } 个模型评价了 { $subjects } 个主体。
sources = 数据来源：
evaluated-anew = 重新评价的主体
results = 评价结果
grades = 等次分布
together = 合计
together-graded = 合计（不分等级的模型除外）
no-levels = 不分等级
by-model = 各模型结果
counted-evaluated = 已评价 { $count }
counted-not-evaluated = 不参评 { $count }
counted-rejected = 拒绝 { $count }
levels = 等级
scores = 得分
scores-note = 颜色是得分对应的等次，一票否决降低的不计
the-numbers = 各分数段的数
without-results = 没有结果的
nothing-without = 主体都有结果，没有退回的行。
policies = 依据的政策

## 表头和栏目

subjects = 主体
records = 记录
vetoes = 一票否决
measures = 措施
not-evaluated = 不参评
rejected = 拒绝
rows-refused = 退回的行
model = 模型
evaluated = 已评价
level = 等级
grade = 等次
band = 分数段
name = 名称
subjects-counted = 主体数
share = 占比
table = 表
reason = 原因
what-helps = 怎么办
policy = 政策
version = 版本
status = 状态
authority = 评价单位
digest = 摘要
column-ungraded = 不分等级
column-not-evaluated = 不参评
column-rejected = 拒绝

## 为什么没有结果

deliver-attribute = 补充主体的属性“{ $title }”
deliver-records = 归集“{ $title }”的记录
table-subjects = 主体
table-records = 记录
table-members = 成员
