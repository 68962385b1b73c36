schedules = Timetable
schedules-today = Today
schedules-own-week = My lessons
schedules-of-class = Timetable of { $it }
schedules-days = Days
schedules-day-before = Previous day
schedules-day-after = Next day
schedules-weeks = Weeks
schedules-week-before = Previous week
schedules-this-week = This week
schedules-week-after = Next week
schedules-children = Children
schedules-classes = Classes
schedules-lesson = Lesson
schedules-now = now
schedules-next = next
schedules-no-lessons = No lessons
schedules-day-off = No lessons: { $it }
schedules-next-lessons = Next lessons: { $it }
schedules-week-empty = There are no lessons this week.
schedules-classes-empty = No classes yet. They appear when the operator of the region imports the school’s lists.
schedules-nothing = The timetable will be here. It appears when the school adds you or your child to the list of a class.
problem-field-date = A date is written so: 2026-11-23.
checks-title = Timetable checks
checks-as-of = By the norms in force on { $it }
checks-week = week of the class
checks-unmatched = The difficulty of these subjects is not known, so days with them may be harder than counted:
checks-lapsing = { $count ->
    [one] { $count } norm ends
   *[other] { $count } norms end
} within half a year
substitutions = Substitutions
substitutions-institutions = Schools
substitutions-path = Path
substitutions-absent = Who is absent
substitutions-choose = choose
substitutions-from = From
substitutions-until = To
substitutions-date = Day
substitutions-note = Reason
substitutions-show = Show lessons
substitutions-lessons = { $count ->
    [0] no lessons
    [one] { $count } lesson
   *[other] { $count } lessons
}
substitutions-lessons-that-day = { $count ->
    [0] no lessons that day
    [one] { $count } lesson that day
   *[other] { $count } lessons that day
}
substitutions-relieved = relieved of a lesson that day
substitutions-none-affected = The teacher has no lessons on these days: there is nothing to cover.
substitutions-nobody-free = No teacher is free then. The lesson can be merged, moved or cancelled.
substitutions-no-room = No room is free then.
substitutions-fit-subject = teaches the subject
substitutions-fit-class = teaches this class
substitutions-fit-free = free
substitutions-teachers-subject = Teach this subject
substitutions-teachers-class = Teach this class
substitutions-teachers-free = Free
substitutions-rooms-subject = This subject is taught here
substitutions-rooms-class = The class has lessons here
substitutions-rooms-free = Free
substitutions-cancel = Cancel the lesson
substitutions-cancel-lesson = Cancel the lesson
substitutions-more = Another way
substitutions-change = Change
substitutions-take-back = Back to the timetable
substitutions-done = Saved. The change already shows in diaries and timetables.
substitutions-empty = Nothing is changed on this day.
substitutions-sheet = Day sheet
substitutions-sheet-of = Substitutions: { $it }
substitutions-to-changes = Change
substitutions-by-class = By class
substitutions-by-teacher = By teacher
substitutions-class = Class
substitutions-teacher = Teacher
substitutions-subject = Subject
substitutions-room = Room
substitutions-was = By the timetable
substitutions-becomes = Will be
substitutions-what = What has changed
substitutions-holds-instead = held by { $it }
substitutions-instead-of = by the timetable { $it }
substitutions-assign = Another teacher
substitutions-assign-do = Assign
substitutions-same = as it is
substitutions-move = Another time
substitutions-move-do = Move
substitutions-new-room = Another room
substitutions-room-do = Change the room
substitutions-merge = Merge groups
substitutions-merge-explained = The teacher of another group takes this one too, in their room.
substitutions-merge-do = Merge
substitutions-swap = Swap with another lesson of the class
substitutions-swap-do = Swap
substitutions-with = With which lesson
substitutions-as-published = by the timetable
substitutions-refused = Not saved, nothing has changed:
substitutions-stale = While you decided, somebody else changed this lesson. Now: { $it }. Look at it and decide again.
substitutions-unknown = There is no such lesson any more.
substitutions-clash-teacher = { $teacher } holds another lesson then: { $lesson }.
substitutions-clash-room = Room { $room } is taken then: { $lesson }.
substitutions-clash-pupils = The pupils have another lesson then: { $it }.
substitutions-clash-day-off = There are no lessons that day: { $it }.
problem-substitution_stale-title = Already changed
problem-substitution_stale = While you decided, somebody else changed this lesson. Nothing is lost: see what stands now and decide again.
problem-substitution_clash-title = Not free
problem-substitution_clash = The teacher, the room or the pupils are not free then. Nothing has changed.
problem-substitution_already = The lesson is already as you want it. Nothing has changed.
problem-substitution_not_held = The lesson is cancelled: first assign a teacher or another time.
problem-substitution_not_together = These lessons are not of one class or, for a merge, not at one time.
problem-substitution_too_many = The change concerns too many classes and teachers. Change the lessons one by one.
problem-field-substitutions_action = No action is named.
problem-field-substitutions_teacher = Choose a teacher who has lessons at this school.
problem-field-substitutions_subject = The name of a subject has at most 100 characters.
problem-field-substitutions_room = Choose a room; its name has at most 40 characters.
problem-field-substitutions_note = A reason has at most 200 characters.
problem-field-substitutions_date = A date is written so: 2026-11-23.
problem-field-substitutions_until = The last day is not before the first, and not more than two weeks after it.
problem-field-substitutions_number = There is no lesson of that number that day.
problem-field-substitutions_with = Choose another lesson.

