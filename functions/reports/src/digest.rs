//! What others changed in somebody's journals: as lines to read. Pure.

use std::collections::BTreeMap;

use gradebook::{CellValue, ChangePlace, NotableChange, Term};
use jiff::{Timestamp, ToSpan};
use model::{AcademicPeriod, GroupId, LessonKey, PersonId, ResultMark};
use rosters::{Group, Person};
use serde::Serialize;
use utoipa::ToSchema;

use crate::table::school::moment;

/// So far back the digest looks.
pub(crate) const DAYS: i64 = 14;
/// So many changes of one journal are read for a portion.
pub(crate) const MOST_READ: usize = 100;
/// So many changes a portion shows; those before them are the next portion's.
pub(crate) const MOST_SHOWN: usize = 100;

/// A change by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ForeignChange {
    /// The journal.
    #[schema(value_type = String)]
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя»; empty if the pupil is not known any more.
    pub(crate) name: String,
    /// The lesson of the cell; nothing where a result was changed.
    #[schema(value_type = Option<String>)]
    pub(crate) lesson: Option<LessonKey>,
    /// What stood before: `н`, `4 5`, `б 3 «Принести тетрадь»`.
    pub(crate) before: String,
    /// What stands since.
    pub(crate) after: String,
    /// When.
    #[schema(value_type = String)]
    pub(crate) at: Timestamp,
    /// The same where the group learns, as a page shows it.
    #[serde(skip)]
    pub(crate) shown_at: String,
    /// Who.
    #[schema(value_type = String)]
    pub(crate) by: PersonId,
    /// As they were named then.
    pub(crate) by_name: String,
    /// Why, where a locked period had been opened for it.
    pub(crate) reason: Option<String>,
    /// The page of its history.
    pub(crate) page: Option<String>,
}

/// Some changes of others, and where the ones before them begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Portion {
    /// The last first, without the names of the pupils.
    pub(crate) changes: Vec<ForeignChange>,
    /// Up to where the next portion is read; nothing if there are no more.
    pub(crate) next: Option<ChangePlace>,
}

/// The changes of journals that others than `reader` made, of what was read up to a place: [`MOST_READ`] of each at most.
///
/// Of a journal that was cut nothing is known at and before the last change that was read of it: from there on no journal is
/// shown in this portion, so that the portions together are all changes, each once and in their order.
pub(crate) fn portion(reader: PersonId, journals: &[(Group, Vec<NotableChange>)]) -> Portion {
    let cut = journals.iter().filter(|(_, changes)| changes.len() >= MOST_READ);
    let floor = cut
        .filter_map(|(_, changes)| changes.last())
        .map(NotableChange::place)
        .max();
    let mut found: Vec<(ChangePlace, &Group, &NotableChange)> = journals
        .iter()
        .flat_map(|(group, changes)| {
            let of_others = changes.iter().filter(|change| change.by().0 != reader);
            of_others.map(move |change| (change.place(), group, change))
        })
        .filter(|(place, ..)| floor.as_ref().is_none_or(|floor| floor < place))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0));
    let rest = found.get(MOST_SHOWN).map(|(place, ..)| place.clone());
    if let Some(rest) = &rest {
        // Those of one place stay together.
        found.retain(|(place, ..)| rest < place);
    }
    Portion {
        changes: found
            .into_iter()
            .map(|(_, group, change)| line(group, change))
            .collect(),
        next: rest.or(floor),
    }
}

/// Gives the changes the names of their pupils.
pub(crate) fn name(changes: &mut [ForeignChange], people: &[Person]) {
    let names: BTreeMap<PersonId, String> = people
        .iter()
        .map(|person| (person.person, person.name.short()))
        .collect();
    for change in changes {
        change.name = names.get(&change.pupil).cloned().unwrap_or_default();
    }
}

