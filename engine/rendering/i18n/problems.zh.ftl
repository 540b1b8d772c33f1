# 问题，逐个代码：出了什么错；`.remedy` 是怎样改。花括号里是问题带来的值。

did-you-mean = 是不是 { $names }？

## files

file_missing = 没有这个文件：`{ $file }`
file_unreadable = 文件读不了：`{ $file }`（{ $why }）
file_silent = { $limit } 秒内没有从 `{ $file }` 读到内容
file_too_large = `{ $file }` 超过 { $limit } MB
    .remedy = 把主体分成多行的 .jsonl，每行一个主体
input_kind = 不认识的输入：`{ $file }`
    .remedy = 可以是 { $known }
output_exists = 输出位置是一个文件夹：`{ $file }`
output_unwritable = 写不了 `{ $file }`（{ $why }）
no_cases = 文件夹里没有样例（*.yaml）：`{ $folder }`
    .remedy = 样例写在政策旁边的 cases/ 里
not_a_repository = 这里不在 git 仓库里，读不了 `{ $side }`
    .remedy = 到仓库里运行，或者写文件、文件夹的路径
revision_unknown = git 仓库里没有版本 `{ $revision }`
    .remedy = 版本可以是提交、分支、标签，如 HEAD~1、main、v1
not_in_revision = 版本 `{ $revision }` 里没有 `{ $path }`
    .remedy = 路径从仓库的根算起；从当前文件夹算起的写 ./
file_and_folder = `{ $old }` 和 `{ $new }` 一边是文件，一边是文件夹
    .remedy = 文件同文件比，文件夹同文件夹比
common_alone = `{ $file }` 是公共文件，不单独使用
    .remedy = 写它所在的政策文件夹，公共文件一起比较、检查：{ $folder }
cases_alone = `{ $file }` 是样例，不是政策
    .remedy = 写政策文件夹：{ $folder }；样例用 xinyong test 运行
no_policy_file = `{ $file }` 不是政策
    .remedy = 写政策文件或者政策文件夹，如 policies
not_staged = 暂存区里没有 `{ $path }`
    .remedy = 先 git add；路径从仓库的根算起，从当前文件夹算起的写 ./
git_failed = git 没有读出 `{ $side }`：{ $why }
git_slow = git 在 { $limit } 秒内没有读出 `{ $side }`
downgraded = “{ $model }”降级或者不再有结果的主体占 { $found }%，多于允许的 { $limit }%
lost_incentives = “{ $model }”失去激励的主体占 { $found }%，多于允许的 { $limit }%
new_restrictions = “{ $model }”新受惩戒的主体占 { $found }%，多于允许的 { $limit }%
new_not_compared = “{ $policy }”新版本 { $version } 在基准日 { $as_of } 没有施行，没有比较
    .remedy = 用 --as-of 写一个它施行的日子
old_not_compared = “{ $policy }”原版本 { $version } 在基准日 { $as_of } 没有施行，没有比较
    .remedy = 用 --as-of 写一个它施行的日子
link_outside = `{ $file }` 是链接，通到文件夹外面：`{ $target }`
    .remedy = 把文件本身放进文件夹，或者直接写文件的路径
link_dangling = `{ $file }` 是链接，所指的文件不存在
    .remedy = 改好链接，或者删去
wrong_kind = `{ $file }` 应为{ $expected }，这里是{ $found }
    .remedy = 换成{ $expected }，或者移走
folder_too_large = `{ $folder }` 的文件合计超过 { $limit } MB
common_linked = `{ $file }` 是链接，公共文件取自 `{ $target }`
common_twice = `{ $file }` 和 `{ $other }` 是同一个公共文件
    .remedy = 只留一个
not_read = 没有读 `{ $file }`
    .remedy = 政策是政策文件夹里的 .yaml、.yml 文件，公共文件是 common/ 里的 { $known }
no_policies = 文件夹里没有政策（*.yaml）：`{ $folder }`
    .remedy = 写放政策的文件夹：{ $known }
common_missing = 缺少公共文件 `{ $file }`
    .remedy = 有 common/ 就要齐全：加在自带的之上，文件开头写 extends: shipped；没有 common/ 则用自带的
