platform = Моя школа
skip-to-content = К содержанию
navigation = Разделы
sign-out = Выйти
switch-to = Войти как { $it }
foot = Моя школа — бесплатно для всех школ, детских садов, колледжей и кружков
request-number = Номер обращения: { $it }
sign-in-new-tab = Войти в новой вкладке
send-again = Отправить ещё раз

place-today = Сегодня
place-journals = Журналы
place-diary = Дневник
place-schedule = Расписание
place-substitutions = Замены
place-classes = Классы
place-checks = Проверки
place-reports = Отчёты
place-regions = Регионы
place-profile = Профиль

role-pupil = ученик
role-parent = родитель
role-teacher = учитель
role-deputy = завуч
role-head = директор
role-administrator = администратор
role-region_operator = оператор региона
role-federal_operator = оператор платформы
role-supplier = поставщик
role-expert = эксперт

date-day = { $weekday }, { $day } { $month }
date-full = { $day } { $month } { $year }
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
weekday-1 = понедельник
weekday-2 = вторник
weekday-3 = среда
weekday-4 = четверг
weekday-5 = пятница
weekday-6 = суббота
weekday-7 = воскресенье
weekday-short-1 = пн
weekday-short-2 = вт
weekday-short-3 = ср
weekday-short-4 = чт
weekday-short-5 = пт
weekday-short-6 = сб
weekday-short-7 = вс

kind-preschool = детский сад
kind-general = школа
kind-vocational = колледж
kind-additional = дополнительное образование

attendance-absent = отсутствовал, причина не указана
attendance-unexcused = отсутствовал без уважительной причины
attendance-excused = отсутствовал по уважительной причине
attendance-ill = болел
attendance-late = опоздал
attendance-exempt = освобождён
attendance-day_off = выходной

room = каб. { $it }
planned-replaced = замена
planned-covered = ведёт другой учитель:
planned-cancelled = отменён
planned-additional = дополнительный
planned-moved-away = перенесён на { $it }
planned-moved-here = перенесён с { $it }
planned-number = { $count }-й урок
planned-teacher = ведёт { $it }

work-answer = ответ на уроке
work-homework = домашняя работа
work-independent = самостоятельная работа
work-test = контрольная работа
work-writing = диктант, изложение, сочинение
work-practical = лабораторная или практическая
work-project = проект

problem-unauthenticated-title = Нужно войти
problem-unauthenticated = Вы не вошли или сеанс закончился. Ничего не потеряно: войдите и продолжите.
problem-forbidden-title = Недостаточно прав
problem-forbidden = Это действие вашей роли не разрешено. Ничего не изменилось.
problem-fresh_sign_in_needed-title = Войдите ещё раз
problem-fresh_sign_in_needed = Отметки закрытого периода меняют только сразу после входа: так никто не исправит их с оставленного компьютера. Ничего не потеряно: войдите через Госуслуги и отправьте ещё раз.
problem-not_found-title = Не нашлось
problem-not_found = Такой страницы нет, или она не для вас. Проверьте адрес.
problem-method_not_allowed-title = Так нельзя
problem-method_not_allowed = Этот адрес не принимает такой запрос.
problem-conflict-title = Уже изменено
problem-conflict = Пока вы работали, это изменил кто-то другой. Ничего не потеряно: посмотрите, что стоит сейчас, и решите.
problem-invalid-title = Не принято
problem-invalid = В присланном есть ошибка. Ничего не изменилось.
problem-invalid_json-title = Не принято
problem-invalid_json = Тело запроса — не JSON нужного вида. Ничего не изменилось.
problem-invalid_form-title = Не принято
problem-invalid_form = Форма заполнена не полностью. Ничего не изменилось.
problem-too_large-title = Слишком большой запрос
problem-too_large = Запрос больше, чем можно принять. Ничего не изменилось.
problem-cross_site-title = Запрос с чужого сайта
problem-cross_site = Изменения принимаются только со страниц «Моей школы». Ничего не изменилось.
problem-precondition_required-title = Нужна версия
problem-precondition_required = Пришлите заголовок If-Match: по нему видно, что именно вы меняете.
problem-unavailable-title = Сейчас не получается
problem-unavailable = Мы не смогли выполнить запрос. Ничего не потеряно: попробуйте ещё раз через минуту.
problem-way-home = На главную
problem-way-sign-in = Войти через Госуслуги

average-formula = Как посчитано
average-marks = Отметки, которые вошли в расчёт
average-day = День
average-work = Работа
average-mark = Отметка
average-weight = Вес
average-proposed = По правилу получается { $it }. Итоговую отметку ставит учитель.
average-too-few = Для итоговой отметки не хватает: нужно ещё { $count } { $count ->
    [one] отметку
    [few] отметки
   *[many] отметок
}.
average-rounding = Средний балл округляется вверх с { $it }.
average-plain = Все отметки весят одинаково.
average-none = Отметок пока нет, поэтому и среднего балла нет.
what-if = Что если
what-if-explained = Каким станет средний балл, если получить ещё одну отметку с весом 1.
