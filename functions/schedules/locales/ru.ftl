schedules = Расписание
schedules-today = Сегодня
schedules-own-week = Мои уроки
schedules-of-class = Расписание { $it }
schedules-days = Дни
schedules-day-before = Предыдущий день
schedules-day-after = Следующий день
schedules-weeks = Недели
schedules-week-before = Предыдущая неделя
schedules-this-week = Эта неделя
schedules-week-after = Следующая неделя
schedules-children = Дети
schedules-classes = Классы
schedules-lesson = Урок
schedules-now = идёт сейчас
schedules-next = следующий
schedules-no-lessons = Уроков нет
schedules-day-off = Уроков нет: { $it }
schedules-next-lessons = Ближайшие уроки — { $it }
schedules-week-empty = На этой неделе уроков нет.
schedules-classes-empty = Классов пока нет. Они появятся, когда оператор региона загрузит списки школы.
schedules-nothing = Здесь будет расписание уроков. Оно появится, когда школа внесёт вас или вашего ребёнка в списки класса.
problem-field-date = Дата пишется так: 2026-11-23.
checks-title = Проверки расписания
checks-as-of = По нормам, которые действуют { $it }
checks-week = неделя класса
checks-unmatched = Трудность этих предметов неизвестна, поэтому дни с ними могут быть тяжелее, чем посчитано:
checks-lapsing = { $count ->
    [one] { $count } норма перестанет действовать
    [few] { $count } нормы перестанут действовать
   *[many] { $count } норм перестанут действовать
} в ближайшие полгода
substitutions = Замены
substitutions-institutions = Школы
substitutions-path = Путь
substitutions-absent = Кого нет
substitutions-choose = выберите
substitutions-from = С
substitutions-until = По
substitutions-date = День
substitutions-note = Причина
substitutions-show = Показать уроки
substitutions-lessons = { $count ->
    [0] уроков нет
    [one] { $count } урок
    [few] { $count } урока
   *[many] { $count } уроков
}
substitutions-lessons-that-day = { $count ->
    [0] в этот день уроков нет
    [one] { $count } урок в этот день
    [few] { $count } урока в этот день
   *[many] { $count } уроков в этот день
}
substitutions-relieved = снят с урока в этот день
substitutions-none-affected = В эти дни уроков у учителя нет: заменять нечего.
substitutions-nobody-free = В это время свободных учителей нет. Урок можно объединить, перенести или отменить.
substitutions-no-room = В это время свободных кабинетов нет.
substitutions-fit-subject = ведёт предмет
substitutions-fit-class = ведёт в этом классе
substitutions-fit-free = свободен
substitutions-teachers-subject = Ведут этот предмет
substitutions-teachers-class = Ведут в этом классе
substitutions-teachers-free = Свободны
substitutions-rooms-subject = Здесь ведут этот предмет
substitutions-rooms-class = Здесь занимается класс
substitutions-rooms-free = Свободны
substitutions-cancel = Отменить урок
substitutions-cancel-lesson = Отменить урок
substitutions-more = Другое решение
substitutions-change = Изменить
substitutions-take-back = Вернуть по расписанию
substitutions-done = Сохранено. Изменение уже видно в дневниках и расписании.
substitutions-empty = На этот день изменений нет.
substitutions-sheet = Лист замен
substitutions-sheet-of = Замены: { $it }
substitutions-to-changes = Изменить
substitutions-by-class = По классам
substitutions-by-teacher = По учителям
substitutions-class = Класс
substitutions-teacher = Учитель
substitutions-subject = Предмет
substitutions-room = Кабинет
substitutions-was = По расписанию
substitutions-becomes = Будет
substitutions-what = Что изменилось
substitutions-holds-instead = ведёт { $it }
substitutions-instead-of = по расписанию — { $it }
substitutions-assign = Другой учитель
substitutions-assign-do = Назначить
substitutions-same = без изменений
substitutions-move = Другое время
substitutions-move-do = Перенести
substitutions-new-room = Другой кабинет
substitutions-room-do = Сменить кабинет
substitutions-merge = Объединить группы
substitutions-merge-explained = Учитель другой группы берёт и эту — в своём кабинете.
substitutions-merge-do = Объединить
substitutions-swap = Поменять местами с другим уроком класса
substitutions-swap-do = Поменять местами
substitutions-with = С каким уроком
substitutions-as-published = по расписанию
substitutions-refused = Не сохранено, ничего не изменилось:
substitutions-stale = Пока вы решали, этот урок изменил кто-то другой. Сейчас: { $it }. Посмотрите и решите ещё раз.
substitutions-unknown = Такого урока больше нет.
substitutions-clash-teacher = { $teacher } в это время ведёт другой урок: { $lesson }.
substitutions-clash-room = Кабинет { $room } в это время занят: { $lesson }.
substitutions-clash-pupils = У учеников в это время другой урок: { $it }.
substitutions-clash-day-off = В этот день уроков нет: { $it }.
problem-substitution_stale-title = Уже изменено
problem-substitution_stale = Пока вы решали, этот урок изменил кто-то другой. Ничего не потеряно: посмотрите, что стоит сейчас, и решите ещё раз.
problem-substitution_clash-title = Не свободно
problem-substitution_clash = В это время занят учитель, кабинет или ученики. Ничего не изменилось.
problem-substitution_already = Урок уже стоит так, как вы хотите. Ничего не изменилось.
problem-substitution_not_held = Урок отменён: сначала назначьте учителя или другое время.
problem-substitution_not_together = Эти уроки не одного класса или, чтобы объединить, не в одно время.
problem-substitution_too_many = Изменение касается слишком многих классов и учителей. Измените уроки по одному.
problem-field-substitutions_action = Действие не названо.
problem-field-substitutions_teacher = Выберите учителя, который ведёт уроки в этой школе.
problem-field-substitutions_subject = Название предмета — не длиннее 100 знаков.
problem-field-substitutions_room = Выберите кабинет; его название — не длиннее 40 знаков.
problem-field-substitutions_note = Причина — не длиннее 200 знаков.
problem-field-substitutions_date = Дата пишется так: 2026-11-23.
problem-field-substitutions_until = Последний день — не раньше первого и не дальше двух недель от него.
problem-field-substitutions_number = В этот день нет урока с таким номером.
problem-field-substitutions_with = Выберите другой урок.

