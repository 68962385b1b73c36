//! Subjects, their hours a week and their difficulty.

/// How a class is divided for a subject: the position in the class's divisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Split {
    /// Foreign language.
    Language = 0,
    /// Technology and, in grades 10–11, physical culture: boys and girls.
    Technology = 1,
    /// Informatics.
    Informatics = 2,
}

/// A subject.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Its title.
    pub(crate) title: &'static str,
    /// Who teaches it: subjects of one department share their teachers.
    pub(crate) department: &'static str,
    /// Hours a week in grades 1–11, five-day week.
    hours: [u8; 11],
    /// Hours more in a six-day week.
    more: [u8; 11],
    /// Points on the scale of difficulty in grades 1–11.
    points: [u8; 11],
    /// Whether two hours a week are held as a double.
    pub(crate) is_double: bool,
    split: Option<(Split, u8)>,
}

impl Subject {
    /// Hours a week.
    pub(crate) fn hours(&self, grade: u8, days: u8) -> u8 {
        let at = usize::from(grade - 1);
        self.hours[at] + if days == 6 { self.more[at] } else { 0 }
    }

    /// Points of difficulty.
    pub(crate) fn points(&self, grade: u8) -> u8 {
        self.points[usize::from(grade - 1)]
    }

    /// How the class is divided for it.
    pub(crate) fn split(&self, grade: u8) -> Option<Split> {
        self.split
            .filter(|(_, from)| grade >= *from)
            .map(|(split, _)| split)
    }
}

/// The position of a subject.
pub(crate) fn position(title: &str) -> usize {
    SUBJECTS
        .iter()
        .position(|subject| subject.title == title)
        .expect("the subject is in the list")
}

const fn subject(
    title: &'static str,
    department: &'static str,
    hours: [u8; 11],
    points: [u8; 11],
) -> Subject {
    Subject {
        title,
        department,
        hours,
        more: [0; 11],
        points,
        is_double: false,
        split: None,
    }
}

const fn more(mut subject: Subject, more: [u8; 11]) -> Subject {
    subject.more = more;
    subject
}

const fn split(mut subject: Subject, split: Split, from: u8) -> Subject {
    subject.split = Some((split, from));
    subject
}

const fn double(mut subject: Subject) -> Subject {
    subject.is_double = true;
    subject
}

/// All subjects.
pub(crate) static SUBJECTS: [Subject; 24] = [
    more(
        subject(
            "Русский язык",
            "rus",
            [5, 5, 5, 5, 5, 6, 4, 3, 3, 2, 2],
            [7, 7, 7, 7, 8, 12, 11, 7, 6, 9, 9],
        ),
        [0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1],
    ),
    subject(
        "Литература",
        "rus",
        [4, 4, 4, 4, 3, 3, 2, 2, 3, 3, 3],
        [5, 5, 5, 5, 4, 6, 4, 4, 7, 8, 8],
    ),
    split(
        subject(
            "Иностранный язык",
            "eng",
            [0, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3],
            [0, 7, 7, 7, 9, 11, 10, 8, 9, 8, 8],
        ),
        Split::Language,
        2,
    ),
    more(
        subject(
            "Математика",
            "mat",
            [4, 4, 4, 4, 5, 5, 0, 0, 0, 0, 0],
            [8, 8, 8, 8, 10, 13, 0, 0, 0, 0, 0],
        ),
        [0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
    ),
    more(
        subject(
            "Алгебра",
            "mat",
            [0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3],
            [0, 0, 0, 0, 0, 0, 10, 9, 7, 10, 10],
        ),
        [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0],
    ),
    subject(
        "Геометрия",
        "mat",
        [0, 0, 0, 0, 0, 0, 2, 2, 2, 3, 3],
        [0, 0, 0, 0, 0, 0, 12, 10, 8, 11, 11],
    ),
    subject(
        "Вероятность и статистика",
        "mat",
        [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0, 9, 9, 8, 9, 9],
    ),
    split(
        subject(
            "Информатика",
            "inf",
            [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
            [0, 0, 0, 0, 4, 10, 4, 7, 7, 6, 6],
        ),
        Split::Informatics,
        5,
    ),
    subject(
        "Окружающий мир",
        "pri",
        [2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0],
        [6, 6, 6, 6, 0, 0, 0, 0, 0, 0, 0],
    ),
    more(
        subject(
            "История",
            "his",
            [0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2],
            [0, 0, 0, 0, 5, 8, 6, 8, 10, 5, 5],
        ),
        [0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1],
    ),
    subject(
        "Обществознание",
        "his",
        [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2],
        [0, 0, 0, 0, 6, 9, 9, 5, 5, 5, 5],
    ),
    subject(
        "География",
        "geo",
        [0, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1],
        [0, 0, 0, 0, 7, 7, 6, 6, 5, 3, 3],
    ),
    subject(
        "Биология",
        "bio",
        [0, 0, 0, 0, 1, 1, 1, 2, 2, 1, 1],
        [0, 0, 0, 0, 10, 8, 7, 7, 7, 7, 7],
    ),
    more(
        subject(
            "Физика",
            "phy",
            [0, 0, 0, 0, 0, 0, 2, 2, 3, 3, 3],
            [0, 0, 0, 0, 0, 0, 8, 9, 13, 12, 12],
        ),
        [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
    ),
    subject(
        "Химия",
        "che",
        [0, 0, 0, 0, 0, 0, 0, 2, 2, 1, 1],
        [0, 0, 0, 0, 0, 0, 13, 10, 12, 11, 11],
    ),
    subject(
        "Изобразительное искусство",
        "art",
        [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0],
        [3, 3, 3, 3, 3, 3, 1, 3, 0, 0, 0],
    ),
    subject(
        "Музыка",
        "mus",
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
        [3, 3, 3, 3, 2, 1, 1, 1, 0, 0, 0],
    ),
    double(split(
        subject(
            "Труд (технология)",
            "tec",
            [1, 1, 1, 1, 2, 2, 2, 1, 1, 0, 0],
            [2, 2, 2, 2, 4, 3, 2, 1, 4, 0, 0],
        ),
        Split::Technology,
        5,
    )),
    split(
        subject(
            "Физическая культура",
            "phc",
            [2, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3],
            [1, 1, 1, 1, 3, 4, 2, 2, 2, 1, 1],
        ),
        Split::Technology,
        10,
    ),
    subject(
        "ОБЗР",
        "obz",
        [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
        [0, 0, 0, 0, 1, 2, 3, 3, 3, 2, 2],
    ),
    subject(
        "ОДНКНР",
        "his",
        [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 4, 4, 0, 0, 0, 0, 0],
    ),
    subject(
        "Разговоры о важном",
        "cla",
        [0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1],
        [1; 11],
    ),
    subject(
        "Индивидуальный проект",
        "geo",
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
        [4; 11],
    ),
    more(
        subject("Финансовая грамотность", "his", [0; 11], [5; 11]),
        [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0],
    ),
];
