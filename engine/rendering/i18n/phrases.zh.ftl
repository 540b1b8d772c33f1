# 几个地方共用的说法：给分办法、数据来源、条件。
# -official 是附件和中文比较里的公文说法，-short 是比较里的简短说法。

## 标点、列举

colon = ：
comma = ，
list-comma = 、
clauses = ，
stop = 。
semicolon = ；
plus = ＋
brackets = （{ $text }）
nested = （{ $text }）
quoted = “{ $text }”
between-quotations = {""}
labelled = { $label }：{ $text }
either = { $others }或者{ $last }
none = 无
otherwise = 其余
otherwise-official = 其余的
no-record = 无记录
nth = 第 { $number } 项

## 条件

name-score = 得分
name-level = 等级
name-grade = 等次
name-vetoed = 有一票否决
name-vetoed-not = 没有一票否决
name-previous-level = 上次等级
name-previous-score = 上次得分

compare-at_least = 不低于 { $value }
compare-at_least-official = 不低于{ $value }
compare-above = 高于 { $value }
compare-above-official = 高于{ $value }
compare-at_most = 不高于 { $value }
compare-at_most-official = 不高于{ $value }
compare-below = 低于 { $value }
compare-below-official = 低于{ $value }
compare-one_of = 属于 { $value }
compare-one_of-official = 为{ $value }
compare-none_of = 不属于 { $value }
compare-none_of-official = 不为{ $value }
compare-is = 为“{ $value }”
compare-is_not = 不为“{ $value }”
compare-given = 有记载
compare-given-not = 无记载
compare-zero-official = 为0

tested = { $name } { $compared }
tested-is = { $name }{ $compared }
both-hold = ，且
either-holds = ，或
negated = 不满足（{ $condition }）

unmet-needs = { $name }要 { $compared }，实际为 { $actual }
unmet-needs-worded = { $name }要{ $compared }，实际为 { $actual }
unmet-excludes = { $name }不能 { $compared }，实际为 { $actual }
unmet-excludes-worded = { $name }不能{ $compared }，实际为 { $actual }
unmet-all = ；且
unmet-any = ；或者

## 一票否决的后果

effect-score = 得分不高于 { $points }
effect-score-official = 得分不高于{ $points }
effect-level = 等级不高于 { $level }
effect-level-official = 等级不高于{ $level }
effect-previous = 等级不高于上次等级
effect-previous-official = 等级不高于上次等级
effect-previous-known = 等级不高于上次等级 { $level }
effect-previous-above = 等级最多比上次等级高 { $count } 级
effect-previous-above-official = 等级最多比上次等级高{ $count }级
effect-previous-above-known = 等级最多比上次等级 { $level } 高 { $count } 级
effect-previous-none = 没有上次等级，等级不受限
effect-grades = 降 { $count } 等
effect-grades-official = 降{ $count }等
effect-levels = 降 { $count } 级
effect-levels-official = 降{ $count }级

## 上下限

bounds-both = { $low } 至 { $high }
bounds-both-official = { $low }至{ $high }
bounds-least = 不小于 { $low }
bounds-least-official = 不小于{ $low }
bounds-most = 不大于 { $high }
bounds-most-official = 不大于{ $high }

## 给分：分数

points = { $points }分
points-none-official = 不得分
points-none-added-official = 不加减分
points-got-official = 得{ $points }分
points-added-official = 加{ $points }分
points-lost-official = 扣{ $points }分
given = { $what }{ $points }
given-awarded = { $what }，{ $points }
points-awarded-official = { $low }—{ $high }分由评价机构评定
points-awarded-added-official = 加{ $low }—{ $high }分，由评价机构评定
points-awarded-lost-official = 扣{ $low }—{ $high }分，由评价机构评定
points-awarded-either-official = 在扣{ $low }分至加{ $high }分之间由评价机构评定
awarded = { $low } … { $high } 分内评定
awarded-inside = 评定 { $awarded }（{ $low } … { $high }）
awarded-outside = 评定 { $awarded }，超出 { $low } … { $high }，按 { $points } 计
not-beyond = 没有超过 { $bound }，不计
not-short-of = 不低于 { $bound }，不计
steps-down = 每满 { $step } 计一次
steps-up = 每 { $step } 计一次，不足 { $step } 的按 { $step } 计
chosen = { $what }：{ $points }