drafts = Черновики расписания
drafts-crumbs = Путь
drafts-of = { $it } — черновик расписания
drafts-from = с { $it }
drafts-changed = изменён { $when }
drafts-changed-by = изменён { $when }, { $who }
drafts-state-draft = черновик
drafts-state-publishing = публикуется
drafts-state-published = опубликован
drafts-empty = Черновиков пока нет. Создайте первый: из действующего расписания, из таблицы или пустой.
drafts-new = Новый черновик
drafts-title = Название
drafts-from-field = Действует с недели
drafts-source = На основе чего
drafts-source-published = действующее расписание
drafts-source-copy = черновик «{ $it }»
drafts-source-empty = пустое
drafts-source-date = Расписание на дату (для действующего)
drafts-file = Таблица уроков, CSV или XLSX (необязательно)
drafts-file-hint = Столбцы: Класс, Группа, Предмет, Учитель, Кабинет, День, Урок, Неделя. Строки класса заменяют всю его неделю, остальные классы берутся из основы. Если хотя бы одна строка с ошибкой, черновик не создаётся.
drafts-make = Создать черновик
drafts-back = Вернуться
drafts-refused = Не принято
drafts-refused-nothing-changed = Так поставить нельзя. Ничего не изменилось.
drafts-rows-refused = { $count ->
    [one] Не принята { $count } строка. Черновик не создан: исправьте таблицу и загрузите её снова.
    [few] Не приняты { $count } строки. Черновик не создан: исправьте таблицу и загрузите её снова.
   *[many] Не принято { $count } строк. Черновик не создан: исправьте таблицу и загрузите её снова.
  }