drafts = Drafts of the timetable
drafts-crumbs = Path
drafts-of = { $it } — a draft of the timetable
drafts-from = from { $it }
drafts-changed = changed { $when }
drafts-changed-by = changed { $when }, { $who }
drafts-state-draft = draft
drafts-state-publishing = being published
drafts-state-published = published
drafts-empty = No drafts yet. Make the first one: from the timetable in force, from a table, or empty.
drafts-new = New draft
drafts-title = Title
drafts-from-field = In force from the week of
drafts-source = Based on
drafts-source-published = the timetable in force
drafts-source-copy = the draft “{ $it }”
drafts-source-empty = nothing
drafts-source-date = The timetable of a date (if in force)
drafts-file = Table of lessons, CSV or XLSX (optional)
drafts-file-hint = Columns: class, group, subject, teacher, room, day, lesson, week. The rows of a class are its whole week; other classes come from what the draft is based on. If any row is wrong, no draft is made.
drafts-make = Make the draft
drafts-back = Back
drafts-refused = Not accepted
drafts-refused-nothing-changed = This is not possible. Nothing has changed.
drafts-rows-refused = { $count ->
    [one] { $count } row is refused. No draft was made: correct the table and upload it again.
   *[other] { $count } rows are refused. No draft was made: correct the table and upload it again.
  }
drafts-row = Row { $count }
drafts-row-missing = the column “{ $it }” is empty.
drafts-row-invalid = the column “{ $it }” holds something else.
drafts-row-unknown_class = no such class.
drafts-row-unknown_group = the class has no such subject or group.
drafts-row-several_groups = the class has several groups of this subject: name the group.
drafts-row-unknown_teacher = no such teacher.
drafts-row-several_teachers = several teachers have this name, and none of them teaches the group.
drafts-column-class = Class
drafts-column-group = Group
drafts-column-subject = Subject
drafts-column-teacher = Teacher
drafts-column-teachers = Teacher
drafts-column-room = Room
drafts-column-building = Building
drafts-column-day = Day
drafts-column-lesson = Lesson
drafts-column-number = Lesson
drafts-column-week = Week
drafts-left-out = { $count ->
    [one] { $count } lesson was left out: its group is not in the school’s lists any more.
   *[other] { $count } lessons were left out: their groups are not in the school’s lists any more.
  }
