# 证明：证明什么、结果、理由、反例

## 证明什么

claim-equivalent-result = 结果相同
claim-never_worse-result = 结果不会更差
claim-never_better-result = 结果不会更好
claim-equivalent-measures = 同等级的措施相同
claim-never_worse-measures = 同等级的不失去激励，不增加惩戒
claim-never_better-measures = 同等级的不增加激励，不减少惩戒
claim-never_worse-readers = 读取其结果的模型不会更差
claim-never_better-readers = 读取其结果的模型不会更好
claim-reached = 有主体能够达到
claim-veto_level = 一票否决成立的，结果不优于其规定
claim-direction = 不利信息增多不加分，有利信息增多不减分
claim-together = 同一事项不会既激励又惩戒
claim-missing = 没有不利信息的，不因信息不全受惩戒、评为最差
claim-ends = 不利信息的影响（惩戒在内）有期限
claim-modelled = 可以证明

## 结果

answer-proved = 已证明
answer-counterexample = 有反例
answer-disproved = 已证明不成立
answer-unknown = 未能判定
answer-count = { $answer } { $count }
answers = { $count } 项：{ $answers }
share-proved = 已证明 { $proved }/{ $count }
refuted-reached = 没有主体能够达到（已证明）
refuted-veto_level = 成立，结果却优于其规定
refuted-direction = 得分与其方向相反
refuted-together = 同时有激励和惩戒
refuted-missing = 没有不利信息，只因信息不全就受惩戒或者评为最差
refuted-ends = 没有期限，主体因此一直评为最差或者受惩戒
refuted-ends-points = 没有期限（没有找到因此评为最差或者受惩戒的主体）

## 未能判定的理由

reason-timeout = 超过时限
reason-not_realised = 没有找到确实如此的主体
reason-not_comparable = 两个版本的等级或者计分方式不同，无从比较
reason-other_catalogue = 两个版本的归集目录接受的数据不同
reason-results_assumed = 反例要用到其他政策的结果，而那些政策未必会给出这样的结果
reason-other_levels = 等级会变，换了等级的措施没有证明
reason-read_otherwise = 有的主体不再有结果或者新有结果，或者读取的模型会反过来
reason-too_many_cells = 条件的组合太多
reason-not_collected = 类别尚未归集，有了一条记录就不再是
reason-earlier_results = 以往的评价结果也计入评价，影响可能经它延续

## 哪些日子

days-from = { $first } 起的每一天
days-between = { $first } 至 { $last } 的每一天
days-asked = 基准日 { $days }

## 反例

shown-on-smallest = 基准日 { $day }，最小
results-assumed = 其中其他政策的结果是设定的；evaluate 不收自己能评价的政策的结果
no-measures = 无措施
another-matter = { $measure }的事项不同
another-item = { $measure }的措施库条目不同
another-terms = { $measure }的内容不同