drafts-row = Строка { $count }
drafts-row-missing = не заполнен столбец «{ $it }».
drafts-row-invalid = в столбце «{ $it }» непонятное значение.
drafts-row-unknown_class = нет такого класса.
drafts-row-unknown_group = у класса нет такого предмета или такой группы.
drafts-row-several_groups = у класса несколько групп по этому предмету: назовите группу.
drafts-row-unknown_teacher = нет такого учителя.
drafts-row-several_teachers = учителей с таким именем несколько, и никто из них не ведёт эту группу.
drafts-column-class = Класс
drafts-column-group = Группа
drafts-column-subject = Предмет
drafts-column-teacher = Учитель
drafts-column-teachers = Учитель
drafts-column-room = Кабинет
drafts-column-building = Корпус
drafts-column-day = День
drafts-column-lesson = Урок
drafts-column-number = Урок
drafts-column-week = Неделя
drafts-left-out = { $count ->
    [one] Не перенесён { $count } урок: его группы больше нет в списках школы.
    [few] Не перенесены { $count } урока: их групп больше нет в списках школы.
   *[many] Не перенесено { $count } уроков: их групп больше нет в списках школы.
  }
drafts-saved = Сохранено.
drafts-banner-draft = Черновик с { $it }: его видят только директор, завучи и администратор.
drafts-banner-publishing = Публикуется с { $it }. Пока идёт публикация, менять черновик нельзя.
drafts-banner-published = Опубликован с { $it }. Чтобы изменить расписание, создайте новый черновик на его основе.
drafts-change = Отличие класса от действующего: { $it }.
drafts-no-change = Класс не отличается от действующего расписания.
drafts-added = { $count ->
    [one] добавлен { $count } урок
    [few] добавлено { $count } урока
   *[many] добавлено { $count } уроков
  }
drafts-removed = { $count ->
    [one] убран { $count } урок
    [few] убрано { $count } урока
   *[many] убрано { $count } уроков
  }
drafts-moved = { $count ->
    [one] перенесён { $count } урок
    [few] перенесено { $count } урока
   *[many] перенесено { $count } уроков
  }
drafts-replaced = { $count ->
    [one] у { $count } урока другой учитель или кабинет
   *[many] у { $count } уроков другой учитель или кабинет
  }
drafts-to-publication = Что изменится и публикация
drafts-see-publication = Публикация
drafts-views = Классы, учителя, кабинеты
drafts-teachers = Учителя
drafts-rooms = Кабинеты
drafts-no-bells = У школы не заданы звонки, поэтому ни один урок поставить нельзя. Звонки приходят вместе с загрузкой расписания.
drafts-hint = Возьмите урок мышью, касанием или клавишей Enter и поставьте его в клетку. Delete убирает урок, Ctrl+Z отменяет.
drafts-read-only = Этот черновик больше не меняется.
drafts-waiting = Ещё не поставлены
drafts-hours = { $it } ч
drafts-add-at = Поставить урок: { $it }
drafts-pinned = закреплён
drafts-cannot = не может
drafts-picked = Взят урок: [name]. Выберите клетку, Escape отменяет.
drafts-put = Поставлено: [name], [place].
drafts-out = Убрано: [name].
drafts-undone = Отменено.
drafts-nothing-to-undo = Отменять нечего.
drafts-dropped = Урок остался на месте.
drafts-free = свободно
drafts-failed = Не сохранено, ничего не изменилось. Проверьте связь и повторите.
drafts-places = Уроков одновременно
drafts-save = Сохранить
drafts-norms = Нормы для этого класса
drafts-absent = Когда учитель не может
drafts-absent-hint = Отметьте часы, в которые уроков ставить нельзя: другая работа, методический день.
drafts-absent-save = Сохранить недоступные часы
drafts-curriculum = Часы в неделю
drafts-planned = По плану
drafts-placed = Поставлено
drafts-uneven = не сходится
drafts-hours-of = Часов в неделю по плану: { $it }
drafts-save-hours = Сохранить часы и кабинеты
drafts-course-rooms = Кабинеты
drafts-rooms-of = Кабинеты через запятую, подойдёт любой: { $it }
problem-field-rooms = Кабинеты пишутся через запятую, не больше восьми; название — не длиннее 40 знаков.
drafts-more = Таблица и списки
drafts-xlsx = Скачать XLSX
drafts-csv = Скачать CSV
drafts-refresh = Обновить группы и учителей из списков школы
drafts-delete = Удалить черновик
drafts-delete-sure = Черновик удалится насовсем. Опубликованное расписание останется как есть.
drafts-cell = Клетка расписания
drafts-place = День и урок
drafts-week-every = каждую неделю
drafts-week-a = неделя А
drafts-week-b = неделя Б
drafts-pin = закрепить: составитель расписания его не двигает
drafts-take-out = Убрать
drafts-add = Поставить урок
drafts-put-here = Поставить
drafts-put-in = Поставить: { $it }
drafts-cell-empty = Ставить нечего: все уроки по плану уже в расписании.
drafts-can-now = В это время учитель может вести уроки.
drafts-cannot-now = В это время учитель не может вести уроки.
drafts-mark-cannot = Отметить: не может
drafts-mark-can = Отметить: может
drafts-publication = Публикация расписания
drafts-published = Расписание опубликовано и действует с { $it }.
drafts-publishing = Расписание публикуется с { $it }. Страница обновляется сама; её можно закрыть.
drafts-progress = Сколько уже записано
drafts-publish-again = Продолжить, если публикация остановилась
drafts-conflicts = { $count ->
    [one] { $count } урок с накладкой
    [few] { $count } урока с накладками
   *[many] { $count } уроков с накладками
  }
