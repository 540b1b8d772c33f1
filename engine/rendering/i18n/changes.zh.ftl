# 政策改动：名称、结论、报送信息，各种报告共用。

## directions

direction-looser = 放宽
direction-stricter = 收紧
direction-mixed = 有宽有严
direction-neutral = 不影响结果
direction-text = 文字

## how a change stands to what is declared

verdict-equal = 含义相同
verdict-declared = 与声明相符
verdict-beyond = 超出声明
verdict-unknown = 不能判定
verdict-exceeded = 超出限度

## how a change came about

manner-added = 新增
manner-removed = 删去
manner-moved = 移动
manner-renamed = 改名

## elements

element-facts = 事实
element-not_evaluated = 不参评情形
element-indicators = 指标
element-dimensions = 一级指标
element-items = 加减分项
element-adjustments = 加减分
element-decisions = 等级认定
element-vetoes = 一票否决
element-measures = 措施
element-alerts = 预警
element-parameters = 参数
element-basis = 依据文件
element-categories = 归集类别
element-attributes = 主体属性
element-library = 措施库条目
element-scale = 等级标准
element-models = 模型
element-policy = 政策
element-revisions = 修订记录

## parts of elements

part-title = 名称
part-version = 版本
part-status = 状态
part-authority = 评价单位
part-effective = 施行日期
part-until = 有效期至
part-basis = 依据
part-note = 说明
part-notices_objection = 告知事项：异议
part-notices_repair = 告知事项：修复
part-notices_contact = 告知事项：咨询
part-quote = 原文
part-kind = 种类
part-always = 评价范围
part-feeds = 结果去向
part-weight = 权重
part-base = 基础分
part-direction = 方向
part-effort = 改善的难易
part-unlimited = 没有期限（依据如此规定）
part-window = 期间
part-where = 筛选
part-before = 须满时间
part-newest = 最近几条
part-once_per = 只计一次
part-include = 计入已修复的
part-tally = 各项取值
part-tally_where = 一项的条件
part-tally_value = 一项的数值
part-if_missing = 缺失时
part-when = 条件
part-share = 折算分值
part-points = 分值
part-only_when = 合理缺项
part-none_when = 不得分的情形
part-form = 评分标准
part-each = 计分
part-start = 基础分
part-beyond = 起算点
part-short_of = 差额起算点
part-step = 步长
part-round = 步数取整
part-band = 分档
part-choice = 选项
part-branch = 情形
part-at_most = 最多加
part-at_least = 最多扣
part-level = 等级封顶
part-score_at_most = 得分封顶
part-above_previous_by = 与上次等级比
part-lower_by = 降等或降级
part-pending = 状态
part-matter = 事项
part-item = 措施库条目
part-terms = 内容
part-severity = 严重程度
part-parameter = 取值
part-parameter_use = 参数的用处
part-fact = 取法
part-collection = 归集
part-publicity = 公示
part-publicity_terms = 公示期限
part-category_direction = 性质
part-fixed = 主体不能改变
part-lasting = 记录到解除为止（状态类）
part-repair = 修复
part-kinds = 主体种类
part-fields = 字段
part-reference = 百分制的基准
part-grade = 等次
part-derived = 由评价得出
part-absent_means = 未归集
part-date = 日期
part-intent = 意图
part-why = 理由
part-order = 次序

## 连接

and-more = 等

## 两边和版本

both-same = 两边含义相同

## 一项政策的结论

new-policy = 新增的政策，没有原版本可比
version-gone = 删去的版本，没有新版本可比
ended-version-gone = 已到期的版本删去，以后各日不变
no-intent-needed = 各日都有施行的版本，不用声明意图
policy-declares = 声明{ $direction }
policy-declares-nothing = 没有声明意图
common-file-declares = 公共文件声明{ $direction }
found-direction = 实为{ $direction }
found-one-by-one = 逐处看{ $direction }
proof-contradicts = 证明有反例
proof-undecided = 证明没有结果
proved-as-a-whole = 合起来已证明为{ $direction }
verdict-with-changes = { $verdict }（{ $count } 处）
record-altered = 原有的修订记录有改动
changes-counted = { $count } 处改动：{ $directions }

## 修订记录

revision-entry = { $version }（{ $date }，{ $direction }）：{ $why }
revision-entry-with-basis = { $version }（{ $date }，{ $direction }）：{ $why }（{ $basis }）
revision-altered = 修订记录
common-file = 公共文件 { $name }
common-file-catalogue = 归集目录
common-file-scales = 等级标准
common-file-measures = 措施库

## 公共文件涉及谁

