identity-sign-in-title = Вход
identity-sign-in-heading = Дневник, журнал и расписание — в одном месте
identity-sign-in-first = Чтобы открыть эту страницу, войдите.
identity-sign-in-button = Войти через Госуслуги
identity-sign-in-next = Вы перейдёте на Госуслуги, подтвердите вход и вернётесь сюда.
identity-under-14-summary = Если ученику ещё нет 14 лет
identity-under-14 = Учётную запись ребёнка на Госуслугах создаёт родитель или другой законный представитель — в своём личном кабинете, в разделе о детях. После этого ребёнок входит сюда сам, той же кнопкой.
identity-from-14 = С 14 лет ученик регистрируется на Госуслугах самостоятельно.

identity-signed-in-title = Вы вошли
identity-signed-in = Закройте эту вкладку, вернитесь в прежнюю и отправьте форму ещё раз: всё, что вы ввели, осталось там.

identity-try-again = Войти ещё раз
identity-refused-stale-title = Вход не завершён
identity-refused-stale = Этот вход начат слишком давно, в другом браузере или уже закончен. Ничего не потеряно: начните вход ещё раз. Если это повторяется, разрешите браузеру сохранять файлы cookie.
identity-refused-declined-title = Вы не вошли
identity-refused-declined = Госуслуги не подтвердили вход: вы отказались или вышло время. Ничего не потеряно, попробуйте ещё раз.
identity-refused-untrusted-title = Вход не удался
identity-refused-untrusted = Ответ не прошёл проверку или срок его действия истёк. Ничего не потеряно: начните вход ещё раз.
identity-refused-not-anew-title = Нужен новый вход
identity-refused-not-anew = Чтобы продолжить, войдите через Госуслуги ещё раз: прежний вход для этого не годится. Ничего не потеряно. Если это повторяется, выйдите из Госуслуг и начните снова.
identity-refused-unavailable-title = Сейчас войти не получается
identity-refused-unavailable = Служба входа не ответила. Ничего не потеряно: попробуйте ещё раз через минуту.

identity-sign-out-title = Выйти из «Моей школы»?
identity-sign-out = Вы выйдете здесь и на Госуслугах в этом браузере. На чужом или общем компьютере выходите всегда.
identity-sign-out-button = Выйти
identity-sign-out-stay = Остаться
identity-signing-out-title = Вы вышли из «Моей школы»
identity-signing-out = Осталось выйти на Госуслугах: сейчас страница сменится сама. Если нет, нажмите кнопку.
identity-signing-out-button = Выйти на Госуслугах
identity-signed-out-title = Вы вышли
identity-signed-out = Следующий человек за этим компьютером не увидит ваших страниц.
identity-sign-in-again = Войти снова

identity-roles = Кто вы здесь
identity-role-current = сейчас
identity-no-roles = Школы, в которой вы учитесь или работаете, и детей, которых вы представляете, здесь пока нет. Они появятся, когда школа внесёт вас в списки. Если вы уверены, что внесла, попросите её проверить ваш СНИЛС и дату рождения, а затем выйдите и войдите снова.
identity-unconfirmed = Ваша учётная запись на Госуслугах не подтверждена, поэтому дети из неё здесь не видны. Подтвердите её в банке или МФЦ и войдите снова.
identity-children =
    { $count ->
        [one] { $count } ребёнок
        [few] { $count } ребёнка
       *[many] { $count } детей
    }
identity-child-without-class = Сейчас ни в каком классе
identity-known-from-school = Что вы представитель ребёнка, подтвердила школа
identity-known-from-gosuslugi = Что вы представитель ребёнка, известно из Госуслуг
identity-language = Язык
identity-language-label = Язык страниц
identity-language-save = Сохранить

problem-field-role = Такой роли нет.
problem-field-language = Такого языка пока нет.
