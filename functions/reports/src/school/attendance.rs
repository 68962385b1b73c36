//! What was missed in a period, by class and reason.

use model::GroupId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{absence::Absences, share::Share, source::ClassSource};

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ClassAbsences {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// «7А».
    pub(crate) title: String,
    /// Pupils of the period.
    pub(crate) pupils: usize,
    /// What they missed; lessons and days held are summed over the pupils too.
    pub(crate) absences: Absences,
}

impl ClassAbsences {
    /// Which part of the lessons the pupils were at.
    pub(crate) fn attended(&self) -> Share {
        attended(&self.absences)
    }
}

/// The attendance of an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SchoolAttendance {
    /// By year and title.
    pub(crate) classes: Vec<ClassAbsences>,
    /// In all.
    pub(crate) absences: Absences,
}

impl SchoolAttendance {
    pub(crate) fn add(&mut self, class: &ClassSource) {
        let (mut absences, mut pupils) = (Absences::default(), 0);
        for pupil in class.pupils() {
            absences.add(&Absences::of(&class.days(pupil)));
            pupils += 1;
        }
        self.absences.add(&absences);
        self.classes.push(ClassAbsences {
            class: class.class.group.group,
            title: class.class.group.title.clone(),
            pupils,
            absences,
        });
    }

    /// Which part of the lessons the pupils were at.
    pub(crate) fn attended(&self) -> Share {
        attended(&self.absences)
    }
}

fn attended(absences: &Absences) -> Share {
    let held = absences.lessons_held;
    Share::new(held - absences.lessons.total(), held)
}