drafts-conflicts-first = Расписание с накладками опубликовать нельзя. Исправьте эти уроки.
drafts-what-changes = Что изменится
drafts-nothing-changes = Черновик не отличается от действующего расписания.
drafts-count-added = Добавлено
drafts-count-removed = Убрано
drafts-count-moved = Перенесено
drafts-count-changed = Другой учитель или кабинет
drafts-classes-unchanged = { $count ->
    [one] Ещё у { $count } класса всё остаётся как есть.
   *[many] Ещё у { $count } классов всё остаётся как есть.
  }
drafts-unplaced-in-all = Не поставлено часов по плану: { $it }. Опубликовать можно и так.
drafts-publish = Опубликовать
drafts-publish-hint = До этой недели действует прежнее расписание, с неё — новое. Ученики, родители и учителя увидят его сразу.
drafts-conflict-group_busy = У группы в это время уже урок: { $with }.
drafts-conflict-pupils_busy = У учеников ({ $who }) в это время другой урок: { $with }.
drafts-conflict-teacher_busy = { $who } в это время ведёт: { $with }.
drafts-conflict-teacher_unavailable = { $who } в это время не может вести уроки.
drafts-conflict-room_taken = Кабинет { $who } занят: { $with }.
drafts-conflict-outside_bells = Для такого урока нет звонка.
drafts-conflict-hours_exceeded = По плану { $planned } ч в неделю, а стало бы { $placed } ч.
problem-timetable_conflict-title = Накладка
problem-timetable_conflict = Так поставить нельзя: в расписании получится накладка. Ничего не изменилось.
problem-lesson_changed-title = Уже изменено
problem-lesson_changed = Этот урок только что изменил кто-то другой. Ничего не потеряно: посмотрите, как он стоит сейчас, и повторите.
problem-draft_closed-title = Черновик закрыт
problem-draft_closed = Этот черновик публикуется или уже опубликован. Создайте новый на его основе.
problem-draft_changed-title = Черновик изменился
problem-draft_changed = Пока вы смотрели, черновик изменили. Посмотрите ещё раз, что изменится, и опубликуйте.
problem-publication_under_way-title = Уже публикуется
problem-publication_under_way = В этой школе сейчас публикуется расписание. Подождите, пока закончится.
problem-publish_in_past-title = Неделя уже прошла
problem-publish_in_past = Расписание можно опубликовать с этой недели или позже: прошедшие уроки остаются какими были.
problem-later_published-title = Есть более позднее расписание
problem-later_published = Уже опубликовано расписание, которое начинается позже. Выберите ту же неделю или более позднюю.
problem-table_rows-title = Таблица не принята
problem-table_rows = В таблице есть строки с ошибками. Черновик не создан.
problem-table_unreadable-title = Таблица не читается
problem-table_unreadable = Это не CSV и не XLSX. Сохраните таблицу в одном из этих видов и загрузите снова.
problem-table_empty-title = Таблица пуста
problem-table_empty = В таблице нет ни одной строки с уроком.
problem-table_columns_missing-title = Не хватает столбцов
problem-table_columns_missing = Нужны столбцы «Класс», «Предмет», «День» и «Урок», каждый один раз.
problem-table_too_long-title = Слишком длинная таблица
problem-table_too_long = В таблице больше 5000 строк: для одной школы это слишком много.
problem-field-title = Название — от 1 до 100 знаков.
problem-field-from = Назовите дату первой недели: 2026-11-23.
problem-field-hours = Часы пишутся числом с половинами: 4 или 1,5.
problem-field-teachers = Такого учителя в черновике нет.
problem-field-terms = Укажите день и урок учителя или кабинет и число от 1 до 9.
problem-field-room = Название кабинета — не длиннее 40 знаков.
problem-field-draft = Такого черновика нет.
generation = Составить автоматически
generation-of = { $it }: составить расписание
generation-new-title = { $it } — составлено автоматически
generation-state = Последний поиск
generation-none = Для этого черновика расписание ещё не составляли.
generation-queued = Задание в очереди. Поиск начнётся через несколько секунд.
generation-begun = Поиск начался.
generation-placed = Расставлено { $placed } из { $lessons } { $lessons ->
    [one] урока
   *[many] уроков
  }.
