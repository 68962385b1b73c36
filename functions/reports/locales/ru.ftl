reports = Отчёты
reports-none = Здесь будут отчёты классов, в которых вы классный руководитель или преподаёте.
reports-of-classes = Отчёты классов
reports-whole = все предметы
reports-own-part = ваши предметы
reports-path = Путь
reports-periods = Периоды
reports-class-title = Отчёт класса { $it }
reports-download = Скачать таблицей (XLSX)
reports-until = По журналам на { $it }.
reports-part-only = Показаны только журналы, которые ведёте вы: полные дни пропусков и состав успевающих видит классный руководитель.
reports-preliminary = Отчёт предварительный: { $count } { $count ->
    [one] итог ещё не выставлен, вместо него учтено
    [few] итога ещё не выставлены, вместо них учтено
   *[many] итогов ещё не выставлены, вместо них учтено
} то, что предлагает средний балл.
reports-summary = Сводка
reports-success = Успеваемость
reports-quality = Качество
reports-mean = Средний балл
reports-formulas = Качество — доля тех, у кого только «4» и «5»; успеваемость — доля тех, у кого нет «2», незачёта и н/а. Считаются ученики, у которых есть хотя бы один итог. Формулы — обычай школьной отчётности: федеральным актом они не установлены.
reports-standings = Кто как учится
reports-standing = Категория
reports-standing-excellent = отличники
reports-standing-good = хорошисты
reports-standing-satisfactory = с тройками
reports-standing-failing = неуспевающие
reports-standing-unassessed = без итогов
reports-one-four = с одной «4», остальные «5»
reports-one-three = с одной «3», остальные «4» и «5»
reports-pupils = Учеников
reports-pupil = Ученик
reports-who = Кто
reports-results = Успеваемость по предметам
reports-results-caption = Итоги и средний балл; * — итог ещё не выставлен, предложен по среднему баллу
reports-quality-by-subject = Качество по предметам
reports-averages = Средний балл
reports-no-journals = У класса пока нет журналов в этом периоде.
reports-attendance = Посещаемость
reports-attendance-caption = Пропущено уроков и полных дней; день считается пропущенным, если пропущен каждый урок класса или подгруппы
reports-absence-by-reason = Пропущенные уроки по причинам
reports-reason-ill = болезнь
reports-reason-excused = уважительная
reports-reason-open = не указана
reports-reason-unexcused = неуважительная
reports-lessons = Уроки
reports-days = Дни
reports-late = Опоздания
reports-in-a-row = Дней подряд
reports-total = всего
reports-class-total = По классу
reports-debts = Задолженности
reports-debts-none = Долгов нет.
reports-debt = Что
reports-debt-owed = работа до { $it }
reports-debt-overdue = работа просрочена с { $it }
reports-debt-not-assessed = н/а за { $it }
reports-debt-owed-short = работа
reports-debt-overdue-short = просроченная работа
reports-debt-not-assessed-short = н/а
reports-debt-no-marks = нет отметок в периоде
reports-subject = Предмет
reports-date = Дата
reports-class = Класс
reports-teacher = Учитель
reports-of-schools = Отчёты школы
reports-of-school = Итоги, посещаемость, нагрузка, проверки
reports-school-title = Отчёты школы, { $it }
reports-kind-results = Итоги периода
reports-kind-results-what = Качество и успеваемость по классам, предметам и учителям.
reports-kind-attendance = Посещаемость
reports-kind-attendance-what = Пропуски уроков и полных дней по классам и причинам.
reports-kind-load = Нагрузка учителей
reports-kind-load-what = Сколько уроков стоит в расписании с заменами, сколько проведено по журналам, сколько часов в неделю.
reports-kind-checks = Проверка журналов
reports-kind-checks-what = Что в журналах не сходится: отметка за пропущенный урок, записи в двух журналах на одно время, уроки без темы, незаполненные журналы, итоги не по среднему.
reports-kind-changes = Необычные исправления
reports-kind-changes-what = Много исправлений за короткое время, правки в закрытом периоде, отметки задним числом.
reports-run-none = ещё не составлялся
reports-run-under-way = составляется
reports-run-stopped = остановился
reports-run-done = готов
reports-progress = Составляется: готово классов { $done } из { $total }
reports-waiting = Ждёт очереди
reports-comes-anew = Страница обновляется сама.
reports-stopped = Составление остановилось. Ничего не потеряно: составьте отчёт ещё раз.
reports-make = Составить
reports-make-anew = Составить заново
reports-finished = Составлен { $it }
reports-not-made = Здесь будет отчёт. Составление занимает до нескольких минут; страницу можно закрыть.
reports-clean = Ничего не найдено.
reports-cut = Показаны { $listed } из { $total }: сначала самые серьёзные.
reports-first = На странице первые { $it } строк, все — в таблице XLSX.
reports-filter = Что найдено
reports-filter-all = Всё
reports-by-class = По классам
reports-by-subject = По предметам
reports-by-teacher = По учителям
reports-school-total = По школе
reports-one-four-short = с одной «4»
reports-one-three-short = с одной «3»
reports-passed = зач.
reports-failed = незач.
reports-not-assessed = н/а
reports-exempt = осв.
reports-quality-by-class = Качество по классам
reports-attended = Посещено уроков
reports-attended-by-class = Посещено уроков по классам
reports-load = Нагрузка
reports-groups = Групп
reports-planned = По расписанию
reports-given = Проведено
reports-not-given = Не проведено
reports-hours = Часов в неделю
reports-hours-by-teacher = Часов в неделю по учителям
reports-findings = Найденное
reports-findings-by-kind = Найдено по видам
reports-finding = Что
reports-severity = Важность
reports-severity-warns = проверьте
reports-severity-informs = к сведению
reports-finding-mark_of_absent = отметка за пропуск
reports-finding-two_at_once = в двух журналах
reports-finding-not_filled = не заполнено
reports-finding-no_topic = без темы
reports-finding-result_below = итог ниже среднего
reports-finding-result_above = итог выше среднего
reports-found-mark_of_absent = Отметка { $it } за урок, на котором ученика не было
reports-found-two_at_once = Запись и в другом журнале на это же время: { $it }
reports-found-not_filled = Не { $count ->
    [one] заполнен
   *[other] заполнено
} { $count } { $count ->
    [one] урок
    [few] урока
   *[many] уроков
} старше трёх дней
reports-found-no_topic = Урок без темы
reports-found-result_below = Итог { $it } ниже, чем предлагает средний балл { $average }
reports-found-result_above = Итог { $it } выше, чем предлагает средний балл { $average }
reports-unusual = Необычные исправления
reports-unusual-many = { $count } { $count ->
    [one] исправление
    [few] исправления
   *[many] исправлений
} за короткое время
reports-unusual-locked = { $count } { $count ->
    [one] исправление
    [few] исправления
   *[many] исправлений
} в закрытом периоде
reports-unusual-late = { $count } { $count ->
    [one] отметка
    [few] отметки
   *[many] отметок
} намного позже урока
reports-from = С
reports-to = По
reports-why = Причина
reports-foreign = Что изменили другие
reports-foreign-what = Исправления в ваших журналах за две недели, сделанные не вами: что стояло и что стоит. Обычные первые отметки сюда не попадают.
reports-foreign-none = За две недели в ваших журналах никто, кроме вас, ничего не исправлял.
reports-foreign-pages = Части списка
reports-foreign-last = К последним
reports-foreign-before = Более ранние
reports-foreign-none-here = В этой части списка исправления только ваши.
reports-foreign-lesson = урок { $it }
reports-foreign-result = итог
reports-before = Было
reports-after = Стало
reports-when = Когда