drafts-saved = Saved.
drafts-banner-draft = A draft from { $it }: only the head, deputy heads and the administrator see it.
drafts-banner-publishing = Being published from { $it }. Until that is done the draft cannot be changed.
drafts-banner-published = Published from { $it }. To change the timetable make a new draft based on it.
drafts-change = Against the timetable in force: { $it }.
drafts-no-change = The class is as in the timetable in force.
drafts-added = { $count ->
    [one] { $count } lesson added
   *[other] { $count } lessons added
  }
drafts-removed = { $count ->
    [one] { $count } lesson removed
   *[other] { $count } lessons removed
  }
drafts-moved = { $count ->
    [one] { $count } lesson moved
   *[other] { $count } lessons moved
  }
drafts-replaced = { $count ->
    [one] { $count } lesson with another teacher or room
   *[other] { $count } lessons with another teacher or room
  }
drafts-to-publication = What changes, and publication
drafts-see-publication = Publication
drafts-views = Classes, teachers, rooms
drafts-teachers = Teachers
drafts-rooms = Rooms
drafts-no-bells = The school has no bells, so no lesson can be placed. Bells come with an import of the timetable.
drafts-hint = Take a lesson by mouse, touch or Enter and put it into a cell. Delete takes a lesson out, Ctrl+Z undoes.
drafts-read-only = This draft does not change any more.
drafts-waiting = Not placed yet
drafts-hours = { $it } h
drafts-add-at = Put a lesson in: { $it }
drafts-pinned = pinned
drafts-cannot = cannot teach
drafts-picked = Taken: [name]. Choose a cell; Escape cancels.
drafts-put = Placed: [name], [place].
drafts-out = Taken out: [name].
drafts-undone = Undone.
drafts-nothing-to-undo = There is nothing to undo.
drafts-dropped = The lesson stays where it was.
drafts-free = free
drafts-failed = Not saved, nothing has changed. Check the connection and try again.
drafts-places = Lessons at a time
drafts-save = Save
drafts-norms = Norms for this class
drafts-absent = When the teacher cannot teach
drafts-absent-hint = Tick the hours at which no lessons may be placed: other work, a day for preparation.
drafts-absent-save = Save these hours
drafts-curriculum = Hours a week
drafts-planned = Planned
drafts-placed = Placed
drafts-uneven = differs
drafts-hours-of = Planned hours a week: { $it }
drafts-save-hours = Save hours and rooms
drafts-course-rooms = Rooms
drafts-rooms-of = Rooms, separated by commas, any will do: { $it }
problem-field-rooms = Write rooms separated by commas, eight at most; a name has up to 40 characters.
drafts-more = Table and lists
drafts-xlsx = Download XLSX
drafts-csv = Download CSV
drafts-refresh = Take groups and teachers anew from the school’s lists
drafts-delete = Delete the draft
drafts-delete-sure = The draft will be gone for good. The published timetable stays as it is.
drafts-cell = Cell of the timetable
drafts-place = Day and lesson
drafts-week-every = every week
drafts-week-a = week A
drafts-week-b = week B
drafts-pin = pin: the generator does not move it
drafts-take-out = Take out
drafts-add = Put a lesson in
drafts-put-here = Put in
drafts-put-in = Put in: { $it }
drafts-cell-empty = There is nothing to place: all planned lessons are in the timetable.
drafts-can-now = The teacher can teach at this time.
drafts-cannot-now = The teacher cannot teach at this time.
drafts-mark-cannot = Mark: cannot teach
drafts-mark-can = Mark: can teach
drafts-publication = Publication of the timetable
drafts-published = The timetable is published and in force from { $it }.
drafts-publishing = The timetable is being published from { $it }. The page refreshes itself; you may close it.
drafts-progress = How much is written
drafts-publish-again = Go on, if the publication has stopped
drafts-conflicts = { $count ->
    [one] { $count } lesson with a conflict
   *[other] { $count } lessons with conflicts
  }
