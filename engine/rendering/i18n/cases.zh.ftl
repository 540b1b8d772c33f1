# 样例：通过与否、覆盖、察觉

## 计数

together = 合计：{ $counts }
policy-counts = { $policy }：{ $counts }
no-cases = 没有样例
passed-failed = 通过 { $passed }，未通过 { $failed }
coverage = ；覆盖 { $share }（{ $reached }/{ $targets }）
noticed = ；察觉 { $share }（{ $noticed }/{ $mutants }）

## 哪里不同

differs-score = 得分
differs-level = 等级
differs-grade = 等次
differs-vetoes = 一票否决
differs-measures = 措施
differs-alerts = 预警
differs-facts = 事实
differs-points = 得分
differs-rejected = 拒绝
differs-not_evaluated = 不参评
difference = { $what }：应为 { $expected }，实为 { $actual }
difference-apart = { $what }：应为 { $expected }，实为 { $actual }（{ $apart }）
missing-names = 少 { $names }
extra-names = 多 { $names }
left-out = 缺项

## 没有察觉的改动：改的是什么

mutant-source = 取法
mutant-window = 期间
mutant-newest = 最近几条
mutant-once_per = 只计一次
mutant-include = 计入已修复的
mutant-where = 筛选
mutant-value = 数值
mutant-if_missing = 缺失时
mutant-threshold = 界限
mutant-operator = 比较词
mutant-listed = 所列的值
mutant-test = 条件
mutant-points = 分值
mutant-start = 起始分
mutant-beyond = 起算点
mutant-short_of = 差额起算点
mutant-step = 步长
mutant-round = 步数取整
mutant-bound = 上下限
mutant-counts_for = 折算
mutant-only_when = 合理缺项
mutant-none_when = 不得分的情形
mutant-order = 次序
mutant-level = 定级
mutant-cap = 得分封顶
mutant-above_previous_by = 与上次等级比
mutant-lower_by = 降级
mutant-not_evaluated = 不参评
mutant-veto = 一票否决
mutant-measure = 措施
mutant-alert = 预警
mutant-parameter = 参数
swapped = 第 { $old }、{ $new } 项对调
taken-away = 去掉 { $what }
taken-away-itself = 去掉

## 能察觉它的样例

case = 样例：{ $situation }，核对 { $key }
case-of = 样例：{ $situation }，核对 { $key } 的 { $name }
case-newest = 比 { $old } 条多的记录，其中更早的也符合筛选
case-once_per = 两条记录的 { $old } 相同
case-include = 一条已修复的记录
case-where = 一条不满足筛选的记录
case-if_missing = 事实 { $fact } 缺值，其余都有
case-bound = 合计超过这个界限
case-counts_for = 这个维度有得分
case-only_when = only_when 不成立
case-none_when = none_when 成立，按计分方式有分
case-round = 最后一个不满一步
case-order = 第 { $old }、{ $new } 项的条件都成立
case-level = 到达这里，得分高于这个等级
case-cap = 否决成立，得分高于封顶
case-above_previous_by = 否决成立，上次有等级，不受限时高出它更多
case-lower_by = 否决成立，下面还有两个等次或等级
case-holds = 它成立
case-parameter = 到达用这个参数的地方
case-reached = 到达这里
case-total = 事实 { $fact } 不为 0
case-values = 几条记录，值不相同
case-period = 一条不在 { $period } 之内的记录
case-months = 一条记录的日期恰在基准日前 { $count } 个月
case-days = 一条记录的日期恰在基准日前 { $count } 天
case-exactly = { $name } 恰为 { $value }
field-of-record = 一条记录的 { $field }
fact-named = 事实 { $fact }