/// From when on the digest looks.
pub(crate) fn since(now: Timestamp) -> Timestamp {
    now.saturating_sub((DAYS * 24).hours())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

fn line(group: &Group, change: &NotableChange) -> ForeignChange {
    let (by, by_name) = change.by();
    let (lesson, before, after) = match change {
        NotableChange::Cell(cell) => (Some(cell.lesson), shown(&cell.from), shown(&cell.to)),
        NotableChange::Result(result) => (None, result_shown(result.from), result_shown(result.to)),
    };
    ForeignChange {
        journal: group.group,
        subject: group.subject.clone().unwrap_or_else(|| group.title.clone()),
        title: group.title.clone(),
        pupil: change.pupil(),
        name: String::new(),
        lesson,
        before,
        after,
        at: change.at(),
        shown_at: moment(change.at(), &group.zone()),
        by,
        by_name: by_name.to_owned(),
        reason: change.reason().map(str::to_owned),
        page: page(group, change),
    }
}

/// What stands in a cell, as it is written there.
fn shown(value: &CellValue) -> String {
    let attendance = value.attendance.map(|attendance| attendance.short().to_owned());
    let marks = value.marks.iter().map(|mark| mark.mark.short());
    let comment = value.comment.as_ref().map(|comment| format!("«{comment}»"));
    attendance
        .into_iter()
        .chain(marks)
        .chain(comment)
        .collect::<Vec<_>>()
        .join(" ")
}

fn result_shown(result: Option<ResultMark>) -> String {
    result.map(|result| result.to_string()).unwrap_or_default()
}

/// The page of the history, if the period of the change is known.
fn page(group: &Group, change: &NotableChange) -> Option<String> {
    let (journal, pupil) = (group.group, change.pupil());
    match change {
        NotableChange::Cell(cell) => {
            let within = |period: &&AcademicPeriod| period.contains(cell.lesson.date);
            // Of nested periods the shorter one is the journal's.
            let period = group
                .periods
                .iter()
                .filter(within)
                .max_by_key(|period| period.start)?;
            Some(format!(
                "/journals/{journal}/{}/lessons/{}/cells/{pupil}",
                period.id, cell.lesson
            ))
        }
        NotableChange::Result(result) => match &result.term {
            Term::Period(period) => Some(format!("/journals/{journal}/{period}/results/{pupil}")),
            Term::Year => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use gradebook::{CellChange, CellMark, ResultChange};
    use jiff::civil::date;
    use model::{Attendance, GroupKind, InstitutionId, Mark, Publication, Weight, WorkId, WorkKind};

    use super::*;

    fn group() -> Group {
        let period = |id: &str, start, end| AcademicPeriod {
            id: id.parse().expect("a period"),
            title: id.to_owned(),
            start,
            end,
        };
        Group {
            group: GroupId::from_bits(71),
            institution: InstitutionId::from_bits(1),
            kind: GroupKind::Teaching,
            title: "7А".to_owned(),
            subject: Some("Алгебра".to_owned()),
            grade: Some(7),
            classes: vec![],
            periods: vec![
                period("year", date(2026, 9, 1), date(2027, 5, 26)),
                period("2026-q2", date(2026, 11, 9), date(2026, 12, 29)),
            ],
            time_zone: "Europe/Moscow".to_owned(),
        }
    }

    fn cell(by: u128, minute: u8) -> NotableChange {
        let mark = |mark| CellMark {
            work: WorkId::FIRST,
            mark,
            kind: WorkKind::Answer,
            weight: Weight::ONE,
            publication: Publication::AT_ONCE,
        };
        NotableChange::Cell(CellChange {
            journal: GroupId::from_bits(71),
            lesson: LessonKey {
                date: date(2026, 11, 16),
                number: 2,
            },
            pupil: PersonId::from_bits(1_000),
            number: 2,
            at: format!("2026-11-23T10:{minute:02}:00Z")
                .parse()
                .expect("a moment"),
            by: PersonId::from_bits(by),
            by_name: "Лебедев П. И.".to_owned(),
            from: CellValue {
                attendance: Some(Attendance::Late),
                marks: vec![mark(Mark::Grade(4))],
                comment: None,
            },
            to: CellValue {
                attendance: None,
                marks: vec![mark(Mark::Grade(4)), mark(Mark::Pass)],
                comment: Some("Молодец".to_owned()),
            },
            reason: None,
            alert: None,
        })
    }

    #[test]
    fn the_changes_of_others_stand_the_last_first_with_what_was_and_what_is() {
        let own = PersonId::from_bits(1);
        let found = portion(own, &[(group(), vec![cell(2, 1), cell(1, 2), cell(3, 3)])]).changes;
        let by: Vec<_> = found.iter().map(|change| change.by).collect();
        assert_eq!(by, [PersonId::from_bits(3), PersonId::from_bits(2)]);
        assert_eq!(
            (found[0].before.as_str(), found[0].after.as_str()),
            ("о 4", "4 зач «Молодец»")
        );
        let pupil = PersonId::from_bits(1_000);
        let page = format!(
            "/journals/{}/2026-q2/lessons/2026-11-16-02/cells/{pupil}",
            found[0].journal
        );
        assert_eq!(found[0].page, Some(page), "the quarter and not the year");
    }

    #[test]
    fn a_result_leads_to_its_history_and_one_of_the_year_to_none() {
        let result = |term| {
            NotableChange::Result(ResultChange {
                journal: GroupId::from_bits(71),
                year: "2026".to_owned(),
                term,
                pupil: PersonId::from_bits(1_000),
                number: 2,
                at: "2026-11-23T10:00:00Z".parse().expect("a moment"),
                by: PersonId::from_bits(2),
                by_name: "Лебедев П. И.".to_owned(),
                from: Some(ResultMark::Grade(4)),
                to: None,
                proposed: None,
                reason: None,
                attestation: None,
                alert: None,
            })
        };
        let of_period = result(Term::Period("2026-q2".parse().expect("a period")));
        let journals = [(group(), vec![of_period, result(Term::Year)])];
        let mut found = portion(PersonId::from_bits(1), &journals).changes;
        found.sort_by_key(|change| change.page.is_none());
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("4", ""));
        assert!(found[0].page.is_some() && found[1].page.is_none());
    }

    #[test]
    fn the_portions_together_are_all_changes_of_others_each_once_and_in_their_order() {
        // Two journals, one of them with more changes than are read at once, every third one the reader's own.
        let at = |second: usize, by| {
            let mut change = cell(by, 0);
            if let NotableChange::Cell(cell) = &mut change {
                let start: Timestamp = "2026-11-20T10:00:00Z".parse().expect("a moment");
                cell.at = start + jiff::SignedDuration::from_secs(i64::try_from(second).expect("a second"));
            }
            change
        };
        let busy: Vec<_> = (0..350)
            .map(|number| at(number * 2, if number % 3 == 0 { 1 } else { 2 }))
            .collect();
        let quiet: Vec<_> = (0..40).map(|number| at(number * 17, 2)).collect();
        let read = |all: &[NotableChange], until: &Option<ChangePlace>| {
            let before =
                |change: &&NotableChange| until.as_ref().is_none_or(|until| change.place() <= *until);
            let mut found: Vec<_> = all.iter().filter(before).cloned().collect();
            found.sort_by_key(|change| std::cmp::Reverse(change.place()));
            found.truncate(MOST_READ);
            found
        };
        let (mut until, mut seen, mut portions) = (None, vec![], 0);
        loop {
            let journals = [(group(), read(&busy, &until)), (group(), read(&quiet, &until))];
            let portion = portion(PersonId::from_bits(1), &journals);
            assert!(portion.changes.len() <= MOST_SHOWN);
            seen.extend(portion.changes.iter().map(|change| change.at));
            portions += 1;
            match portion.next {
                Some(next) => until = Some(next),
                None => break,
            }
        }
        let mut all: Vec<Timestamp> = busy
            .iter()
            .chain(&quiet)
            .filter(|change| change.by().0 != PersonId::from_bits(1))
            .map(NotableChange::at)
            .collect();
        all.sort_by_key(|at| std::cmp::Reverse(*at));
        assert_eq!(seen, all);
        assert!((3..=8).contains(&portions), "{portions}");
    }
}
