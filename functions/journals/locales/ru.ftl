journals-mine = Мои журналы
journals-of-class = Журналы класса { $it }
journals-empty = Здесь появятся журналы групп, которые вы ведёте. Список приходит из данных школы: если журнала нет, скажите администратору школы.
periods = Периоды
pupil = Ученик
lesson-title = Урок
lesson-date = Дата
lesson-number-field = Урок №
lesson-number = { $count }-й урок
topic = Тема
homework = Домашнее задание
homework-minutes = Минут на задание
homework-is = задано: { $it }
homework-due = К какому уроку задано
homework-due-next = к следующему уроку
homework-due-at = задано к { $it }
problem-homework_due = Такого урока у группы нет: выберите следующий урок или один из списка. Введённый текст остался в форме.
problem-field-homework_due = Такого урока у группы нет: выберите следующий урок или один из списка. Введённый текст остался в форме.
open-lesson = Открыть урок
grid-empty = Уроков в этом периоде ещё нет. Откройте первый — и появится столбец для отметок.
grid-hint = Стрелки — ходить, цифры 2–5, буквы н, б, у, о и точка (долг по работе) — ставить, Delete — стереть, «+» — отметить отсутствующих по сообщениям, Ctrl+Z — отменить.
grid-read-only = Журнал открыт только для чтения.
keypad = Клавиши отметок
clear = Стереть
average-short = Ср.
average-title = Средний балл
cell-saving = Сохраняется…
cell-offline = Нет связи. Отметки записаны на этом устройстве и уйдут, когда связь появится.
cell-conflict = клетку уже изменили, сейчас стоит «[now]», а вы поставили «[mine]».
cell-failed = «[mine]» не сохранено. [why]
cell-keep = Поставить моё
cell-take = Оставить как есть
saved = Сохранено
save = Сохранить
save-marks = Сохранить отметки
add = Добавить
add-work = Добавить работу
work-kind = Вид работы
work-weight = Вес (если другой)
crumbs = Путь
stands-now = Сейчас стоит: { $it }.
history-title = История отметки
history-short = История
history-of = История: { $it }
history-none = Здесь ещё ничего не меняли. Каждое изменение останется видно навсегда.
history-empty = пусто
history-when = Когда
history-who = Кто
history-from = Было
history-to = Стало

work-short-answer = отв
work-short-homework = дз
work-short-independent = с/р
work-short-test = к/р
work-short-writing = дикт
work-short-practical = л/р
work-short-project = пр

problem-cell_changed-title = Клетку уже изменили
problem-cell_changed = Пока вы работали, эту клетку изменил другой учитель. Ничего не потеряно: посмотрите, что стоит сейчас, и решите.
problem-lesson_changed-title = Урок уже изменили
problem-lesson_changed = Тему, задание или работы этого урока изменили в другом месте. Откройте урок заново: ваш текст не записан.
problem-lesson_open-title = Урок уже открыт
problem-lesson_open = Урок с этой датой и номером уже есть в журнале.
problem-entry_unknown-title = Это не отметка
problem-entry_unknown = Можно поставить 1–5, зач, нез, н/а, точку (.) за несданную работу и н, б, у, нп, о, осв.
problem-entry_two_attendances-title = Две буквы сразу
problem-entry_two_attendances = В клетке может быть только одна отметка о посещении.
problem-entry_too_many-title = Слишком много отметок
problem-entry_too_many = В одной клетке помещается не больше шести отметок.
problem-not_member_that_day-title = Ученика в этот день не было в группе
problem-not_member_that_day = По списку группы ученик в этот день в ней не учился.
problem-lesson_in_future-title = Урока ещё не было
problem-lesson_in_future = Отметки и посещение ставят в день урока или позже.
problem-no_marks_in_grade_1-title = В 1 классе отметок нет
problem-no_marks_in_grade_1 = В первом классе обучение безотметочное. Посещение отмечать можно.
problem-outside_period-title = Дата вне периода
problem-outside_period = Дата урока не попадает в этот период. Откройте журнал нужного периода.
problem-too_many_works-title = Слишком много работ
problem-too_many_works = В одном уроке помещается не больше шести работ.
problem-field-topic = Тема: до 300 знаков.
problem-field-homework = Домашнее задание: до 2000 знаков.
problem-field-minutes = Минуты: число до 300.
problem-field-weight = Вес: число от 0,01 до 10.
problem-field-kind = Такого вида работы нет.
problem-field-lesson = Нужны дата и номер урока от 1 до 16.
problem-field-work = Такой работы в уроке нет.

