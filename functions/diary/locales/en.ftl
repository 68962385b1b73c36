diary = Diary
diary-none = A pupil's diary will be here. If you are a parent and do not see your child, check the child's SNILS and date of birth in your Gosuslugi profile, or ask the school to confirm that you represent the child.
children = Children
children-all = All children
views = Views of the diary
view-day = Day
view-week = Week
view-homework = Homework
view-marks = Marks
view-news = New
days = Days
day-before = previous
day-after = next
day-week = The whole week
tomorrow = tomorrow
institutions = Institutions
weeks = Weeks
week-before = previous
week-after = next
marks = Marks
marks-none = There are no marks in this period yet. They appear here as soon as the teacher sets them.
today = today
no-lessons = No lessons
extra-lesson = not in the timetable
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
diary-attendance-day_off = day off
diary-comment = Teacher: “{ $it }”
diary-result = Result
diary-results = Results
diary-year = Year
pass-book = Pass book
pass-book-courses = Years of study
pass-book-course = Year { $number }, { $years }
pass-book-semester = Semester { $number }
pass-book-semester-of = semester of { $it }
pass-book-student = Student
pass-book-group = Group
pass-book-semester-head = Semester
pass-book-section = Section
pass-book-as-of = As of { $it }.
pass-book-exams = Exams
pass-book-passes = Passes and graded passes
pass-book-course-works = Course works
pass-book-practices = Practices
pass-book-hours = Hours
pass-book-form = Form of attestation
pass-book-date = Date
pass-book-teacher = Teacher
pass-book-form-exam = exam
pass-book-form-pass = pass
pass-book-form-differentiated-pass = graded pass
pass-book-form-course-work = course work
pass-book-form-practice = practice
pass-book-retake = retake
pass-book-mark-5 = excellent
pass-book-mark-4 = good
pass-book-mark-3 = satisfactory
pass-book-mark-2 = unsatisfactory
pass-book-mark-pass = passed
pass-book-mark-fail = not passed
pass-book-mark-none = not assessed
pass-book-mark-exempt = exempt
pass-book-debts = Academic debts
pass-book-debt = debt
pass-book-no-result = no result, the semester is over
pass-book-empty = No results of this semester yet.
pass-book-file = Download for spreadsheets (XLSX)
debts = Owed works
debt-until = hand in by { $it }
debt-overdue = overdue since { $it }
problem-no_class-title = No class yet
problem-no_class = The pupil does not belong to any class or group now. The diary appears when the school enrols them.
problem-field-date = A date is needed as 2026-11-23.
problem-week_not_readable-title = This week cannot be marked
problem-week_not_readable = A week can be marked as read once it has begun, and within a year. Nothing has changed.
problem-field-when = Days are chosen as all, today, tomorrow or week.
problem-field-mark = A mark from 1 to 5 is needed.
problem-field-weight = A weight from 0.01 to 10 is needed.

diary-homework = Homework
homework-when = For which days
homework-when-all = All
homework-when-today = For today
homework-when-tomorrow = For tomorrow
homework-when-week = For this week
homework-none = Nothing is set for these days. Homework appears here as soon as the teacher writes it down: at the lesson for which it is due.
homework-later = For the next lesson
homework-set = set on { $it }
homework-due-by = due { $it }
homework-done = done
homework-tick = Done
homework-tick-of = Done: { $it }
homework-untick = undo
homework-untick-of = undo «done»: { $it }
homework-is-other = the task has changed
homework-in-hours = { $it } h
homework-in-minutes = { $it } min
homework-sum = ≈ { $it } in all
homework-norm = the sanitary rules allow up to { $it }
homework-unknown = { $count } { $count ->
    [one] task has
   *[other] tasks have
} no duration
homework-over = This is more than the sanitary rules allow. If it happens often, tell the class teacher.
homework-private = Only the family sees what is ticked. The school does not.
homework-for-day = Due this day

diary-news = New
news-there = some
news-since = Since you last looked: { $date }, { $time }.
news-first = What comes after this look will be here: marks, absences, homework, changed lessons.
news-none = Nothing new since you last looked.
news-to-week = To the week
news-marks = Marks and absences
news-homework = Homework
news-changes = Changes of the timetable
news-mark-new = new
news-mark-changed = changed
news-mark-removed = taken back
news-mark-nothing = the mark is no longer there
news-homework-new = new
news-homework-changed = changed
news-homework-removed = taken back
news-change-new = new
news-change-changed = changed
news-change-removed = taken back

what-if-other = Another mark, another weight
what-if-ask = Compute
what-if-then = With a { $mark } of weight { $weight } the average becomes { $average }.
trend = How the average went
trend-table = Show as a table
trend-way = First { $first }, now { $last }; { $count } { $count ->
    [one] mark
   *[other] marks
}.
subject-lessons = Lessons
subject-lessons-none = No lessons of this period are written down yet. They appear here as soon as the teacher opens them in the journal.
subject-others = Other subjects
topic-none = no topic written

read = Reading of the week
read-by = { $name }: { $date } at { $time }
read-say = I have read this week
read-explained = The school sees only that the week was read, by whom and when.
offline = As of { $date }, { $time }: there is no network.
feeds = Timetable in the phone's calendar
family-week = The whole week

# Which families of a class have read a week
class-readers-title = Who has read the diary, { $it }
class-readers-pupil = Pupil
class-readers-family = Family
class-readers-own = The pupil
class-readers-hint = Shown is what a family has said by the button below the week of the diary.
class-readers-summary = { $read } of { $all } families have read it.
absence-illness = ill
absence-family = family circumstances
absence-event = competition or event
absence-other = another reason
absence-told = { $sender ->
    [family] The family has said
   *[school] The school was told
}: { $reason }, { $days }
absence-report = Report an absence
absence-report-missed = Give the reason for the absence

answer = Answer
answer-sent = waits to be looked at
answer-accepted = accepted
answer-to_redo = to be redone
answer-write = Answer the teacher
answer-text = Answer to the homework: { $it }
answer-send = Send the answer
