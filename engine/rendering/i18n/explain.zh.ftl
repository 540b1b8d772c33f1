# 信用评价结果说明

document = 信用评价结果说明

## 抬头

subject = 主体
model = 模型
policy = 政策
authority = 评价单位
as-of = 基准日
as-of-until = { $day }    有效至 { $until }
result = 结果

## 各段标题

section-rejected = 不能评价的原因
section-not-evaluated = 不参评的原因
section-score = 得分怎么来
section-level = 等级怎么来
section-facts = 事实和依据的记录
section-vetoes = 一票否决
section-measures = 适用的措施
section-other-measures = 不适用的措施及原因
section-next-level = 怎样达到上一等级
section-alerts = 预警
section-warnings = 提示

## 得分怎么来

head-indicator = 指标
head-points = 得分
head-facts = 事实
head-working = 怎样得分
head-basis = 依据
base = 基础分
counts-for = 折算 { $share } / { $full }
adjustments = 加减分
deductions = 扣分
total = 总分
capped = 一票否决封顶，原为 { $points }
none-when = { $condition }，不得分
left-out = 缺项，只在{ $condition }时计

## 事实和记录

head-fact = 事实
head-value = 取值
head-origin = 来源
not-given = 未提供{ $title }
from-facts = 由 { $titles }
own-result = { $record }（本次评价结果）
record-counted-with-another = 　不另计：“{ $field }”相同的只计最大的一条
record-counts-as = 　第 { $number } 项：{ $what } → { $value }
counts-until = 计至 { $day }
label-code = { $label }（{ $code }）

## 否决、措施和上一等级

veto-holds = ✗ { $veto }：成立（{ $condition }），{ $effects }{ $basis }
veto-does-not-hold = ✓ { $veto }：不成立{ $reason }
vetoes-in-the-way = 达到 { $level } 须不再有：{ $vetoes }
vetoes-in-the-way-then = 达到 { $level } 须不再有：{ $vetoes }；不再有时等级为 { $then }
points-short = 距 { $level } 还差 { $points } 分
gain = · { $indicator }：最多还可得 { $points }
gain-enough = · { $indicator }：最多还可得 { $points }（仅此一项即可达到）
