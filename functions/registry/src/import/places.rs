//! Institutions, sessions, courses, classes and teaching groups that a bundle wants.

use std::collections::{BTreeMap, HashMap};

use bundles::{
    Bundle, Reason, ReasonCode,
    oneroster::{Class, FileKind, Located, OrgType, SessionType, SourcedId},
};
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PeriodId};
use rosters::{ClassTeaching, Group, Institution};

use super::{
    change::{RowRef, Wanted},
    item::{SourceCourse, SourceSession},
    known::{Known, Place},
    tally::Tally,
};

/// The zone of institutions that name none.
const DEFAULT_ZONE: &str = "Europe/Moscow";

/// What a bundle wants of places, and what later steps look up.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) institutions: BTreeMap<InstitutionId, Wanted<Institution>>,
    pub(crate) sessions: Vec<Wanted<SourceSession>>,
    pub(crate) courses: Vec<Wanted<SourceCourse>>,
    pub(crate) groups: BTreeMap<GroupId, Wanted<Group>>,
    pub(crate) teachings: Vec<Wanted<ClassTeaching>>,
    /// Classes that the bundle takes out of use.
    pub(crate) closed: BTreeMap<GroupId, RowRef>,
}

impl Places {
    pub(crate) fn of(bundle: &Bundle, place: &Place, known: &Known, tally: &mut Tally) -> Self {
        let mut places = Self::default();
        places.want_institutions(bundle, place, tally);
        places.want_sources(bundle, place);
        places.want_groups(bundle, place, known, tally);
        places
    }

    /// The institution of an id, wanted or stored.
    pub(crate) fn institution<'a>(&'a self, known: &'a Known, id: InstitutionId) -> Option<&'a Institution> {
        self.institutions
            .get(&id)
            .map(|wanted| &wanted.record)
            .or_else(|| known.institutions.get(&id))
    }

    /// The group of an id, wanted or stored.
    pub(crate) fn group<'a>(&'a self, known: &'a Known, id: GroupId) -> Option<&'a Group> {
        self.groups
            .get(&id)
            .map(|wanted| &wanted.record)
            .or_else(|| known.groups.get(&id))
    }

    fn want_institutions(&mut self, bundle: &Bundle, place: &Place, tally: &mut Tally) {
        for org in &bundle.orgs {
            let row = RowRef {
                file: FileKind::Orgs,
                line: org.line,
            };
            match org.row.org_type {
                OrgType::School if org.row.base.is_active() => {
                    let institution = place.institution(&org.row.base.sourced_id);
                    let record = Institution {
                        institution,
                        region: place.region,
                        kind: org.row.kind,
                        name: org.row.name.clone(),
                        time_zone: org
                            .row
                            .time_zone
                            .clone()
                            .unwrap_or_else(|| DEFAULT_ZONE.to_owned()),
                    };
                    self.institutions.insert(
                        institution,
                        Wanted {
                            record,
                            rows: vec![row],
                        },
                    );
                }
                OrgType::Department => {
                    let reason = Reason::new(ReasonCode::KindUnsupported).with("value", "department");
                    tally.refuse(row, Some("type"), reason);
                }
                // Districts and the like only order institutions; an institution out of use keeps its history.
                _ => {}
            }
        }
    }

    fn want_sources(&mut self, bundle: &Bundle, place: &Place) {
        self.sessions = bundle
            .sessions
            .iter()
            .map(|session| Wanted {
                record: SourceSession {
                    region: place.region,
                    sourced_id: session.row.base.sourced_id.to_string(),
                    title: session.row.title.clone(),
                    is_year: session.row.session_type == SessionType::SchoolYear,
                    start: session.row.start,
                    end: session.row.end,
                },
                rows: vec![RowRef {
                    file: FileKind::AcademicSessions,
                    line: session.line,
                }],
            })
            .collect();
        self.courses = bundle
            .courses
            .iter()
            .map(|course| Wanted {
                record: SourceCourse {
                    region: place.region,
                    sourced_id: course.row.base.sourced_id.to_string(),
                    subject: course.row.subjects.first().unwrap_or(&course.row.title).clone(),
                },
                rows: vec![RowRef {
                    file: FileKind::Courses,
                    line: course.line,
                }],
            })
            .collect();
    }

