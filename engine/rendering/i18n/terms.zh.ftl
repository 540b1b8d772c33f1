# 固定的词：类型、主体、措施、事项、状态。

## 类型

number = 数
integer = 整数
string = 文字
binary = 二进制
text = 文字
boolean = true 或 false
date = 日期
object = 键值表
array = 列表
list = 列表
null = 空值
level = 等级
grade = 等次

## 名称所指

fact = 事实
name = 名称
category = 信息类别
attribute = 属性
field = 字段
parameter = 参数
document = 依据文件
operator = 比较词
period = 日历期间
scale = 等级标准
derived = 评价结果类别
item = 措施库条目
value = 值
model = 评价模型
policy = 政策
indicator = 指标
measure = 措施
veto = 一票否决项
alert = 预警
exclusion = 不参评情形
reason = 拒绝原因
record = 记录
subject = 主体

## YAML 和 JSON 读不下去的原因

yaml_why_colon = 这里不能再有冒号
yaml_why_no_colon = 上一行没有键和冒号
yaml_why_braces = 花括号没有合上，或者少了逗号
yaml_why_brackets = 方括号没有合上，或者少了逗号
yaml_why_quote = 引号没有合上，或者引号里的写法不对
yaml_why_character = 这里不能用这个字符
yaml_why_block = 这一行与上面的接不上
yaml_why_here = 读到这里读不下去
json_why_here = 读到这里读不下去
blank_full_width = 全角空格
blank_non_breaking = 不间断空格
blank_odd = 不是普通的空格

## 工作簿里可能过多的

workbook_parts = 部件数
workbook_unpacked = 解开后的字节数
workbook_tags = XML 标签数
workbook_depth = XML 层数
workbook_text = 一处文字的长度
workbook_strings = 共用的文字数
workbook_names = 名称数
workbook_sheets = 工作表数
workbook_styles = 格式数
workbook_cells = 有内容的格数
workbook_ranges = 合并的单元格或者数组公式数

## 工作簿读不出的原因

workbook_damaged = 文件不完整，或者已经损坏
workbook_empty = 文件是空的
workbook_none = 里面没有工作簿
workbook_doctype = 有不允许的文档类型声明
workbook_part_missing = 缺少部件
workbook_part_twice = 部件重复
workbook_part_name = 部件的名称不允许
workbook_part_packed = 部件的压缩方式不认识
workbook_part_other = 部件不是工作簿里应有的
workbook_part_spoilt = 部件的内容已经损坏
workbook_format_missing = 缺少单元格用到的格式
workbook_row_order = 行的次序不对
workbook_cell_order = 单元格的次序不对
workbook_cell_value = 单元格的内容读不出
workbook_merged_over = 合并的单元格互相重叠
gzip_damaged = 压缩文件不完整，或者已经损坏
table_no_database = 不是 DuckDB 或 SQLite 数据库

## 系统对文件说的

system_no_permission = 没有权限
system_not_open = 没有打开
system_busy = 正被占用
system_quota = 超出磁盘配额
system_exists = 已经存在
system_too_large = 文件太大
system_failing = 磁盘读写出错
system_folder = 是文件夹
system_links = 链接层数太多
system_too_many = 打开的文件太多
system_name_too_long = 名称太长
system_missing = 没有这个文件或者文件夹
system_full = 磁盘已满
system_no_folder = 不是文件夹
system_not_permitted = 系统不允许
system_read_only = 磁盘只能读

## 文件夹里有的

file = 文件
folder = 文件夹
link = 链接
submodule = 子模块
pipe = 管道
socket = 套接字
device = 设备

## 号码的登记簿

organisation_code = 组织机构代码
registration_number = 工商注册号
resident_id_15 = 15 位的旧身份证号

## 主体的种类

organisation = 组织
person = 个人
park = 园区

## 措施的种类

incentive = 激励
routine = 常规
restriction = 惩戒

## 事项

market_access = 市场准入
approval = 行政审批
qualification = 资质认定
fiscal_support = 财政资金支持
procurement = 政府采购
bidding = 招标投标
commendation = 表彰奖励
supervision = 日常监管
service = 公共服务

## 记录的状态

valid = 有效
disputed = 异议处理中
repaired = 已修复
revoked = 已撤销

## 轻重

error = 错误
warning = 提示
info = 一般
serious = 严重

## 政策的状态

draft = 草案
trial = 试行
adverse = 不利
favourable = 有利
small = 容易
medium = 一般
large = 较难
neutral = 中性
no_window = 没有写，期满的也计入
sign_plain = 扣分写负数，加分写正数
sign_short_of = 记录越多，`short_of` 数的越少：扣分的 `each` 写正数，加分的写负数
sign_tally = `tally` 的值是负数，记录越多，事实越小：扣分的 `each` 写正数，加分的写负数
sign_both = `tally` 的值是负数，记录越多，`short_of` 数的也越多：扣分写负数，加分写正数
official = 正式
true = 是
false = 否
