//! Bells and days off of the institutions.

use std::collections::{BTreeMap, BTreeSet};

use bundles::{
    Warning, WarningCode,
    oneroster::FileKind,
    timetable::{BellRow, DayOffRow},
};
use model::{DayOff, InstitutionCalendar, InstitutionId};

use super::{Known, Resolved, count, missing, refuse};
use crate::{
    buildings::Building,
    calendar::{Regime, written_grades},
    import::rows::Rows,
    item::{BellRule, GradeDayOff, InstitutionRules},
};

/// Rules and calendars of every institution that a row names, be it by one of its groups.
pub(super) fn resolve(rows: &mut Rows, known: &Known, resolved: &mut Resolved) {
    let bells = bells(rows, known);
    let days_off = days_off(rows, known);
    let of_groups = rows
        .timetable
        .iter()
        .filter_map(|row| known.groups.get(&known.group_id(&row.row.class)));
    let mut institutions: BTreeSet<InstitutionId> = of_groups.map(|group| group.institution).collect();
    institutions.extend(bells.keys().chain(days_off.keys()));
    let (bells_whole, days_whole) = (rows.is_whole(FileKind::Bells), rows.is_whole(FileKind::DaysOff));
    for id in institutions {
        let Some(institution) = known.institutions.get(&id) else {
            continue;
        };
        let mut rules = known
            .rules
            .get(&id)
            .cloned()
            .unwrap_or_else(|| InstitutionRules::none(id));
        let mut calendar = known
            .calendars
            .get(&id)
            .cloned()
            .unwrap_or_else(|| InstitutionCalendar {
                time_zone: String::new(),
                days_off: Vec::new(),
            });
        calendar.time_zone.clone_from(&institution.time_zone);
        if let Some(new) = bells.get(&id) {
            replace_bells(&mut rules, new, bells_whole);
            let report = rows.report.file(FileKind::Bells.name());
            for regime in staying(&rules, new) {
                report.warn(stays(&institution.name, &regime));
            }
        }
        learn_buildings(&mut rules, rows, known);
        if let Some(new) = days_off.get(&id) {
            replace_days(&mut rules, &mut calendar, new, days_whole);
        }
        resolved.in_force.insert(id, rules.as_of(known.today));
        resolved.rules.insert(id, rules);
        resolved.calendars.insert(id, calendar);
    }
}

/// Buildings that the rows of an institution name and nobody has put in yet come in, in the order of the file; those that
/// cannot, since there are too many or the name is no building's, are refused with their rows.
fn learn_buildings(rules: &mut InstitutionRules, rows: &Rows, known: &Known) {
    for located in &rows.timetable {
        let Some(short) = located.row.building.clone() else {
            continue;
        };
        let group = known.groups.get(&known.group_id(&located.row.class));
        if group.is_none_or(|group| group.institution != rules.institution) {
            continue;
        }
        let building = Building {
            short,
            name: String::new(),
            address: String::new(),
        };
        // One that is known already is refused here, which is all that is wanted.
        let _known_or_refused = building
            .parse()
            .and_then(|building| rules.buildings.put(None, building, &[]));
    }
}

fn bells(rows: &mut Rows, known: &Known) -> BTreeMap<InstitutionId, Vec<BellRule>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for located in &rows.bells {
        let BellRow {
            org,
            shift,
            grades,
            lesson,
            start,
            end,
        } = &located.row;
        let id = known.institution_id(org);
        if !known.institutions.contains_key(&id) {
            let fault = missing("orgSourcedId", FileKind::Orgs, org);
            refuse(&mut rows.report, FileKind::Bells, located.line, org, fault);
            continue;
        }
        let bell = BellRule {
            shift: *shift,
            number: *lesson,
            grades: grades.clone(),
            from: None,
            start: *start,
            end: *end,
        };
        let stored = known
            .rules
            .get(&id)
            .and_then(|rules| rules.bells.iter().find(|old| same_bell(old, &bell)));
        count(rows.report.file(FileKind::Bells.name()), stored, &bell);
        found.entry(id).or_default().push(bell);
    }
    found
}

fn same_bell(one: &BellRule, other: &BellRule) -> bool {
    (one.shift, one.number, &one.grades, one.from) == (other.shift, other.number, &other.grades, other.from)
}

