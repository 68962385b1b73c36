//! Rooms: which is free, who could move to make one free.

use super::{Change, State};
use crate::instance::{NONE, weeks_of};
use crate::weights::Criterion;

/// How many lessons may change rooms in a chain so that one finds a room.
const CHAIN: usize = 3;

impl State<'_> {
    /// Gives a seat a room or, with [`NONE`], takes it away. The seat's event has an hour.
    pub(super) fn set_room(&mut self, seat: usize, room: u16) {
        let before = self.room[seat];
        if before == room {
            return;
        }
        self.log.push(Change::Room(seat as u32, before));
        if before != NONE {
            self.use_room(seat, before, false);
        }
        self.room[seat] = room;
        if room != NONE {
            self.use_room(seat, room, true);
        }
    }

    /// Moves a placed seat to another room, when that is free and near enough; otherwise changes nothing.
    pub(crate) fn change_room(&mut self, seat: usize, room: u16) -> bool {
        let event = usize::from(self.instance.seats[seat].event);
        if !self.is_room_free(seat, room) {
            return false;
        }
        let mark = self.mark();
        self.set_room(seat, room);
        if !self.respects_travel(event) {
            self.undo(mark);
            return false;
        }
        true
    }

    fn use_room(&mut self, seat: usize, room: u16, enters: bool) {
        let instance = self.instance;
        let (data, part) = (&instance.seats[seat], instance.part(seat));
        let event = usize::from(data.event);
        let hour = usize::from(self.hour[event]);
        if !enters {
            self.soft -= self.cost_of_travel(seat, room, hour);
        }
        for week in weeks_of(part.weeks) {
            let from = (week * instance.rooms.len() + usize::from(room)) * instance.hours() + hour;
            for count in &mut self.room_use[from..from + instance.events[event].length] {
                *count = if enters { *count + 1 } else { *count - 1 };
            }
        }
        if enters {
            self.soft += self.cost_of_travel(seat, room, hour);
        }
        let sign = if enters { 1 } else { -1 };
        let mut changes = 0;
        for teacher in &part.teachers {
            changes += match instance.teachers[usize::from(*teacher)].home {
                Some(home) => {
                    let fits = part.rooms.as_ref().is_some_and(|rooms| rooms.contains(&home));
                    sign * i64::from(fits && home != room)
                }
                None => self.count_room(*teacher, room, enters),
            };
        }
        let kept = data.home.is_none_or(|home| home == room);
        let is_moved = !kept && instance.events[event].home == Some(self.hour[event]);
        self.soft += self.instance.weights.of(Criterion::RoomChanges) * changes
            + sign * self.instance.weights.of(Criterion::RoomMoved) * i64::from(is_moved);
    }

    /// Counts a lesson of a teacher in a room; the answer is the change of rooms beyond the first.
    fn count_room(&mut self, teacher: u16, room: u16, enters: bool) -> i64 {
        let at = usize::from(teacher) * self.instance.rooms.len() + usize::from(room);
        let rooms = &mut self.teacher_rooms[usize::from(teacher)];
        let before = *rooms;
        if enters {
            self.teacher_room[at] += 1;
            *rooms += u16::from(self.teacher_room[at] == 1);
        } else {
            self.teacher_room[at] -= 1;
            *rooms -= u16::from(self.teacher_room[at] == 0);
        }
        i64::from(rooms.saturating_sub(1)) - i64::from(before.saturating_sub(1))
    }

    /// Whether the room has a place during the seat's lesson.
    fn is_room_free(&self, seat: usize, room: u16) -> bool {
        let event = usize::from(self.instance.seats[seat].event);
        self.has_place(seat, room, usize::from(self.hour[event]))
    }

    /// Whether the room would have a place for the seat at an hour.
    pub(crate) fn has_place(&self, seat: usize, room: u16, hour: usize) -> bool {
        let instance = self.instance;
        let event = usize::from(instance.seats[seat].event);
        let length = instance.events[event].length;
        let rule = &instance.rooms[usize::from(room)];
        let bits = ((1_u128 << length) - 1) << hour;
        rule.closed & bits == 0
            && weeks_of(instance.part(seat).weeks).all(|week| {
                let from = (week * instance.rooms.len() + usize::from(room)) * instance.hours() + hour;
                self.room_use[from..from + length]
                    .iter()
                    .all(|count| *count < rule.places)
            })
    }

    /// Finds a room for a seat whose event has just got an hour.
    pub(super) fn house(&mut self, seat: usize) -> bool {
        self.house_but(seat, &mut Vec::new(), CHAIN)
    }

    fn house_but(&mut self, seat: usize, barred: &mut Vec<u16>, depth: usize) -> bool {
        let instance = self.instance;
        let data = &instance.seats[seat];
        let pinned = data.pin.map(|room| [room]);
        let rooms: &[u16] = match &pinned {
            Some(room) => room,
            None => instance.part(seat).rooms.as_deref().unwrap_or(&[]),
        };
        let usable = |state: &Self, room: u16| state.is_room_free(seat, room) && state.is_near(seat, room);
        let teacher = instance.part(seat).teachers.first().copied();
        let known = |state: &Self, room: u16| {
            teacher.is_some_and(|teacher| {
                instance.teachers[usize::from(teacher)].home.is_none()
                    && state.teacher_room[usize::from(teacher) * instance.rooms.len() + usize::from(room)] > 0
            })
        };
        let open = |room: &u16| !barred.contains(room);
        let before = data
            .home
            .filter(|room| rooms.contains(room) && open(room) && usable(self, *room));
        let used = || {
            rooms
                .iter()
                .copied()
                .filter(open)
                .find(|room| known(self, *room) && usable(self, *room))
        };
        let any = || {
            rooms
                .iter()
                .copied()
                .filter(open)
                .find(|room| usable(self, *room))
        };
        if let Some(room) = before.or_else(used).or_else(any) {
            self.set_room(seat, room);
            return true;
        }
        depth > 0
            && rooms
                .iter()
                .any(|room| self.make_free(seat, *room, barred, depth))
    }

    /// Moves those who hold a room elsewhere and takes it, or changes nothing.
    fn make_free(&mut self, seat: usize, room: u16, barred: &mut Vec<u16>, depth: usize) -> bool {
        if barred.contains(&room) || !self.is_near(seat, room) {
            return false;
        }
        let hour = usize::from(self.hour[usize::from(self.instance.seats[seat].event)]);
        let holders = self.holders(seat, room, hour);
        let has_pin = holders
            .iter()
            .any(|holder| self.instance.seats[*holder].pin.is_some());
        if holders.is_empty() || holders.len() > 2 || has_pin {
            return false;
        }
        let mark = self.mark();
        barred.push(room);
        let moved = holders.into_iter().all(|holder| {
            self.set_room(holder, NONE);
            self.house_but(holder, barred, depth - 1)
                && self.respects_travel(usize::from(self.instance.seats[holder].event))
        });
        if moved && self.is_room_free(seat, room) {
            self.set_room(seat, room);
            return true;
        }
        self.undo(mark);
        false
    }

    /// The seats in a room that meet this seat's lesson if it is held at an hour.
    pub(crate) fn holders(&self, seat: usize, room: u16, hour: usize) -> Vec<usize> {
        let instance = self.instance;
        let event = usize::from(instance.seats[seat].event);
        let weeks = instance.part(seat).weeks;
        let mut holders = Vec::new();
        for list in &self.at_hour[hour..hour + instance.events[event].length] {
            for other in list.iter().filter(|other| usize::from(**other) != event) {
                let data = &instance.events[usize::from(*other)];
                for holder in data.first_seat..data.first_seat + data.seats {
                    let meets = instance.part(holder).weeks & weeks != 0;
                    if self.room[holder] == room && meets && !holders.contains(&holder) {
                        holders.push(holder);
                    }
                }
            }
        }
        holders
    }
}
