# 附件的公文说法；附件一律用中文，英文供读者对照。

blank = —
heading = { $number }、{ $title }
paragraph = { $text }。
numbered = { $number }．{ $text }

## 封面、签章

drafted-by = 起草单位（盖章）：{ $unit }
reviewed-by = 审核单位（盖章）：
drafter = 起草人（签字）：
reviewer = 审核人（签字）：
head-of-unit = 负责人（签字）：
signed-on = 日期：　　　　年　　月　　日
titled = { $title }（{ $status }）
annex = 附件
annex-number = 附件{ $number }
about-version = 版本
version = { $version }（{ $status }）
about-authority = 评价单位
about-days = 施行日期
days-until = { $first }至{ $last }
days-from = { $first }起
days-noted = { $days }。{ $note }
day = { $year }年{ $month }月{ $day }日
about-scale = 等级标准
scale-by-rule = { $grades }等{ $levels }级（{ $names }），直接评定等级
scale-reference = ，百分制得分以{ $points }分为100分折算
scale = { $grades }等{ $levels }级（{ $names }），满分{ $full }分
about-documents = 依据文件
document-notes = { $title }。{ $notes }
unverified = 待核实
about-file = 政策文件
file = { $policy } { $version }，含义摘要{ $digest }

## 表下的注

mark-note = 注{ $number }
note = 注{ $number }：{ $text }。
note-pending = 参数“{ $title }”待定，暂按{ $value }计
note-trial = 参数“{ $title }”为试行取值

## 各部分的标题

title-scoring = { $subject }评价指标及评分标准
title-measures = { $subject }分级分类监管措施
section-levels = 等级划分
section-parameters = 参数
evaluated = 评价对象：{ $model }（{ $kind }）。
evaluated-always = 评价对象：{ $model }（{ $kind }），凡此类主体均评价。

## 不参评情形

table-exclusions = 不参评情形
head-number = 序号
head-circumstance = 情形
head-criterion = 认定标准
head-source = 数据口径
head-basis = 依据

## 指标

table-indicators = 评价指标及评分标准
head-dimension = 一级指标（分值）
head-indicator = 二级指标
head-points = 分值
head-standard = 评分标准
head-quote = 原文
head-reading = 系统口径
as-read = （系统口径：{ $reading }）
total = 总分
total-adjusted = 各一级指标得分与加减分之和，最低0分，最高{ $full }分，四舍五入保留两位小数。
total-plain = 各一级指标得分之和，最高{ $full }分，四舍五入保留两位小数。
total-base-adjusted = 基础分、各一级指标得分与加减分之和，最低0分，最高{ $full }分，四舍五入保留两位小数。
total-base-deducting = 基础分与各一级指标得分之和减去扣分，最低0分，最高{ $full }分，四舍五入保留两位小数。
total-base-plain = 基础分与各一级指标得分之和，最高{ $full }分，四舍五入保留两位小数。
total-base-alone = 基础分与加减分之和，最低0分，最高{ $full }分，四舍五入保留两位小数。
total-base-deducted = 基础分减去扣分，最低0分，四舍五入保留两位小数。
base = 基础分
base-points = 基础分{ $points }分。
remark-left-out = 合理缺项：不计的指标，由同一级指标的其余指标按得分率折算；一级指标全部缺项的，该一级指标计满分。
remark-counts-for = 折算：一级指标得分＝二级指标得分之和÷二级指标分值之和×折算分值。
dimension = { $title }（{ $points }分）
dimension-counts-for = { $title }（{ $points }分，折算{ $counts }分）
none-when-official = { $condition }的，本项不得分。
left-out = 合理缺项：{ $condition }的计本项，否则不计。
adjustments = 加减分项（合计最多加{ $most }分，最多扣{ $least }分）
adjustments-added = 加分项（合计最多加{ $most }分）
adjustments-deducted = 扣分项（合计最多扣{ $least }分）
adjustments-nothing = 加减分项（不计入得分）
at-most = 最多加{ $points }分
at-least = 最多扣{ $points }分

## 等级认定

table-decisions = 等级认定
head-order = 顺序
head-level = 等级
head-grade = 等次
other-circumstances = 其余情形
remark-decisions = 不评分，按顺序以最先符合的情形确定等级。

## 一票否决

table-vetoes = 一票否决
head-veto = 否决情形
head-effect = 处理
remark-vetoes = 同时有几种情形的，等级和得分以最低的为准；降等、降级各取最重的一项，不累加。

## 等级划分、参数

level-by-rule = 按规定直接评定
head-score = 得分（满分{ $full }分）
score = 得分
head-parameter = 参数
head-value = 取值
head-status = 状态
head-note = 说明
remark-pending = 待定的参数暂按所列取值计算，确定后以正式文件为准。

## 措施

table-measures = 分级分类监管措施
head-grade-or-circumstance = 等次或适用情形
head-matter = 事项
head-measure = 措施
head-kind = 类别
head-content = 内容
remark-measures = 惩戒措施限于清单和法律、法规规定的事项，由有权机关依法决定。
grade-levels = { $grade }（{ $levels }）
library-item = 清单事项：{ $title }
library-item-unverified = 清单事项：{ $title }（待核实）

table-of-section = { $section }：{ $table }

## 归集目录

catalogue = 信用信息归集目录
catalogue-readers = 适用政策
catalogue-readers-only = { $policies }。只列这些政策用到的信息，每类的信息项列全
catalogue-content = 内容
catalogue-counts = 信用记录{ $records }类，主体信息{ $attributes }项
table-records = 信用记录
table-attributes = 主体信息
head-category = 信息类别
head-direction = 性质
head-fields = 信息项
head-whom = 适用主体
head-collected-by = 归集单位
head-manner = 归集方式
head-within = 时限
head-publicity = 公示期
publicity-stated = 公示期限：{ $terms }
head-repair = 信用修复
head-persons = 能否归集自然人信息
head-values = 取值
remark-fields = 信息项后注明取值；未注明“选填”的必须填写。
remark-not-collected = 标明“尚未归集”的类别，没有记录不等于没有发生。
not-collected = { $title }（尚未归集）
results = 评价结果（得分、等级、等次、是否一票否决）
field-values = { $title }：{ $values }
field-values-optional = { $title }：{ $values }（选填）
yes-no = 是、否
persons-yes = 能
persons-no = 不能
within-working-day = { $count }个工作日
within-day = { $count }日
within-month = { $count }个月
within-year = { $count }年
