//! From which side the editor shows a draft: a class, a teacher or a room. Its address says so, so that every view can be
//! linked to.

use model::{GroupId, PersonId};
use serde::Deserialize;

use super::draft::{Draft, DraftLesson};

/// A view as an address names it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct ViewQuery {
    class: Option<GroupId>,
    teacher: Option<PersonId>,
    room: Option<String>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum View {
    Class(GroupId),
    Teacher(PersonId),
    Room(String),
}

impl ViewQuery {
    /// The view that is named, if one is.
    pub(crate) fn view(&self) -> Option<View> {
        if let Some(class) = self.class {
            return Some(View::Class(class));
        }
        let teacher = self.teacher.map(View::Teacher);
        teacher.or_else(|| self.room.clone().filter(|room| !room.is_empty()).map(View::Room))
    }
}

impl View {
    /// The view as the query of an address.
    pub(crate) fn query(&self) -> String {
        let (name, value) = match self {
            Self::Class(class) => ("class", class.to_string()),
            Self::Teacher(teacher) => ("teacher", teacher.to_string()),
            Self::Room(room) => ("room", room.clone()),
        };
        form_urlencoded::Serializer::new(String::new())
            .append_pair(name, &value)
            .finish()
    }

    /// The view of a query, for forms that come back to where they were.
    pub(crate) fn of_query(query: &str) -> Option<Self> {
        let mut asked = ViewQuery::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "class" => asked.class = value.parse().ok(),
                "teacher" => asked.teacher = value.parse().ok(),
                "room" => asked.room = Some(value.into_owned()),
                _ => {}
            }
        }
        asked.view()
    }

    /// The lessons that it shows.
    pub(crate) fn lessons<'d>(&self, draft: &'d Draft) -> Vec<&'d DraftLesson> {
        let mut lessons: Vec<&DraftLesson> = match self {
            Self::Class(class) => draft
                .classes
                .get(class)
                .map(|class| class.lessons.iter().collect())
                .unwrap_or_default(),
            Self::Teacher(teacher) => draft
                .lessons()
                .map(|(_, lesson)| lesson)
                .filter(|lesson| lesson.teachers.contains(teacher))
                .collect(),
            Self::Room(room) => draft
                .lessons()
                .map(|(_, lesson)| lesson)
                .filter(|lesson| lesson.room == *room)
                .collect(),
        };
        lessons.sort_by_key(|lesson| lesson.order());
        lessons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_reads_back_from_its_address() {
        for view in [
            View::Class(GroupId::from_bits(1)),
            View::Teacher(PersonId::from_bits(2)),
            View::Room("Спортзал & бассейн".to_owned()),
        ] {
            assert_eq!(View::of_query(&view.query()), Some(view));
        }
        assert_eq!(View::of_query("room="), None);
    }
}
