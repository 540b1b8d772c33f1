# 命令行：各命令的说明，选项的说明（属性），用法错误和进度。

## 首页

brief-xinyong = 信用：政策写成 YAML，评价主体并说明每一步的依据
group-authors = 起草
group-reviewers = 审核
group-evaluators = 评价
brief-check = 检查政策：形式、含义和写法
brief-test = 运行政策的样例
brief-docs = 写出政策和归集目录的附件，供印发
brief-diff = 比较两个版本说了什么，谁受影响
brief-evaluate = 评价主体
brief-explain = 解释一个主体的结果：告知书、窗口摘要、复核说明
brief-forecast = 预告结果：没有新信息时哪天变、变成什么、为什么
brief-history = 回看结果：每一天是什么
brief-template = 写出一个空工作簿，供填写主体和记录

## commands

check =
    检查政策。PATH 是政策文件夹或文件，默认为政策文件夹。错误必须改正，提示供起草人斟酌。

    在 git 仓库里的，还同已经发布的比较：含义变了而版本没有变的、改动原有修订记录的，是错误。已经发布的，是当前分支从上游分支或者默认分支分出来的那次提交；git 认不出的，是最近一次提交。
    .form = text 给人看，json 给程序，sarif 给代码平台
    .proved = 对目录允许的所有主体证明：等级、措施、分档都有主体能够达到，一票否决成立的结果不优于其规定，得分不违反事实的方向，同一事项不会既激励又惩戒
    .against = 已经发布的是哪个版本：分支、标签或提交，与当前提交分岔的取分岔处
test = 运行政策的样例。PATH 是样例文件，或内有 cases/ 的文件夹，默认是政策文件夹。
    .covered = 列出没有样例到达的分档、选项、否决、措施等
    .least = 覆盖不到这个百分比算未通过
    .mutated = 把政策的界限、分值、期间等逐一改动，列出没有样例察觉的改动
    .least_noticed = 察觉的改动不到这个百分比算未通过
    .form = text 给人看，json 给程序
docs = 把政策写成供印发的附件：评价指标及评分标准、分级分类监管措施。POLICY 是政策的 ID，默认为施行的全部政策；catalogue 是信用信息归集目录。附件是中文公文，格式由文件的结尾定：.md、.html、.docx、.xlsx，装有 LibreOffice 的还可以写 .pdf；不写 --output 的，以 Markdown 打印。
    .output = 写入的文件
    .reading = 原文与系统口径怎样排：below 系统口径在原文之下，beside 另列一栏，none 不印；没有原文的只印系统口径
    .own = 归集目录只印自己增加的部分（extends: shipped）
    .read_by = 归集目录只印这个政策用到的信息，可以写几次
diff =
    比较两个版本的政策说了什么：每处改动的原值、新值、位置、依据和方向（放宽、收紧、有宽有严、不影响结果、文字），并与修订记录声明的意图核对。OLD、NEW 是政策文件、政策文件夹，或者 git 版本中的文件、文件夹，写作 REV:PATH，如 main:policies。注释、次序和写法不算改动。

    退出码：0 比较完成，2 没有做成，3 超出 --max-downgraded 等限度，或者写了限度而有版本在基准日没有施行、没有比较。加 --exit-code 的：0 含义相同，1 与声明相符，3 超出声明，4 不能判定（没有声明意图，有的改动有宽有严，或者证明没有结果）。
    .inputs = 用两个版本评价这些主体，看谁受影响；同 evaluate 的 INPUT
    .max_downgraded = 任一模型降级或者不再有结果的主体超过这个百分比算未通过
    .max_lost_incentives = 任一模型失去激励的主体超过这个百分比算未通过
    .max_new_restrictions = 任一模型新受惩戒的主体超过这个百分比算未通过
    .proved = 对归集目录允许的所有主体证明：结果相同，或者不会更差、更好
    .form = text 给终端，markdown 作合并请求的评论，html 是供签批的一页，json 给程序
    .output = 写入文件
    .coded = 以退出码表示结论
    .driven = 由 git diff 调用，见 docs/reviewer.md
    .by = 报送单位或者拟稿人，写进报告
evaluate = 评价主体。INPUT 是主体文件（.json、.yaml）、每行一个主体的 .jsonl、工作簿（.xlsx），或有 subjects 和 records 两表的文件夹（Parquet、CSV）、数据库（DuckDB、SQLite）。适用于主体的政策全部运行，被依赖的在先。
    .policy = 只要这个政策的结果
    .output = 写入文件；以 .parquet、.csv、.jsonl、.xlsx、.duckdb 结尾的和没有结尾的（文件夹）写成结果表
    .form = text 给人看（默认），json 给程序
    .headers = 工作簿的表头和内容：words 用文字（默认），codes 用程序认的名称和编号
    .reasoning = 结果之外，各模型的事实和得分另成一张表（all），或者不要（none）；默认在文件夹、.duckdb、.xlsx 里有
    .engine = 评价器，结果相同；默认 2 万个以内的主体文件用 single，更多的和表用 columnar
    .page = 另写一页带图的统计
    .rejects = 退回的行写入何处：.csv 或 .xlsx，默认在结果旁边
    .span = 往后看多久，如 90 days：结果里加 next_change（等级、一票否决或者措施最早哪天变）和 next_level（从那天起的等级）两列
    .since = 上次的结果表；只评价有变动或结果到期的主体，其余沿用
    .updated = 记载各行更新日期的列，配合 --since 更快
    .backend = columnar 用什么算
    .master = Spark 集群的地址
    .encoding = CSV 文件的编码：utf-8-sig 有 Excel 认得的标记（默认），utf-8 没有