generation-defects = { $count ->
    [one] Осталось убрать { $count } «окно» у учеников или лишний урок в дне.
    [few] Осталось убрать { $count } «окна» у учеников или лишних урока в дне.
   *[many] Осталось убрать { $count } «окон» у учеников или лишних уроков в дне.
  }
generation-time = Прошло { $it }.
generation-took = Поиск занял { $it }.
generation-seconds = { $seconds } с
generation-minutes-seconds = { $minutes } мин { $seconds } с
generation-complete = Расставлены все уроки: { $lessons }. Накладок нет.
generation-incomplete = Расставлено { $placed } из { $lessons } { $lessons ->
    [one] урока
   *[many] уроков
  }, накладок нет. Без места { $missing ->
    [one] остался { $missing } урок
    [few] остались { $missing } урока
   *[many] осталось { $missing } уроков
  }: ниже сказано, почему.
generation-cancelled = Поиск отменён. Черновик остался каким был.
generation-failed-draft_closed = Не составлено: черновик тем временем опубликован или удалён.
generation-failed-nothing_to_place = Не составлено: ставить нечего. Задайте часы по плану хотя бы одному предмету.
generation-failed-contradiction = Не составлено: данные черновика противоречат друг другу. Обновите группы и учителей из списков школы и повторите.
generation-failed-broken = Не составлено: поиск прервался. Черновик остался каким был, попробуйте ещё раз.
generation-facts = Число для повторения: { $seed }. Оценка неудобств: { $penalty }; чем меньше, тем лучше.
generation-facts-stopped = Число для повторения: { $seed }. Оценка неудобств: { $penalty }; чем меньше, тем лучше. Поиск остановило время, поэтому повтор может дать немного другое расписание.
generation-progress = Какая часть поиска пройдена
generation-unheard = Нет связи. Поиск продолжается, страница попробует узнать о нём снова.
generation-finish = Закончить и взять лучшее из найденного
generation-cancel = Отменить, ничего не менять
generation-may-close = Страницу можно закрыть: поиск идёт без неё.
generation-see = Открыть расписание
generation-see-new = Открыть новый черновик
generation-why-new = Расписание записано в новый черновик: изменений больше, чем можно внести за один раз, или прежний черновик за это время изменили. Прежний остался каким был.
generation-unplaced = Без места
generation-unplaced-more = { $count ->
    [one] И ещё { $count } группа с уроками без места.
    [few] И ещё { $count } группы с уроками без места.
   *[many] И ещё { $count } групп с уроками без места.
  }