history-reason = Причина
change-reason = Причина исправления (попадёт в историю)
change-reason-if-locked = Причина, если период был закрыт
grid-hint-attendance = Стрелки — ходить, буквы — отмечать, Delete — стереть, «+» — отметить отсутствующих по сообщениям, Ctrl+Z — отменить. Кто был, того не отмечают.
grid-locked = Период закрыт: изменить можно, только если завуч или директор откроет его снова.
period-reopened = Период открыт снова до { $until }. Причина: { $reason }. Каждое исправление — с причиной и сразу после входа.
register-title = Посещаемость
comment = Комментарий для семьи
publication = Когда показать отметки
publication-pupils = Ученикам с
publication-parents = Родителям с
publication-set = Показать в эти дни
homework-not-in-grade-1 = В 1 классе домашних заданий по умолчанию нет.
result = Итог
result-proposed = По правилу
results-title = Итоги периода
results-history = История итоговой отметки
results-explained = Правило предлагает, решаете вы: 1–5, зач, нез, н/а, осв. Пустое поле снимает итог; всё остаётся в истории.
results-save = Сохранить итоги
results-propose = Проставить предложенные: { $count }
results-saved = { $count ->
    [0] Ничего не изменилось.
    [one] Сохранён { $count } итог.
    [few] Сохранено { $count } итога.
   *[many] Сохранено { $count } итогов.
}
attestation = Аттестация
attestation-explained = Форма и день относятся ко всем итогам, которые вы сейчас меняете. Пересдача: поставьте новый итог и день пересдачи — прежний останется в истории.
attestation-form = Форма
attestation-date = День
attestation-all = Записать форму и день всем, у кого есть итог
attestation-exam = экзамен
attestation-pass = зачёт
attestation-differentiated-pass = дифференцированный зачёт
attestation-course-work = курсовая работа
attestation-practice = практика
attestation-retake = пересдача
year-title = Итоги года
year-result = Год
year-explained = Итог года предлагают итоги всех периодов, решает учитель. Пока нет итога хотя бы одного периода, предложения нет.
lock-title = Закрытие периода
lock-is-open = Период открыт. Сам он не закроется: это делает завуч или директор.
lock-is-open-until = Период открыт. Он закроется сам через { $count } { $count ->
    [one] день
    [few] дня
   *[many] дней
} после окончания.
lock-is-locked = Период закрыт
lock-do = Закрыть период
lock-reopen = Открыть снова
lock-until = До какого времени
lock-ask = Открыть период снова может завуч или директор. Скажите им, что и почему нужно исправить.
lock-what = Что сделано
lock-locked = закрыт
lock-reopened-until = открыт снова до { $it }
marking-title = Правила оценивания
marking-explained = Правила действуют для периодов, которые ещё не начались в журнале. Период с первым уроком доводят по тем правилам, с которыми он начался: средний балл не меняется без отметки.
marking-weighted = Работы имеют разный вес
marking-kinds = Виды работ
marking-weight = Вес
marking-control = Контрольная
marking-threshold = С какой доли балла округлять вверх, сотых
marking-least-marks = Меньше скольких отметок итог не предлагать
marking-owed-days = На сколько дней ставится «точка»
marking-lock-days = Через сколько дней после окончания закрывать период (пусто — не закрывать)
marking-with-weights = Средний балл с весами.
marking-without-weights = Средний балл без весов.
marking-least = Итог — не меньше чем по { $count } отметкам.
marking-owed = «Точка» — на { $count } дн.
marking-never-locks = Период сам не закрывается.
marking-locks = Период закрывается через { $count } дн.
marking-changes = История правил
marking-no-changes = Правила ещё не меняли: действуют обычные.
class-results = Итоги класса
class-results-title = Итоги класса { $it }
class-results-quality = Аттестовано { $assessed } { $assessed ->
    [one] ученик
    [few] ученика
   *[many] учеников
}: успеваемость { $sufficient } %, качество { $good } %.
pass-book-of = Зачётная книжка: { $it }
pass-book-open = Имя студента открывает его зачётную книжку.
class-results-none = Итогов за этот период ещё нет. Они появятся здесь, как учителя их поставят.
class-results-sufficient = Успеваемость
class-results-good = Качество
class-results-filling = Заполнение журналов
class-results-journal = Журнал
class-results-lessons = Уроков
class-results-without-topic = Без темы
class-results-set = Итогов
problem-entry_no_such_day-title = Такого дня нет
problem-entry_no_such_day = «Точку» ставят с днём и месяцем: .07.12. Такого дня в календаре нет.
problem-no_marks_in_register-title = Здесь отмечают только посещение
problem-no_marks_in_register = В табеле группы отметок нет: н, б, у, нп, в.
problem-letter_not_here-title = Этой буквы здесь нет
problem-letter_not_here = Для уроков есть н, б, у, нп, о, осв; для дней детского сада — н, б, у, нп, в.
problem-journal_changed-title = Журнал изменили
problem-journal_changed = Пока вы работали, изменили работы урока или закрыли период. Ничего не потеряно: откройте страницу заново и повторите.
problem-period_locked-title = Период закрыт
problem-period_locked = Не сохранено: период закрыт. Открыть его снова может завуч или директор.
problem-period_not_locked-title = Период и так открыт
problem-period_not_locked = Открывать нечего: период принимает изменения.
problem-reason_needed-title = Нужна причина
problem-reason_needed = Период был закрыт: напишите, почему вы исправляете отметку. Причина останется в истории.
problem-result_changed-title = Итог уже изменили
problem-result_changed = Пока вы работали, этот итог изменил кто-то другой. Посмотрите, что стоит сейчас.
problem-attestation_form-title = Форма не выбрана
problem-attestation_form = Выберите форму аттестации: экзамен, зачёт, дифференцированный зачёт, курсовая работа или практика.
problem-attestation_date-title = Неверный день аттестации
problem-attestation_date = День аттестации — не раньше начала периода и не позже сегодняшнего.
problem-attestation_not_here-title = Здесь аттестации нет
problem-attestation_not_here = Форма и день аттестации указываются только у итогов семестра в колледже.
problem-result_not_of_form-title = Итог не подходит к форме
problem-result_not_of_form = У зачёта итог зач или нез, у экзамена, дифференцированного зачёта и курсовой работы — оценка.
problem-result_unknown-title = Это не итог
problem-result_unknown = Итог — 1–5, зач, нез, н/а или осв.
problem-marking_changed-title = Правила уже изменили
problem-marking_changed = Пока вы работали, правила изменил кто-то другой. Откройте страницу заново.
problem-field-comment = Комментарий: до 200 знаков в одну строку.
problem-field-publication = Дата показа: не раньше урока и не позже чем через год.
problem-field-reason = Причина: до 300 знаков.
problem-field-until = Срок: будущее время, не дальше двух недель.
problem-field-threshold = Округление: от 1 до 99 сотых.
problem-field-least_marks = Число отметок: до 20.
problem-field-owed_days = Срок «точки»: от 1 до 60 дней.
problem-field-lock_days = Закрытие: до 60 дней или пусто.
problem-field-version = Форма устарела. Откройте страницу заново.
problem-field-entry_no_such_day = Такого дня в календаре нет.