## 按次计分（each）

each-base-official = 基础分{ $points }分
each-less-official = 合计减{ $points }分
each-beyond-official = 超过{ $number }的部分
each-beyond-short = 超过{ $number }的部分
each-short-official = 低于{ $number }的
each-short-short = 低于{ $number }的差额
each-unit-official = 每{ $unit }
each-one-official = 每1{ $unit }
each-value-official = 逐条取值合计每1
each-by-record-official = 按下列情形逐条累计
each-step-official = 每满{ $step }
each-step-short = 每满{ $step }
each-step-begun-official = 每{ $step }
each-step-begun-short = 每{ $step }，不足的按一个计
each-lower-official = 每低{ $step }
each-fewer-official = 每少{ $step }
each-begun-official = 不足{ $step }的按{ $step }计
each-unbegun-official = 不足{ $step }的不计
each-percent-official = 个百分点
each-most-official = 最高得{ $points }分
each-least-official = 扣完为止
each-itself-official = 按“{ $title }”计分
each-excess-itself-official = 计为得分
each-nothing-official = 一律
each-of-official = { $title }，{ $points }

## 分档（bands）

band-bound = { $sign }{ $number }
band-given = { $band } { $points }
band-both-official = { $low }（含）至{ $high }（含）
band-low-official = { $low }（含）至{ $high }
band-high-official = { $low }（不含）至{ $high }（含）
band-neither-official = { $low }（不含）至{ $high }
band-whole-least-official = { $least }及以上
band-whole-most-official = 不超过{ $most }
band-whole-between-official = { $least }至{ $most }

## 选项（choices）

choice-any-exists-official = 不论有无
choice-any-official = 不论是否
choice-holds-official = { $title }的
choice-fails-official = { $title }为“否”的
choice-other-official = 否则

## 逐条判断（first_of）

branch-numbered-official = （{ $number }）{ $condition }的，
branch-alone = { $condition }的
branch-given = { $condition }的 { $points }

## 数据来源：期间

window-months-official = 近{ $count }个月内
window-months-short = 近{ $count }个月
window-days-official = 近{ $count }日内
window-days-short = 近{ $count }日
length-days = { $count }日
length-months = { $count }个月
length-years = { $count }年
length-of = { $value }的{ $length }
publicity-both = 最短{ $shortest }，最长{ $longest }
publicity-term = { $day }起{ $lengths }
attribute-fixed = 主体不能改变
window-none-official = 截至基准日有效的
window-before-official = 距基准日已满{ $before }的
window-before-months-short = 距基准日已满{ $count }个月
window-before-days-short = 距基准日已满{ $count }日
window-between-official = 近{ $window }内、距基准日已满{ $before }的
length-months-official = { $count }个月
length-days-official = { $count }日
period-this-year = 本年度
period-last-year = 上一年度
period-this-quarter = 本季度
period-last-quarter = 上一季度
period-this-month = 本月
period-last-month = 上月
own-period-this-years = { $count ->
        [1] 自“{ $title }”起每年为一期的本期内
       *[other] 自“{ $title }”起每{ $count }年为一期的本期内
    }
own-period-last-years = { $count ->
        [1] 自“{ $title }”起每年为一期的上一期内
       *[other] 自“{ $title }”起每{ $count }年为一期的上一期内
    }
own-period-this-months = 自“{ $title }”起每{ $count }个月为一期的本期内
own-period-last-months = 自“{ $title }”起每{ $count }个月为一期的上一期内

## 数据来源：信用记录

