//! The publication of a draft: its lessons become the weeks of classes, groups and teachers from a Monday on.
//!
//! A publication that one transaction holds is carried out at once, a larger one by the jobs behind the queue. Every step may
//! be the last one before the process ends and every message may come twice: while a publication is under way its draft
//! stays as it is, what is written already needs no writing any more, and the last transaction says that it is done.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{GroupId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use store::{StoreError, Write};
use timetables::{Owner, Timetable};
use web::Clock;

use super::{
    draft::{Bells, Course, Draft, DraftClass, DraftLesson},
    item::Publication,
    store::DraftStore,
};
use crate::{
    import::{
        ImportStores,
        plan::{self, Change, GroupWeek},
        resolve::{Lesson, Place, Taught, Teacher, order},
        store::transactions,
        weeks::{Holds, plan_weeks},
    },
    item::InstitutionGroups,
};

/// How often a publication is planned anew when an import has written in between.
const ATTEMPTS: u32 = 3;
/// After so many transactions it is noted how far a publication has come.
const NOTED_EVERY: usize = 4;

/// "Go on with the publication of this institution": a message on the queue of the schedules' jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PublishMessage {
    /// Whose draft is being published.
    pub(crate) publish: InstitutionId,
}

/// All that publishing needs.
#[derive(Debug, Clone)]
pub(crate) struct Publisher {
    pub(crate) drafts: DraftStore,
    pub(crate) weeks: ImportStores,
    pub(crate) clock: Clock,
}

/// Whether a publication is sure to fit into one transaction: the week of each class, teacher and group with its earlier
/// version, what the groups feed, the list of groups.
pub(crate) fn is_small(draft: &Draft) -> bool {
    let groups: BTreeSet<GroupId> = draft
        .classes
        .values()
        .flat_map(|class| class.courses.iter().map(|course| course.group))
        .collect();
    let weeks = draft.classes.len() + draft.people().len();
    2 * weeks + 3 * groups.len() < store::Table::MOST_IN_TRANSACTION
}

impl Publisher {
    /// Carries out the publication that is under way at an institution, if one is. Doing it again changes nothing.
    ///
    /// # Errors
    /// The database failed, or imports wrote the same weeks again and again.
    pub(crate) async fn carry_out(&self, institution: InstitutionId) -> Result<(), StoreError> {
        let mut attempt = 1;
        loop {
            let Some((publication, version)) = self.drafts.publication(institution).await? else {
                return Ok(());
            };
            if publication.done {
                return Ok(());
            }
            match self.attempt(publication, version).await {
                Err(StoreError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
                other => return other,
            }
        }
    }

    async fn attempt(&self, mut publication: Publication, mut version: u64) -> Result<(), StoreError> {
        let institution = publication.institution;
        let Some(loaded) = self.drafts.whole(publication.draft).await? else {
            // It was deleted in the moment in which it was sent: nothing is published, and others may.
            publication.done = true;
            self.drafts.note(publication, version).await?;
            return Ok(());
        };
        let bells = self.drafts.bells(institution, publication.from).await?;
        let lists = self.weeks.groups(&[institution]).await?;
        let list = lists.get(&institution);
        let had = list.map(|(list, _)| list.groups.as_slice()).unwrap_or_default();
        let weeks = group_weeks(&loaded.draft, &bells, institution, had);
        let holds = Holds::From(publication.from);
        let planned = plan_weeks(&self.weeks, &weeks, HashMap::new(), holds).await?;
        let mut units = planned.units;
        let groups = weeks.iter().filter(|week| !week.lessons.is_empty());
        let new = InstitutionGroups {
            institution,
            groups: groups.map(|week| week.group).collect(),
        };
        units.push(
            Change::to(new, list)
                .map(Change::write)
                .transpose()?
                .into_iter()
                .collect(),
        );

        let transactions = transactions(units);
        publication.total = publication.written + count(&transactions);
        for (at, transaction) in transactions.into_iter().enumerate() {
            let size = transaction.len() as u64;
            self.weeks.write(vec![transaction]).await?;
            publication.written += size;
            if at % NOTED_EVERY == NOTED_EVERY - 1 {
                publication.touched_at = self.clock.now();
                version = self.drafts.note(publication.clone(), version).await?;
            }
        }
        publication.done = true;
        publication.touched_at = self.clock.now();
        tracing::info!(institution = %institution, writes = publication.written, "timetable published");
        self.drafts.finish(publication, version).await
    }
}

fn count(transactions: &[Vec<Write>]) -> u64 {
    transactions.iter().map(|writes| writes.len() as u64).sum()
}

/// The weeks of all groups of a draft, and empty ones for those that have a week and no lesson any more.
fn group_weeks(draft: &Draft, bells: &Bells, institution: InstitutionId, had: &[GroupId]) -> Vec<GroupWeek> {
    let names: BTreeMap<PersonId, &str> = draft.people().into_iter().collect();
    let mut lessons: BTreeMap<GroupId, (&Course, Vec<Lesson>)> = BTreeMap::new();
    for (course, lesson) in draft.lessons() {
        if let Some(made) = made(course, lesson, bells, &names) {
            let entry = lessons
                .entry(course.group)
                .or_insert_with(|| (course, Vec::new()));
            entry.1.push(made);
        }
    }
    let filled: BTreeSet<GroupId> = lessons.keys().copied().collect();
    let weeks = lessons.into_iter().map(|(group, (course, mut lessons))| {
        lessons.sort_by_key(|lesson| order(&lesson.slot));
        let classes: Vec<_> = course
            .classes
            .iter()
            .copied()
            .filter(|class| *class != group)
            .collect();
        let off = course.grade.map(|grade| plan::off(group, grade, bells.rules()));
        GroupWeek::new((group, institution), &classes, lessons, off.unwrap_or_default())
    });
    let emptied = had
        .iter()
        .filter(|group| !filled.contains(group))
        .map(|group| GroupWeek::empty(*group, institution));
    weeks.chain(emptied).collect()
}

/// The week of a class of a draft, as it would be published; lessons without a bell are not in it.
pub(crate) fn class_week(class: &DraftClass, bells: &Bells, institution: InstitutionId) -> Timetable {
    let names: BTreeMap<PersonId, &str> = class
        .people
        .iter()
        .map(|(id, name)| (*id, name.as_str()))
        .collect();
    let lessons = class.lessons.iter().filter_map(|lesson| {
        let course = class.course(lesson.group)?;
        Some(made(course, lesson, bells, &names)?.slot)
    });
    Timetable::new(Owner::Class(class.class), institution, lessons.collect())
}

/// A lesson as the weeks hold it. One that no bell rings for is a conflict, and what has conflicts is not published.
fn made(
    course: &Course,
    lesson: &DraftLesson,
    bells: &Bells,
    names: &BTreeMap<PersonId, &str>,
) -> Option<Lesson> {
    let bell = bells.rules().bell(lesson.number, course.grade)?;
    let place = Place {
        weekday: lesson.day,
        number: lesson.number,
        cycle: lesson.cycle,
    };
    let taught = Taught {
        group: course.group,
        subject: &course.subject,
        title: &course.title,
    };
    let teachers: Vec<Teacher> = lesson
        .teachers
        .iter()
        .map(|person| Teacher {
            person: *person,
            name: names.get(person).copied().unwrap_or_default().to_owned(),
        })
        .collect();
    let room = bells.buildings().canonical(&lesson.room);
    Some(Lesson::new(place, bell, taught, &teachers, &room))
}