topic-from-plan = если пусто — из плана
plan-title = Планирование (КТП)
plan-empty = Плана на этот год ещё нет. Загрузите таблицу или вставьте её строки — темы лягут на даты по расписанию.
plan-draft = Так план ляжет на уроки. Пока ничего не сохранено.
plan-problems = Исправьте строки и проверьте ещё раз: { $count }. Ничего не сохранено.
plan-line = Строка { $count }.
plan-planned-hours = По плану на сегодня: { $count } ч.
plan-given-hours = Дано: { $count } ч.
plan-missing = Не хватает уроков: { $count } ч. Объедините темы или сократите часы.
plan-spare = Уроков без темы: { $count }.
plan-cancelled = Отменённые уроки
plan-cancelled-explained = Темы после отменённого урока уже сдвинуты на следующие даты. Чтобы не отстать, тему можно дать вместе с предыдущей.
plan-merge = Объединить с предыдущей
plan-merge-this = Объединить с предыдущей: { $it }
plan-hours = Часы
plan-dates = Даты
plan-control = Контроль
plan-given = Дано
plan-given-as_planned = по плану
plan-given-otherwise = другая тема
plan-given-not_given = нет урока
plan-together = вместе
plan-change = Изменить план
plan-format = Столбцы: №, Тема, Часы, Форма контроля, Домашнее задание. Обязательна только тема. Часы 0 — вместе с предыдущей темой. Строки без номера и часов — заголовки разделов, их пропустим.
plan-file = Файл XLSX или CSV, до 200 КБ
plan-text = Или строки таблицы
plan-check = Проверить
plan-save = Сохранить план
problem-plan_changed-title = План уже изменили
problem-plan_changed = Пока вы работали, план изменил кто-то другой. Откройте страницу заново.
problem-plan_rows-title = План не принят
problem-plan_rows = В некоторых строках ошибки. Ничего не сохранено.
problem-plan_no_merge-title = Объединить нельзя
problem-plan_no_merge = Эту тему не с чем объединить.
problem-plan_empty-title = Таблица пуста
problem-plan_empty = В таблице нет ни одной строки.
problem-plan_unreadable-title = Файл не читается
problem-plan_unreadable = Это не таблица: нужен XLSX, CSV или строки, скопированные из таблицы.
problem-plan_no_topics-title = Нет тем
problem-plan_no_topics = В первой строке нужны названия столбцов, среди них «Тема».
problem-plan_column_twice-title = Столбец повторяется
problem-plan_column_twice = Два столбца называются одинаково.
problem-plan_too_long-title = План слишком длинный
problem-plan_too_long = В плане может быть до 300 строк и до 96 КБ текста.
problem-plan_row = Ячеек больше, чем столбцов, или строка не читается.
problem-plan_topic = Тема нужна, до 300 знаков.
problem-plan_control = Форма контроля: до 100 знаков.
problem-plan_homework = Домашнее задание: до 500 знаков.
problem-plan_hours = Часы: число от 0 до 30; у первой строки не 0.
problem-plan_number = Номер: число.

