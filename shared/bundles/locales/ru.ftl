report-line = Строка
report-file = Файл
report-why = Почему
report-rows = Строк
report-in-all = Всего
report-caption = Что стало со строками каждого файла
report-rows-created = Новых
report-rows-changed = Изменено
report-rows-kept = Без изменений
report-rows-refused = Отклонено
report-refused = Отклонённые строки
report-warnings = Замечания
report-file-refused = Файл не принят: { $it }
report-shown-of = Показано { $shown } из { $count }.
report-show-more = Показать больше
report-at-line = Строка { $it }:
report-in-column = Столбец { $column }: { $what }
report-outcome = Итог
report-count = Сколько
report-outcome-refused = отклонена
report-outcome-warning = замечание
report-outcome-failed = файл не принят
report-outcome-rest = ещё, без подробностей

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
warning-regime-stays = { $institution }: { $grades ->
    [none] общие звонки
   *[other] звонки для параллелей { $grades }
}{ $shift ->
    [first] {""}
   *[other] , 2-я смена
}, заданные на странице звонков и действующие с { $since }, остались в силе: с этого дня загруженные не применяются.
