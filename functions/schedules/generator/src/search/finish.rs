//! The end of a search: the best timetable without defects.

use super::Search;
use crate::instance::{NONE, holes, weeks_of};

impl Search<'_, '_> {
    /// Restores the best timetable and takes out lessons that leave pupils windows or days too long. They have a
    /// place only together with lessons that have none.
    pub(super) fn finish(&mut self) {
        self.recall();
        while self.state.defects > 0 {
            let Some(event) = self.worst() else { break };
            self.state.remove(event);
            self.state.keep();
        }
        // What was taken out, or never found an hour, may still fit without a defect.
        let pool = self.pool();
        for event in pool {
            self.insert_cleanly(usize::from(event));
        }
    }

    /// The event whose removal cures most; of equal ones one that is not pinned. With holes in a day it is the last
    /// lesson of that day, since each removal there shortens the day.
    fn worst(&mut self) -> Option<usize> {
        let mut candidates = Vec::new();
        let instance = self.state.instance;
        for (event, data) in instance.events.iter().enumerate() {
            let hour = self.state.hour[event];
            if hour == NONE {
                continue;
            }
            let day = instance.day(usize::from(hour));
            let span = instance.span(usize::from(hour), data.length);
            let is_last = instance.unit(event).streams.iter().any(|(stream, weeks)| {
                let class = usize::from(instance.streams[usize::from(*stream)].class);
                let rule = &instance.classes[class];
                weeks_of(*weeks).any(|week| {
                    let mask = self.state.stream_mask(week, *stream, day);
                    let broken = !rule.windows_allowed && holes(mask, rule.open[day], rule.latest) > 0;
                    (broken || mask.count_ones() > rule.max) && mask & !(span | (span - 1)) == 0
                })
            });
            if is_last {
                candidates.push((data.pin.is_some(), event));
            }
        }
        let mut best = None;
        for (pinned, event) in candidates {
            let mark = self.state.mark();
            self.state.remove(event);
            let left = self.state.defects;
            self.state.undo(mark);
            if best.is_none_or(|(least, is_pinned, _)| (left, pinned) < (least, is_pinned)) {
                best = Some((left, pinned, event));
            }
        }
        best.map(|(_, _, event)| event)
    }

    /// Places an event at the free hour that costs least and makes no defect.
    fn insert_cleanly(&mut self, event: usize) {
        let mut best: Option<(i64, u16)> = None;
        for hour in &self.hours[event] {
            let mark = self.state.mark();
            if self.state.place(event, usize::from(*hour)) {
                if self.state.defects == 0 && best.is_none_or(|(least, _)| self.state.soft < least) {
                    best = Some((self.state.soft, *hour));
                }
                self.state.undo(mark);
            }
        }
        if let Some((_, hour)) = best {
            self.state.place(event, usize::from(hour));
        }
        self.state.keep();
    }
}
