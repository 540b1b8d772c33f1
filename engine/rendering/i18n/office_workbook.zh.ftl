# 评价结果工作簿：给办公室看的表头和说法。

title = 信用评价结果
sheet-results = 评价结果
sheet-figures = 汇总
sheet-refused = 退回的行
sheet-coming = 将要变化
head-turn = 变化
turn-better = 变好
turn-worse = 变差
turn-other = 只变措施或者一票否决
chart-levels = 各模型的等级分布

## 评价结果

head-subject = 主体标识
head-name = 名称
head-policy = 政策
head-model = 评价模型
head-outcome = 结果
head-score = 得分
head-level = 等级
head-grade = 等次
head-next-change = 将变日期
head-next-level = 届时等级
head-vetoes = 一票否决
head-measures = 措施
head-reason = 没有结果的原因
head-warnings = 提示
head-valid-until = 有效至
head-as-of = 基准日
head-weight = 权重
head-version = 政策版本
head-digest = 政策摘要
came-evaluated = 已评价
came-not-evaluated = 不参评
came-rejected = 拒绝
with-help = { $sentence }（{ $help }）

## 各模型

head-points = { $title }（得分）
head-again = { $head }（{ $name }）

## 退回的行

head-file = 工作表或者文件
head-row = 行
head-column = 列
head-refused-subject = 主体
head-record = 记录
head-value = 原值
head-problem = 问题
head-remedy = 怎么改

## 汇总

head-what = 内容
head-of-model = 模型或者表
head-count = 个数
head-share = 占比
head-all = 合计
