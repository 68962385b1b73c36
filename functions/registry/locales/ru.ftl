crumbs = Путь
moment = { $it } (по Москве)
find = Найти
line = Строка
file = Файл
why = Почему
rows = Строк
in-all = Всего

regions = Регионы
region = Регион
regions-empty = Здесь появятся регионы. Откройте первый: его операторы загрузят данные школ.
regions-empty-own = Здесь появится ваш регион. Если его нет, напишите оператору платформы.
region-new = Открыть регион
region-name = Название
region-code = Код
region-code-hint = Код — латиницей, строчными буквами, например severny-krai. Он входит в адреса и идентификаторы, изменить его потом нельзя.
region-create = Открыть
region-created = Регион открыт

institutions = Организации
institutions-empty = Здесь появятся организации региона. Их список приходит с первым импортом.
institutions-not-found = Таких организаций нет. Проверьте начало названия: ищутся названия, которые начинаются с него.
institutions-more = Показаны первые { $count }. Чтобы найти остальные, введите начало названия.
institution-kind = Вид
institution-starts-with = Название начинается с
kind-all = Все
kinds-preschool = Детские сады
kinds-general = Школы
kinds-vocational = Колледжи
kinds-additional = Дополнительное образование

imports = Импорт
import = Импорт
import-into = Импорт: { $it }
imports-empty = Здесь появятся импорты региона и отчёты о них.
import-when = Когда
import-state = Состояние
import-waiting_for_file = Ждёт файла
import-queued = В очереди
import-running = Идёт
import-done = Выполнен
import-done-refused = { $count ->
    [one] Выполнен, отклонена { $count } строка
    [few] Выполнен, отклонены { $count } строки
   *[other] Выполнен, отклонено { $count } строк
}
import-failed = Не выполнен
import-progress = обработано строк: { $done } из { $total }
import-progress-template = обработано строк: [done] из [total]
import-stays = Страницу можно закрыть: работа идёт без неё, отчёт останется здесь.
import-waits-next = Файл ещё не загружен, или загрузка прервалась. Если файл загружен через API, запустите импорт; иначе начните новый на странице региона.
import-start = Запустить
import-start-again = Запустить ещё раз
import-failed-next = Ничего не изменилось. Исправьте файл и начните новый импорт на странице региона.
import-failure = Файл не принят целиком ({ $it }).
import-failure-entry = Дело в файле архива «{ $it }».
import-failure-bundle-missing = Файл не найден в хранилище: загрузите его ещё раз.
import-failure-archive-unreadable = Это не архив zip, или он повреждён.
import-failure-archive-too-large = Архив больше 32 МБ.
import-failure-archive-too-many-entries = В архиве слишком много файлов.
import-failure-archive-entry-too-large = Один из файлов архива слишком велик после распаковки.
import-failure-archive-total-too-large = Файлы архива вместе слишком велики после распаковки.
import-failure-archive-ratio-too-high = Файл архива подозрительно сильно сжат.
import-failure-archive-unsafe-name = Имя файла в архиве ведёт за его пределы.
import-failure-archive-link = В архиве есть ссылка или особый файл.
import-failure-archive-duplicate = Имена файлов в архиве повторяются.
import-failure-archive-overlap = Архив составлен так, что файлы в нём накладываются.
import-failure-archive-encrypted = Архив зашифрован.
import-failure-manifest-missing = В архиве нет manifest.csv: неизвестно, что означают остальные файлы.
import-failure-manifest-unreadable = Файл manifest.csv не читается.
import-failure-version-unknown = Версия OneRoster не поддерживается: нужна 1.1 или 1.2.

upload = Загрузить данные
upload-file = Архив OneRoster 1.1 или 1.2 (zip)
upload-hint = До 32 МБ. Импорт меняет только то, что названо в файле; повторный импорт того же файла ничего не меняет.
upload-button = Загрузить и импортировать
upload-running = Загрузка: [percent] %
upload-starting = Файл загружен, импорт запускается…
upload-failed = Не получилось: [why] Ничего не изменилось. Нажмите кнопку ещё раз.
upload-noscript = Загрузка файла со страницы требует JavaScript. Без него загрузить можно через API: POST /api/registry/imports, затем PUT файла по полученному адресу, затем POST /api/registry/imports/…/start.

report-caption = Что стало со строками каждого файла
rows-created = Новых
rows-changed = Изменено
rows-kept = Без изменений
rows-refused = Отклонено
refused-caption = Отклонённые строки
warnings = Замечания
file-refused = Файл не принят: { $it }
shown-of = Показано { $shown } из { $count }.
show-more = Показать больше
at-line = Строка { $it }:
in-column = Столбец { $column }: { $what }
timetable-link = Отчёт о расписании (JSON)
timetable-report = Расписание: недель создано [created], изменено [changed], без изменений [kept]; отклонено строк: [refused].
timetable-failed = Расписание не принято: [why].

