# 信用评价结果告知书（company）、窗口用的摘要（clerk）和复核用的全部理由（auditor）

document-company = 信用评价结果告知书
document-clerk = 信用评价结果摘要
document-auditor = 信用评价结果复核说明

## 抬头

number = 文号
day = 日期
addressee = 致
subject = 主体
model = 模型
policy = 政策
authority = 评价单位
as-of = 基准日
as-of-until = { $day }    有效至 { $until }
measures-alone = 只定措施
result = 结果
digest = 政策摘要
program = 程序摘要
blank = ____________
letter-day = { $year }年{ $month }月{ $day }日
blank-day = ______年____月____日
sealed = { $authority }（盖章）

## 结果一句话

sentence = { $subject }：按《{ $title }》评价，截至 { $day } 的结果为{ $result }。
sentence-score = {" "}{ $points } 分（满分 { $full } 分）
sentence-level = 等级 { $level }（{ $grade }）
sentence-vetoes = 有 { $count } 项一票否决成立
sentence-measures-alone = 只确定适用的措施，不打分定级
sentence-rejected = { $subject }：截至 { $day } 不能评价，原因如下。
sentence-not-evaluated = { $subject }：按《{ $title }》，截至 { $day } 不参加评价，原因如下。

## 各段标题

section-rejected = 不能评价的原因
section-not-evaluated = 不参评的原因
section-score = 得分怎么来
section-level = 等级怎么来
section-facts = 依据的事实
section-records = 计入的记录
section-uncounted = 未计入的记录及原因
section-vetoes = 一票否决
section-vetoes-holding = 成立的一票否决
section-measures = 适用的措施
section-other-measures = 不适用的措施及原因
section-next-level = 怎样达到上一等级
section-calendar = 今后十二个月
section-alerts = 预警
section-warnings = 提示
section-rights = 异议、修复和咨询

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
terms-of-nothing = 其余为 0
all-terms-of-nothing = 各项均为 0
other-facts-nothing = 其余为 0
all-facts-nothing = 各项均为 0
ladder-band = 分档：{ $ways }
ladder-choice = 选项：{ $ways }
ladder-branch = 依次：{ $ways }

## 事实和记录

head-fact = 事实
head-value = 取值
head-origin = 来源
head-number = 序号
head-record = 记录
head-counts-until = 计至
head-why-not = 未计入的原因
is-value = （{ $value }）
facts-without-records = 以下事实没有记录：{ $facts }。
no-records = 没有计入的记录。
not-given = 未提供{ $title }
own-attribute = 主体信息
attribute = 主体信息“{ $title }”
no-period-without = 没有“{ $title }”，期间无从起算
no-period-yet = 基准日早于自“{ $title }”起算的期间
from-nothing = { $of } ÷ { $to }，后者为 0
own-result = { $record }（本次评价结果）
record-counts-as = 第 { $number } 项：{ $what } → { $value }
record-id = 编号 { $id }
no-end = 长期
until-for = { $day }（{ $facts }）
for-facts = { $reason }（{ $facts }）
from-to = { $first } 至 { $last }

## 为什么不计入

not-revoked = 已撤销
not-repaired = 信用修复已于 { $day } 生效，不再计入
not-ended = 有效期已于 { $day } 届满
not-future = 日期在基准日之后，自 { $day } 起才可能计入
not-other-model = 是其他评价模型的结果
not-no-period = 没有从“{ $title }”起算的期间
not-window = 不在计算期间（{ $window }）之内
not-too-recent = 距基准日不满{ $length }，{ $day } 起才计入
not-displaced = { $count ->
        [1] 有更新的记录，只取最近一条
       *[other] 有更新的记录，只取最近 { $count } 条
    }
not-unmatched = 不符合计入的条件：{ $asked }
not-without-field = 没有填写“{ $field }”
not-merged = “{ $field }”相同的只计一次，已计另一条

## 否决、措施和上一等级

head-veto = 事项
head-holds = 是否成立
head-why = 说明
holds = 成立
holds-not = 不成立
veto-effect = { $condition }；{ $effects }
head-measure = 措施
head-kind = 性质和事项
no-measures = 没有适用的措施。
vetoes-in-the-way = 达到 { $level } 须不再有：{ $vetoes }
vetoes-in-the-way-then = 达到 { $level } 须不再有：{ $vetoes }；不再有时，按现有得分等级为 { $then }
points-short = 距 { $level } 还差 { $points } 分
gain = { $indicator }：最多还可得 { $points }
gain-enough = { $indicator }：最多还可得 { $points }（仅此一项即可达到）

## 今后

calendar = 没有新的信息，到 { $last } 为止结果这样变化：
calendar-same = 没有新的信息，到 { $last } 为止结果不变。
timeline = { $first } 至 { $last } 的等级

## 异议、修复和咨询

objection = 异议
repair = 信用修复
contact = 咨询
objection-text = 对评价结果有异议的，可以在“信用中国（湖南邵阳）”网站异议处理专栏在线提交异议申请；作出评价的单位自收到申请之日起5个工作日内核查处置，结果确与事实不符的，予以修正并重新推送至省、市信用信息共享平台（邵市发改财信〔2025〕30号 三（四）9）。
repair-text = 已经纠正失信行为的，可以申请信用修复；满足最短公示期后，依法依规及时修复（邵市发改财信〔2025〕30号 三（四）10）。
contact-text = 向评价单位（{ $authority }）咨询。
contact-unnamed = 向作出评价的部门咨询。
supply = 补充资料
supply-text = 把缺少的、有误的信息补充、更正后，由评价单位重新评价。
repairs = 计入的不利记录怎样修复：
repair-unstated = 归集目录没有规定修复办法
repair-where = 记录来源：{ $source }
publicity-unstated = 归集目录没有规定公示期限
publicity-until = 按所载的最长期限，公示不超过 { $day }
head-repair = 修复办法
head-publicity = 公示期限
