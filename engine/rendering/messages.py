"""Sentences for problems, code by code, in Chinese and English: what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from engine.model import number
from engine.model.period import iso_text
from engine.model.problem import Problem
from engine.rendering.terms import Lang, term
from engine.rendering.visible import visible


class Sentence(NamedTuple):
    """A message and, where there is one, the remedy; `{name}` stands for a value of the problem."""

    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""


LONGEST = 400
"""So much of a value is shown; the place leads to the rest."""

MESSAGES: Mapping[str, Sentence] = {
    # files
    "file_missing": Sentence("没有这个文件：`{file}`", "no such file: `{file}`"),
    "file_unreadable": Sentence("文件读不了：`{file}`（{why}）", "cannot read `{file}`: {why}"),
    "file_silent": Sentence("{limit} 秒内没有从 `{file}` 读到内容", "nothing came from `{file}` within {limit} seconds"),
    "file_too_large": Sentence(
        "`{file}` 超过 {limit} MB", "`{file}` is larger than {limit} MB",
        "把主体分成多行的 .jsonl，每行一个主体", "put the subjects into a .jsonl file, one a line",
    ),
    "input_kind": Sentence("不认识的输入：`{file}`", "unknown kind of input: `{file}`", "可以是 {known}", "it can be {known}"),
    "output_exists": Sentence("输出位置是一个文件夹：`{file}`", "the output is a folder: `{file}`"),
    "output_unwritable": Sentence("写不了 `{file}`（{why}）", "cannot write `{file}`: {why}"),
    "no_cases": Sentence(
        "文件夹里没有样例（*.yaml）：`{folder}`", "no cases (*.yaml) in `{folder}`",
        "样例写在政策旁边的 cases/ 里", "cases stand in cases/ beside the policies",
    ),
    "not_a_repository": Sentence(
        "这里不在 git 仓库里，读不了 `{side}`", "this is no git repository, so there is no `{side}`",
        "到仓库里运行，或者写文件、文件夹的路径", "run this inside the repository, or name a file or folder",
    ),
    "revision_unknown": Sentence(
        "git 仓库里没有版本 `{revision}`", "the repository has no revision `{revision}`",
        "版本可以是提交、分支、标签，如 HEAD~1、main、v1", "a revision is a commit, branch or tag, such as HEAD~1, main or v1",
    ),
    "not_in_revision": Sentence(
        "版本 `{revision}` 里没有 `{path}`", "there is no `{path}` in the revision `{revision}`",
        "路径从仓库的根算起；从当前文件夹算起的写 ./", "the path goes out from the root of the repository; write ./ to go out from here",
    ),
    "file_and_folder": Sentence(
        "`{old}` 和 `{new}` 一边是文件，一边是文件夹", "of `{old}` and `{new}` one is a file and the other a folder",
        "文件同文件比，文件夹同文件夹比", "compare files with files, folders with folders",
    ),
    "common_alone": Sentence(
        "`{file}` 是公共文件，不单独使用", "`{file}` is a common file, which is not used by itself",
        "写它所在的政策文件夹，公共文件一起比较、检查：{folder}", "name the folder of policies that it stands in, its common files are taken with it: {folder}",
    ),
    "cases_alone": Sentence(
        "`{file}` 是样例，不是政策", "`{file}` holds cases, and no policy",
        "写政策文件夹：{folder}；样例用 xinyong test 运行", "name the folder of policies: {folder}; xinyong test runs cases",
    ),
    "no_policy_file": Sentence(
        "`{file}` 不是政策", "`{file}` is no policy", "写政策文件或者政策文件夹，如 policies", "name a policy file or a folder of policies, such as policies",
    ),
    "not_staged": Sentence(
        "暂存区里没有 `{path}`", "no `{path}` is staged",
        "先 git add；路径从仓库的根算起，从当前文件夹算起的写 ./",
        "git add it first; the path goes out from the root of the repository, write ./ to go out from here",
    ),
    "git_failed": Sentence("git 没有读出 `{side}`：{why}", "git could not read `{side}`: {why}"),
    "git_slow": Sentence("git 在 {limit} 秒内没有读出 `{side}`", "git did not read `{side}` within {limit} seconds"),
    "downgraded": Sentence(
        "“{model}”降级或者不再有结果的主体占 {found}%，多于允许的 {limit}%",
        "{found}% of the subjects of “{model}” go to a worse level or lose their result, more than the {limit}% allowed",
    ),
    "lost_incentives": Sentence(
        "“{model}”失去激励的主体占 {found}%，多于允许的 {limit}%",
        "{found}% of the subjects of “{model}” lose an incentive, more than the {limit}% allowed",
    ),
    "new_restrictions": Sentence(
        "“{model}”新受惩戒的主体占 {found}%，多于允许的 {limit}%",
        "{found}% of the subjects of “{model}” come under a restriction, more than the {limit}% allowed",
    ),
    "new_not_compared": Sentence(
        "“{policy}”新版本 {version} 在基准日 {as_of} 没有施行，没有比较",
        "the new version {version} of “{policy}” is not in force on {as_of}: it is not compared",
        "用 --as-of 写一个它施行的日子", "name a day on which it is, by --as-of",
    ),
    "old_not_compared": Sentence(
        "“{policy}”原版本 {version} 在基准日 {as_of} 没有施行，没有比较",
        "the old version {version} of “{policy}” is not in force on {as_of}: it is not compared",
        "用 --as-of 写一个它施行的日子", "name a day on which it is, by --as-of",
    ),
    "link_outside": Sentence(
        "`{file}` 是链接，通到文件夹外面：`{target}`", "`{file}` is a link that leads out of the folder, to `{target}`",
        "把文件本身放进文件夹，或者直接写文件的路径", "put the file itself into the folder, or name it by its own path",
    ),
    "link_dangling": Sentence(
        "`{file}` 是链接，所指的文件不存在", "`{file}` is a link that leads nowhere",
        "改好链接，或者删去", "mend the link, or take it away",
    ),
    "wrong_kind": Sentence(
        "`{file}` 应为{expected}，这里是{found}", "`{file}` should be {expected}, it is {found}",
        "换成{expected}，或者移走", "put {expected} there, or take it away",
    ),
    "folder_too_large": Sentence("`{folder}` 的文件合计超过 {limit} MB", "the files of `{folder}` are larger than {limit} MB together"),
    "common_linked": Sentence("`{file}` 是链接，公共文件取自 `{target}`", "`{file}` is a link: the common files are those of `{target}`"),
    "common_twice": Sentence("`{file}` 和 `{other}` 是同一个公共文件", "`{file}` and `{other}` are the same common file", "只留一个", "keep one of them"),
    "not_read": Sentence(
        "没有读 `{file}`", "`{file}` is not read",
        "政策是政策文件夹里的 .yaml、.yml 文件，公共文件是 common/ 里的 {known}",
        "policies are the .yaml and .yml files of the folder itself, common files are {known} in its common/",
    ),
    "no_policies": Sentence(
        "文件夹里没有政策（*.yaml）：`{folder}`", "no policies (*.yaml) in `{folder}`",
        "写放政策的文件夹：{known}", "name the folder that holds them: {known}",
    ),
    "common_missing": Sentence(
        "缺少公共文件 `{file}`", "the common file `{file}` is missing",
        "有 common/ 就要齐全，缺的从自带的复制；没有 common/ 则用自带的",
        "a common/ folder must be whole: copy what it lacks from the shipped one; without the folder that one is used",
    ),
    "empty": Sentence("文件是空的", "the file is empty"),
    "encoding": Sentence("不是 UTF-8 文字", "not UTF-8 text", "另存为 UTF-8 编码", "save it as UTF-8"),
    "encoding_gbk": Sentence(
        "不是 UTF-8 文字，像是 GBK 编码", "not UTF-8 text; it looks like GBK", "另存为 UTF-8 编码", "save it as UTF-8",
    ),
    "half_character": Sentence(
        "`{character}` 只是半个字符", "`{character}` is half a character",
        "写出完整的字符，或者删去", "write the whole character, or take it away",
    ),
    "unseen_character": Sentence(
        "文字里有看不见的字符 {character}", "the text holds {character}, which nobody sees", "删去", "take it away",
    ),
    "control_character": Sentence("有不允许的控制字符", "a control character is not allowed"),
    "yaml_syntax": Sentence("YAML 写法有误：{what}", "YAML is malformed: {what}", "检查缩进、冒号和括号", "look at indentation, colons and brackets"),
    "yaml_full_width": Sentence("这里有全角的“{character}”", "a full-width `{character}` stands here", "改为半角 {plain}", "write {plain}"),
    "yaml_tab": Sentence("缩进用了制表符", "a tab indents this line", "改用空格", "use spaces"),
    "json_syntax": Sentence("JSON 写法有误：{what}", "JSON is malformed: {what}"),
    "several_documents": Sentence("一个文件只能有一份内容", "a file holds one document"),
    "duplicate_key": Sentence("键 `{key}` 写了两次", "key `{key}` stands twice", "合并或改名", "merge or rename one of them"),
    "key_not_text": Sentence("键必须是文字", "a key must be text"),
    "tag": Sentence("不允许标签 `{tag}`", "the tag `{tag}` is not allowed", "去掉以 ! 开头的部分", "remove what begins with !"),
    "alias_unknown": Sentence("引用 `*{name}` 没有对应的 `&{name}`", "the alias `*{name}` has no `&{name}`"),
    "too_many_values": Sentence("文件的值超过 {limit} 个", "the file has more than {limit} values"),
    "too_many_aliases": Sentence("引用（*）超过 {limit} 处", "more than {limit} aliases (*)"),
    "too_deep": Sentence("嵌套超过 {limit} 层，或数字过长", "nested deeper than {limit} levels, or a number is too long"),
    # numbers, dates and other values
    "number_decimals": Sentence(
        "`{number}` 超过 4 位小数", "`{number}` has more than 4 decimals", "四舍五入到 4 位", "round it to 4",
    ),
    "number_too_large": Sentence("`{number}` 超过 1000 亿（10^11）", "`{number}` is beyond 10^11"),
    "number_not_finite": Sentence("`{number}` 不是有限的数", "`{number}` is not a finite number"),
    "not_whole": Sentence("`{value}` 不是整数", "`{value}` is not a whole number"),
    "not_a_date": Sentence(
        "`{value}` 不是日期", "`{value}` is not a date",
        "写成 YYYY-MM-DD，且这一天存在，如 2025-12-31", "write a day that exists as YYYY-MM-DD, such as 2025-12-31",
    ),
    "window": Sentence(
        "`{value}` 不是期间", "`{value}` is no window", "写成 24 months、90 days 或 2 years", "write 24 months, 90 days or 2 years",
    ),
    "wrong_type": Sentence("应为{expected}，这里是{found}", "expected {expected}, found {found}"),
    "expected": Sentence("应为{expected}", "expected {expected}"),
    "not_listed": Sentence("`{value}` 不在可用的值中", "`{value}` is not an allowed value", "可用：{known}", "allowed: {known}"),
    "bad_pattern": Sentence("`{value}` 的写法不对", "`{value}` is not written as it should be", "应符合 {pattern}", "it must match {pattern}"),
    "bad_id": Sentence(
        "`{key}` 不能作编号", "`{key}` cannot be an id",
        "用小写字母、数字、_ 和 -，以字母开头", "use lower-case letters, digits, _ and -, beginning with a letter",
    ),
    "too_few": Sentence("不能为空", "must not be empty"),
    "too_small": Sentence("`{value}` 小于 {bound}", "`{value}` is below {bound}"),
    "too_great": Sentence("`{value}` 大于 {bound}", "`{value}` is above {bound}"),
    "twice_in_list": Sentence("重复", "stands twice"),
    "shape": Sentence("形式不对：{what}", "not of the right shape: {what}"),
    "unknown_key": Sentence("不认识的键 `{key}`", "unknown key `{key}`", "可用：{known}", "known: {known}"),
    "missing_key": Sentence("缺少 `{key}`", "`{key}` is missing"),
    "missing_beside": Sentence("有 `{beside}` 就要有 `{key}`", "`{beside}` needs `{key}` beside it"),
    "choose_one": Sentence("要写其中一个：{keys}", "one of these is needed: {keys}"),
    "only_one": Sentence("只能写一个，这里有 {written}", "only one of these can stand: {written}"),
    "not_together": Sentence("不能同时写：{keys}", "these cannot stand together: {keys}"),
    # names and types
    "unknown_name": Sentence("没有叫 `{name}` 的{what}", "no {what} is called `{name}`", "可用：{known}", "known: {known}"),
    "reserved_name": Sentence("`{name}` 是保留的名称", "the name `{name}` is reserved"),
    "id_twice": Sentence("编号 `{id}` 用了两次", "the id `{id}` is used twice"),
    "type_mismatch": Sentence("`{name}` 是{found}，这里要{expected}", "`{name}` is {found}, here {expected} is needed"),
    "not_ordered": Sentence(
        "`{name}` 是{type}，没有大小，不能用 `{operator}`", "`{name}` is {type}, which has no order: `{operator}` cannot test it",
        "用 is、is_not、one_of 或 none_of", "use is, is_not, one_of or none_of",
    ),
    "kind_not_allowed": Sentence(
        "`{name}` 不适用于{kind}", "`{name}` is not for subjects of the kind {kind}", "归集目录允许：{kinds}", "the catalogue allows: {kinds}",
    ),
    "condition_empty": Sentence("条件是空的", "the condition is empty", "写成 {{事实: {{at_least: 3}}}}", "write {{FACT: {{at_least: 3}}}}"),
    "fact_in_where": Sentence("where 里只能与值和参数比较，不能与事实比较", "`where` compares with values and parameters, not with facts"),
    # facts
    "fact_circle": Sentence("事实互相引用成环：{circle}", "facts use each other in a circle: {circle}"),
    "facts_too_deep": Sentence(
        "事实层层引用超过 {limit} 层：`{fact}`", "facts rest on facts more than {limit} deep: `{fact}`",
        "合并一些事实", "put some of them together",
    ),
    "if_missing_needed": Sentence(
        "这个事实可能没有值，要写 `if_missing`", "this fact can be missing: `if_missing` is needed",
        "写一个值、{{use: 事实}} 或 reject", "write a value, {{use: FACT}} or reject",
    ),
    "if_missing_useless": Sentence("这个事实总有值，不要写 `if_missing`", "this fact is never missing: take `if_missing` away"),
    "date_attribute": Sentence(
        "`{name}` 是日期", "`{name}` is a date", "用 years_since 或 days_until", "use years_since or days_until",
    ),
    "not_a_date_attribute": Sentence("`{name}` 不是日期属性", "`{name}` is not a date attribute"),
    "field_needed": Sentence("`{value}` 不是 类别.字段", "`{value}` is not CATEGORY.FIELD", "如 satisfaction_survey.percent", "such as satisfaction_survey.percent"),
    "field_type": Sentence("`{source}` 不能用于{type}字段 `{name}`", "`{source}` cannot take the field `{name}`, whose type is {type}"),
    "weight_field": Sentence(
        "`{name}` 不能作权数", "`{name}` cannot weigh a mean",
        "归集目录中它要是数，且 at_least: 0 或更大", "in the catalogue it must be a number with at_least: 0 or more",
    ),
    "member_policy_missing": Sentence(
        "读取成员评价要在 where 中写明 `policy`", "a fact over member evaluations names the `policy` in its `where`",
        "加 where: {{policy: {{is: …}}}}", "add where: {{policy: {{is: …}}}}",
    ),
    # points
    "fact_needed": Sentence("要写 `fact`", "`fact` is needed"),
    "stray_key": Sentence("`{key}` 不与这种 `{form}` 同用", "`{key}` does not go with this `{form}`"),
    "start_needed": Sentence(
        "有正有负、为 0 或用参数时要写 `start`", "`start` is needed where points are mixed, 0 or parameters",
    ),
    "points_above": Sentence("{points} 分超过指标满分 {full} 分", "{points} points are more than the indicator's {full}"),
    "bands_direction": Sentence("分档方向不一致", "the bands do not go in one direction", "全部由高到低或全部由低到高", "all falling or all rising"),
    "bands_order": Sentence("门槛没有接着前一档（{before}）依次排列", "the threshold is out of order after {before}"),
    "otherwise_last": Sentence("`otherwise` 只能在最后", "`otherwise` stands last"),
    "otherwise_needed": Sentence("最后一项要是 `otherwise`", "the last entry must be `otherwise`"),
    "choices_incomplete": Sentence(
        "没有列全，要写 `otherwise`", "not every value is listed: `otherwise` is needed", "还缺：{missing}", "missing: {missing}",
    ),
    "dimension_sum": Sentence("指标合计 {sum} 分，维度写的是 {points} 分", "the indicators add up to {sum}, the dimension says {points}"),
    "full_sum": Sentence("各维度合计 {sum} 分，等级标准满分 {full} 分", "the dimensions add up to {sum}, the scale's full points are {full}"),
    "not_positive": Sentence("要大于 0", "must be above 0"),
    "bounds_crossed": Sentence("下限大于上限", "the lower bound is above the upper one"),
    # models
    "needs_dimensions": Sentence("没有 `dimensions` 的模型不能有 `{key}`", "a model without `dimensions` has no `{key}`"),
    "feeds_nothing": Sentence("没有得分也没有等级的模型只能 `feeds: none`", "a model without score and level feeds `none`"),
    "score_decimals": Sentence("封顶分要不小于 0，最多 2 位小数", "a capped score is at least 0 with at most 2 decimals"),
    "model_circle": Sentence("评价模型互相读取成环：{circle}", "models read each other in a circle: {circle}"),
    "effective_crossed": Sentence("结束日早于开始日", "it ends before it begins"),
    "effective_overlap": Sentence(
        "政策 `{policy}` 的施行期与 {other}（版本 {version}）重叠", "policy `{policy}` is in force together with {other} (version {version})",
    ),
    # legality
    "restriction_without_item": Sentence(
        "惩戒措施要写措施库条目 `item`", "a restriction names an `item` of the measure library",
        "惩戒措施不得超出全国清单和法律法规", "nothing outside the national list and the laws may be applied",
    ),
    "item_kind": Sentence(
        "措施库条目 `{item}` 不适用于{kind}", "the item `{item}` does not cover subjects of the kind {kind}", "适用：{kinds}", "it covers: {kinds}",
    ),
    "official_trial": Sentence("正式政策里还有试行取值", "an official policy still holds a trial value", "定下来，或把政策改为 trial", "fix it, or make the policy trial"),
    "measure_without_basis": Sentence("措施要写依据 `basis`", "a measure names its `basis`", "至少写实施方案", "at least the plan"),
    "meaning_changed": Sentence(
        "政策 `{policy}` 的含义变了，版本仍是 {version}", "policy `{policy}` says something else than the committed version {version}",
        "改 `version`，并在 revisions 中说明", "change `version`, and say why in `revisions`",
    ),
    "common_changed": Sentence(
        "这个公共文件改了，{policies} 的含义随之变了，版本没有变",
        "this common file differs, and by it {policies} say something else under the same version",
        "在这个文件的 revisions 中说明一次，各政策就不必改版本", "say so once in its `revisions`; the policies then need no other version",
    ),
    "revision_altered": Sentence(
        "修订记录 {version} 的 `{part}` 与已经发布的不同", "the record of revision {version} has another `{part}` than was published",
        "记录不能改：照原样写回，要更正的另写一条", "a record is not altered: write it as it was, and correct it by an entry of its own",
    ),
    "revision_removed": Sentence(
        "没有了已经发布的修订记录 {version}", "the record of revision {version}, which was published, is gone",
        "照原样写回", "write it as it was",
    ),
    "revisions_order": Sentence(
        "修订记录的次序与已经发布的不同", "the record of revisions is in another order than was published",
        "最新在前，原有的照原来的次序", "newest first, those that there were in the order that they had",
    ),
    # lint
    "unreachable_band": Sentence("这一档取不到：`{fact}` 没有这样的值", "nothing reaches this band: `{fact}` has no such value"),
    "unreachable_branch": Sentence("这一支到不了：条件自相矛盾，或前面已经包括", "nothing reaches this branch: it contradicts itself, or an earlier one takes all"),
    "unreachable_level": Sentence("等级 {level} 要 {at_least} 分，最多只能得 {most} 分", "level {level} takes {at_least} points, at most {most} can be reached"),
    "unearnable_points": Sentence("满分 {full} 分，最多只能得 {most} 分", "of {full} points at most {most} can be earned"),
    "title_period": Sentence(
        "题名说“{stated}”，`{fact}` 写的是 `within: {window}`", "the title says “{stated}”, `{fact}` has `within: {window}`",
        "改题名，或者改 `within`", "change the title, or `within`",
    ),
    "title_number": Sentence(
        "题名说“{stated}”，条件写的是 `{fact}: {{{tested}}}`", "the title says “{stated}”, the condition is `{fact}: {{{tested}}}`",
        "改题名，或者改条件", "change the title, or the condition",
    ),
    "unused_fact": Sentence("事实 `{fact}` 没有用到", "nothing reads the fact `{fact}`"),
    "unused_parameter": Sentence("参数 `{parameter}` 没有用到", "nothing uses the parameter `{parameter}`"),
    "unknown_policy": Sentence("没有加载叫 `{policy}` 的政策", "no policy `{policy}` is loaded", "已加载：{known}", "loaded: {known}"),
    "contradicting_measures": Sentence(
        "等级 {level} 时，{matter}同时有激励 `{other}` 和惩戒 `{measure}`", "at level {level} both the incentive `{other}` and the restriction `{measure}` apply in {matter}",
    ),
    "no_basis": Sentence("`{id}` 没有写依据", "`{id}` has no basis"),
    "no_collection": Sentence("信息类别 `{category}` 没有写 `{key}`", "the category `{category}` has no `{key}`"),
    # common files
    "label_twice": Sentence("名称 `{label}` 已经指 `{other}`", "the label `{label}` stands for `{other}` already"),
    "grade_apart": Sentence("等次 `{grade}` 的各等级要相邻", "the levels of grade `{grade}` must be neighbours"),
    # subjects
    "check_digit_organisation": Sentence("统一社会信用代码 `{id}` 的校验位不对", "the check digit of the unified social credit code `{id}` fails"),
    "check_digit_person": Sentence("身份证号 `{id}` 的校验位或出生日期不对", "the check digit or birth date of the resident id `{id}` fails"),
    "key_invisible": Sentence(
        "`{value}` 里有看不见的字符（{characters}）", "`{value}` holds characters that nobody sees ({characters})",
        "删去重新输入", "type it again without them",
    ),
    "key_quoted": Sentence(
        "`{value}` 带着引号、单引号或者等号", "`{value}` carries a quote, an apostrophe or an equals sign",
        "这些是表格软件留下的：导出时不要带，或者删去", "a spreadsheet left it there: export without it, or take it away",
    ),
    "key_scientific": Sentence(
        "`{value}` 是被表格软件改写成数字的号码，末几位已经丢失", "`{value}` is a code that a spreadsheet made a number of: its last digits are lost",
        "把这一列设为文本格式，重新填写", "format the column as text and fill it in again",
    ),
    "key_lookalike": Sentence(
        "`{value}` 里有形似的外文字母或数字（{characters}）", "`{value}` holds letters or digits of another alphabet that look alike ({characters})",
        "换成英文字母、数字重新输入", "type it again with Latin letters and digits",
    ),
    "code_nearly": Sentence("`{value}` 近似一个代码，但不是", "`{value}` is nearly a code, and none"),
    "code_length": Sentence(
        "`{value}` 像是统一社会信用代码或身份证号，但有 {length} 位", "`{value}` looks like a unified social credit code or resident id, but has {length} characters",
        "应为 18 位", "they have 18",
    ),
    "text_invisible": Sentence(
        "有看不见的字符（{characters}）", "there are characters in it that nobody sees ({characters})",
        "删去重新输入", "type it again without them",
    ),
    "model_name": Sentence(
        "`{value}` 不是“政策/模型”", "`{value}` is not POLICY/MODEL",
        "如 housekeeping/enterprise", "such as housekeeping/enterprise",
    ),
    "field_missing": Sentence("缺少字段 `{key}`（{title}）", "the field `{key}` ({title}) is missing"),
    "record_twice": Sentence("记录编号 `{id}` 用了两次，前一次在第 {first} 条", "the record id `{id}` is used twice, first by record {first}"),
    "subject_twice": Sentence(
        "主体 `{id}` 出现不止一次", "the subject `{id}` is there more than once",
        "合成一个，或者删去多余的", "make one of them, or delete what is too many",
    ),
    "subject_alike": Sentence(
        "`{id}` 和 `{other}` 可能是同一个主体", "`{id}` and `{other}` may be the same subject",
        "改成同一个标识，或者核对是谁的信息", "give both the same id, or find out whose it is",
    ),
    "repaired_on_needed": Sentence("已修复的记录要写 `repaired_on`", "a repaired record needs `repaired_on`"),
    "repaired_on_useless": Sentence("状态是{status}的记录不写 `repaired_on`", "a {status} record has no `repaired_on`"),
    "before_date": Sentence("`{key}` 早于 `date`", "`{key}` is before `date`"),
    "evaluation_delivered": Sentence(
        "政策 `{policy}` 由本系统评价，不能另行报送结果", "policy `{policy}` is evaluated here: its results are not delivered",
    ),
    # evaluating
    "fact_missing": Sentence("缺少“{title}”（`{fact}`），不能评价", "“{title}” (`{fact}`) is missing: it cannot be evaluated"),
    "fact_too_large": Sentence("“{title}”（`{fact}`）超过 1000 亿", "“{title}” (`{fact}`) is beyond 10^11"),
    "weight_negative": Sentence("权重 {value} 小于 0，不能评价", "the weight {value} is below 0: it cannot be evaluated"),
    "policy_unknown": Sentence("没有叫 `{policy}` 的政策", "no policy is called `{policy}`", "可用：{known}", "known: {known}"),
    "policy_not_in_force": Sentence("政策 `{policy}` 在 {as_of} 没有施行的版本", "no version of policy `{policy}` is in force on {as_of}"),
    "none_in_force": Sentence(
        "{as_of} 没有施行的政策", "no policy is in force on {as_of}", "用 --as-of 换一天", "give another day with --as-of",
    ),
    "model_unknown": Sentence("政策 `{policy}` 没有模型 `{model}`", "policy `{policy}` has no model `{model}`", "可用：{known}", "known: {known}"),
    "model_kind": Sentence("模型 `{policy}/{model}` 评价{needs}，这是{kind}", "`{policy}/{model}` evaluates the kind {needs}, this is of the kind {kind}"),
    "pending_parameter": Sentence(
        "参数“{title}”（`{parameter}`）尚未确定，暂按 {value} 计", "the parameter “{title}” (`{parameter}`) is still to be set; {value} stands in for it",
    ),
    "dimension_left_out": Sentence("维度“{title}”的指标全部缺项，按满分计", "all indicators of “{title}” are left out: it counts in full"),
    "result_rejected": Sentence("{subject} 的 {policy}/{model} 没能评价，这里没有计入", "{policy}/{model} of {subject} was rejected and is not counted here"),
    "result_not_evaluated": Sentence("{subject} 不参加 {policy}/{model} 评价，这里没有计入", "{policy}/{model} does not evaluate {subject}, nothing is counted here"),
    "member_absent": Sentence("成员 {member} 不在输入中", "the member {member} is not in the input"),
    # cases
    "score_cents": Sentence("得分 `{value}` 超过 2 位小数", "the score `{value}` has more than 2 decimals", "得分四舍五入到 2 位小数", "scores are rounded to 2"),
    # the command
    "as_of": Sentence(
        "`{value}` 不是日期", "`{value}` is not a date",
        "写成 YYYY-MM-DD，且这一天存在，如 2025-12-31", "write a day that exists as YYYY-MM-DD, such as 2025-12-31",
    ),
    "shipped_used": Sentence("当前文件夹没有 policies/，用的是自带的政策", "there is no policies/ here: the shipped policies are used"),
    "below_coverage": Sentence("{policy} 的样例覆盖 {found}%，低于要求的 {needed}%", "the cases of {policy} cover {found} %, less than the {needed} % asked for"),
    "below_noticed": Sentence("{policy} 的样例察觉 {found}% 的改动，低于要求的 {needed}%", "the cases of {policy} notice {found} % of the changes, less than the {needed} % asked for"),
    "no_input": Sentence("输入中没有主体", "there is no subject in the input"),
    # tables
    "table_missing": Sentence(
        "`{file}` 中没有表 {table}", "there is no table {table} in `{file}`",
        "文件夹里要有 {table}.parquet、{table}.csv，或者装有这类文件的文件夹 {table}", "a folder has {table}.parquet, {table}.csv or a folder {table} of such files",
    ),
    "table_broken": Sentence("`{file}` 读不成表：{why}", "`{file}` cannot be read as a table: {why}"),
    "csv_quotes": Sentence(
        "`{file}` 起的一行里引号不成对：{why}", "the quotes of the line that begins at `{file}` do not match: {why}",
        "值里的引号写两遍，并把整个值放进引号", "write a quote inside a value twice, and put the value into quotes",
    ),
    "table_several": Sentence(
        "`{folder}` 中表 {table} 有不止一处，或者夹着别的文件：{files}", "the table {table} in `{folder}` may be more than one thing, or holds other files: {files}",
        "只留要评价的一个，其余移到别处", "leave the one that is meant, and move the rest elsewhere",
    ),
    "table_named": Sentence(
        "`{file}` 不会当作表 {table} 来读", "`{file}` is not read as the table {table}",
        "改名为 {table}.csv 或 {table}.parquet；别的格式先转换", "name it {table}.csv or {table}.parquet, and convert other formats first",
    ),
    "column_type": Sentence(
        "`{file}` 的列 `{column}` 是 {type}，不能准确读取", "the column `{column}` of `{file}` is of the type {type}, which is not read exactly",
        "改成最多 38 位的小数", "make it a decimal of 38 digits at most",
    ),
    "view_refused": Sentence(
        "`{file}` 中的 {table} 是视图，不读", "{table} in `{file}` is a view, which is not read",
        "把它存成表", "store it as a table",
    ),
    "nested_text": Sentence(
        "在 Spark 上不读文本形式的 JSON 列 `{column}`", "on Spark a column `{column}` of JSON in texts is not read",
        "改成结构列，或者每个字段一列", "make it a struct, or a column a field",
    ),
    "since_kind": Sentence(
        "`{file}` 不是可以沿用的结果表", "`{file}` is no table of results to go on from",
        "用上次 --output 写的 .parquet、.duckdb 或者文件夹", "give the .parquet, .duckdb or folder that --output wrote last time",
    ),
    "column_missing": Sentence("表 {table} 缺少列 `{column}`", "the table {table} has no column `{column}`"),
    "column_unknown": Sentence("目录中没有表 {table} 的列 `{column}`", "the catalogue knows no column `{column}` of the table {table}"),
    "line_cells": Sentence(
        "这一行有 {count} 格，表头有 {expected} 格", "this line has {count} cells, the heading {expected}",
        "值里有分隔符的要加引号", "put a value that holds the separator into quotes",
    ),
    "row_twice": Sentence("该主体有多条编号为 `{id}` 的记录", "the subject has several records with the id `{id}`"),
    "row_of_nobody": Sentence("subjects 表中没有主体 `{id}`", "no subject `{id}` is in the table subjects"),
    "cell_unclear": Sentence("有一个值不合目录的要求", "a value is not what the catalogue asks for"),
    "sheet_unknown": Sentence(
        "不认识的工作表“{sheet}”", "unknown sheet “{sheet}”",
        "工作表是主体、成员，或者归集目录中的信息类别", "a sheet is 主体, 成员 or a category of the catalogue",
    ),
    "sheet_missing": Sentence("`{file}` 中没有工作表“{sheet}”", "there is no sheet “{sheet}” in `{file}`"),
    "column_twice": Sentence("工作表“{table}”中列 `{column}` 出现两次", "the column `{column}` stands twice on the sheet “{table}”"),
    "column_nameless": Sentence("工作表“{table}”的这一列没有表头", "a column of the sheet “{table}” has no header"),
    "id_as_number": Sentence(
        "列 `{column}` 有 {count} 个号码存成了数字，末几位已经丢失",
        "numbers in the column `{column}` have lost their last digits: {count} of its codes are no text",
        "把这一列设为文本格式，重新填写", "format the column as text and fill it in again",
    ),
    "cell_error": Sentence(
        "列 `{column}` 有 {count} 格是公式算错的结果（如 #N/A）", "formulas have failed in the column `{column}`: {count} cells show #N/A or the like",
        "改好公式，或者直接填值", "mend them, or fill in values",
    ),
    "cell_uncalculated": Sentence(
        "列 `{column}` 有 {count} 格公式没有算过，没有可信的值", "formulas have not been calculated in the column `{column}`: {count} cells have no value to be trusted",
        "在 Excel 或 WPS 中打开，重新计算后保存；或者把公式粘贴成值", "open it in Excel or WPS, let it calculate, and save it; or paste values over the formulas",
    ),
    "cell_picture": Sentence(
        "列 `{column}` 有 {count} 格是图片", "pictures stand in the column `{column}`: {count} cells",
        "删掉图片，直接填值", "put values in their place",
    ),
    "cell_format": Sentence(
        "列 `{column}` 有 {count} 格显示的与存的不是一个数：存的是 {value}，格式是 `{format}`",
        "what is shown in the column `{column}` is not the number that is kept, in {count} cells: it is {value}, under the format `{format}`",
        "把这些格设为常规格式，按表头的单位重新填数", "give the cells the general format, and fill in numbers in the unit of the header",
    ),
    "cell_format_text": Sentence(
        "列 `{column}` 要文字，有 {count} 格显示的与存的不一样：存的是 {value}，格式是 `{format}`",
        "the column `{column}` takes texts, and in {count} cells what is shown is not what is kept: it is {value}, under the format `{format}`",
        "把这一列设为文本格式，重新填写", "format the column as text and fill it in again",
    ),
    "cell_format_date": Sentence(
        "列 `{column}` 有 {count} 格没有显示完整的年月日：存的是 {value}，格式是 `{format}`",
        "no whole day is shown in the column `{column}`, in {count} cells: it is {value}, under the format `{format}`",
        "设为显示年月日的日期格式，核对后重新填写，如 2025-06-01", "give the cells a date format with year, month and day, and fill them in again as 2025-06-01",
    ),
    "cell_merged": Sentence(
        "合并的单元格 {range} 看不出每一行是什么值", "what stands in each row is not clear from the merged cells {range}",
        "取消合并，每一行都填；只有一列中上下合并的文字、日期、是否读作每行相同", "unmerge them and fill in every row; only texts, days and yes or no merged within one column stand for each row",
    ),
    "header_merged": Sentence(
        "合并的单元格 {range} 使表头不止一行一列", "the merged cells {range} make the header more than a cell a column",
        "取消合并，表头只占一行，每列一格", "unmerge them: the header is one row, with a cell for each column",
    ),
    "workbook_kind": Sentence(
        "`{file}` 的内容是 {format}，不是 .xlsx 工作簿", "`{file}` is {format}, no .xlsx workbook",
        "在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”", "open it in Excel or WPS and save it as .xlsx (Excel workbook)",
    ),
    "workbook_locked": Sentence(
        "`{file}` 设了打开密码", "`{file}` has a password",
        "去掉密码，另存一份", "save a copy without it",
    ),
    "workbook_too_large": Sentence(
        "`{file}` 太大：{what}超过 {limit}", "`{file}` is too large: more than {limit} {what}",
        "删掉用不着的行、列和格式，或者改给 CSV、Parquet", "delete rows, columns and formats that are not needed, or give CSV or Parquet",
    ),
    "sheet_passed_over": Sentence(
        "工作表“{sheet}”不是填写数据的表，没有读", "the sheet “{sheet}” is none of data and was not read",
    ),
    "sheet_hidden": Sentence("工作表“{sheet}”是隐藏的，也读了", "the sheet “{sheet}” is hidden, and was read"),
    "rows_hidden": Sentence("工作表“{sheet}”有 {count} 行是隐藏的或者筛选掉的，也读了", "hidden or filtered rows of the sheet “{sheet}” were read: {count}"),
    "column_hidden": Sentence("工作表“{sheet}”的列 `{column}` 是隐藏的，也读了", "the column `{column}` of the sheet “{sheet}” is hidden, and was read"),
    "rows_of_formulas": Sentence(
        "工作表“{sheet}”有 {count} 行只有没算出值的公式，没有读", "rows of the sheet “{sheet}” with nothing but formulas without a value were not read: {count}",
    ),
    "one_input": Sentence("表只能单独输入：`{file}`", "tables are evaluated by themselves: `{file}`"),
    "output_kind": Sentence("不能写成 `{file}` 这种文件", "`{file}` is no kind of file that can be written here", "结尾可以是 {known}", "it can end in {known}"),
    "memory": Sentence(
        "内存不够：{why}", "there is not enough memory: {why}",
        "用 --memory 给多一些，或者关掉别的程序", "give more with --memory, or end other programs",
    ),
    "output_is_input": Sentence(
        "输出 `{file}` 会盖掉要读的 `{input}`", "the output `{file}` would replace `{input}`, which is read",
        "写到别处；退回的行用 --rejects 另指", "write it elsewhere; for refused rows, by --rejects",
    ),
    "outputs_collide": Sentence(
        "输出 `{file}` 和 `{other}` 写在同一个位置", "the outputs `{file}` and `{other}` would take each other's place",
        "各写一个文件", "give each a file of its own",
    ),
    "output_device": Sentence("`{file}` 是磁盘，不能写", "`{file}` is a disk, and is not written to"),
    "stdin_unreadable": Sentence("标准输入读不了（{why}）", "cannot read standard input: {why}"),
    "stdin_twice": Sentence(
        "标准输入（`-`）写了两次，只能读一次", "standard input (`-`) is named twice and can be read once",
        "另一份写成文件", "put the other one into a file",
    ),
    "stdout_unwritable": Sentence("标准输出写不了（{why}）", "cannot write to standard output: {why}"),
    "temporary_unwritable": Sentence(
        "临时文件夹 `{folder}` 写不了（{why}）", "cannot write to the folder for temporary files, `{folder}`: {why}",
        "清理出空间，或者用环境变量 TMPDIR 另指一个", "make room there, or name another one by the variable TMPDIR",
    ),
    "template_filled": Sentence(
        "`{file}` 已经存在，不是同样的空工作簿，填写的内容会丢失", "`{file}` is there, and is not this same empty workbook: what is filled in would be lost",
        "写到别处，或者先把它移走", "write it elsewhere, or move that one away first",
    ),
    "rejects_kept": Sentence(
        "没有退回的行；`{file}` 不是退回文件，没有动它", "no row is refused; `{file}` is no file of refused rows, and stays as it is",
    ),
    "cell_full": Sentence("一格有 {characters} 个字符，超过工作表的 {limit} 个", "a cell has {characters} characters, more than the {limit} of a sheet", "改用 .parquet 或 .csv", "write .parquet or .csv"),
    "sheet_full": Sentence("{rows} 行结果超过工作表的 {limit} 行", "{rows} rows of results are more than the {limit} of a sheet", "改用 .parquet 或 .csv", "write .parquet or .csv"),
    "columnar_json": Sentence(
        "成批评价（columnar，2 万个主体以上的表，以及 --since、--report、--rejects）不写带全部理由的 JSON", "columnar, tables of more than 20,000 subjects, --since, --report and --rejects do not give JSON with the whole reasoning",
        "用 --output F.jsonl 写结果表；主体文件可以用 --engine single", "write a table with --output F.jsonl; for documents, use --engine single",
    ),
    "extra_missing": Sentence(
        "没有安装这项功能所用的程序库", "the libraries for this are not installed",
        "pip install 'xinyong[{extra}]'", "pip install 'xinyong[{extra}]'",
    ),
    "one_subject": Sentence("只能解释一个主体，输入中有 {count} 个", "one subject can be explained, the input has {count}", "用 --subject 指明", "name it with --subject"),
    "subject_unknown": Sentence("输入中没有主体 `{id}`", "no subject `{id}` is in the input"),
    "nothing_applies": Sentence("没有适用于主体 `{id}` 的政策", "no policy applies to the subject `{id}`"),
    "rules_missing": Sentence(
        "没有安装 durable-rules（Python 3.13 及以后装不上）", "durable-rules is not installed (it does not build on Python 3.13 and later)",
        "用 --engine single，结果相同", "use --engine single, the result is the same",
    ),
}  # fmt: skip


def message(problem: Problem, lang: Lang) -> str:
    """The sentence of a problem."""
    sentence = MESSAGES[problem.code]
    return (sentence.en if lang == "en" else sentence.zh).format_map(_Said(problem.values, lang))


def remedy(problem: Problem, lang: Lang) -> str:
    """What would be right: the nearest known names, or else the sentence of help; empty where there is none."""
    if problem.near:
        names = render_value(list(problem.near), lang)
        return f"did you mean {names}?" if lang == "en" else f"是不是 {names}？"
    sentence = MESSAGES[problem.code]
    text = sentence.help_en if lang == "en" else sentence.help_zh
    if "{known}" in text and not problem.values.get("known"):
        return ""
    return text.format_map(_Said(problem.values, lang))


_TRANSLATED = frozenset(("expected", "found", "type", "kind", "kinds", "needs", "what", "status", "matter"))
"""Values that are words of ours; all others are the user's own and stay as they are."""


class _Said(dict[str, str]):
    """The values of a problem as words."""

    def __init__(self, values: Mapping[str, object], lang: Lang) -> None:
        super().__init__()
        for key, value in values.items():
            if key == "as_of" and isinstance(value, int):
                self[key] = iso_text(value)
            elif key == "value" and type(value) is int and "parameter" in values:
                self[key] = number.shortest(value)
            else:
                self[key] = render_value(value, lang, key in _TRANSLATED)


def render_value(value: object, lang: Lang, words: bool = False) -> str:
    """A value as a reader sees it: lists joined, decimals plain, and words of ours in the language."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return shortened(format(value, "f") if abs(value.adjusted()) < LONGEST else str(value))
        case list() | tuple():
            join = ", " if lang == "en" else "、"
            return join.join(
                dict.fromkeys(
                    term(visible(str(one)), lang) if words or one == "…" else f"`{visible(str(one))}`" for one in value
                )
            )
        case None:
            return "null"
        case _:
            return term(visible(str(value)), lang) if words else shortened(visible(str(value)))


def shortened(text: str) -> str:
    """A text of which a reader sees the beginning, where it is longer than any that people write."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)})"
