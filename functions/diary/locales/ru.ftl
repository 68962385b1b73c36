diary = Дневник
diary-none = Здесь будет дневник ученика. Если вы родитель, а ребёнка не видно, проверьте его СНИЛС и дату рождения в профиле на Госуслугах или попросите школу подтвердить, что вы его представитель.
children = Дети
children-all = Все дети
views = Виды дневника
view-day = День
view-week = Неделя
view-homework = Задания
view-marks = Отметки
view-news = Новое
days = Дни
day-before = предыдущий
day-after = следующий
day-week = Вся неделя
tomorrow = завтра
institutions = Где учится
weeks = Недели
week-before = предыдущая
week-after = следующая
marks = Отметки
marks-none = Отметок в этом периоде ещё нет. Они появятся здесь сразу, как учитель их поставит.
today = сегодня
no-lessons = Уроков нет
extra-lesson = вне расписания
homework-short = ДЗ
minutes = ≈ { $count } { $count ->
    [one] минута
    [few] минуты
   *[many] минут
}
averages = Средний балл за период
averages-why = Нажмите на предмет: там видно, из каких отметок и с какими весами посчитан средний балл.
average = Средний балл
why = почему?
subject = Предмет
periods = Периоды
crumbs = Путь
missed = Пропуски
missed-lessons = { $count } { $count ->
    [one] урок
    [few] урока
   *[many] уроков
}
diary-attendance-absent = не был
diary-attendance-unexcused = пропуск
diary-attendance-excused = уваж.
diary-attendance-ill = болезнь
diary-attendance-late = опоздание
diary-attendance-exempt = освобождение
diary-attendance-day_off = выходной
diary-comment = Учитель: «{ $it }»
diary-result = Итог
diary-results = Итоги
diary-year = Год
pass-book = Зачётная книжка
pass-book-courses = Курсы
pass-book-course = { $number }-й курс, { $years }
pass-book-semester = { $number }-й семестр
pass-book-semester-of = семестр { $it } учебного года
pass-book-student = Студент
pass-book-group = Группа
pass-book-semester-head = Семестр
pass-book-section = Раздел
pass-book-as-of = По состоянию на { $it }.
pass-book-exams = Экзамены
pass-book-passes = Зачёты и дифференцированные зачёты
pass-book-course-works = Курсовые работы
pass-book-practices = Практики
pass-book-hours = Часов
pass-book-form = Форма аттестации
pass-book-date = Дата
pass-book-teacher = Преподаватель
pass-book-form-exam = экзамен
pass-book-form-pass = зачёт
pass-book-form-differentiated-pass = дифференцированный зачёт
pass-book-form-course-work = курсовая работа
pass-book-form-practice = практика
pass-book-retake = пересдача
pass-book-mark-5 = отлично
pass-book-mark-4 = хорошо
pass-book-mark-3 = удовлетворительно
pass-book-mark-2 = неудовлетворительно
pass-book-mark-pass = зачтено
pass-book-mark-fail = не зачтено
pass-book-mark-none = не аттестован(а)
pass-book-mark-exempt = освобождён(а)
pass-book-debts = Академическая задолженность
pass-book-debt = задолженность
pass-book-no-result = нет результата, семестр окончен
pass-book-empty = Результатов этого семестра ещё нет.
pass-book-file = Скачать для таблиц (XLSX)
debts = Долги
debt-until = сдать до { $it }
debt-overdue = срок прошёл { $it }
problem-no_class-title = Класса пока нет
problem-no_class = Ученик сейчас не числится ни в одном классе или группе. Дневник появится, когда школа его зачислит.
problem-field-date = Дата нужна в виде 2026-11-23.
problem-week_not_readable-title = Эту неделю отметить нельзя
problem-week_not_readable = Отметить прочитанной можно неделю, которая уже началась, и не старше года. Ничего не изменилось.
problem-field-when = Дни можно выбрать так: все, сегодня, завтра или неделя.
problem-field-mark = Отметка нужна от 1 до 5.
problem-field-weight = Вес нужен от 0,01 до 10.