records-official-count = { $records }的记录数
records-official-exists = 有无{ $records }记录
records-official-days_since = { $records }最近一条距基准日的天数
records-official-sum = { $records }的“{ $field }”合计
records-official-max = { $records }的“{ $field }”最大值
records-official-min = { $records }的“{ $field }”最小值
records-official-mean = { $records }的“{ $field }”平均值
records-official-mean-weighted = { $records }的“{ $field }”按“{ $weight }”加权的平均值
records-official-latest = { $records }最近一条的“{ $field }”
records-official-tally = { $records }逐条取值累计
tally-by-standard-official = { $sum }，每条取最先符合的一项
tally-by-values-official = { $sum }；每条取最先符合的一项：{ $values }
tally-value-official = { $what }计{ $value }
tally-otherwise-official = （{ $number }）其他的，
tally-each-official = 每条{ $points }
tally-none-lost-official = 不扣分
tally-of-official = { $title }：
records-of-official = { $window }“{ $category }”
records-newest-official = { $records }中最近{ $count }条
records-newest-short = 最近{ $count }条
records-where-official = { $records }（{ $condition }）
records-once-count-official = { $source }，“{ $field }”相同的计一次
records-once-sum-official = { $source }，“{ $field }”相同的取最大值
records-once-tally-official = { $source }，“{ $field }”相同的只计最大的一条
records-once-short = “{ $field }”相同的计一次
records-repaired-official = { $source }，含已修复的
records-collected-official = { $source }，{ $by }归集
records-short = { $what }：{ $kind }
records-where-short = 其中{ $condition }

## 数据来源：其他

attribute-official = 主体信息
attribute-titled-official = 主体信息，“{ $title }”
attribute-years_since-official = 主体信息，自“{ $title }”起的满年数
attribute-days_until-official = 主体信息，距“{ $title }”的天数
attribute-short = { $title }（{ $kind }）
ratio-official = “{ $of }”÷“{ $to }”
ratio-times-official = “{ $of }”÷“{ $to }”×{ $times }
ratio-short = { $of } ÷ { $to }
ratio-times-short = { $of } ÷ { $to } × { $times }
members = 主体的成员数
source-line-official = { $title }：{ $source }。

## 没有取到值的

missing-rejected-official = { $source }；没有的不予评价
missing-rejected-short = 不予评价
missing-fact-official = { $source }；没有的按“{ $title }”计
missing-fact-short = 按“{ $title }”计
missing-fact-explained = { $what }，按“{ $title }”计
missing-text-official = { $source }；没有的按“{ $value }”计
missing-number-official = { $source }；没有的按{ $value }计
missing-value-short = 按{ $value }计
missing-value-explained = { $what }，按 { $value } 计

## 比较里的值

above-previous-short = 不高于上次
above-previous-by-short = 最多比上次高{ $count }级
derived-of-short = 百分制按{ $points }分折算
by-rule-short = 直接评定
lower-grades-short = { $count }等
lower-levels-short = { $count }级
parameter-pending = 待定
parameter-set = 已定
all-of-kind = 凡此类主体
those-named = 写明的主体
repaired-counted = 计入
repaired-not-counted = 不计
rounded-up = 不足一个的按一个计
none-when-short = { $text }；{ $condition }时不得分
only-when-short = { $text }；只在{ $condition }时计
count-indicators = 指标 { $count } 项
count-vetoes = 一票否决 { $count } 项
count-measures = 措施 { $count } 项
collection-by = 归集单位
collection-manner = 方式
collection-within = 时限
optional = 选填

## 结果

outcome-rejected = 拒绝
outcome-not-evaluated = 不参评
outcome-score = { $points } 分
outcome-open-ended = 长期

## 样例、主体到达的

target-tally = 按记录取值
target-each = 按次计分
target-band = 分档
target-choice = 选项
target-branch = 分支
target-level = 等级
target-decision = 定级
target-included = 不缺项
target-left_out = 合理缺项
target-none = 不得分的情形
target-not_none = 没有不得分的情形
target-veto = 一票否决
target-measure = 措施
target-alert = 预警
target-not_evaluated = 不参评

## 比较：两边、表头

side-old = 原
    .heading = 原
side-new = 新
    .heading = 新
column-direction = 方向
column-change = 改动
column-basis = 依据
column-lost = 不再有结果
column-down = 降级
column-up = 升级
column-score-down = 得分降
column-score-up = 得分升
readers = 读取其结果的模型：{ $models }
    .heading = 读取其结果的模型：{ $models }
common-files = 公共文件
    .heading = 公共文件
column-total = 合计
old-by-new = 原＼新
as-of-day = 基准日 { $day }
