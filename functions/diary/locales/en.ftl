diary = Diary
diary-none = A pupil's diary will be here. If you are a parent and do not see your child, check the child's SNILS and date of birth in your Gosuslugi profile, or ask the school to confirm that you represent the child.
children = Children
institutions = Institutions
weeks = Weeks
week-before = previous
week-after = next
marks = Marks
marks-of-period = All marks of the period
marks-none = There are no marks in this period yet. They appear here as soon as the teacher sets them.
today = today
no-lessons = No lessons
extra-lesson = not in the timetable
room = room { $it }
homework-short = HW
minutes = ≈ { $count } { $count ->
    [one] minute
   *[other] minutes
}
averages = Averages of the period
averages-why = Open a subject to see from which marks and weights its average was computed.
average = Average
why = why?
subject = Subject
periods = Periods
crumbs = Path
missed = Missed
missed-lessons = { $count } { $count ->
    [one] lesson
   *[other] lessons
}
diary-attendance-absent = absent
diary-attendance-unexcused = unexcused
diary-attendance-excused = excused
diary-attendance-ill = ill
diary-attendance-late = late
diary-attendance-exempt = exempt
problem-no_class-title = No class yet
problem-no_class = The pupil does not belong to any class or group now. The diary appears when the school enrols them.
problem-field-date = A date is needed as 2026-11-23.
