//! A chart of bars: where they stand. Pure; the page draws it as SVG beside the table that says the same.

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// What it is of, as it fits beside the bar.
    pub(crate) label: String,
    /// Its value as people read it.
    pub(crate) shown: String,
    /// Its upper edge.
    pub(crate) y: u64,
    /// Its length.
    pub(crate) length: u64,
}

/// Bars one below the other, in the chart's own units: [`Chart::WIDTH`] × [`Chart::height`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    /// Names it among the charts of a page.
    pub(crate) id: &'static str,
    /// What it shows.
    pub(crate) title: String,
    /// The bars.
    pub(crate) bars: Vec<Bar>,
}

impl Chart {
    /// The width: that of a narrow phone, on which the words are still to be read.
    pub(crate) const WIDTH: u64 = 340;
    /// Where bars begin: the labels are to the left.
    pub(crate) const LEFT: u64 = 140;
    /// The length of a bar of the whole scale; its value is to the right.
    const LENGTH: u64 = 140;
    /// From one bar to the next.
    const STEP: u64 = 26;
    /// How thick a bar is.
    pub(crate) const THICK: u64 = 18;
    /// The longest label, in characters.
    const LONGEST: usize = 19;

    /// The chart of some values on a scale that ends at `whole`, or at the greatest value where that is greater.
    pub(crate) fn new(
        id: &'static str,
        title: String,
        whole: u64,
        values: Vec<(String, u64, String)>,
    ) -> Self {
        let greatest = values.iter().map(|(_, value, _)| *value).max().unwrap_or(0);
        let scale = whole.max(greatest).max(1);
        let bars = values
            .into_iter()
            .enumerate()
            .map(|(place, (label, value, shown))| Bar {
                label: short(&label),
                shown,
                y: 4 + place as u64 * Self::STEP,
                length: value * Self::LENGTH / scale,
            });
        Self {
            id,
            title,
            bars: bars.collect(),
        }
    }

    /// The height.
    pub(crate) fn height(&self) -> u64 {
        self.bars.len() as u64 * Self::STEP + 8
    }

    /// The line on which the words beside a bar stand.
    pub(crate) const fn line(bar: &Bar) -> u64 {
        bar.y + 13
    }

    /// Where the value stands: after the bar.
    pub(crate) const fn end(bar: &Bar) -> u64 {
        Self::LEFT + bar.length + 6
    }

    /// All of it in words, for who does not see it: «Алгебра — 66,7 %; История — 50,0 %».
    pub(crate) fn words(&self) -> String {
        let bars = self
            .bars
            .iter()
            .map(|bar| format!("{} — {}", bar.label, bar.shown));
        bars.collect::<Vec<_>>().join("; ")
    }
}

fn short(label: &str) -> String {
    if label.chars().count() <= Chart::LONGEST {
        return label.to_owned();
    }
    let kept: String = label.chars().take(Chart::LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chart(whole: u64, values: &[u64]) -> Chart {
        let values = values
            .iter()
            .map(|value| (format!("№ {value}"), *value, value.to_string()));
        Chart::new("x", "x".to_owned(), whole, values.collect())
    }

    #[test]
    fn the_whole_fills_the_scale_and_nothing_has_no_length() {
        let lengths: Vec<u64> = chart(1_000, &[1_000, 500, 0])
            .bars
            .iter()
            .map(|bar| bar.length)
            .collect();
        assert_eq!(lengths, [140, 70, 0]);
        assert_eq!(chart(0, &[]).height(), 8);
        assert_eq!(chart(10, &[5, 7]).words(), "№ 5 — 5; № 7 — 7");
    }

    #[test]
    fn a_long_label_is_cut_to_what_fits() {
        assert_eq!(short("Вероятность и статистика"), "Вероятность и стат…");
        assert_eq!(short("Алгебра"), "Алгебра");
    }

    proptest! {
        #[test]
        fn bars_stay_inside_do_not_meet_and_are_as_long_as_their_values(
            whole in 0u64..2_000, values in prop::collection::vec(0u64..5_000, 1..40)
        ) {
            let chart = chart(whole, &values);
            for (bar, value) in chart.bars.iter().zip(&values) {
                prop_assert!(Chart::LEFT + bar.length + 60 <= Chart::WIDTH);
                prop_assert!(bar.y + Chart::THICK <= chart.height());
                for (other, less) in chart.bars.iter().zip(&values) {
                    prop_assert!(less > value || other.length <= bar.length);
                }
            }
            prop_assert!(chart.bars.windows(2).all(|two| two[0].y + Chart::THICK < two[1].y));
        }
    }
}