classes = Классы
classes-empty = Здесь появятся классы и группы. Их список приходит с импортом данных региона.
classes-unusual = Необычные изменения: { $count }
classes-unusual-none = Необычные изменения отметок
year = { $it }-й год обучения
journals-of = Журналы: { $it }
schedule-of = Расписание: { $it }
class-teacher = Классный руководитель
pupils-count = { $count ->
    [one] { $count } ученик
    [few] { $count } ученика
   *[other] { $count } учеников
}
pupils-empty = В классе сейчас никого нет. Список приходит с импортом данных региона.
pupil = Фамилия, имя, отчество
subjects = Предметы
subjects-empty = Здесь появятся предметы класса и те, кто их ведёт.
subject = Предмет
group = Группа
teacher = Учитель

entity-org = организация
entity-academicSession = учебный период
entity-course = курс
entity-class = класс
entity-user = человек
entity-userProfile = учётная запись

reason-value-missing = значения нет, а оно обязательно.
reason-date-invalid = «{ $value }» — не дата вида 2026-09-01.
reason-time-invalid = «{ $value }» — не время вида 08:30.
reason-number-invalid = «{ $value }» — не число от { $from } до { $to }.
reason-word-unknown = слово «{ $value }» неизвестно.
reason-word-unknown-allowed = слово «{ $value }» неизвестно. Можно: { $allowed }.
reason-text-invalid = текст длиннее { $longest } знаков или содержит недопустимые знаки.
reason-dates-reversed = конец ({ $end }) раньше начала ({ $begin }).
reason-cells-too-many = в строке { $cells } значений, а столбцов { $columns }: значения могли сдвинуться.
reason-row-unreadable = строку нельзя прочитать: { $detail }.
reason-duplicate = такой sourcedId уже был в строке { $firstLine }.
reason-reference-missing = { $entity } с sourcedId «{ $id }» не найден(а) ни в файле, ни в реестре.
reason-reference-refused = { $entity } с sourcedId «{ $id }» есть в файле, но отклонён(а).
reason-kind-unsupported = организации вида «{ $value }» в реестре не бывает.
reason-snils-invalid = СНИЛС неверен: не сходится контрольное число или длина.
reason-account-tied = человек уже вошёл через Госуслуги: СНИЛС и дату рождения импорт больше не меняет.
reason-snils-taken = этот СНИЛС записан за другим человеком региона.
reason-out-of-scope = это данные другой организации.
reason-changed-meanwhile = запись изменили во время импорта. Повторите импорт.
reason-columns-missing = нет обязательных столбцов: { $columns }.
reason-column-twice = столбец { $column } встречается дважды.
reason-file-empty = файл пуст, в нём нет даже заголовка.
reason-file-not-text = файл не является текстом.
reason-file-missing = файл указан в manifest.csv, но его нет в архиве.

warning-file-name-case = имя файла записано иначе, чем { $expected }; файл прочитан.
warning-file-undeclared = по manifest.csv файла нет, поэтому он не прочитан.
warning-file-unknown = файл неизвестного вида, не прочитан.
warning-file-not-imported = файл относится к OneRoster, но не импортируется.
warning-manifest-value-empty = у свойства { $property } нет значения; файл прочитан, если он есть.
warning-manifest-value-unknown = значение «{ $value }» свойства { $property } неизвестно.
warning-encoding-windows-1251 = файл в кодировке Windows-1251; прочитан.
warning-column-misspelt = столбец понят как { $expected }.
warning-column-unknown = столбец неизвестен и не прочитан.
warning-column-unnamed = столбец без названия не прочитан.
warning-passwords-ignored = столбец с паролями отброшен непрочитанным, строк: { $rows }.
warning-date-left-out = «{ $value }» — не дата; значение пропущено, строка принята.
warning-reference-left-out = { $entity } с sourcedId «{ $id }» не найден(а); ссылка пропущена, строка принята.
warning-word-left-out = слово «{ $value }» неизвестно; значение пропущено, строка принята.

problem-region_exists-title = Код уже занят
problem-region_exists = Регион с таким кодом уже открыт под другим названием. Ничего не изменилось: выберите другой код.
problem-file_missing-title = Файл не загружен
problem-file_missing = Файла для этого импорта в хранилище ещё нет. Загрузите его и запустите импорт снова.
problem-bundle_too_large-title = Файл слишком велик
problem-bundle_too_large = Принимаются архивы до 32 МБ. Ничего не изменилось: разделите данные на несколько архивов.
problem-idempotency_key_reused-title = Ключ уже использован
problem-idempotency_key_reused = С этим Idempotency-Key уже создан импорт другого региона. Возьмите новый ключ.
problem-field-region_code = Код: от 2 до 32 знаков — строчные латинские буквы, цифры и дефис, первой — буква.
problem-field-region_name = Название: от 1 до 100 знаков.
problem-field-idempotency_key = Idempotency-Key: от 1 до 128 знаков.
problem-field-query = Проверьте адрес страницы: условие поиска не подходит.
class-register = Посещаемость за день
