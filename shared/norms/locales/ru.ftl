norm-severity-forbids = Нельзя
norm-severity-warns = Проверьте
norm-severity-informs = К сведению
norm-citation = { $document }, { $clause }, действует с { $from }
norm-citation-until = { $document }, { $clause }, действует с { $from } по { $until }
norm-unsure = Сверьте с документом: { $it }
norm-cycle-a = неделя А
norm-cycle-b = неделя Б
norm-kept = Нарушений норм не найдено.
norm-lapsing = { $document }, { $clause }: действует только до { $until }. Нужна новая таблица норм.
norm-unmatched-unknown-name = Трудность предмета «{ $subject }» неизвестна: такого названия нет в таблице.
norm-unmatched-no-points-in-grade = У предмета «{ $subject }» в этом классе нет балла трудности.

norm-week-load = { $class }: { $measured ->
    [one] { $measured } урок
    [few] { $measured } урока
   *[many] { $measured } уроков
} в неделю, допускается не больше { $limit }
norm-day-load = { $class }, { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}: { $measured ->
    [one] { $measured } урок
    [few] { $measured } урока
   *[many] { $measured } уроков
}, допускается не больше { $limit }
norm-day-load-once = { $class }, { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}: { $measured ->
    [one] { $measured } урок
    [few] { $measured } урока
   *[many] { $measured } уроков
} — больше { $limit } бывает только раз в неделю и за счёт урока, который называет норма
norm-week-days = { $class }: уроки { $measured ->
    [one] { $measured } день
    [few] { $measured } дня
   *[many] { $measured } дней
} в неделю, допускается не больше { $limit }
norm-lesson-length = { $classes }: { $count ->
    [one] { $count } урок
    [few] { $count } урока
   *[many] { $count } уроков
} по { $measured ->
    [one] { $measured } минуте
    [few] { $measured } минуты
   *[many] { $measured } минут
}, допускается не больше { $limit }
norm-day-begins-early = { $classes }: { $count ->
    [one] { $count } урок начинается
    [few] { $count } урока начинаются
   *[many] { $count } уроков начинаются
} в { $measured }, раньше { $limit }
norm-day-ends-late = { $classes }: { $count ->
    [one] { $count } урок кончается
    [few] { $count } урока кончаются
   *[many] { $count } уроков кончаются
} в { $measured }, позже { $limit }
norm-first-number = { $classes }: { $measured ->
    [0] { $count ->
        [one] { $count } нулевой урок
        [few] { $count } нулевых урока
       *[many] { $count } нулевых уроков
    }
   *[other] { $count ->
        [one] { $count } урок
        [few] { $count } урока
       *[many] { $count } уроков
    } с номером { $measured }
}, счёт уроков начинается с { $limit }
norm-shift = { $class } учится { $measured ->
    [2] во 2-ю
   *[other] в { $measured }-ю
} смену, допускается { $limit ->
    [1] только первая
   *[other] не позже { $limit }-й
}
norm-break = { $classes }: перемена после { $number }-го урока ({ $start }–{ $end }) — { $measured ->
    [one] { $measured } минута
    [few] { $measured } минуты
   *[many] { $measured } минут
}, нужно не меньше { $limit }
norm-long-break = { $classes }: ни после одного из уроков { $after } нет большой перемены — самая длинная там { $measured ->
    [one] { $measured } минута
    [few] { $measured } минуты
   *[many] { $measured } минут
}, нужно { $most ->
    [0] не меньше { $limit }
   *[other] { $limit }–{ $most }
}{ $pair ->
    [0] { "" }
   *[other] {" "}или две по { $pair }
}
norm-pupil-windows = { $class }, { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}: { $measured ->
    [one] { $measured } «окно»
    [few] { $measured } «окна»
   *[many] { $measured } «окон»
} у обучающихся{ $limit ->
    [0] { "" }
   *[other] , допускается не больше { $limit }
}
norm-teacher-windows = { $teacher }, { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}: { $measured ->
    [one] { $measured } «окно»
    [few] { $measured } «окна»
   *[many] { $measured } «окон»
} подряд, без заявления учителя допускается не больше { $limit }
norm-hardest-days = { $class }: самый трудный день — { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
} ({ $measured ->
    [one] { $measured } балл
    [few] { $measured } балла
   *[many] { $measured } баллов
}), а должен быть { $first ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
} и (или) { $second ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
} (сейчас { $limit })
norm-hard-lessons = { $class }: { $measured ->
    [one] { $measured } трудный урок стоит первым или последним
    [few] { $measured } трудных урока стоят первыми или последними
   *[many] { $measured } трудных уроков стоят первыми или последними
} (трудность от { $points ->
    [one] { $points } балла
   *[many] { $points } баллов
})
norm-double-lessons = { $class }: { $measured ->
    [one] { $measured } сдвоенный урок
    [few] { $measured } сдвоенных урока
   *[many] { $measured } сдвоенных уроков
}
norm-homework = { $class }: домашнее задание на { $measured ->
    [one] { $measured } минуту
    [few] { $measured } минуты
   *[many] { $measured } минут
}, допускается не больше { $limit }{ $unknown ->
    [0] { "" }
    [one] . Ещё у { $unknown } задания время не указано
   *[many] . Ещё у { $unknown } заданий время не указано
}
norm-assessments-a-day = { $class }: { $measured ->
    [one] { $measured } оценочная процедура
    [few] { $measured } оценочные процедуры
   *[many] { $measured } оценочных процедур
} в один день, рекомендуется не больше { $limit }
norm-assessment-interval = { $class }, { $subject }: { $measured ->
    [0] другая оценочная процедура параллели — в тот же день
    [one] до другой оценочной процедуры параллели ({ $date }) { $measured } день
    [few] до другой оценочной процедуры параллели ({ $date }) { $measured } дня
   *[many] до другой оценочной процедуры параллели ({ $date }) { $measured } дней
}, рекомендуется не меньше { $limit }
norm-assessment-share = { $class }, { $subject }: оценочные процедуры занимают { $measured ->
    [one] { $measured } час
    [few] { $measured } часа
   *[many] { $measured } часов
} из { $yearly } в год, рекомендуется не больше { $limit } %
norm-assessment-first-lesson = { $class }, { $subject }: оценочная процедура на первом уроке дня ({ $measured }-й по счёту звонков)
norm-assessment-last-lesson = { $class }, { $subject }: оценочная процедура на последнем уроке дня ({ $measured }-й по счёту звонков)