diary-homework = Домашние задания
homework-when = За какие дни
homework-when-all = Все
homework-when-today = На сегодня
homework-when-tomorrow = На завтра
homework-when-week = На эту неделю
homework-none = На эти дни ничего не задано. Задания появляются здесь сразу, как учитель их запишет: к уроку, на который они заданы.
homework-later = К следующему уроку
homework-set = задано { $it }
homework-due-by = к { $it }
homework-done = сделано
homework-tick = Сделано
homework-tick-of = Сделано: { $it }
homework-untick = снять
homework-untick-of = снять «сделано»: { $it }
homework-is-other = задание изменилось
homework-in-hours = { $it } ч
homework-in-minutes = { $it } мин
homework-sum = Всего ≈ { $it }
homework-norm = по санитарным правилам — до { $it }
homework-unknown = у { $count } { $count ->
    [one] задания
   *[other] заданий
} время не указано
homework-over = Это больше, чем допускают санитарные правила. Если так бывает часто, скажите классному руководителю.
homework-private = Отметку «сделано» видит только семья. Школа её не видит.
homework-for-day = Задано на этот день

diary-news = Новое
news-there = есть
news-since = С прошлого просмотра: { $date }, { $time }.
news-first = Здесь будет то, что появится после этого просмотра: отметки, пропуски, задания, замены уроков.
news-none = С прошлого просмотра ничего нового.
news-to-week = К неделе
news-marks = Отметки и пропуски
news-homework = Домашние задания
news-changes = Изменения в расписании
news-mark-new = новое
news-mark-changed = изменено
news-mark-removed = снято
news-mark-nothing = отметки больше нет
news-homework-new = новое
news-homework-changed = изменено
news-homework-removed = снято
news-change-new = новое
news-change-changed = изменено
news-change-removed = снято

what-if-other = Другая отметка, другой вес
what-if-ask = Посчитать
what-if-then = Если получить { $mark } с весом { $weight }, средний балл станет { $average }.
trend = Как менялся средний балл
trend-table = Показать таблицей
trend-way = Сначала { $first }, сейчас { $last }; { $count } { $count ->
    [one] отметка
    [few] отметки
   *[many] отметок
}.
subject-lessons = Уроки
subject-lessons-none = Уроков в этом периоде ещё не записано. Они появятся здесь, как учитель откроет их в журнале.
subject-others = Другие предметы
topic-none = тема не записана

read = Ознакомление с неделей
read-by = { $name }: { $date } в { $time }
read-say = Я прочитал(а) эту неделю
read-explained = Школа видит только, что неделю прочитали, кто и когда.
offline = Показано по состоянию на { $date }, { $time }: сети нет.
feeds = Расписание в календаре телефона
family-week = Вся неделя

# Кто из семей класса прочитал неделю
class-readers-title = Кто прочитал дневник, { $it }
class-readers-pupil = Ученик
class-readers-family = Семья
class-readers-own = Сам ученик
class-readers-hint = Отмечено то, что семья подтвердила сама кнопкой «Прочитано» под неделей дневника.
class-readers-summary = { $read ->
    [one] Прочитала { $read }
   *[many] Прочитали { $read }
} из { $all ->
    [one] { $all } семьи
   *[many] { $all } семей
}.
absence-illness = болеет
absence-family = семейные обстоятельства
absence-event = соревнование или мероприятие
absence-other = другая причина
absence-told = { $sender ->
    [family] Семья сообщила
   *[school] Школе сообщили
}: { $reason }, { $days }
absence-report = Сообщить об отсутствии
absence-report-missed = Сообщить причину отсутствия

answer = Ответ
answer-sent = ждёт проверки
answer-accepted = принято
answer-to_redo = доработать
answer-write = Ответить учителю
answer-text = Ответ на задание: { $it }
answer-send = Отправить ответ