# График оценочных процедур
class-own = Мой класс: { $it }
class-assessments = Оценочные процедуры
class-readers = Кто прочитал дневник
assessments-title = График оценочных процедур, { $it }
assessments-explained = Контрольные работы открытых уроков и те, что стоят в планировании. Рекомендации — в письме Рособрнадзора и Минпросвещения.
assessments-none = Контрольных работ в этом периоде нет: ни в журналах, ни в планировании.
assessments-problems = { $count ->
    [0] Все работы стоят по нормам.
    [one] { $count } работа стоит не по нормам.
    [few] { $count } работы стоят не по нормам.
   *[many] { $count } работ стоят не по нормам.
}
assessments-day = День и урок
assessments-subject = Предмет
assessments-what = Работа
assessments-norms = Что не так
assessments-held = в журнале
assessments-planned = по плану
notices-title = Сообщения об отсутствии
notices-diary = Дневник
notices-institutions = Где учится
notices-none = Здесь будут сообщения о днях, когда ученика не будет в школе. Пока их нет.
notices-sent = Сообщение отправлено: учителя увидят его в журналах.
notices-sent-before = Отправленные сообщения
notices-overlap = Если сообщения пересекаются, на каждый день действует последнее из отправленных.
notice-new = Сообщить об отсутствии
notice-from = С какого дня
notice-until = По какой день
notice-reason = Причина
notice-text = Что ещё важно знать (необязательно)
notice-explained = Текст увидят семья, классный руководитель и руководство школы; учителя-предметники — только дни и причину. Не больше 31 дня в одном сообщении.
notice-send = Отправить
notice-choice-illness = Болезнь
notice-choice-family = Семейные обстоятельства
notice-choice-event = Соревнование, олимпиада, другое мероприятие
notice-choice-other = Другое
notice-reason-illness = болеет
notice-reason-family = семейные обстоятельства
notice-reason-event = соревнование или мероприятие
notice-reason-other = другая причина
notice-told = { $sender ->
    [family] Семья сообщила
   *[school] Школе сообщили
}: { $reason }, { $days }{ $document ->
    [1] {""} (есть справка)
   *[0] {""}
}
notice-in-force = действует
notice-over = дни прошли
notice-withdrawn = отозвано
notice-by-school = Записано школой.
notice-superseded = Действует более позднее сообщение: { $it }.
notice-change-withdrawn = { $who }: отозвано полностью.
notice-change-shortened = { $who }: последний день — { $until } вместо { $before }.
notice-document = Справка получена: { $it }
notice-document-received = Документ получен
notice-shorten-until = Последний день
notice-shorten = Сократить
notice-withdraw = Отозвать
notice-come-back = Придёт с сегодняшнего дня
absences-note = Отметить отсутствующих по сообщениям
absences-pending = { $lesson }: сообщили об отсутствии { $count } { $count ->
    [one] ученика
   *[many] учеников
}
absences-pending-here = Сообщили об отсутствии { $count } { $count ->
    [one] ученика
   *[many] учеников
}, в журнале это ещё не отмечено
problem-notice_unreadable-title = Сообщение не принято
problem-notice_unreadable = Нужны первый и последний день и причина. Ничего не отправлено.
problem-notice_text-title = Текст слишком длинный
problem-notice_text = В тексте может быть до 200 знаков. Ничего не отправлено.
problem-notice_order-title = Дни перепутаны
problem-notice_order = Последний день раньше первого.
problem-notice_too_long-title = Слишком много дней
problem-notice_too_long = В одном сообщении — не больше 31 дня. На остальные дни отправьте ещё одно.
problem-notice_too_early-title = Этот день давно прошёл
problem-notice_too_early = Семья сообщает не позже чем через 3 дня, школа записывает не позже чем через 7. О более ранних днях скажите классному руководителю.
problem-notice_too_late-title = Это ещё не скоро
problem-notice_too_late = Сообщить можно не больше чем за три месяца.
problem-notice_too_many-title = Слишком много сообщений
problem-notice_too_many = За учебный год можно отправить до 100 сообщений. Позвоните классному руководителю.
problem-notice_over-title = Дни уже прошли
problem-notice_over = Прошедшие дни остаются такими, как о них сообщили. Если это ошибка, скажите классному руководителю.
problem-notice_not_shorter-title = Срок можно только сократить
problem-notice_not_shorter = Чтобы добавить дни, отправьте новое сообщение.
problem-no_class-title = Класса пока нет
problem-no_class = Ученик сейчас не числится ни в одном классе или группе. Сообщения можно будет отправлять, когда школа его зачислит.
problem-field-action = Такого действия нет.