generation-lessons = { $count ->
    [one] { $count } урок
    [few] { $count } урока
   *[many] { $count } уроков
  }
generation-counts = По плану в неделю: { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
  }. Уже стоят: { $standing }, из них закреплены: { $pinned }.
generation-mode = Что можно передвигать
generation-mode-complete = Ничего: только поставить недостающие уроки. Кто уже стоит без накладок, остаётся на месте.
generation-mode-repair = Как можно меньше: поставить недостающие и убрать накладки, сдвинув немногих.
generation-mode-anew = Всё, кроме закреплённых уроков: составить заново.
generation-days = Учебная неделя
generation-days-5 = пять дней
generation-days-6 = шесть дней
generation-minutes = Время поиска
generation-minutes-up-to = { $count ->
    [one] до { $count } минуты
   *[many] до { $count } минут
  }
generation-seed = Число для повторения
generation-seed-hint = С тем же числом тот же черновик даёт то же расписание. Другое число — другой вариант.
generation-hint = Учитываются часы по плану, кабинеты предметов, недоступные часы учителей, вместимость залов и нормы на дату начала. Накладок в результате не бывает: урок, для которого нет места, остаётся без места с объяснением. Небольшие изменения записываются в этот черновик, большие — в новый.
generation-begin = Составить
generation-why-teacher_overloaded = { $who }: { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
  } в неделю, а свободных для них часов — { $hours }.
generation-why-class_overloaded = У класса { $who } { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
  } в неделю, а в его дни помещается { $hours }.
generation-why-rooms_overloaded = { $lessons ->
    [one] { $lessons } урок можно
    [few] { $lessons } урока можно
   *[many] { $lessons } уроков можно
  } вести только здесь: { $who }. Часов в неделю там — { $hours }.
generation-why-no_such_room = Нет подходящего кабинета.
generation-why-no_common_hour = Нет ни одного часа, когда могут и учитель ({ $who }), и класс ({ $with }).
generation-why-pin_forbidden = Урок закреплён ({ $who }), но в это время закрыты учитель, класс или кабинет.
generation-why-pin_clash = Урок закреплён ({ $who }) вместе с другим: { $with }.
generation-why-too_many_for_days = Предмет стоит в плане { $lessons ->
    [one] { $lessons } раз
    [few] { $lessons } раза
   *[many] { $lessons } раз
  } в неделю, а по дням помещается { $hours }.
generation-why-occupied = Свободного часа не нашлось. Из { $hours ->
    [one] { $hours } часа
   *[many] { $hours } часов
  } недели мешают: { $with }.
