//! What a new region must be.

/// A region's short name and name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewRegion {
    pub(crate) code: String,
    pub(crate) name: String,
}

impl NewRegion {
    /// The most characters of a code; it stands in addresses and goes into every derived id.
    const LONGEST_CODE: usize = 32;
    /// The most characters of a name.
    const LONGEST_NAME: usize = 100;

    /// Reads both; the error is the name of the field at fault.
    pub(crate) fn parse(code: &str, name: &str) -> Result<Self, &'static str> {
        let code = code.trim();
        let fits = (2..=Self::LONGEST_CODE).contains(&code.len())
            && code.starts_with(|first: char| first.is_ascii_lowercase())
            && !code.ends_with('-')
            && code
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-');
        if !fits {
            return Err("region_code");
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=Self::LONGEST_NAME).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err("region_name");
        }
        Ok(Self {
            code: code.to_owned(),
            name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_a_short_code_and_a_name() {
        let region = NewRegion::parse(" severny-krai ", "Северный  край").expect("a region");
        assert_eq!(
            (region.code.as_str(), region.name.as_str()),
            ("severny-krai", "Северный край")
        );
    }

    #[test]
    fn a_wrong_field_is_named() {
        for code in [
            "",
            "a",
            "Край",
            "a b",
            "-north",
            "north-",
            "north|south",
            &"a".repeat(33),
        ] {
            assert_eq!(NewRegion::parse(code, "Край"), Err("region_code"), "{code}");
        }
        for name in ["", "  ", "a\u{7}b", &"я".repeat(101)] {
            assert_eq!(NewRegion::parse("north", name), Err("region_name"), "{name}");
        }
    }
}