file-declares = 公共文件声明{ $direction }：{ $verdict }
file-undeclared = 公共文件没有声明意图，涉及的政策也没有都声明：不能判定
used-by = 用到的 { $count } 项政策：{ $policies }
used-by-none = 这里没有政策用到
used-by-none-but = 没有政策用到，但{ $effect }
catalogue-stricter = 不合要求的记录使整个主体不予评价
catalogue-looser = 原来因此整个不予评价的主体可以评价
catalogue-other = 接受的数据不同，主体可能整个不予评价
bears-on = 涉及 { $count } 项政策：{ $policies }
bears-on-none = 这里没有政策评价这些主体
only-this-policy = { $text }（只看了这项政策）
touched-alone = 只随公共文件变动的政策（{ $count } 项，自身没有改动和声明）：{ $policies }
two-catalogues = 两边归集目录接受的数据不同，各项证明只对两边都接受的主体
common-beyond = 公共文件的改动中超出声明的：{ $changes }

## 谁读取结果

readers-through = 经它们：{ $models }
result-read-by = 读取其结果：{ $models }
result-unread = 所比较的政策中没有模型读取其结果
result-unread-in-policy = 只看了这项政策的文件，其中没有模型读取其结果
fact-quoted = “{ $fact }”
reference-missing = { $count ->
       *[other] { $model }的{ $facts }引用{ $kind } { $name }，现在没有这个编号
    }

## 报送信息

prepared-by = 报送
prepared-in-brief = 报送：{ $facts }
not-given = 未填写
policy-status = 政策状态
cases = 样例
    .in-brief = 样例{ $results }
population = 主体数据
limits = 限度
days-of-proofs = 证明的日子
models-that-read = 读取其结果的模型
models-that-read-none = 没有
program = 程序
no-change = 没有改动

## 从哪里来

staged = 已暂存，没有提交
outside-git = 不在 git 里
commit = 提交 { $id }
commit-differs = 提交 { $id }（工作区，有未提交的改动）
commit-same = 提交 { $id }（工作区，与提交相同）
shared-catalogue = 归集目录
shared-scale = 等级标准
shared-library_items = 措施库

## 没有定下的

parameters-pending = 待定的参数 { $count } 个
parameters-on-trial = 试行的参数 { $count } 个
elements-on-trial = 试行的指标、否决、措施等 { $count } 处
documents-to-verify = 待核实的文件 { $count } 个
nothing-unsettled = 没有待定和试行的取值

## 样例的结果

cases-unread = 不能读
cases-none = 没有
cases-passed = 通过 { $count }
cases-failed = 未通过 { $count }
cases-failed-of = 未通过 { $count }（{ $policies }）
coverage = 覆盖 { $share }
coverage-least = 覆盖最低 { $share }
coverage-of-those = 有样例的覆盖 { $share }
coverage-of-those-least = 有样例的覆盖最低 { $share }
without-cases = 没有样例：{ $policies }
# 个数在英文里选单复数，所以是数，不是文字；这里写上千位分隔。
new-version-failed = { $count ->
        [other] 新版本有 { NUMBER($count, useGrouping: 1) } 个样例没有通过
       *[text] 新版本有 { $count } 个样例没有通过
    }
new-version-cases-unread = 新版本的样例不能读（{ $reason }）；用 xinyong test 看全部原因

## 主体数据

subjects = { $count ->
        [other] { NUMBER($count, useGrouping: 1) } 个主体
       *[text] { $count } 个主体
    }
subjects-refused = 另有 { $count } 个不能评价
files-left = 另 { $count } 个文件，见 JSON 报告
rows = { $count ->
        [other] { NUMBER($count, useGrouping: 1) } 行
       *[text] { $count } 行
    }
bytes = { $count } 字节

## 限度

limit-downgraded = 任一模型降级或者不再有结果的主体不超过 { $percent }%
limit-lost_incentives = 任一模型失去激励的主体不超过 { $percent }%
limit-new_restrictions = 任一模型新增惩戒的主体不超过 { $percent }%
limit-exceeded = 结论：超出限度
limit-not-exceeded = 结论：没有超出
limits-none = 没有规定
impact-not-computed = 没有算影响

## 附件

annexed-note = 要通读全文：--format html 和 markdown 附有全文，也可以用 xinyong docs { $policy }
annexed = { $policy } 全文
    .heading = 附：{ $policy } 全文

## 文字和 Markdown 报告

policy-changes = 政策改动
policy = 政策
    .heading = 政策
in-force = 施行
basis = 依据 { $basis }
impact = 影响
cut-short = 太长，以下从略，见 HTML 报告。
column-concerns = 涉及
column-where = 位置
column-after-the-former = 依次改（单独改）