drafts-conflicts-first = A timetable with conflicts cannot be published. Correct these lessons.
drafts-what-changes = What will change
drafts-nothing-changes = The draft is as the timetable in force.
drafts-count-added = Added
drafts-count-removed = Removed
drafts-count-moved = Moved
drafts-count-changed = Other teacher or room
drafts-classes-unchanged = { $count ->
    [one] { $count } more class stays as it is.
   *[other] { $count } more classes stay as they are.
  }
drafts-unplaced-in-all = Planned hours that are not placed: { $it }. It can be published nevertheless.
drafts-publish = Publish
drafts-publish-hint = Until this week the timetable of before is in force, from it on the new one. Pupils, parents and teachers see it at once.
drafts-conflict-group_busy = The group has a lesson then: { $with }.
drafts-conflict-pupils_busy = Pupils ({ $who }) have another lesson then: { $with }.
drafts-conflict-teacher_busy = { $who } teaches then: { $with }.
drafts-conflict-teacher_unavailable = { $who } cannot teach then.
drafts-conflict-room_taken = Room { $who } is taken: { $with }.
drafts-conflict-outside_bells = No bell rings for such a lesson.
drafts-conflict-hours_exceeded = { $planned } h a week are planned, it would be { $placed } h.
problem-timetable_conflict-title = Conflict
problem-timetable_conflict = This would bring a conflict into the timetable. Nothing has changed.
problem-lesson_changed-title = Already changed
problem-lesson_changed = Somebody else has just changed this lesson. Nothing is lost: look at how it stands now and try again.
problem-draft_closed-title = The draft is closed
problem-draft_closed = This draft is being published or is published. Make a new one based on it.
problem-draft_changed-title = The draft has changed
problem-draft_changed = The draft was changed while you looked at it. See once more what will change, then publish.
problem-publication_under_way-title = Already being published
problem-publication_under_way = A timetable of this school is being published. Wait until that is done.
problem-publish_in_past-title = That week is over
problem-publish_in_past = A timetable can be published from this week on or later: past lessons stay as they were.
problem-later_published-title = There is a later timetable
problem-later_published = A timetable that begins later is published already. Choose the same week or a later one.
problem-table_rows-title = The table is not accepted
problem-table_rows = Some rows of the table are wrong. No draft was made.
problem-table_unreadable-title = The table cannot be read
problem-table_unreadable = This is neither CSV nor XLSX. Save the table as one of these and upload it again.
problem-table_empty-title = The table is empty
problem-table_empty = There is no row with a lesson.
problem-table_columns_missing-title = Columns are missing
problem-table_columns_missing = The columns class, subject, day and lesson are needed, each once.
problem-table_too_long-title = The table is too long
problem-table_too_long = The table has more than 5,000 rows, too many for one school.
problem-field-title = A title has 1 to 100 characters.
problem-field-from = Give a date of the first week: 2026-11-23.
problem-field-hours = Hours are a number with halves: 4 or 1.5.
problem-field-teachers = There is no such teacher in the draft.
problem-field-terms = Give day and lesson of a teacher, or a room and a number from 1 to 9.
problem-field-room = The name of a room has at most 40 characters.
problem-field-draft = There is no such draft.
generation = Make automatically
generation-of = { $it }: make a timetable
generation-new-title = { $it } — made automatically
generation-state = The last search
generation-none = No timetable has been made for this draft yet.
generation-queued = The job is in the queue. The search begins in a few seconds.
generation-begun = The search has begun.
generation-placed = { $placed } of { $lessons } { $lessons ->
    [one] lesson
   *[other] lessons
  } placed.
generation-defects = { $count ->
    [one] { $count } free hour of pupils or lesson too many in a day is still to be removed.
   *[other] { $count } free hours of pupils or lessons too many in a day are still to be removed.
  }
