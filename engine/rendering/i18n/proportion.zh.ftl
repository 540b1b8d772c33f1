# 一条不利信息最多扣多少分、影响到何时为止。

points-none = 不计分
points-nothing = 不扣分
points-most = 最多扣{ $points }分
points-at-most = 扣分不超过{ $points }分
points-between = 扣分不超过{ $points }分（实例{ $costs }分）
lasts-months = 满{ $count }个月为止
lasts-days = 满{ $count }日为止
lasts-at-most = 最多{ $count }日
lasts-with-state = 到移出、解除、结清为止
lasts-by-basis = 没有期限（依据如此规定）
lasts-never = 没有期限
lasts-not-known = 未能判定（有了记录，就不再是尚未归集）
of-vetoes = 一票否决
of-restrictions = 惩戒
of-exclusions = 不参评
longest = 最近一次不利信息之后，结果因此变差（最差等次、惩戒在内）
longest-days = 最多{ $days }日
longest-with-state = 名录等状态到移出、解除、结清为止
longest-by-basis = 依据没有规定期限的，一直影响
longest-never = 有的没有期限
longest-not-known = 有的未能判定
longest-by-results = 以往的评价结果也计入，通过它的影响另计

## 附件里的表

table-proportion = 不利信息的影响
head-act = 不利信息（一条）
head-points = 最多扣分
head-consequences = 一票否决、惩戒
head-longest = 最长影响
remark-proportion = 按本主体的一条信息、没有新的信息推算；最多扣分是一票否决之前的得分所能减少的上限，含合理缺项的折算；已修复、撤销的不再计入的，从其规定。
remark-by-results = 以往的评价结果也计入评价的，通过它的影响另计。
blank = —
