//! Typed positions in the lists of a problem. The caller keeps what they stand for: ids and names.

use serde::{Deserialize, Serialize};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The position as a slice takes it.
            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            /// A position beyond `u32::MAX` becomes `u32::MAX`, which no list reaches and validation refuses.
            fn from(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }
        }
    )+};
}

index! {
    /// A class in [`Problem::classes`](crate::Problem::classes).
    ClassIndex,
    /// A cohort in [`Problem::cohorts`](crate::Problem::cohorts).
    CohortIndex,
    /// A teaching group in [`Problem::groups`](crate::Problem::groups).
    GroupIndex,
    /// A subject: the problem only compares them.
    SubjectIndex,
    /// A teacher in [`Problem::teachers`](crate::Problem::teachers).
    TeacherIndex,
    /// A room in [`Problem::rooms`](crate::Problem::rooms).
    RoomIndex,
    /// A kind or an equipment of rooms: «спортзал», «лаборатория физики».
    FeatureIndex,
    /// A building.
    BuildingIndex,
    /// An activity in [`Problem::activities`](crate::Problem::activities).
    ActivityIndex,
}
