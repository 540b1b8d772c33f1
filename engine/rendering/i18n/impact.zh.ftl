# 影响谁：涉及多少主体、怎样变、由哪处改动引起；哪些日子施行哪个版本。

## 影响谁

headline = 截至 { $day }，{ $subjects } 个主体；{ $touched }
not-evaluable = 数据不合要求、不能评价的 { $count } 个
touched = { $subjects } 个主体（{ $results } 个结果）有变化
of-these = 其中{ $ways }
counting = 一个主体按一个模型评价是一个结果；主体在任一模型升级（降级）即计入，各计一次。
day-chosen = 没有写基准日，取新版本施行之日 { $day }

## 一个模型

model-changed = { $subjects } 个主体，结果有变化 { $changed }
rejected-by-both = 两个版本都拒绝 { $count }
count-and-share = { $count }（{ $share }）

## 怎样变

level-up = 升级 { $count }
level-down = 降级 { $count }
grades-moved = 其中跨等次升 { $up }、降 { $down }
result-lost = 不再有结果 { $count }
result-gained = 新有结果 { $count }
score-up = 得分升 { $count }
score-down = 得分降 { $count }

## 惩戒和激励

lost-restricted = 不再有结果的 { $lost } 个中，{ $restricted } 个有惩戒
lost-lowest-or-restricted = 不再有结果的 { $lost } 个中，{ $either } 个原为 { $level } 或者有惩戒（原为 { $level } 的 { $lowest }，有惩戒的 { $restricted }）
newly-restricted = 新受惩戒 { $count }（{ $share }）
incentives-lost = 失去激励 { $count }（{ $share }）

## 地区

region-not-told = 不详

## 得分

rescored = 得分变化（{ $subjects } 个主体）
spread = 最小 { $least }，5% 分位 { $low }，中位 { $median }，95% 分位 { $high }，最大 { $greatest }

## 由哪处改动引起

attributed-levels = 等级有变化的主体（{ $subjects }）
attributed-scores = 得分有变化的主体（{ $subjects }）
attributed-all = { $count } 个
attributed-sample = 抽取 { $count } 个
attributed-other = { $count } 个
attributed-total = { $subjects }：{ $total }
attributed-in-order = 各处改动依次作出，逐项加起来就是这些
after-and-alone = { $after }（单独：{ $alone }）
joint-effect = 共同作用

## 一票否决、措施、预警

list-vetoes = 一票否决  { $items }
list-measures = 措施  { $items }
came-and-went = { $title } 新增 { $gained }、不再 { $lost }
altered-measures = 内容有变的措施：{ $subjects } 个主体  { $measures }
altered-measure = { $measure }{ $subjects }
measure-and-content = { $title }（{ $content }）
content-kind = 种类
content-item = 措施库条目
content-matter = 事项
content-terms = 内容
content-title = 名称
list-alerts = 预警  { $items }（{ $of }）
alerts-of-sample = 抽取 { $count } 个主体
alerts-of-all = 全部 { $count } 个主体

## 例子

example = 例  { $subject }  { $outcomes }
state-ungraded = 不分等级
state-not_evaluated = 不参评
state-rejected = 拒绝
state-absent = 没有结果

## 施行的日子

days-from = { $first } 起
days-between = { $first } 至 { $last }
version-expired = { $old } 已到期，文件删去，这些日子不能再评价
version-lost = 不再有施行的版本（原为 { $old }）
version-begun = 原来没有施行的版本，现为 { $new }
version-unchanged = { $new }，不变
works-backwards = 溯及既往：已过的日子（{ $days }）也按新规定评价，那些日子的结果可能改变
common-files-timeless = 公共文件没有施行日期：已过的日子也按新的内容评价，那些日子的结果可能改变
some-days-lost = 有的日子不再有施行的版本
some-days-begun = 有的日子原来没有施行的版本
some-references-lost = 有的引用不再找得到
