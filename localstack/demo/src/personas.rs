//! Those whom one can sign in as.

use esia::{Kid, Persona};
use jiff::civil::date;
use model::{PersonName, Sex, Snils};

use crate::{
    people::PersonIndex,
    world::{Org, World},
};

/// Who a persona is, so that programs and tests find the one they need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Teaches algebra, geometry and statistics in 7А; her daughter is in 4Б.
    Teacher,
    /// Mother of a boy in 7А and a girl in the kindergarten.
    Parent,
    /// Father of the same children.
    SecondParent,
    /// Grandmother who represents a boy of 3А by decision of a court.
    Guardian,
    /// The boy in 7А: under 14.
    Child,
    /// A pupil of 9А: over 14.
    Pupil,
    /// Class teacher of 7А.
    ClassTeacher,
    /// Deputy head of the school.
    Deputy,
    /// Head of the school.
    Head,
    /// Administrator of the school's data.
    Administrator,
    /// Represents a supplier of content; not in the region's data.
    Supplier,
    /// Expert of the content library; not in the region's data.
    Expert,
    /// Operator of the region; not in its data.
    RegionOperator,
    /// Operator of the platform; not in the region's data.
    FederalOperator,
    /// An adult whose account is not confirmed.
    Unconfirmed,
    /// A confirmed adult whom no school knows.
    Stranger,
    /// Of the second year at the college, where a pass book is kept.
    Student,
    /// Leads the group of that student, and teaches in it.
    Tutor,
}

impl Part {
    /// Every part, in the order in which they are listed to visitors.
    pub const ALL: [Self; 18] = [
        Self::Teacher,
        Self::Parent,
        Self::SecondParent,
        Self::Guardian,
        Self::Child,
        Self::Pupil,
        Self::ClassTeacher,
        Self::Deputy,
        Self::Head,
        Self::Administrator,
        Self::Supplier,
        Self::Expert,
        Self::RegionOperator,
        Self::FederalOperator,
        Self::Unconfirmed,
        Self::Stranger,
        Self::Student,
        Self::Tutor,
    ];

    const fn description(self) -> &'static str {
        match self {
            Self::Teacher => "учитель математики в 7А и мама ученицы 4Б",
            Self::Parent => "мама: сын в 7А, дочь в детском саду",
            Self::SecondParent => "папа тех же детей",
            Self::Guardian => "опекун по решению суда: внук в 3А",
            Self::Child => "ученик 7А, младше 14 лет",
            Self::Pupil => "ученик 9А, старше 14 лет",
            Self::ClassTeacher => "классный руководитель 7А",
            Self::Deputy => "заместитель директора Школы № 12",
            Self::Head => "директор Школы № 12",
            Self::Administrator => "администратор Школы № 12",
            Self::Supplier => "представитель поставщика материалов",
            Self::Expert => "эксперт библиотеки",
            Self::RegionOperator => "оператор Верхнереченской области",
            Self::FederalOperator => "федеральный оператор",
            Self::Unconfirmed => "взрослый с неподтверждённой учётной записью",
            Self::Stranger => "взрослый, которого не знает ни одна школа",
            Self::Student => "студент второго курса колледжа",
            Self::Tutor => "куратор и преподаватель группы этого студента",
        }
    }
}

/// Account ids of personas start after this one.
const FIRST_OID: u64 = 1_000_300_800;

/// The personas in the order of [`Part::ALL`].
pub(crate) fn all(world: &World) -> Vec<Persona> {
    (1..)
        .zip(Part::ALL)
        .map(|(number, part)| persona(world, part, FIRST_OID + number))
        .collect()
}

fn persona(world: &World, part: Part, oid: u64) -> Persona {
    let persona = match of_region(world, part) {
        Some(person) => {
            let known = world.people.get(person);
            let (name, snils) = (known.name.clone(), known.snils);
            Persona::new(oid, name, known.birth_date, known.sex, snils, part.description())
                .with_kids(kids(world, person, oid))
        }
        None => outsider(part, oid),
    };
    if part == Part::Unconfirmed {
        persona.unconfirmed()
    } else {
        persona
    }
}