generation-time = { $it } so far.
generation-took = The search took { $it }.
generation-seconds = { $seconds } s
generation-minutes-seconds = { $minutes } min { $seconds } s
generation-complete = All lessons are placed: { $lessons }. There are no conflicts.
generation-incomplete = { $placed } of { $lessons } { $lessons ->
    [one] lesson
   *[other] lessons
  } placed, without conflicts. { $missing ->
    [one] { $missing } lesson has no place
   *[other] { $missing } lessons have no place
  }: see why below.
generation-cancelled = The search was cancelled. The draft is as it was.
generation-failed-draft_closed = Not made: the draft was published or deleted in the meantime.
generation-failed-nothing_to_place = Not made: there is nothing to place. Set the hours of at least one subject.
generation-failed-contradiction = Not made: the data of the draft contradict each other. Refresh groups and teachers from the school's lists and try again.
generation-failed-broken = Not made: the search broke off. The draft is as it was; try again.
generation-facts = Number for repetition: { $seed }. Inconvenience: { $penalty }; the less the better.
generation-facts-stopped = Number for repetition: { $seed }. Inconvenience: { $penalty }; the less the better. Time stopped the search, so that a repetition may give a slightly different timetable.
generation-progress = How much of the search is done
generation-unheard = No connection. The search goes on, the page will ask about it again.
generation-finish = Finish with the best found so far
generation-cancel = Cancel and change nothing
generation-may-close = The page can be closed: the search goes on without it.
generation-see = Open the timetable
generation-see-new = Open the new draft
generation-why-new = The timetable is in a new draft: there are more changes than can be made at once, or the old draft was changed in the meantime. The old one is as it was.
generation-unplaced = Without a place
generation-unplaced-more = { $count ->
    [one] And { $count } more group with lessons without a place.
   *[other] And { $count } more groups with lessons without a place.
  }
generation-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  }
generation-counts = By the curriculum: { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
  } a week. Placed already: { $standing }, pinned among them: { $pinned }.
generation-mode = What may be moved
generation-mode-complete = Nothing: only place the missing lessons. What stands without a conflict stays.
generation-mode-repair = As little as possible: place the missing lessons and remove conflicts by moving a few.
generation-mode-anew = Everything but pinned lessons: make it anew.
generation-days = School week
generation-days-5 = five days
generation-days-6 = six days
generation-minutes = Time of the search
generation-minutes-up-to = { $count ->
    [one] up to { $count } minute
   *[other] up to { $count } minutes
  }
generation-seed = Number for repetition
generation-seed-hint = With the same number the same draft gives the same timetable. Another number gives another one.
generation-hint = Hours of the curriculum, rooms of subjects, hours at which teachers cannot teach, capacities of halls and the norms of the first day are respected. There are never conflicts in the result: a lesson for which there is no place stays without one, with an explanation. Small changes are written into this draft, large ones into a new one.
generation-begin = Make
generation-why-teacher_overloaded = { $who }: { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
  } a week, and hours free for them: { $hours }.
generation-why-class_overloaded = Class { $who } has { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
  } a week, and its days hold { $hours }.
generation-why-rooms_overloaded = { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
  } can only be held here: { $who }. Hours a week there: { $hours }.
generation-why-no_such_room = There is no suitable room.
generation-why-no_common_hour = There is no hour at which both the teacher ({ $who }) and the class ({ $with }) can.
generation-why-pin_forbidden = The lesson is pinned ({ $who }), but teacher, class or room are closed then.
generation-why-pin_clash = The lesson is pinned ({ $who }) together with another one: { $with }.
generation-why-too_many_for_days = The subject is taught { $lessons ->
    [one] { $lessons } time
   *[other] { $lessons } times
  } a week, and the days hold { $hours }.
generation-why-occupied = No free hour was found. Of the { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
  } of the week these are in the way: { $with }.
