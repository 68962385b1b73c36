//! Short ways and missing bells in the reader's language.

use ui::Texts;

use super::{ShortWay, WithoutBell};

/// «Иванова А. П., пн: 2-й урок — корп. 1, каб. 214; 3-й урок — корп. 2, каб. 12. Перемена 10 мин, переход 15 мин.»
pub(crate) fn written(texts: Texts<'_>, way: &ShortWay, passage: u8) -> String {
    let day = texts.get(&format!("weekday-short-{}", way.day.number()));
    let place = |(number, room): &(u8, String)| {
        let number = texts.count("planned-number", usize::from(*number));
        format!("{number} — {}", texts.room(room))
    };
    texts.with(
        "buildings-way",
        &[
            ("who", way.walker.name().to_owned().into()),
            ("day", day.into()),
            ("before", place(&way.before).into()),
            ("after", place(&way.after).into()),
            ("pause", way.pause.into()),
            ("passage", passage.into()),
        ],
    )
}

/// «1А: для уроков 5, 6 нет звонков.»
pub(crate) fn without_bell(texts: Texts<'_>, silent: &WithoutBell) -> String {
    let numbers: Vec<String> = silent.numbers.iter().map(u8::to_string).collect();
    texts.with(
        "checks-without-bell",
        &[
            ("class", silent.title.clone().into()),
            ("count", numbers.len().into()),
            ("numbers", numbers.join(", ").into()),
        ],
    )
}
