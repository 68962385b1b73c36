//! Ways between buildings in a draft for which the break is too short. They are told and stop nobody.

use timetables::Timetable;
use ui::Texts;

use super::{
    draft::{Bells, Draft},
    item::DraftHead,
    publication::class_week,
    view::View,
};
use crate::buildings::{ShortWay, Walker, short_ways, written};

/// The short ways of a draft in words. Of a part of it only those that a view shows: of a class or of a teacher.
pub(crate) fn ways(
    texts: Texts<'_>,
    head: &DraftHead,
    draft: &Draft,
    bells: &Bells,
    view: Option<&View>,
) -> Vec<String> {
    let buildings = bells.buildings();
    if !buildings.is_several() || buildings.passage() == 0 {
        return Vec::new();
    }
    let weeks: Vec<(&str, Timetable)> = draft
        .classes
        .values()
        .map(|class| (class.title.as_str(), class_week(class, bells, head.institution)))
        .collect();
    let weeks: Vec<(&str, &Timetable)> = weeks.iter().map(|(title, week)| (*title, week)).collect();
    let is_shown = |way: &&ShortWay| match (view, &way.walker) {
        (None, _) => true,
        (Some(View::Class(class)), Walker::Class(walker, _)) => class == walker,
        (Some(View::Teacher(teacher)), Walker::Teacher(walker, _)) => teacher == walker,
        (Some(_), _) => false,
    };
    let found = short_ways(buildings, &weeks);
    let shown = found.iter().filter(is_shown);
    shown
        .map(|way| written(texts, way, buildings.passage()))
        .collect()
}