empty = 文件是空的
encoding = 不是 UTF-8 文字
    .remedy = 另存为 UTF-8 编码
encoding_gbk = 不是 UTF-8 文字，像是 GBK 编码
    .remedy = 另存为 UTF-8 编码
half_character = `{ $character }` 只是半个字符
    .remedy = 写出完整的字符，或者删去
unseen_character = 文字里有看不见的字符 { $character }
    .remedy = 删去
control_character = 有不允许的控制字符
yaml_syntax = YAML 写法有误：{ $what }
    .remedy = 检查缩进、冒号和括号
yaml_full_width = 这里有全角的“{ $character }”
    .remedy = 改为半角 { $plain }
yaml_tab = 缩进用了制表符
    .remedy = 改用空格
json_syntax = JSON 写法有误：{ $what }
several_documents = 一个文件只能有一份内容
duplicate_key = 键 `{ $key }` 写了两次
    .remedy = 合并或改名
key_not_text = 键必须是文字
tag = 不允许标签 `{ $tag }`
    .remedy = 去掉以 ! 开头的部分
alias_unknown = 引用 `*{ $name }` 没有对应的 `&{ $name }`
too_many_values = 文件的值超过 { $limit } 个
too_many_aliases = 引用（*）超过 { $limit } 处
too_deep = 嵌套超过 { $limit } 层，或数字过长

## numbers, dates and other values

number_decimals = `{ $number }` 超过 4 位小数
    .remedy = 四舍五入到 4 位
number_too_large = `{ $number }` 超过 1000 亿（10^11）
number_not_finite = `{ $number }` 不是有限的数
not_whole = `{ $value }` 不是整数
not_a_date = `{ $value }` 不是日期
    .remedy = 写成 YYYY-MM-DD，且这一天存在，如 2025-12-31
window = `{ $value }` 不是期间
    .remedy = 写成 24 months、90 days 或 2 years
wrong_type = 应为{ $expected }，这里是{ $found }
expected = 应为{ $expected }
not_listed = `{ $value }` 不在可用的值中
    .remedy = 可用：{ $known }
bad_pattern = `{ $value }` 的写法不对
    .remedy = 应符合 { $pattern }
bad_id = `{ $key }` 不能作编号
    .remedy = 用小写字母、数字、_ 和 -，以字母开头
too_few = 不能为空
too_small = `{ $value }` 小于 { $bound }
too_great = `{ $value }` 大于 { $bound }
twice_in_list = 重复
shape = 形式不对：{ $what }
unknown_key = 不认识的键 `{ $key }`
    .remedy = 可用：{ $known }
missing_key = 缺少 `{ $key }`
missing_beside = 有 `{ $beside }` 就要有 `{ $key }`
choose_one = 要写其中一个：{ $keys }
only_one = 只能写一个，这里有 { $written }
not_together = 不能同时写：{ $keys }

## names and types

unknown_name = 没有叫 `{ $name }` 的{ $what }
    .remedy = 可用：{ $known }
reserved_name = `{ $name }` 是保留的名称
extends_twice = `{ $id }` 自带的文件 { $file } 里已有
    .remedy = 换一个编号；要代替自带的，写 replaces: [{ $id }]
replaces_nothing = `{ $id }` 没有代替什么
    .remedy = replaces 里的编号要在自带的 { $file } 和本文件中都有
id_twice = 编号 `{ $id }` 用了两次
type_mismatch = `{ $name }` 是{ $found }，这里要{ $expected }
not_ordered = `{ $name }` 是{ $type }，没有大小，不能用 `{ $operator }`
    .remedy = 用 is、is_not、one_of 或 none_of
kind_not_allowed = `{ $name }` 不适用于{ $kind }
    .remedy = 归集目录允许：{ $kinds }
condition_empty = 条件是空的
    .remedy = 写成 {"{"}事实: {"{"}at_least: 3{"}"}{"}"}
fact_in_where = where 里只能与值和参数比较，不能与事实比较

## facts

fact_circle = 事实互相引用成环：{ $circle }
facts_too_deep = 事实层层引用超过 { $limit } 层：`{ $fact }`
    .remedy = 合并一些事实