/// The person of the region who plays a part; some are of nowhere.
fn of_region(world: &World, part: Part) -> Option<PersonIndex> {
    let notable = &world.notable;
    let class = |title| &world.homerooms[world.homeroom(Org::School, title)];
    let group = || &world.homerooms[world.homeroom(Org::College, "9ИС-151")];
    match part {
        Part::Teacher => Some(notable.teacher),
        Part::Parent => Some(notable.parent),
        Part::SecondParent => Some(notable.second_parent),
        Part::Guardian => Some(notable.guardian),
        Part::Child => Some(child_of(world, notable.parent)),
        Part::Pupil => Some(class("9А").pupils[0]),
        Part::ClassTeacher => Some(class("7А").leaders[0]),
        Part::Deputy => Some(notable.deputy),
        Part::Head => Some(notable.head),
        Part::Administrator => Some(notable.administrator),
        Part::Student => Some(group().pupils[0]),
        Part::Tutor => Some(group().leaders[0]),
        Part::Supplier
        | Part::Expert
        | Part::RegionOperator
        | Part::FederalOperator
        | Part::Unconfirmed
        | Part::Stranger => None,
    }
}

/// Somebody who is not in the region's data. Their СНИЛС come from a range that the region does not use.
fn outsider(part: Part, oid: u64) -> Persona {
    const FIRST_NUMBER: u64 = 50_000_000;
    let (name, birth_date, sex) = match part {
        Part::Supplier => (["Орлов", "Максим", "Андреевич"], date(1984, 3, 17), Sex::Male),
        Part::Expert => (["Раевская", "Елена", "Павловна"], date(1971, 11, 2), Sex::Female),
        Part::RegionOperator => (
            ["Каримова", "Гульнара", "Рустамовна"],
            date(1980, 6, 25),
            Sex::Female,
        ),
        Part::FederalOperator => (["Громов", "Николай", "Ильич"], date(1977, 1, 9), Sex::Male),
        Part::Unconfirmed => (["Белов", "Антон", "Юрьевич"], date(1990, 8, 14), Sex::Male),
        _ => (
            ["Третьякова", "Вера", "Николаевна"],
            date(1965, 4, 30),
            Sex::Female,
        ),
    };
    let [family, given, patronymic] = name.map(str::to_owned);
    let name = PersonName {
        family,
        given,
        patronymic: Some(patronymic),
    };
    let number = u32::try_from(FIRST_NUMBER + (oid - FIRST_OID) * 9_173).unwrap_or(u32::MAX);
    Persona::new(
        oid,
        name,
        birth_date,
        sex,
        Snils::from_number(number),
        part.description(),
    )
}

/// The first child whom an adult represents.
fn child_of(world: &World, adult: PersonIndex) -> PersonIndex {
    let found = world
        .guardianships
        .iter()
        .find(|guardianship| guardianship.adult == adult);
    found.map_or_else(
        || unreachable!("the parent has children"),
        |guardianship| guardianship.child,
    )
}

/// What an adult has declared of their children at Gosuslugi. Appointed guardians declare theirs as well.
fn kids(world: &World, adult: PersonIndex, oid: u64) -> Vec<Kid> {
    let children = world
        .guardianships
        .iter()
        .filter(|guardianship| guardianship.adult == adult);
    (1..)
        .zip(children)
        .map(|(number, guardianship)| {
            let child = world.people.get(guardianship.child);
            Kid {
                id: oid * 10 + number,
                name: child.name.clone(),
                birth_date: child.birth_date,
                sex: child.sex,
                snils: Some(child.snils),
                documents: Vec::new(),
            }
        })
        .collect()
}