explain = 解释一个主体的结果，默认写成交给当事人的告知书：每项得分及算法、一票否决、措施，各有依据；计入的记录，未计入的记录及原因；今后十二个月；怎样异议和修复。
    .name = 输入有多个主体时指明一个
    .policy = 只要这个政策的结果
    .case = 解释一个样例的结果，按样例自己的基准日；不写 INPUT
    .reader = 写给谁：company 当事人，clerk 窗口（摘要），auditor 复核（全部算式、规则出处、摘要）
    .number = 文号；不写则留空待填
    .on = 告知书的日期；不写则为今天，写了 --as-of 的留空待填
    .output = 写入文件，按后缀：.txt、.html（可打印）、.docx、.json
forecast =
    预告结果。没有新信息时，结果在哪天变、变成什么，由哪条记录、哪个日期引起：处罚超出期间，证书到期。INPUT 同 evaluate，一般是一个主体的文件。

    从基准日起，默认十二个月；期间以外没有看。
    .until = 看到哪天（含）
    .span = 看多久，如 90 days、12 months、3 years
    .name = 输入有多个主体时指明一个
    .policy = 只要这个政策的结果
    .output = 写入文件
    .form = text 给人看，json 给程序
history =
    回看结果：从 --from 到 --to 的每一天结果是什么，哪天变、为什么变。按现在掌握的记录和各天施行的政策版本计算，不是当时发出的结果。
    .first = 从哪天起
    .last = 到哪天止（含），默认今天
    .name = 输入有多个主体时指明一个
    .policy = 只要这个政策的结果
    .output = 写入文件
    .form = text 给人看，json 给程序
template = 写出一个空工作簿，供填写政策所评价的主体及其记录：有表头、批注和下拉列表，填好后用 evaluate 评价。
    .output = 写入的文件

## options of several commands

options = 几个命令共有的选项
    .policies = 政策文件夹，默认 ./policies，没有则用自带的
    .as_of = 基准日，默认今天
    .memory = 最多用多少内存
    .on = 报送日期，默认今天，写进报告
    .lang = 消息的语言，默认按系统

## bad usage

usage-error = 错误：{ $text }（见 { $hint }）
usage-no-command = 没有命令 { $name }
usage-no-command-near = 没有命令 { $name }，是不是 { $near }？
usage-no-option = 没有选项 { $option }
usage-no-option-near = 没有选项 { $option }，是不是 { $near }？
usage-option-missing = 缺少选项 { $option }
usage-argument-missing = 缺少参数 { $argument }
usage-value-missing = 选项 { $option } 要带一个值
usage-no-choice = { $name } 只能是 { $choices }
usage-bad-value = { $name } 的值不对：{ $why }
usage-memory = { $value }（要写数和单位，如 500MB、8GB）
usage-day = { $value }（要写 YYYY-MM-DD）
usage-sarif-proofs = sarif 格式不含证明：--prove 用 text 或 json
usage-encoding = --encoding 只用于写 CSV 文件
usage-inputs-or-case = 写 INPUT，或者写 --case POLICY/CASE，只写一样
usage-case-alone = --case 用样例自己的政策、主体和基准日，不与 --policy、--subject、--as-of 同用
usage-until-for = --until 和 --for 只写一个
usage-span = `{ $option }` 的 `{ $value }` 不是一段时间，写作 90 days、12 months 或 3 years
usage-forecast = --forecast 用于结果表，在一台机器上对全部主体计算，不与 --format json、--since、--engine single、--backend spark 同用
usage-reasoning = --reasoning 用于结果表：要有 --output FILE，不用 --format
usage-headers = --headers 只用于写成 .xlsx 的结果
usage-two-sides = 要写 OLD 和 NEW 两边
usage-with-population = { $option } 要与 --population 同用
usage-git-alone = --git 由 git diff 调用，不带别的选项

## check

extended = 共用文件加在自带的之上：{ $folder }
published = 已经发布的：{ $of }，在 { $commit } 处
files-counted = { $count } 个政策文件
errors-counted = { $count } 个错误
warnings-counted = { $count } 个提示

## diff, as git calls it

driver-alone = 只看这一个文件：{ $why }。连旁边的文件一起比，用 xinyong diff REV:{ $folder } REV:{ $folder }
driver-why-unknown = git 没有说比的是哪两个版本
driver-why-several = 有几个版本都有这样的文件，旁边的文件不同，git 没有说比的是哪个
driver-why-unsound = 旁边的文件有错误
driver-together = 连旁边的文件一起看：a/ 取自{ $old }，b/ 取自{ $new }
driver-place-worktree = 工作区
driver-place-index = 暂存区
driver-goes-on = { $title } { $version } 由 { $file } 的 { $now } 接替，见那个文件

## 进度

progress-subjects_read = 已读主体
progress-evaluated = 已评价
progress-days_evaluated = 已评价的日子
progress-changes_tried = 已试改动
progress-claims_proved = 证明
progress-policies_proved = 已证明的政策
seconds-left = { $counted }，还需约 { $seconds } 秒