if_missing_needed = 这个事实可能没有值，要写 `if_missing`
    .remedy = 写一个值、{"{"}use: 事实{"}"} 或 reject
if_missing_useless = 这个事实总有值，不要写 `if_missing`
date_attribute = `{ $name }` 是日期
    .remedy = 用 years_since 或 days_until
not_a_date_attribute = `{ $name }` 不是日期属性
field_needed = `{ $value }` 不是 类别.字段
    .remedy = 如 satisfaction_survey.percent
field_type = `{ $source }` 不能用于{ $type }字段 `{ $name }`
weight_field = `{ $name }` 不能作权数
    .remedy = 归集目录中它要是数，且 at_least: 0 或更大
member_policy_missing = 读取成员评价要在 where 中写明 `policy`
    .remedy = 加 where: {"{"}policy: {"{"}is: …{"}"}{"}"}

## points

fact_needed = 要写 `fact`
stray_key = `{ $key }` 不与这种 `{ $form }` 同用
start_needed = 有正有负、为 0 或用参数时要写 `start`
points_above = { $points } 分超过指标满分 { $full } 分
bands_direction = 分档方向不一致
    .remedy = 全部由高到低或全部由低到高
bands_order = 门槛没有接着前一档（{ $before }）依次排列
otherwise_last = `otherwise` 只能在最后
otherwise_needed = 最后一项要是 `otherwise`
otherwise_before_rules = 由得分评定的最后一级要写 `otherwise: true`（其后只有 by_rule 的等级）
choices_incomplete = 没有列全，要写 `otherwise`
    .remedy = 还缺：{ $missing }
dimension_sum = 指标合计 { $sum } 分，维度写的是 { $points } 分
full_sum = 各维度合计 { $sum } 分，等级标准满分 { $full } 分
not_positive = 要大于 0
bounds_crossed = 下限大于上限

## models

no_level_by_score = 等级标准 `{ $scale }` 的等级都是 by_rule，没有由得分评定的等级
    .remedy = 改用 decisions，或换一个等级标准
no_level_to_move = 等级标准 `{ $scale }` 的等级都是 by_rule，`{ $key }` 没有等级可去
    .remedy = 用 level 写明等级
needs_dimensions = 没有 `dimensions` 的模型不能有 `{ $key }`
feeds_nothing = 没有得分也没有等级的模型只能 `feeds: none`
score_decimals = 封顶分要不小于 0，最多 2 位小数
model_circle = 评价模型互相读取成环：{ $circle }
effective_crossed = 结束日早于开始日
effective_overlap = 政策 `{ $policy }` 的施行期与 { $other }（版本 { $version }）重叠

## legality

restriction_without_item = 惩戒措施要写措施库条目 `item`
    .remedy = 惩戒措施不得超出全国清单和法律法规
item_kind = 措施库条目 `{ $item }` 不适用于{ $kind }
    .remedy = 适用：{ $kinds }
official_trial = 正式政策里还有试行取值
    .remedy = 定下来，或把政策改为 trial
measure_without_basis = 措施要写依据 `basis`
    .remedy = 至少写实施方案
meaning_changed = 政策 `{ $policy }` 的含义变了，版本仍是 { $version }
    .remedy = 改 `version`，并在 revisions 中说明
common_changed = 这个公共文件改了，{ $policies } 的含义随之变了，版本没有变
    .remedy = 在这个文件的 revisions 中说明一次，各政策就不必改版本
revision_altered = 修订记录 { $version } 的 `{ $part }` 与已经发布的不同
    .remedy = 记录不能改：照原样写回，要更正的另写一条
revision_removed = 没有了已经发布的修订记录 { $version }
    .remedy = 照原样写回
revisions_order = 修订记录的次序与已经发布的不同
    .remedy = 最新在前，原有的照原来的次序

## lint

unreachable_band = 这一档取不到：`{ $fact }` 没有这样的值
unreachable_branch = 这一支到不了：条件自相矛盾，或前面已经包括
unreachable_level = 等级 { $level } 要 { $at_least } 分，最多只能得 { $most } 分
unearnable_points = 满分 { $full } 分，最多只能得 { $most } 分
title_period = 题名说“{ $stated }”，`{ $fact }` 写的是 `within: { $window }`
    .remedy = 改题名，或者改 `within`