    fn want_groups(&mut self, bundle: &Bundle, place: &Place, known: &Known, tally: &mut Tally) {
        let sessions: HashMap<String, SourceSession> = known
            .sessions
            .clone()
            .into_iter()
            .chain(
                self.sessions
                    .iter()
                    .map(|wanted| (wanted.record.sourced_id.clone(), wanted.record.clone())),
            )
            .collect();
        let courses: HashMap<&str, &SourceCourse> = known
            .courses
            .values()
            .chain(self.courses.iter().map(|wanted| &wanted.record))
            .map(|course| (course.sourced_id.as_str(), course))
            .collect();
        let mut wanted = Vec::new();
        for class in &bundle.classes {
            let row = RowRef {
                file: FileKind::Classes,
                line: class.line,
            };
            let Some(institution) = self.institution(known, place.institution(&class.row.school)) else {
                tally.refuse(
                    row,
                    Some("schoolSourcedId"),
                    refused(FileKind::Orgs, &class.row.school),
                );
                continue;
            };
            let subject = courses
                .get(class.row.course.as_str())
                .map(|course| course.subject.clone());
            let group = group_of(&class.row, place, institution, subject, &sessions);
            if class.row.base.is_active() {
                wanted.push((row, group, class));
            } else {
                self.closed.insert(group.group, row);
            }
        }
        for (row, group, class) in wanted {
            self.want_teachings(row, &group, class);
            self.groups.insert(
                group.group,
                Wanted {
                    record: group,
                    rows: vec![row],
                },
            );
        }
    }

    fn want_teachings(&mut self, row: RowRef, group: &Group, class: &Located<Class>) {
        if class.row.kind == GroupKind::Class {
            return;
        }
        self.teachings.extend(group.classes.iter().map(|class| Wanted {
            record: ClassTeaching {
                class: *class,
                group: group.group,
                subject: group.subject.clone().unwrap_or_default(),
                title: group.title.clone(),
                teachers: Vec::new(),
            },
            rows: vec![row],
        }));
    }
}

/// The reason for a row that names something which was refused.
pub(crate) fn refused(file: FileKind, id: &SourcedId) -> Reason {
    Reason::new(ReasonCode::ReferenceRefused)
        .with("entity", file.entity())
        .with("id", id)
}

fn group_of(
    class: &Class,
    place: &Place,
    institution: &Institution,
    course: Option<String>,
    sessions: &HashMap<String, SourceSession>,
) -> Group {
    let subject = class.subjects.first().cloned().or(course);
    Group {
        group: place.group(&class.base.sourced_id),
        institution: institution.institution,
        kind: class.kind,
        title: class.title.clone(),
        subject: subject.filter(|_| class.kind == GroupKind::Teaching),
        grade: class.grade(),
        classes: class
            .homerooms
            .iter()
            .map(|homeroom| place.group(homeroom))
            .collect(),
        periods: periods_of(&class.terms, sessions),
        time_zone: institution.time_zone.clone(),
    }
}

/// The periods at whose ends results are given, by time. A year counts only where nothing shorter is named.
fn periods_of(terms: &[SourcedId], sessions: &HashMap<String, SourceSession>) -> Vec<AcademicPeriod> {
    let named: Vec<&SourceSession> = terms
        .iter()
        .filter_map(|term| sessions.get(term.as_str()))
        .collect();
    let has_parts = named.iter().any(|session| !session.is_year);
    let mut periods: Vec<AcademicPeriod> = named
        .into_iter()
        .filter(|session| !(has_parts && session.is_year))
        .filter_map(|session| {
            Some(AcademicPeriod {
                id: period_id(&session.sourced_id)?,
                title: session.title.clone(),
                start: session.start,
                end: session.end,
            })
        })
        .collect();
    periods.sort_by(|one, other| (one.start, one.end, &one.id).cmp(&(other.start, other.end, &other.id)));
    periods.dedup_by(|one, other| one.id == other.id);
    periods
}

/// A session's id as a period is named in addresses: as it is where it fits, else spelt with what fits and told apart by a
/// hash of the whole.
fn period_id(sourced_id: &str) -> Option<PeriodId> {
    if let Ok(id) = sourced_id.parse() {
        return Some(id);
    }
    let fits = |symbol: char| {
        if symbol.is_ascii_alphanumeric() {
            symbol.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let spelt: String = sourced_id.chars().map(fits).take(24).collect();
    let hash = GroupId::derived("period", sourced_id).to_string().to_lowercase();
    format!("{spelt}-{}", &hash[hash.len() - 10..]).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_keeps_its_sources_name_where_addresses_can_bear_it() {
        let named = |id| period_id(id).map(|id| id.to_string()).unwrap_or_default();
        assert_eq!(named("2026-q2"), "2026-q2");
        assert!(named("ACAD_SESS_1").starts_with("acad-sess-1-"));
        assert_ne!(named("Четверть 1"), named("Четверть 2"));
    }
}
