# 没有结果的原因

deliver-attribute = 补充主体的属性“{ $title }”
deliver-records = 归集“{ $title }”的记录
table-subjects = 主体
table-records = 记录
table-members = 成员
