# 证明：答案、范围、反例；反例主体的信息、两个结果的对照；条件相对原条件的变化。

## 证明了什么

scope = 证明（对目录允许的所有主体，{ $days }）
scope-two-catalogues = 证明（对两边目录都允许的主体，{ $days }）
days-of-each-model = 各模型所注的日子
model-and-days = { $model }（{ $days }）
answer-to-claims = { $answer }：{ $claims }
refuted-claims = 反例：{ $claims }
changes-unspoken = 证明不说明这些改动：{ $names }
contents-unspoken = 增加、失去激励和惩戒的证明，只看有哪些措施、各是什么种类；事项、条目、内容改了的，“影响谁”里算失去激励或者新受惩戒
table-head = 证明（{ $days }）

## 反例主体

subject-members = 成员
subject-and-facts = { $kind }，{ $facts }
fact-and-says = { $fact }（{ $says }）
fact-repeated = { $fact }×{ $count }
nothing-known = 没有任何信息
page-nothing-known = { $kind }，没有任何信息
page-facts-of-kind = { $kind }的信息
page-says = 内容
page-outcome = 结果
page-document = 主体文件

## 两个结果的对照

side-result = 结果
side-score = 得分
side-level = 等级
side-indicator = 指标 { $title }
side-item = 加减分 { $title }
side-fact = 事实 { $title }
side-vetoes = 一票否决
side-measures = 措施

## 条件相对原条件

condition-replaced = 原条件中“{ $old }”改为“{ $new }”
condition-without = 原条件中去掉“{ $old }”
condition-with-all = 原条件，并且{ $new }
condition-with-any = 原条件，或者{ $new }
