# How to come to a better level: what is to be done, from which day, and what comes of it.

heading = How to reach { $level } ({ $grade })
way-at-once = { $steps } → { $result }
way = from { $day }, { $steps } → { $result }
wait = wait until { $day } with nothing adverse → { $result } ({ $why })
more =
    { $count ->
        [1] 1 other way is not listed
       *[other] { $count } other ways are not listed
    }
looked-at = each of these was reckoned anew by this policy, all else as it is; looked at until { $last }, at most { $tried } things together
no-way = no way was found until { $last } with at most { $tried } things together

## what is to be done

step-record =
    { $count ->
        [1] a new record of “{ $category }”
       *[other] { $count } new records of “{ $category }”
    }
step-like = { $step }, the rest as in [{ $record }]
step-attribute = “{ $attribute }” is { $value }
step-repair = [{ $record }] { $date } { $category } is repaired
