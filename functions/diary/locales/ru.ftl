diary = Дневник
diary-none = Здесь будет дневник ученика. Если вы родитель, а ребёнка не видно, проверьте его СНИЛС и дату рождения в профиле на Госуслугах или попросите школу подтвердить, что вы его представитель.
children = Дети
institutions = Где учится
weeks = Недели
week-before = предыдущая
week-after = следующая
marks = Отметки
marks-of-period = Все отметки периода
marks-none = Отметок в этом периоде ещё нет. Они появятся здесь сразу, как учитель их поставит.
today = сегодня
no-lessons = Уроков нет
extra-lesson = вне расписания
room = каб. { $it }
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
problem-no_class-title = Класса пока нет
problem-no_class = Ученик сейчас не числится ни в одном классе или группе. Дневник появится, когда школа его зачислит.
problem-field-date = Дата нужна в виде 2026-11-23.