class-register-link = Посещаемость за день
class-register-title = Посещаемость класса { $it }
class-register-days = Дни
class-register-before = Предыдущий день
class-register-after = Следующий день
class-register-show = Показать
class-register-counts = Сводка
class-register-pupils = По списку
class-register-present = На уроках
class-register-partly = Были не на всех уроках
class-register-absent = Отсутствуют
class-register-whole-day = из них весь день
class-register-untold = из них без сообщения
class-register-late = Опоздали
class-register-unknown = Ещё не отмечены
class-register-who-is-absent = Кого нет
class-register-all-day = нет весь день
class-register-so-far = нет на уже открытых уроках
class-register-no-notice = Сообщения нет.
class-register-write = Записать сообщение
class-register-write-for = Записать сообщение: { $it }
class-register-no-lessons = В этот день уроков нет ни в расписании, ни в журналах.
class-register-legend = «·» — на уроке; н, б, у, нп — отсутствует; (б), (у), (н) — сообщили, в журнале ещё не отмечено; о — опоздание; осв — освобождение; «?» — урок не открыт; «—» — не его урок. День пропущен, если пропущены все его уроки.
class-register-not-theirs = не его урок
class-register-not-opened = урок не открыт
class-register-there = на уроке
class-register-told = сообщили об отсутствии, в журнале не отмечено
class-register-journal = журнал
class-register-day = День
class-register-state-unknown = ещё не отмечен
class-register-state-present = на уроках
class-register-state-partly = не на всех уроках