title_number = 题名说“{ $stated }”，条件写的是 `{ $fact }: {"{"}{ $tested }{"}"}`
    .remedy = 改题名，或者改条件
unused_fact = 事实 `{ $fact }` 没有用到
unused_parameter = 参数 `{ $parameter }` 没有用到
unknown_policy = 没有加载叫 `{ $policy }` 的政策
    .remedy = 已加载：{ $known }
contradicting_measures = 等级 { $level } 时，{ $matter }同时有激励 `{ $other }` 和惩戒 `{ $measure }`
no_basis = `{ $id }` 没有写依据
no_collection = 信息类别 `{ $category }` 没有写 `{ $key }`

## common files

label_twice = 名称 `{ $label }` 已经指 `{ $other }`
calendar_year = { $day } 不在 { $year } 年
calendar_both = { $day } 既列为放假日，又列为上班日
calendar_weekday = { $day } 不是周末，本来就上班
reference_above_full = reference（{ $reference }）大于满分（{ $full }）
    .remedy = reference 写实际作为 100 分的分数，不大于 full
grade_apart = 等次 `{ $grade }` 的各等级要相邻

## subjects

check_digit_organisation = 统一社会信用代码 `{ $id }` 的校验位不对
check_digit_person = 身份证号 `{ $id }` 的校验位或出生日期不对
key_invisible = `{ $value }` 里有看不见的字符（{ $characters }）
    .remedy = 删去重新输入
key_quoted = `{ $value }` 带着引号、单引号或者等号
    .remedy = 这些是表格软件留下的：导出时不要带，或者删去
key_scientific = `{ $value }` 是被表格软件改写成数字的号码，末几位已经丢失
    .remedy = 把这一列设为文本格式，重新填写
key_lookalike = `{ $value }` 里有形似的外文字母或数字（{ $characters }）
    .remedy = 换成英文字母、数字重新输入
code_nearly = `{ $value }` 近似一个代码，但不是
code_length = `{ $value }` 像是统一社会信用代码或身份证号，但有 { $length } 位
    .remedy = 应为 18 位
text_invisible = 有看不见的字符（{ $characters }）
    .remedy = 删去重新输入
model_name = `{ $value }` 不是“政策/模型”
    .remedy = 如 housekeeping/enterprise
field_missing = 缺少字段 `{ $key }`（{ $title }）
record_twice = 记录编号 `{ $id }` 用了两次，前一次在第 { $first } 条
subject_twice = 主体 `{ $id }` 出现不止一次
    .remedy = 合成一个，或者删去多余的
subject_alike = `{ $id }` 和 `{ $other }` 可能是同一个主体
    .remedy = 改成同一个标识，或者核对是谁的信息
repaired_on_needed = 已修复的记录要写 `repaired_on`
repaired_on_useless = 状态是{ $status }的记录不写 `repaired_on`
before_date = `{ $key }` 早于 `date`
evaluation_delivered = 政策 `{ $policy }` 由本系统评价，不能另行报送结果

## evaluating

fact_missing = 缺少“{ $title }”（`{ $fact }`），不能评价
fact_too_large = “{ $title }”（`{ $fact }`）超过 1000 亿
weight_negative = 权重 { $value } 小于 0，不能评价
policy_unknown = 没有叫 `{ $policy }` 的政策
    .remedy = 可用：{ $known }
policy_not_in_force = 政策 `{ $policy }` 在 { $as_of } 没有施行的版本
own_unnamed = --own 只用于归集目录
    .remedy = 写 xinyong docs catalogue --own
own_nothing = 归集目录没有自己增加的部分
    .remedy = 在 common/catalogue.yaml 开头写 extends: shipped，再写增加的类别
none_in_force = { $as_of } 没有施行的政策
    .remedy = 用 --as-of 换一天
model_unknown = 政策 `{ $policy }` 没有模型 `{ $model }`
    .remedy = 可用：{ $known }
