//! Russian names: given names of three generations, patronymics from fathers, family names that agree by sex.

mod family;
mod given;

use model::Sex;

use self::{
    family::{ADJECTIVES, REGULAR, UNCHANGING},
    given::{BOYS, FATHERS, GIRLS, WOMEN},
};
use crate::random::Chance;

/// A family's name for men and for women.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FamilyName {
    man: String,
    woman: String,
}

impl FamilyName {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        match chance.below(100) {
            0..6 => {
                let (man, woman) = chance.pick(ADJECTIVES);
                Self {
                    man: man.to_owned(),
                    woman: woman.to_owned(),
                }
            }
            6..11 => {
                let same = chance.pick(UNCHANGING).to_owned();
                Self {
                    man: same.clone(),
                    woman: same,
                }
            }
            _ => Self::regular(chance.pick(REGULAR)),
        }
    }

    /// A name on -ов, -ев or -ин.
    pub(crate) fn regular(man: &str) -> Self {
        Self {
            man: man.to_owned(),
            woman: format!("{man}а"),
        }
    }

    pub(crate) fn of(&self, sex: Sex) -> &str {
        match sex {
            Sex::Female => &self.woman,
            Sex::Male => &self.man,
        }
    }
}

/// The patronymic of the child of a father with a given name.
pub(crate) fn patronymic(father: &str, sex: Sex) -> Option<&'static str> {
    let (_, son, daughter) = FATHERS.iter().find(|(name, _, _)| *name == father)?;
    Some(match sex {
        Sex::Female => daughter,
        Sex::Male => son,
    })
}

/// A given name of somebody who is grown up.
pub(crate) fn adult(chance: &mut Chance, sex: Sex) -> &'static str {
    match sex {
        Sex::Female => chance.pick(WOMEN),
        Sex::Male => chance.pick(FATHERS).0,
    }
}

/// A given name of somebody who is at school now.
pub(crate) fn child(chance: &mut Chance, sex: Sex) -> &'static str {
    match sex {
        Sex::Female => chance.pick(GIRLS),
        Sex::Male => chance.pick(BOYS),
    }
}

/// A man's name that gives patronymics.
pub(crate) fn father(chance: &mut Chance) -> &'static str {
    chance.pick(FATHERS).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patronymics_and_family_names_agree_by_sex() {
        assert_eq!(patronymic("Илья", Sex::Female), Some("Ильинична"));
        assert_eq!(patronymic("Никита", Sex::Male), Some("Никитич"));
        assert_eq!(FamilyName::regular("Соловьёв").of(Sex::Female), "Соловьёва");
    }

    #[test]
    fn lists_name_nobody_twice() {
        for list in [WOMEN, BOYS, GIRLS, REGULAR, UNCHANGING] {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            let count = sorted.len();
            sorted.dedup();
            assert_eq!(sorted.len(), count);
        }
    }
}
