# 审核签字的网页：标题、表头、说明。改动、影响、证明本身的说法在别处。

and-more-changes = { $names }等 { $count } 处
and-more-policies = { $names }等 { $count } 项

## 页眉

review = 政策改动审核
page-of-pages = 第 { $page }页，共 { $pages }页
check-code = 核对码
check-code-is = 核对码 { $check }
handed-in = { $day } · 核对码 { $check }
handed-in-by = { $by } 报送 · { $day } · 核对码 { $check }
common-files-changed = 公共文件的改动
common-files-changed-for = 公共文件的改动（涉及 { $count } 项政策）
policies-changed = { $count } 项政策的改动
no-change = 没有改动
outside = { $declared }。声明之外：{ $names }
record-altered = 公共文件原有的修订记录有改动。
common-files-alone = 只有公共文件有改动。
both-same = 两边含义相同。
subjects = 主体
subjects-changed = 有变化的主体（{ $results } 个结果）
subjects-up = 升级的主体
subjects-down = 降级的主体
subjects-lost = 不再有结果的主体
subjects-restricted = 新受惩戒的主体
subjects-without-incentives = 失去激励的主体

## 改了什么

what-changed = 改了什么
directions = 放宽：没有主体变差。收紧：没有主体变好。有宽有严：有的可能变好，有的可能变差。不影响结果：得分、等级、措施都不变。文字：只是说法不同。
days-in-force = 施行
versions = 版本
line = 行
outside-the-intent = 声明之外
policy-itself = 政策本身
common-files-alone-of = 只有上述公共文件改动的政策（{ $count } 项）

## 影响谁

whom-it-touches = 影响谁
same-results = 结果没有变化的模型（主体）：{ $models }
model-of = { $model }（{ $subjects }）
no-other-result = 没有结果会变化的模型。
levels-before-and-after = 等级变化
levels-same = 没有主体的等级变化：{ $levels }
green-and-red = 绿为升级，红为降级
by-region = 各地区
region = 地区
by-which-change = 由哪处改动引起：{ $changes }
one-after-another = 依次改（单独改）
vetoes = 一票否决
measures = 措施
gained = 新增
lost = 不再
share = 占比
measures-altered = 内容有变的措施
what-is-other = 什么变了
alerts-of = 预警 ({ $of })
nearest = 离界线最近的主体
nearest-and-others = 离界线最近的主体，和其他结果有变化的
examples-printed = { $examples }，共 { $count } 例，纸上 { $printed } 例
same-items = 相同的 { $count } 项
item = 项目

## 证明了什么

what-is-proved = 证明了什么
proved-of-all = 对归集目录允许的所有主体，不限于现有的主体；{ $days }。✓ 已证明，✗ 有反例（经逐项评价复核），？ 未能判定。
proved-of-both = 对两边归集目录都允许的主体，不限于现有的主体；{ $days }。✓ 已证明，✗ 有反例（经逐项评价复核），？ 未能判定。
model = 模型

## 报送信息、附件、签字

prepared = 报送信息
made-again = 重做本页
same-code = 同样的比较得到同样的核对码
annexes = 附件目录
annex = 附件{ $number } { $title }
counterexamples = 反例
examples = 举例
digests = 摘要
content = 内容
side = 一边
version = 版本
revisions-of = { $policy }的修订记录
files-that-differ = 不同的文件
file = 文件
bytes = 字节
files-the-same = 另 { $count } 个文件两边相同
opinions = 审核意见
opinion = 意见
reviewer = 审核人
checker = 复核人
approver = 签批人
date = 日期
seal = （盖章处）