generation-why-gave_way = The place is needed by a lesson that must stay where it stands.
generation-why-bells = By the bells this lesson overlaps another one.
generation-cause-class_closed = the class is not taught then — { $count }
generation-cause-teacher_unavailable = the teacher cannot — { $count }
generation-cause-teacher_busy = the teacher has another lesson — { $count }
generation-cause-pupils_busy = pupils have another lesson — { $count }
generation-cause-day_full = the day is full — { $count }
generation-cause-subject_on_day = the subject is on that day already — { $count }
generation-cause-no_room = no room — { $count }
generation-cause-window = there would be a free hour — { $count }
problem-generation_under_way-title = A search is under way
problem-generation_under_way = A timetable is being made for this draft. Wait, or stop the search.
problem-generation_draft_changed-title = The draft has changed
problem-generation_draft_changed = Somebody changed the draft while you were looking. Look again and start the search anew.
problem-generation_no_bells-title = There are no bells
problem-generation_no_bells = The school has no bells, so that no lesson can be placed. Bells come with an import of a timetable.
problem-generation_nothing-title = Nothing to place
problem-generation_nothing = Set the hours of at least one subject.
problem-field-generation_days = A school week has five or six days.
problem-field-generation_minutes = A search takes from 1 to 12 minutes.
problem-field-generation_seed = The number for repetition is whole and has up to ten digits.
feeds = Calendar links
feeds-explained = A link shows lessons in the calendar of your phone and keeps itself up to date: substitutions, moved and cancelled lessons. It holds lessons, rooms and teachers only, neither marks nor homework.
feeds-ready = The link is ready
feeds-once = Copy it now: it is not shown a second time. Whoever knows the link sees this timetable, so do not publish it.
feeds-address = Address of the calendar
feeds-open = Open in the calendar
feeds-own = My links
feeds-none = No links yet. Make the first one, and the lessons appear in the calendar of your phone.
feeds-new = new
feeds-made = Made on { $it }
feeds-renew = Make anew
feeds-revoke = Take back
feeds-revoked = The link is taken back: it shows nothing any more.
feeds-make = Make a link
feeds-make-do = Make a link
feeds-of-teacher = My lessons as a teacher
feeds-of-pupil = My lessons
feeds-of-child = Lessons: { $it }
feeds-of-child-gone = Lessons of a child whom you do not represent any more
feeds-of-class = Class { $it }
feeds-of-class-gone = A class that you do not see any more
feeds-room-of = Room { $it }
feeds-class = Class
feeds-room = Room
feeds-not-held = Not held: { $it }
feeds-link = To the calendar of my phone
problem-feeds_too_many = You have twenty links already. Take one back that you do not need.
problem-field-feeds_kind = Choose what to show.
problem-field-feeds_child = Choose a child.
problem-field-feeds_class = Choose a class.
problem-field-feeds_institution = Choose a school.
problem-field-feeds_room = The published timetable has no such room.

# The academic year: days off and bells
calendar-title = Academic year
calendar-saved = Saved
calendar-periods = Periods
calendar-no-periods = No periods yet. They come with the lists of classes.
calendar-periods-source = Periods come with the lists of classes and are changed where the lists are kept.
calendar-classes = Classes: { $it }
calendar-period = Period
calendar-dates = Days
calendar-days-off = Days off
calendar-no-days-off = No days off. Put in breaks and holidays, and every diary and timetable shows them at once.
calendar-what = Name
calendar-kind = Kind
calendar-kind-break = break
calendar-kind-closed = called off
calendar-kind-holiday = holiday
calendar-kind-moved = moved
calendar-remove = Remove
calendar-break = Break
calendar-gap = Between the periods, { $it } are still school days.
calendar-gap-do = Make them a break
calendar-holidays = Holidays of the year { $it }
calendar-holidays-hint = By the production calendar. Days that are off already stay as they are.
calendar-week = School week
calendar-week-six = six days
calendar-week-five = five days
calendar-holidays-do = Put holidays in
calendar-shortened = Shortened working days:
calendar-add = Add days
calendar-from = From
calendar-until = Until
calendar-add-do = Add
calendar-bells = Bells
calendar-bells-hint = New bells hold with the next timetable that is published.
calendar-bells-drafts = Drafts of timetables
calendar-no-bells = No bells yet. Without them no timetable can be made.
calendar-bells-all = All other classes
calendar-bells-grades = Grades { $it }
calendar-bells-shift = shift { $it }
calendar-bells-since = from { $it }
calendar-bells-new = Other bells
calendar-bells-for = For which grades (empty: for all others)
calendar-bells-shift-field = Shift
calendar-bells-from = Hold from (empty: always)
calendar-bells-empty = A lesson without times is not held. Without any, the bells are removed.
calendar-bells-do = Save bells
calendar-lesson = Lesson
calendar-start = Begins
calendar-end = Ends
calendar-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
}
problem-field-until = The last day is not before the first and at most 120 days later.
problem-field-kind = Choose a kind.
problem-field-year = The holidays of that year are not known yet.
problem-field-week = Choose the school week.
problem-field-days_off = At most 600 days, none of them twice.
problem-field-shift = The shift is 1 or 2.
problem-field-grades = Grades are numbers from 1 to 12: “1”, “5, 9–11”.
problem-field-lessons = Each lesson needs its beginning and end, and lessons must not overlap.

