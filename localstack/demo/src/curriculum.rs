//! What is taught in which grade, in lessons a week: a usual plan after the federal basic one for a five-day load.

/// Who can teach a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Area {
    /// The class's own teacher in grades 1–4.
    Primary,
    Russian,
    English,
    Mathematics,
    Informatics,
    History,
    Geography,
    Biology,
    Chemistry,
    Physics,
    Arts,
    Music,
    Labour,
    Sport,
    Safety,
    /// The deputy head's own lessons.
    Project,
    /// Subjects of the college's professions.
    Profession,
    /// The art school.
    Painting,
}

/// A subject in a plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    /// Part of the ids of courses and groups.
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) area: Area,
    /// Lessons a week.
    pub(crate) hours: usize,
    /// Whether classes of 25 and more are halved.
    pub(crate) halved: bool,
}

const fn whole(code: &'static str, title: &'static str, area: Area, hours: usize) -> Subject {
    Subject {
        code,
        title,
        area,
        hours,
        halved: false,
    }
}

const fn halved(code: &'static str, title: &'static str, area: Area, hours: usize) -> Subject {
    Subject {
        code,
        title,
        area,
        hours,
        halved: true,
    }
}

/// The plan of a grade of the general school.
pub(crate) fn of_grade(grade: u8) -> Vec<Subject> {
    match grade {
        1..=4 => primary(grade),
        5 | 6 => lower(grade),
        7..=9 => middle(grade),
        _ => upper(),
    }
}

fn primary(grade: u8) -> Vec<Subject> {
    let mut plan = vec![
        whole("rus", "Русский язык", Area::Primary, 5),
        whole("read", "Литературное чтение", Area::Primary, 4),
        whole("math", "Математика", Area::Primary, 4),
        whole("world", "Окружающий мир", Area::Primary, 2),
        whole("art", "Изобразительное искусство", Area::Primary, 1),
        whole("music", "Музыка", Area::Music, 1),
        whole("labour", "Труд (технология)", Area::Primary, 1),
        whole(
            "sport",
            "Физическая культура",
            Area::Sport,
            if matches!(grade, 2 | 3) { 3 } else { 2 },
        ),
    ];
    if grade >= 2 {
        plan.push(halved("eng", "Английский язык", Area::English, 2));
    }
    if grade == 4 {
        plan.push(whole(
            "ethics",
            "Основы религиозных культур и светской этики",
            Area::Primary,
            1,
        ));
    }
    plan
}

fn lower(grade: u8) -> Vec<Subject> {
    let mut plan = vec![
        whole(
            "rus",
            "Русский язык",
            Area::Russian,
            if grade == 5 { 5 } else { 6 },
        ),
        whole("lit", "Литература", Area::Russian, 3),
        halved("eng", "Английский язык", Area::English, 3),
        whole("math", "Математика", Area::Mathematics, 5),
        halved("inf", "Информатика", Area::Informatics, 1),
        whole("hist", "История", Area::History, 2),
        whole("geo", "География", Area::Geography, 1),
        whole("bio", "Биология", Area::Biology, 1),
        whole("art", "Изобразительное искусство", Area::Arts, 1),
        whole("music", "Музыка", Area::Music, 1),
        whole("labour", "Труд (технология)", Area::Labour, 2),
        whole("sport", "Физическая культура", Area::Sport, 3),
    ];
    plan.push(match grade {
        5 => whole(
            "culture",
            "Основы духовно-нравственной культуры народов России",
            Area::History,
            1,
        ),
        _ => whole("soc", "Обществознание", Area::History, 1),
    });
    plan
}

fn middle(grade: u8) -> Vec<Subject> {
    let mut plan = vec![
        whole(
            "rus",
            "Русский язык",
            Area::Russian,
            if grade == 9 { 3 } else { 4 },
        ),
        whole("lit", "Литература", Area::Russian, if grade == 9 { 3 } else { 2 }),
        halved("eng", "Английский язык", Area::English, 3),
        whole("alg", "Алгебра", Area::Mathematics, 3),
        whole("geom", "Геометрия", Area::Mathematics, 2),
        whole("prob", "Вероятность и статистика", Area::Mathematics, 1),
        halved("inf", "Информатика", Area::Informatics, 1),
        whole("hist", "История", Area::History, if grade == 9 { 3 } else { 2 }),
        whole("soc", "Обществознание", Area::History, 1),
        whole("geo", "География", Area::Geography, 2),
        whole("phys", "Физика", Area::Physics, if grade == 9 { 3 } else { 2 }),
        whole("bio", "Биология", Area::Biology, 2),
        whole(
            "labour",
            "Труд (технология)",
            Area::Labour,
            if grade == 7 { 2 } else { 1 },
        ),
        whole("sport", "Физическая культура", Area::Sport, 3),
    ];
    if grade == 7 {
        plan.push(whole("art", "Изобразительное искусство", Area::Arts, 1));
    }
    if grade <= 8 {
        plan.push(whole("music", "Музыка", Area::Music, 1));
    }
    if grade >= 8 {
        plan.push(whole("chem", "Химия", Area::Chemistry, 2));
        plan.push(whole(
            "safety",
            "Основы безопасности и защиты Родины",
            Area::Safety,
            1,
        ));
    }
    plan
}