generation-why-gave_way = Место нужно уроку, который должен остаться там, где стоит.
generation-why-bells = По звонкам этот урок накладывается на другой.
generation-cause-class_closed = класс в это время не учится — { $count }
generation-cause-teacher_unavailable = учитель не может — { $count }
generation-cause-teacher_busy = у учителя другой урок — { $count }
generation-cause-pupils_busy = у учеников другой урок — { $count }
generation-cause-day_full = день уже полон — { $count }
generation-cause-subject_on_day = предмет в этот день уже есть — { $count }
generation-cause-no_room = нет кабинета — { $count }
generation-cause-window = появилось бы «окно» — { $count }
problem-generation_under_way-title = Поиск уже идёт
problem-generation_under_way = Для этого черновика расписание уже составляется. Подождите или остановите поиск.
problem-generation_draft_changed-title = Черновик изменился
problem-generation_draft_changed = Пока вы смотрели, черновик изменили. Посмотрите ещё раз и запустите поиск снова.
problem-generation_no_bells-title = Нет звонков
problem-generation_no_bells = У школы не заданы звонки, поэтому ни один урок поставить нельзя. Звонки приходят вместе с загрузкой расписания.
problem-generation_nothing-title = Ставить нечего
problem-generation_nothing = Задайте часы по плану хотя бы одному предмету.
problem-field-generation_days = Учебная неделя — пять или шесть дней.
problem-field-generation_minutes = Время поиска — от 1 до 12 минут.
problem-field-generation_seed = Число для повторения — целое, до десяти цифр.
feeds = Ссылки на календарь
feeds-explained = Ссылка показывает уроки в календаре телефона и сама обновляется: видны замены, переносы и отмены. В ней только уроки, кабинеты и учителя — ни отметок, ни домашних заданий.
feeds-ready = Ссылка готова
feeds-once = Скопируйте её сейчас: второй раз мы её не покажем. Кто знает ссылку, видит это расписание, поэтому не публикуйте её.
feeds-address = Адрес календаря
feeds-open = Открыть в календаре
feeds-own = Мои ссылки
feeds-none = Ссылок пока нет. Сделайте первую — и уроки появятся в календаре телефона.
feeds-new = новая
feeds-made = Создана { $it }
feeds-renew = Сделать заново
feeds-revoke = Отозвать
feeds-revoked = Ссылка отозвана: по ней больше ничего не видно.
feeds-make = Сделать ссылку
feeds-make-do = Сделать ссылку
feeds-of-teacher = Мои уроки — учитель
feeds-of-pupil = Мои уроки
feeds-of-child = Уроки: { $it }
feeds-of-child-gone = Уроки ребёнка, которого вы больше не представляете
feeds-of-class = Класс { $it }
feeds-of-class-gone = Класс, который вам больше не виден
feeds-room-of = Кабинет { $it }
feeds-class = Класс
feeds-room = Кабинет
feeds-not-held = Не состоится: { $it }
feeds-link = В календарь телефона
problem-feeds_too_many = У вас уже двадцать ссылок. Отзовите ненужную и сделайте новую.
problem-field-feeds_kind = Выберите, что показывать.
problem-field-feeds_child = Выберите ребёнка.
problem-field-feeds_class = Выберите класс.
problem-field-feeds_institution = Выберите школу.
problem-field-feeds_room = В опубликованном расписании такого кабинета нет.

# Учебный год: дни без уроков и звонки
calendar-title = Учебный год
calendar-saved = Сохранено
calendar-periods = Учебные периоды
calendar-no-periods = Периоды ещё не загружены. Они приходят вместе со списками классов.
calendar-periods-source = Периоды приходят вместе со списками классов; изменить их можно там, где ведут списки.
calendar-classes = Классы: { $it }
calendar-period = Период
calendar-dates = Дни
calendar-days-off = Дни без уроков
calendar-no-days-off = Дней без уроков нет. Внесите каникулы и праздники, и они сразу появятся во всех дневниках и расписаниях.
calendar-what = Название
calendar-kind = Вид
calendar-kind-break = каникулы
calendar-kind-closed = занятия отменены
calendar-kind-holiday = праздник
calendar-kind-moved = перенос
calendar-remove = Убрать
calendar-break = Каникулы
calendar-gap = Между периодами { $it } ещё учебные дни.
calendar-gap-do = Сделать каникулами
calendar-holidays = Праздники { $it } учебного года
calendar-holidays-hint = По производственному календарю. Дни, которые уже свободны, останутся как есть.
calendar-week = Учебная неделя
calendar-week-six = шесть дней
calendar-week-five = пять дней
calendar-holidays-do = Внести праздники
calendar-shortened = Сокращённые рабочие дни:
calendar-add = Добавить дни
calendar-from = С
calendar-until = По
calendar-add-do = Добавить
calendar-bells = Звонки
calendar-bells-hint = Новые звонки начнут действовать со следующей публикации расписания.
calendar-bells-drafts = Черновики расписания
calendar-no-bells = Звонков ещё нет. Без них нельзя составить расписание.
calendar-bells-all = Все остальные классы
calendar-bells-grades = Классы { $it }
calendar-bells-shift = { $it }-я смена
calendar-bells-since = с { $it }
calendar-bells-new = Другие звонки
calendar-bells-for = Для каких классов (пусто — для всех остальных)
calendar-bells-shift-field = Смена
calendar-bells-from = Действуют с (пусто — всегда)
calendar-bells-empty = Урок без времени не проводится. Если стереть всё, звонки будут убраны.
calendar-bells-do = Сохранить звонки
calendar-lesson = Урок
calendar-start = Начало
calendar-end = Конец
calendar-lessons = { $count ->
    [one] { $count } урок
    [few] { $count } урока
   *[many] { $count } уроков
}
problem-field-until = Последний день — не раньше первого и не позже чем через 120 дней.
problem-field-kind = Выберите вид.
problem-field-year = Праздники этого года ещё не известны.
problem-field-week = Выберите учебную неделю.
problem-field-days_off = Не больше 600 дней, и ни один не дважды.
problem-field-shift = Смена — 1 или 2.
problem-field-grades = Классы — числа от 1 до 12: «1», «5, 9–11».
problem-field-lessons = У каждого урока нужны начало и конец, и уроки не должны пересекаться.