buildings-title = Buildings and rooms
buildings-hint = Where there are several buildings, a room is named with its building: “2 / 214”. The timetable and the diary show it from the next publication or import on.
buildings-passage = Way between buildings, minutes
buildings-passage-hint = Where a break is shorter than the way, checks and drafts warn who has to walk. While it is 0, ways are not checked.
buildings-main = main
buildings-rooms = Rooms
buildings-rooms-of = Rooms: { $it }
buildings-unknown = Building not in the list
buildings-no-rooms = Rooms will appear here: those of the timetable, and those that you add.
buildings-room = Room
buildings-capacity = Pupils it holds
buildings-subjects = What is taught here
buildings-rooms-do = Save capacities
buildings-change = Change: { $it }
buildings-short = Short name
buildings-name = Name
buildings-address = Address
buildings-short-hint = The short name is part of the rooms’ names. It can be changed while the building has no rooms; name and address always.
buildings-remove = Remove the building
buildings-add = Add a building
buildings-add-room = Add a room
buildings-add-do = Add
buildings-building = Building
buildings-ways = Ways between buildings
buildings-ways-hint = The break is shorter than the way. You can publish: this is a warning.
buildings-way = { $who }, { $day }: { $before }; { $after }. Break { $pause } min, way { $passage } min.
checks-without-bells = Lessons without a bell
checks-without-bells-hint = These lessons are published, but the bells of their year of study do not have them now. Add the bell or publish a new timetable.
checks-without-bell = { $class }: { $count ->
    [one] no bell for lesson { $numbers }
   *[other] no bells for lessons { $numbers }
}.
problem-field-buildings_short = The short name has 1 to 12 characters, without strokes and commas.
problem-field-buildings_short_taken = Another building has this short name.
problem-field-buildings_short_used = The building has rooms: the short name is part of their names and cannot be changed now.
problem-field-buildings_building_used = The building has rooms. Take them out of the timetable and the list first.
problem-field-buildings_building = There is no such building, or more than twenty of them.
problem-field-buildings_name = The name has at most 100 characters.
problem-field-buildings_address = The address has at most 200 characters.
problem-field-buildings_passage = The way takes 0 to 60 minutes.
problem-field-buildings_room = The name of a room has 1 to 40 characters; there are at most 400 rooms.
problem-field-buildings_capacity = A room holds 1 to 2000 pupils.
problem-field-buildings_action = There is no such action on this page.
problem-field-buildings_version = Open the page again and repeat.

imported-title = Import of the timetable
imported-of = Import
imported-at = Done { $it } (Moscow time)
imported-failed = The timetable was not accepted.
imported-weeks = Weeks of classes, groups and teachers: { $created } created, { $changed } changed, { $kept } unchanged.
imported-nothing = The file has neither a timetable, nor bells, nor days off.
imported-whole = The whole report:
imported-csv = CSV
imported-xlsx = XLSX
