//! The frame of a page: who looks at it, as whom, and where they can go.

use model::{Role, RolesClaim};

use crate::{Locale, Texts};

/// Who looks at the page, as the frame shows them.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// How the person is addressed: «Ирина Сергеевна».
    pub name: String,
    /// As whom they look.
    pub role: Role,
    /// Their other roles, each once, to switch to.
    pub other_roles: Vec<Role>,
}

impl Viewer {
    /// The viewer with the role chosen, or else the first role that has pages of its own.
    pub fn new(name: String, roles: &RolesClaim, chosen: Option<Role>) -> Option<Self> {
        let held: Vec<Role> = Role::ALL.into_iter().filter(|role| roles.holds(*role)).collect();
        let role = chosen.filter(|role| held.contains(role)).or_else(|| {
            // Work before family, and the whole school before one's own lessons.
            let first = [Role::Deputy, Role::Head, Role::Teacher, Role::Administrator];
            first
                .into_iter()
                .find(|role| held.contains(role))
                .or_else(|| held.first().copied())
        })?;
        Some(Self {
            name,
            role,
            other_roles: held.into_iter().filter(|other| *other != role).collect(),
        })
    }
}

/// A child whom a parent can switch to.
#[derive(Debug, Clone)]
pub struct Child {
    /// The child's given name.
    pub name: String,
    /// Where the child's page is.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
}

/// A place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The message that names it.
    pub key: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Where it is.
    pub href: &'static str,
}

const TODAY: Place = Place {
    key: "place-today",
    icon: "sun",
    href: "/schedules/today",
};
const JOURNALS: Place = Place {
    key: "place-journals",
    icon: "notebook-pen",
    href: "/journals",
};
const DIARY: Place = Place {
    key: "place-diary",
    icon: "book-open",
    href: "/diary",
};
const SCHEDULE: Place = Place {
    key: "place-schedule",
    icon: "calendar-days",
    href: "/schedules",
};
const SUBSTITUTIONS: Place = Place {
    key: "place-substitutions",
    icon: "arrow-left-right",
    href: "/schedules/substitutions",
};
const CLASSES: Place = Place {
    key: "place-classes",
    icon: "users",
    href: "/registry/classes",
};
const CHECKS: Place = Place {
    key: "place-checks",
    icon: "list-checks",
    href: "/schedules/checks",
};
const REPORTS: Place = Place {
    key: "place-reports",
    icon: "chart-column",
    href: "/reports",
};
const REGIONS: Place = Place {
    key: "place-regions",
    icon: "map",
    href: "/registry/regions",
};
const PROFILE: Place = Place {
    key: "place-profile",
    icon: "circle-user",
    href: "/identity/profile",
};

/// What the layout needs. Every page has one in its field `frame`.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The words.
    pub texts: Texts<'a>,
    /// The title of the page, without the platform's name.
    pub title: String,
    /// The address of the page, path and query, to come back to.
    pub path: String,
    /// Where the assets of this version are.
    pub assets: &'a str,
    /// Who looks, when somebody is signed in.
    pub viewer: Option<Viewer>,
    /// A sentence about what has just happened, read out by screen readers.
    pub notice: Option<String>,
}

impl Frame<'_> {
    /// The places of the viewer's role.
    pub fn places(&self) -> &'static [Place] {
        match self.viewer.as_ref().map(|viewer| viewer.role) {
            Some(Role::Pupil | Role::Parent) => &[DIARY, SCHEDULE, PROFILE],
            Some(Role::Teacher) => &[TODAY, JOURNALS, SCHEDULE, REPORTS, PROFILE],
            // Five fit on a phone; the profile stands in the menu of the person too.
            Some(Role::Deputy | Role::Head) => &[CLASSES, SCHEDULE, SUBSTITUTIONS, REPORTS, CHECKS],
            Some(Role::Administrator) => &[CLASSES, SCHEDULE, CHECKS, PROFILE],
            Some(Role::RegionOperator | Role::FederalOperator) => &[REGIONS, PROFILE],
            Some(Role::Supplier | Role::Expert) => &[PROFILE],
            None => &[],
        }
    }

    /// Whether the page is at the place.
    pub fn is_at(&self, place: &Place) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        // The place whose address is the longest start of the page's: «Сегодня» is not also «Расписание».
        let best = self
            .places()
            .iter()
            .filter(|place| path == place.href || path.starts_with(&format!("{}/", place.href)))
            .max_by_key(|place| place.href.len());
        best == Some(place)
    }

    /// The other languages, for the foot of the page.
    pub fn other_locales(&self) -> impl Iterator<Item = Locale> + use<> {
        let current = self.texts.locale;
        Locale::ALL.into_iter().filter(move |locale| *locale != current)
    }
}

#[cfg(test)]
mod tests {
    use model::RoleAt;

    use super::*;

    #[test]
    fn a_teacher_who_is_a_parent_comes_as_a_teacher_and_can_switch() {
        let roles = RolesClaim(vec![
            RoleAt::anywhere(Role::Parent),
            RoleAt::anywhere(Role::Teacher),
        ]);
        let viewer = Viewer::new("Ирина Сергеевна".to_owned(), &roles, None).expect("a viewer");
        assert_eq!(
            (viewer.role, viewer.other_roles),
            (Role::Teacher, vec![Role::Parent])
        );
        let viewer = Viewer::new(String::new(), &roles, Some(Role::Parent)).expect("a viewer");
        assert_eq!(viewer.role, Role::Parent);
    }

    #[test]
    fn a_role_that_is_not_held_cannot_be_chosen() {
        let roles = RolesClaim(vec![RoleAt::anywhere(Role::Parent)]);
        let viewer = Viewer::new(String::new(), &roles, Some(Role::Head)).expect("a viewer");
        assert_eq!(viewer.role, Role::Parent);
    }
}
