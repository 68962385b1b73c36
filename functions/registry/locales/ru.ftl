crumbs = Путь
moment = { $it } (по Москве)
find = Найти

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

upload = Загрузить данные
upload-file = Архив OneRoster 1.1 или 1.2 (zip)
upload-hint = До 32 МБ. Импорт меняет только то, что названо в файле; повторный импорт того же файла ничего не меняет.
upload-button = Загрузить и импортировать
upload-running = Загрузка: [percent] %
upload-starting = Файл загружен, импорт запускается…
upload-failed = Не получилось: [why] Ничего не изменилось. Нажмите кнопку ещё раз.
upload-noscript = Загрузка файла со страницы требует JavaScript. Без него загрузить можно через API: POST /api/registry/imports, затем PUT файла по полученному адресу, затем POST /api/registry/imports/…/start.

timetable-link = Отчёт о расписании
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