model_kind = 模型 `{ $policy }/{ $model }` 评价{ $needs }，这是{ $kind }
award_outside = “{ $title }”：{ $fact_title } { $awarded } 超出评定区间 { $at_least } … { $at_most }，按 { $counted } 计
previous_level_unknown = 上次等级 { $level } 不在等级标准 `{ $scale }` 中，“{ $title }”没有与它比
pending_parameter = 参数“{ $title }”（`{ $parameter }`）尚未确定，暂按 { $value } 计
dimension_left_out = 维度“{ $title }”的指标全部缺项，按满分计
result_rejected = { $subject } 的 { $policy }/{ $model } 没能评价，这里没有计入
result_not_evaluated = { $subject } 不参加 { $policy }/{ $model } 评价，这里没有计入
member_absent = 成员 { $member } 不在输入中

## cases

score_cents = 得分 `{ $value }` 超过 2 位小数
    .remedy = 得分四舍五入到 2 位小数

## the command

as_of = `{ $value }` 不是日期
    .remedy = 写成 YYYY-MM-DD，且这一天存在，如 2025-12-31
shipped_used = 当前文件夹没有 policies/，用的是自带的政策
below_coverage = { $policy } 的样例覆盖 { $found }%，低于要求的 { $needed }%
below_noticed = { $policy } 的样例察觉 { $found }% 的改动，低于要求的 { $needed }%
no_input = 输入中没有主体
nobody_evaluated = 输入中的主体没有一个能够评价

## tables

table_missing = `{ $file }` 中没有表 { $table }
    .remedy = 文件夹里要有 { $table }.parquet、{ $table }.csv，或者装有这类文件的文件夹 { $table }
table_broken = `{ $file }` 读不成表：{ $why }
csv_quotes = `{ $file }` 起的一行里引号不成对：{ $why }
    .remedy = 值里的引号写两遍，并把整个值放进引号
table_several = `{ $folder }` 中表 { $table } 有不止一处，或者夹着别的文件：{ $files }
    .remedy = 只留要评价的一个，其余移到别处
table_named = `{ $file }` 不会当作表 { $table } 来读
    .remedy = 改名为 { $table }.csv 或 { $table }.parquet；别的格式先转换
column_type = `{ $file }` 的列 `{ $column }` 是 { $type }，不能准确读取
    .remedy = 改成最多 38 位的小数
view_refused = `{ $file }` 中的 { $table } 是视图，不读
    .remedy = 把它存成表
nested_text = 在 Spark 上不读文本形式的 JSON 列 `{ $column }`
    .remedy = 改成结构列，或者每个字段一列
since_kind = `{ $file }` 不是可以沿用的结果表
    .remedy = 用上次 --output 写的 .parquet、.duckdb 或者文件夹
column_missing = 表 { $table } 缺少列 `{ $column }`
column_unknown = 目录中没有表 { $table } 的列 `{ $column }`
line_cells = 这一行有 { $count } 格，表头有 { $expected } 格
    .remedy = 值里有分隔符的要加引号
row_twice = 该主体有多条编号为 `{ $id }` 的记录
row_of_nobody = subjects 表中没有主体 `{ $id }`
cell_unclear = 有一个值不合目录的要求
sheet_unknown = 不认识的工作表“{ $sheet }”
    .remedy = 工作表是主体、成员，或者归集目录中的信息类别
sheet_missing = `{ $file }` 中没有工作表“{ $sheet }”
column_twice = 工作表“{ $table }”中列 `{ $column }` 出现两次
column_nameless = 工作表“{ $table }”的这一列没有表头
id_as_number = 列 `{ $column }` 有 { $count } 个号码存成了数字，末几位已经丢失
    .remedy = 把这一列设为文本格式，重新填写
cell_error = 列 `{ $column }` 有 { $count } 格是公式算错的结果（如 #N/A）
    .remedy = 改好公式，或者直接填值
cell_uncalculated = 列 `{ $column }` 有 { $count } 格公式没有算过，没有可信的值
    .remedy = 在 Excel 或 WPS 中打开，重新计算后保存；或者把公式粘贴成值
cell_picture = 列 `{ $column }` 有 { $count } 格是图片
    .remedy = 删掉图片，直接填值