/// The file speaks for the bells that always hold; those from a date are set by people.
fn replace_bells(rules: &mut InstitutionRules, new: &[BellRule], whole: bool) {
    rules
        .bells
        .retain(|old| old.from.is_some() || !whole && !new.iter().any(|bell| same_bell(old, bell)));
    rules.bells.extend_from_slice(new);
    rules.bells.sort();
}

/// The regimes set by people that go before imported bells from their day on: of the same shift, for all or for one of the
/// years of study that the imported bells name.
fn staying(rules: &InstitutionRules, new: &[BellRule]) -> Vec<Regime> {
    let covers = |regime: &Regime, bell: &BellRule| {
        let of_one = regime.grades.iter().any(|grade| bell.grades.contains(grade));
        of_one || regime.grades.is_empty() && bell.grades.is_empty() && regime.shift == bell.shift
    };
    let dated = Regime::all(rules)
        .into_iter()
        .filter(|regime| regime.from.is_some());
    dated
        .filter(|regime| new.iter().any(|bell| covers(regime, bell)))
        .collect()
}

/// The remark about such a regime.
fn stays(institution: &str, regime: &Regime) -> Warning {
    let from = regime.from.map(|from| from.to_string()).unwrap_or_default();
    let grades = match regime.grades.as_slice() {
        [] => "none".to_owned(),
        grades => written_grades(grades),
    };
    Warning::new(WarningCode::RegimeStays)
        .with("institution", institution)
        .with("shift", if regime.shift == 1 { "first" } else { "second" })
        .with("grades", grades)
        .with("since", from)
}

/// The days off that rows give an institution.
#[derive(Default)]
struct Days {
    all: Vec<DayOff>,
    of_grades: Vec<GradeDayOff>,
}

fn days_off(rows: &mut Rows, known: &Known) -> BTreeMap<InstitutionId, Days> {
    let mut found: BTreeMap<_, Days> = BTreeMap::new();
    for located in &rows.days_off {
        let DayOffRow {
            org,
            date,
            title,
            kind,
            grades,
        } = &located.row;
        let id = known.institution_id(org);
        if !known.institutions.contains_key(&id) {
            let fault = missing("orgSourcedId", FileKind::Orgs, org);
            refuse(&mut rows.report, FileKind::DaysOff, located.line, org, fault);
            continue;
        }
        let day = DayOff {
            date: *date,
            title: title.clone(),
            kind: *kind,
        };
        let report = rows.report.file(FileKind::DaysOff.name());
        let days = found.entry(id).or_default();
        if grades.is_empty() {
            let stored = known
                .calendars
                .get(&id)
                .and_then(|calendar| calendar.day_off(*date));
            count(report, stored, &day);
            days.all.push(day);
        } else {
            let off = GradeDayOff {
                day,
                grades: grades.clone(),
            };
            let rules = known.rules.get(&id);
            count(
                report,
                rules.and_then(|rules| rules.grade_days_off.iter().find(|old| same_day(old, &off))),
                &off,
            );
            days.of_grades.push(off);
        }
    }
    found
}

fn same_day(one: &GradeDayOff, other: &GradeDayOff) -> bool {
    (one.day.date, &one.grades) == (other.day.date, &other.grades)
}

/// The file speaks for the span from its first day to its last; with a refused row only for the days that it names.
fn replace_days(rules: &mut InstitutionRules, calendar: &mut InstitutionCalendar, new: &Days, whole: bool) {
    let dates = || {
        new.all
            .iter()
            .map(|day| day.date)
            .chain(new.of_grades.iter().map(|off| off.day.date))
    };
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
        return;
    };
    let in_span = |day: &DayOff| whole && (first..=last).contains(&day.date);
    calendar
        .days_off
        .retain(|old| !in_span(old) && !new.all.iter().any(|day| day.date == old.date));
    calendar.days_off.extend_from_slice(&new.all);
    calendar.days_off.sort_by_key(|day| day.date);
    rules
        .grade_days_off
        .retain(|old| !in_span(&old.day) && !new.of_grades.iter().any(|off| same_day(old, off)));
    rules.grade_days_off.extend_from_slice(&new.of_grades);
    rules
        .grade_days_off
        .sort_by(|one, other| (one.day.date, &one.grades).cmp(&(other.day.date, &other.grades)));
}
