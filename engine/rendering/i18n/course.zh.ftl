# 信用日历：没有新信息时结果在哪天变、变成什么、由什么引起。

days = { $model }    { $first } 至 { $last }，按现有记录
head-day = 日期
head-result = 结果
head-causes = 变化和原因
first-day = 起始日
no-change = 期间没有变化
no-result = 没有结果
measures-alone = 只定措施

## 原因

cause-record-begins = { $what }：开始计入
cause-record-ended = { $what }：有效期已满，不再计入
cause-record-repaired = { $what }：已修复，不再计入
cause-record-window = { $what }：超出计算期间，不再计入
cause-record-displaced = { $what }：有更新的记录，不再计入
cause-record-days = { $what }：距今的天数到了界限
cause-attribute-days = { $what }：天数到了界限
cause-attribute-anniversary = { $what }：又满一期
cause-result-changed = { $what }：结果变化
cause-policy-version = 施行的政策版本变为 { $what }

renewable = { $text }；在此之前更新，结果不变差

## 同时

turn-vetoes-come = 一票否决成立：{ $titles }
turn-vetoes-gone = 一票否决不再成立：{ $titles }
turn-measures-come = 新适用：{ $titles }
turn-measures-gone = 不再适用：{ $titles }