buildings-title = Корпуса и кабинеты
buildings-hint = Если корпусов несколько, кабинет называется вместе с корпусом: «2 / 214». В расписании и дневнике это видно со следующей публикации или импорта.
buildings-passage = Переход между корпусами, минут
buildings-passage-hint = Если перемена короче перехода, проверки и черновики предупредят, кому приходится переходить. Пока стоит 0, переходы не проверяются.
buildings-main = основной
buildings-rooms = Кабинеты
buildings-rooms-of = Кабинеты: { $it }
buildings-unknown = Корпус не из списка
buildings-no-rooms = Здесь появятся кабинеты: из расписания или те, что вы добавите.
buildings-room = Кабинет
buildings-capacity = Вмещает учеников
buildings-subjects = Что здесь ведут
buildings-rooms-do = Сохранить вместимость
buildings-change = Изменить: { $it }
buildings-short = Краткое имя
buildings-name = Название
buildings-address = Адрес
buildings-short-hint = Краткое имя входит в названия кабинетов. Его можно сменить, пока в корпусе нет кабинетов; название и адрес — всегда.
buildings-remove = Убрать корпус
buildings-add = Добавить корпус
buildings-add-room = Добавить кабинет
buildings-add-do = Добавить
buildings-building = Корпус
buildings-ways = Переходы между корпусами
buildings-ways-hint = Перемена короче перехода. Публиковать можно: это предупреждение.
buildings-way = { $who }, { $day }: { $before }; { $after }. Перемена { $pause } мин, переход { $passage } мин.
checks-without-bells = Уроки без звонка
checks-without-bells-hint = Эти уроки опубликованы, но в нынешних звонках параллели их нет. Добавьте звонок или опубликуйте новое расписание.
checks-without-bell = { $class }: { $count ->
    [one] для { $numbers }-го урока нет звонка
   *[other] для уроков { $numbers } нет звонков
}.
problem-field-buildings_short = Краткое имя — от 1 до 12 знаков, без косой черты и запятых.
problem-field-buildings_short_taken = Корпус с таким кратким именем уже есть.
problem-field-buildings_short_used = В корпусе есть кабинеты: краткое имя входит в их названия, и сменить его сейчас нельзя.
problem-field-buildings_building_used = В корпусе есть кабинеты. Сначала уберите их из расписания и списка.
problem-field-buildings_building = Такого корпуса нет, или корпусов больше двадцати.
problem-field-buildings_name = Название — не длиннее 100 знаков.
problem-field-buildings_address = Адрес — не длиннее 200 знаков.
problem-field-buildings_passage = Переход — от 0 до 60 минут.
problem-field-buildings_room = Название кабинета — от 1 до 40 знаков; всего не больше 400 кабинетов.
problem-field-buildings_capacity = Вместимость — от 1 до 2000 учеников.
problem-field-buildings_action = Такого действия на этой странице нет.
problem-field-buildings_version = Откройте страницу заново и повторите.

imported-title = Импорт расписания
imported-of = Импорт
imported-at = Выполнен { $it } (по Москве)
imported-failed = Расписание не принято.
imported-weeks = Недели классов, групп и учителей: создано { $created }, изменено { $changed }, без изменений { $kept }.
imported-nothing = В файле нет ни расписания, ни звонков, ни выходных дней.
imported-whole = Весь отчёт:
imported-csv = CSV
imported-xlsx = XLSX
