# 怎样达到上一等级：要做什么、最早哪天、结果如何。

heading = 怎样达到 { $level }（{ $grade }）
way-at-once = { $steps } → { $result }
way = { $day } 起，{ $steps } → { $result }
wait = 等到 { $day }，没有新的不利信息 → { $result }（{ $why }）
more = 另有 { $count } 种办法，没有列出
looked-at = 以上每种办法都已按本政策重新计算核对，其他情况不变；看到 { $last }，最多 { $tried } 件事合在一起
no-way = 到 { $last } 为止、最多 { $tried } 件事合在一起，没有找到办法

## 要做的事

step-record =
    { $count ->
        [1] 有新的“{ $category }”记录
       *[other] 有 { $count } 条新的“{ $category }”记录
    }
step-like = { $step }，其余同 [{ $record }]
step-attribute = “{ $attribute }”为 { $value }
step-repair = [{ $record }] { $date } { $category }获准信用修复