answers-title = Ответы на задание
answers-set-on = Задано: { $it }
answers-none = Ответа пока нет. Здесь будет видно всё, что написали ученик и учитель.
answers-your = Ваш ответ
answers-send = Отправить ответ
answers-reply = Что сказать ученику (чтобы вернуть, напишите, что доработать)
answers-accept = Принято
answers-return = Доработать
answers-saved = Отправлено
answers-sent = ждёт проверки
answers-accepted = принято
answers-to_redo = доработать
problem-answer_text-title = Текст не принят
problem-answer_text = Нужен текст до 4000 знаков; чтобы вернуть работу, напишите, что доработать. Ничего не отправлено.
problem-answer_none-title = Ответа ещё нет
problem-answer_none = Ученик ещё ничего не прислал.
problem-answer_accepted-title = Работа уже принята
problem-answer_accepted = Учитель принял эту работу: больше отправлять ничего не нужно.
problem-answer_too_many-title = Слишком длинная переписка
problem-answer_too_many = В одной работе помещается до 50 сообщений. Обсудите остальное на уроке.
problem-answers_changed-title = Пока вы писали, появилось новое сообщение
problem-answers_changed = Прочитайте его и отправьте своё ещё раз. Ваш текст не потерян.
problem-answer_verdict-title = Такого решения нет
problem-answer_verdict = Работу принимают или возвращают на доработку.

homework-for-all = Задание для всех
homework-for-some = Задание для { $count } { $count ->
    [one] ученика
   *[many] учеников
}
homework-for-whom = Кому задано (никто не отмечен — всем)
problem-field-pupils = Задание можно дать только тем, кто в этот день учился в группе.

alerts-title = Необычные изменения
alerts-explained = За последние 30 дней: много исправлений сразу (от 15 за 10 минут), изменения в периоде, который был закрыт, и отметки, поставленные или исправленные позже чем через две недели после урока.
alerts-none = Необычных изменений не было. Когда они появятся, вы увидите их здесь и на странице «Классы».
alerts-new = новое
alerts-kind-many = Много исправлений за короткое время
alerts-many-hint = О серии исправлений сообщает одно из них. Сколько их было и когда, покажет отчёт «Необычные исправления» в разделе «Отчёты».
alerts-kind-locked = Изменения в закрытом периоде, который открывали
alerts-kind-late = Отметки спустя долгое время после урока
alerts-journal-unknown = Журнал, которого больше нет
alerts-pupil-unknown = Ученик, которого больше нет в списках
alerts-reason = Причина
alerts-result = Итог
alerts-thing = За что
alerts-changes = { $count } { $count ->
    [one] изменение
    [few] изменения
   *[many] изменений
}
alerts-see = Просмотрено
alerts-seen-now = Отмечено как просмотренное
alerts-seen = { $count ->
    [one] Просмотрено { $count } изменение: { $who }, { $at }
    [few] Просмотрено { $count } изменения: { $who }, { $at }
   *[many] Просмотрено { $count } изменений: { $who }, { $at }
}
