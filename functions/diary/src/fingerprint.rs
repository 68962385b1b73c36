//! Short numbers by which the diary tells whether a text is still the one that was seen.

/// The FNV-1a hash of some parts, 64 bits. It is kept in the table, so it must be the same in every version of the program:
/// the standard library promises that of none of its own.
pub(crate) fn fingerprint(parts: &[&str]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    // A sign after each part, so that «ab», «c» is not «a», «bc».
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_text_stays_the_same_for_ever() {
        // The published value for the empty input, and ours with the sign after the part.
        assert_eq!(fingerprint(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(&["№ 5"]), 0xc144_4329_0009_5918);
    }

    #[test]
    fn where_one_part_ends_counts() {
        assert_ne!(fingerprint(&["ab", "c"]), fingerprint(&["a", "bc"]));
    }
}