fn upper() -> Vec<Subject> {
    vec![
        whole("rus", "Русский язык", Area::Russian, 2),
        whole("lit", "Литература", Area::Russian, 3),
        halved("eng", "Английский язык", Area::English, 3),
        whole(
            "alg",
            "Алгебра и начала математического анализа",
            Area::Mathematics,
            4,
        ),
        whole("geom", "Геометрия", Area::Mathematics, 3),
        whole("prob", "Вероятность и статистика", Area::Mathematics, 1),
        halved("inf", "Информатика", Area::Informatics, 2),
        whole("hist", "История", Area::History, 2),
        whole("soc", "Обществознание", Area::History, 2),
        whole("geo", "География", Area::Geography, 1),
        whole("phys", "Физика", Area::Physics, 3),
        whole("chem", "Химия", Area::Chemistry, 2),
        whole("bio", "Биология", Area::Biology, 1),
        whole("safety", "Основы безопасности и защиты Родины", Area::Safety, 1),
        whole("sport", "Физическая культура", Area::Sport, 3),
        whole("project", "Индивидуальный проект", Area::Project, 1),
    ]
}

/// The plan of a college group, in double lessons a week, by year of study.
pub(crate) fn of_college(year: u8) -> Vec<Subject> {
    match year {
        1 => vec![
            whole("rus", "Русский язык", Area::Russian, 1),
            whole("lit", "Литература", Area::Russian, 2),
            whole("eng", "Иностранный язык", Area::English, 2),
            whole("math", "Математика", Area::Mathematics, 3),
            whole("inf", "Информатика", Area::Informatics, 2),
            whole("hist", "История", Area::History, 2),
            whole("phys", "Физика", Area::Physics, 2),
            whole("soc", "Обществознание", Area::History, 1),
            whole("sport", "Физическая культура", Area::Sport, 1),
        ],
        _ => vec![
            whole(
                "eng",
                "Иностранный язык в профессиональной деятельности",
                Area::English,
                1,
            ),
            whole("math", "Элементы высшей математики", Area::Mathematics, 2),
            whole(
                "prog",
                "Основы алгоритмизации и программирования",
                Area::Profession,
                3,
            ),
            whole("data", "Основы проектирования баз данных", Area::Profession, 3),
            whole("os", "Операционные системы и среды", Area::Profession, 2),
            whole("net", "Компьютерные сети", Area::Profession, 2),
            whole(
                "law",
                "Правовое обеспечение профессиональной деятельности",
                Area::History,
                1,
            ),
            whole("sport", "Физическая культура", Area::Sport, 1),
        ],
    }
}

/// The plan of a group of the art school.
pub(crate) fn of_art_school() -> Vec<Subject> {
    vec![
        whole("draw", "Рисунок", Area::Painting, 3),
        whole("paint", "Живопись", Area::Painting, 3),
        whole("comp", "Композиция станковая", Area::Painting, 2),
        whole("talks", "Беседы об искусстве", Area::Painting, 1),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekly_load_stays_within_the_norm() {
        // Grade → least and most lessons a week: СанПиН 1.2.3685-21, table 6.6, as the school rules quote it.
        let norms = [
            (1, 20, 21),
            (2, 23, 26),
            (3, 23, 26),
            (4, 23, 26),
            (5, 29, 32),
            (6, 30, 33),
            (7, 32, 35),
            (8, 33, 36),
        ];
        let older = [(9, 33, 36), (10, 34, 37), (11, 34, 37)];
        for (grade, least, most) in norms.into_iter().chain(older) {
            let hours: usize = of_grade(grade).iter().map(|subject| subject.hours).sum();
            assert!((least..=most).contains(&hours), "grade {grade}: {hours}");
        }
    }
}