cell_format = 列 `{ $column }` 有 { $count } 格显示的与存的不是一个数：存的是 { $value }，格式是 `{ $format }`
    .remedy = 把这些格设为常规格式，按表头的单位重新填数
cell_format_text = 列 `{ $column }` 要文字，有 { $count } 格显示的与存的不一样：存的是 { $value }，格式是 `{ $format }`
    .remedy = 把这一列设为文本格式，重新填写
cell_format_date = 列 `{ $column }` 有 { $count } 格没有显示完整的年月日：存的是 { $value }，格式是 `{ $format }`
    .remedy = 设为显示年月日的日期格式，核对后重新填写，如 2025-06-01
cell_merged = 合并的单元格 { $range } 看不出每一行是什么值
    .remedy = 取消合并，每一行都填；只有一列中上下合并的文字、日期、是否读作每行相同
header_merged = 合并的单元格 { $range } 使表头不止一行一列
    .remedy = 取消合并，表头只占一行，每列一格
workbook_kind = `{ $file }` 的内容是 { $format }，不是 .xlsx 工作簿
    .remedy = 在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”
workbook_locked = `{ $file }` 设了打开密码
    .remedy = 去掉密码，另存一份
workbook_too_large = `{ $file }` 太大：{ $what }超过 { $limit }
    .remedy = 删掉用不着的行、列和格式，或者改给 CSV、Parquet
sheet_passed_over = 工作表“{ $sheet }”不是填写数据的表，没有读
sheet_hidden = 工作表“{ $sheet }”是隐藏的，也读了
rows_hidden = 工作表“{ $sheet }”有 { $count } 行是隐藏的或者筛选掉的，也读了
column_hidden = 工作表“{ $sheet }”的列 `{ $column }` 是隐藏的，也读了
rows_of_formulas = 工作表“{ $sheet }”有 { $count } 行只有没算出值的公式，没有读
one_input = 表只能单独输入：`{ $file }`
output_kind = 不能写成 `{ $file }` 这种文件
    .remedy = 结尾可以是 { $known }
memory = 内存不够：{ $why }
    .remedy = 用 --memory 给多一些，或者关掉别的程序
output_is_input = 输出 `{ $file }` 会盖掉要读的 `{ $input }`
    .remedy = 写到别处；退回的行用 --rejects 另指
outputs_collide = 输出 `{ $file }` 和 `{ $other }` 写在同一个位置
    .remedy = 各写一个文件
output_device = `{ $file }` 是磁盘，不能写
stdin_unreadable = 标准输入读不了（{ $why }）
stdin_twice = 标准输入（`-`）写了两次，只能读一次
    .remedy = 另一份写成文件
stdout_unwritable = 标准输出写不了（{ $why }）
temporary_unwritable = 临时文件夹 `{ $folder }` 写不了（{ $why }）
    .remedy = 清理出空间，或者用环境变量 TMPDIR 另指一个
template_filled = `{ $file }` 已经存在，不是同样的空工作簿，填写的内容会丢失
    .remedy = 写到别处，或者先把它移走
rejects_kept = 没有退回的行；`{ $file }` 不是退回文件，没有动它
cell_full = 一格有 { $characters } 个字符，超过工作表的 { $limit } 个
    .remedy = 改用 .parquet 或 .csv
sheet_full = { $rows } 行结果超过工作表的 { $limit } 行
    .remedy = 改用 .parquet 或 .csv
columnar_json = 成批评价（columnar，2 万个主体以上的表，以及 --since、--report、--rejects）不写带全部理由的 JSON
    .remedy = 用 --output F.jsonl 写结果表；主体文件可以用 --engine single
extra_missing = 没有安装这项功能所用的程序库
    .remedy = pip install 'xinyong[{ $extra }]'
one_subject = 只能解释一个主体，输入中有 { $count } 个
    .remedy = 用 --subject 指明
subject_unknown = 输入中没有主体 `{ $id }`
nothing_applies = 没有适用于主体 `{ $id }` 的政策
rules_missing = 没有安装 durable-rules（Python 3.13 及以后装不上）
    .remedy = 用 --engine single，结果相同
