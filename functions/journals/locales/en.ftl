journals-mine = My journals
journals-of-class = Journals of class { $it }
journals-empty = The journals of the groups you teach will appear here. The list comes from the school's data: if one is missing, tell the school's administrator.
periods = Periods
pupil = Pupil
lesson-title = Lesson
lesson-date = Date
lesson-number-field = Lesson no.
lesson-number = lesson { $count }
topic = Topic
homework = Homework
homework-minutes = Minutes for homework
homework-is = homework: { $it }
homework-due = Due at
homework-due-next = the next lesson
homework-due-at = due on { $it }
problem-homework_due = The group has no such lesson: choose the next one or one of the list. What you typed is still here.
problem-field-homework_due = The group has no such lesson: choose the next one or one of the list. What you typed is still here.
open-lesson = Open the lesson
grid-empty = There are no lessons in this period yet. Open the first one, and a column for marks appears.
grid-hint = Arrows move, figures 2–5, the letters н, б, у, о and a full stop (work owed) set, Delete clears, “+” marks absences as told, Ctrl+Z undoes.
grid-read-only = This journal is open for reading only.
keypad = Mark keys
clear = Clear
average-short = Avg.
average-title = Average
cell-saving = Saving…
cell-offline = No connection. The marks are kept on this device and will be sent when the connection is back.
cell-conflict = the cell was changed and now holds “[now]”, while you entered “[mine]”.
cell-failed = “[mine]” was not saved. [why]
cell-keep = Put mine
cell-take = Leave as it is
saved = Saved
save = Save
save-marks = Save marks
add = Add
add-work = Add a work
work-kind = Kind of work
work-weight = Weight (if another)
crumbs = Path
stands-now = It now holds: { $it }.
history-title = History of the mark
history-short = History
history-of = History: { $it }
history-none = Nothing was changed here yet. Every change will stay visible for ever.
history-empty = empty
history-when = When
history-who = Who
history-from = Before
history-to = After

work-short-answer = ans
work-short-homework = hw
work-short-independent = ind
work-short-test = test
work-short-writing = dict
work-short-practical = lab
work-short-project = proj

problem-cell_changed-title = The cell was changed
problem-cell_changed = Another teacher changed this cell while you were working. Nothing is lost: see what stands now and decide.
problem-lesson_changed-title = The lesson was changed
problem-lesson_changed = Topic, homework or works of this lesson were changed elsewhere. Open the lesson anew: your text was not written.
problem-lesson_open-title = The lesson is open already
problem-lesson_open = The journal already has a lesson with this date and number.
problem-entry_unknown-title = This is not a mark
problem-entry_unknown = You can put 1–5, зач, нез, н/а, a full stop for work that is owed, and н, б, у, нп, о, осв.
problem-entry_two_attendances-title = Two letters at once
problem-entry_two_attendances = A cell can hold one attendance only.
problem-entry_too_many-title = Too many marks
problem-entry_too_many = One cell holds six marks at most.
problem-not_member_that_day-title = The pupil was not in the group that day
problem-not_member_that_day = By the group's list the pupil did not learn in it that day.
problem-lesson_in_future-title = The lesson has not been held yet
problem-lesson_in_future = Marks and attendance are set on the day of the lesson or later.
problem-no_marks_in_grade_1-title = No marks in grade 1
problem-no_marks_in_grade_1 = There are no marks in the first grade. Attendance can be set.
problem-outside_period-title = The date is outside the period
problem-outside_period = The date of the lesson is not within this period. Open the journal of the right one.
problem-too_many_works-title = Too many works
problem-too_many_works = One lesson holds six works at most.
problem-field-topic = Topic: up to 300 characters.
problem-field-homework = Homework: up to 2000 characters.
problem-field-minutes = Minutes: a number up to 300.
problem-field-weight = Weight: a number from 0.01 to 10.
problem-field-kind = There is no such kind of work.
problem-field-lesson = A date and a lesson number from 1 to 16 are needed.
problem-field-work = The lesson has no such work.

history-reason = Reason
change-reason = Reason for the change (kept in the history)
change-reason-if-locked = Reason, if the period was locked
grid-hint-attendance = Arrows move, letters set, Delete clears, “+” marks absences as told, Ctrl+Z undoes. Who was there is not marked.
grid-locked = The period is locked: it can be changed only after the head or a deputy opens it again.
period-reopened = The period is open again until { $until }. Reason: { $reason }. Each change needs a reason and a recent sign-in.
register-title = Attendance
comment = Comment for the family
publication = When to show the marks
publication-pupils = To pupils from
publication-parents = To parents from
publication-set = Show on these days
homework-not-in-grade-1 = By default there is no homework in grade 1.
result = Result
result-proposed = By the rule
results-title = Results of the period
results-history = History of the result
results-explained = The rule proposes, you decide: 1–5, зач, нез, н/а, осв. An empty field takes the result back; everything stays in the history.
results-save = Save the results
results-propose = Set those proposed: { $count }
results-saved = { $count ->
    [0] Nothing has changed.
    [one] { $count } result saved.
   *[other] { $count } results saved.
}
attestation = Attestation
attestation-explained = Form and day apply to all results that you change now. For a retake set the new result and the day of the retake: the former one stays in the history.
attestation-form = Form
attestation-date = Day
attestation-all = Set form and day for everybody who has a result
attestation-exam = exam
attestation-pass = pass
attestation-differentiated-pass = graded pass
attestation-course-work = course work
attestation-practice = practice
attestation-retake = retake
year-title = Results of the year
year-result = Year
year-explained = The results of all periods propose the result of the year, the teacher decides. While one period has no result, nothing is proposed.
lock-title = Lock of the period
lock-is-open = The period is open. It does not lock itself: the head or a deputy does.
lock-is-open-until = The period is open. It locks itself { $count } { $count ->
    [one] day
   *[other] days
} after its end.
lock-is-locked = The period is locked
lock-do = Lock the period
lock-reopen = Open again
lock-until = Until when
lock-ask = The head or a deputy can open the period again. Tell them what has to be corrected and why.
lock-what = What was done
lock-locked = locked
lock-reopened-until = opened again until { $it }
marking-title = Rules of marking
marking-explained = The rules hold for the periods that have not begun in a journal. A period with a first lesson goes on by the rules with which it began: no average changes without a mark.
marking-weighted = Works have different weights
marking-kinds = Kinds of work
marking-weight = Weight
marking-control = Control work
marking-threshold = From which part of a mark to round up, hundredths
marking-least-marks = Propose no result with fewer marks than
marking-owed-days = Days for a work that is owed
marking-lock-days = Days after its end to lock a period (empty: never)
marking-with-weights = Weighted average.
marking-without-weights = Plain average.
marking-least = A result needs at least { $count } marks.
marking-owed = Owed works: { $count } days.
marking-never-locks = Periods do not lock themselves.
marking-locks = Periods lock after { $count } days.
marking-changes = History of the rules
marking-no-changes = The rules were never changed: the usual ones hold.
class-results = Results of the class
class-results-title = Results of class { $it }
class-results-quality = { $assessed } { $assessed ->
    [one] pupil
   *[other] pupils
} assessed: { $sufficient }% cope with everything, { $good }% have only 4 and 5.
pass-book-of = Pass book: { $it }
pass-book-open = The name of a student opens the pass book.
class-results-none = There are no results for this period yet. They appear here as soon as teachers set them.
class-results-sufficient = Cope
class-results-good = Only 4 and 5
class-results-filling = How journals are filled
class-results-journal = Journal
class-results-lessons = Lessons
class-results-without-topic = Without topic
class-results-set = Results
problem-entry_no_such_day-title = No such day
problem-entry_no_such_day = A work is owed by a day and month: .07.12. The calendar has no such day.
problem-no_marks_in_register-title = Only attendance here
problem-no_marks_in_register = A group’s register has no marks: н, б, у, нп, в.
problem-letter_not_here-title = Not a letter of this journal
problem-letter_not_here = Lessons have н, б, у, нп, о, осв; days of a kindergarten н, б, у, нп, в.
problem-journal_changed-title = The journal was changed
problem-journal_changed = The works of the lesson were changed or the period was locked while you were working. Nothing is lost: open the page anew and repeat.
problem-period_locked-title = The period is locked
problem-period_locked = Not saved: the period is locked. The head or a deputy can open it again.
problem-period_not_locked-title = The period is open anyway
problem-period_not_locked = There is nothing to open: the period takes changes.
problem-reason_needed-title = A reason is needed
problem-reason_needed = The period was locked: write why you change the mark. The reason stays in the history.
problem-result_changed-title = The result was changed
problem-result_changed = Somebody else changed this result while you were working. See what stands now.
problem-attestation_form-title = No form chosen
problem-attestation_form = Choose a form of attestation: exam, pass, graded pass, course work or practice.
problem-attestation_date-title = Wrong day of attestation
problem-attestation_date = The day of the attestation lies not before the period and not after today.
problem-attestation_not_here-title = No attestation here
problem-attestation_not_here = Form and day of an attestation are given only for results of a semester at a college.
problem-result_not_of_form-title = The result does not fit the form
problem-result_not_of_form = A pass is passed or failed; an exam, a graded pass and a course work have a mark.
problem-result_unknown-title = Not a result
problem-result_unknown = A result is 1–5, зач, нез, н/а or осв.
problem-marking_changed-title = The rules were changed
problem-marking_changed = Somebody else changed the rules while you were working. Open the page anew.
problem-field-comment = Comment: up to 200 characters in one line.
problem-field-publication = Day of showing: not before the lesson and within a year.
problem-field-reason = Reason: up to 300 characters.
problem-field-until = Until: a time ahead, within two weeks.
problem-field-threshold = Rounding: 1 to 99 hundredths.
problem-field-least_marks = Number of marks: up to 20.
problem-field-owed_days = Days for an owed work: 1 to 60.
problem-field-lock_days = Lock: up to 60 days, or empty.
problem-field-version = The form is outdated. Open the page anew.
problem-field-entry_no_such_day = The calendar has no such day.

topic-from-plan = if empty, from the plan
plan-title = Lesson plan
plan-empty = There is no plan for this year yet. Upload a table or paste its rows, and the topics fall on dates by the timetable.
plan-draft = This is how the plan falls on the lessons. Nothing is saved yet.
plan-problems = Correct the rows and check again: { $count }. Nothing is saved.
plan-line = Line { $count }.
plan-planned-hours = Planned until today: { $count } h.
plan-given-hours = Given: { $count } h.
plan-missing = Lessons are missing: { $count } h. Merge topics or shorten them.
plan-spare = Lessons without a topic: { $count }.
plan-cancelled = Cancelled lessons
plan-cancelled-explained = The topics after a cancelled lesson have moved to the next dates. To keep up, a topic can be given together with the one before.
plan-merge = Merge with the one before
plan-merge-this = Merge with the one before: { $it }
plan-hours = Hours
plan-dates = Dates
plan-control = Assessment
plan-given = Given
plan-given-as_planned = as planned
plan-given-otherwise = another topic
plan-given-not_given = no lesson
plan-together = together
plan-change = Change the plan
plan-format = Columns: №, Тема, Часы, Форма контроля, Домашнее задание (or number, topic, hours, control, homework). Only the topic is required. 0 hours: together with the topic before. Lines without number and hours are headings and left out.
plan-file = File XLSX or CSV, up to 200 KB
plan-text = Or rows of a table
plan-check = Check
plan-save = Save the plan
problem-plan_changed-title = The plan was changed
problem-plan_changed = Somebody else changed the plan while you were working. Open the page anew.
problem-plan_rows-title = The plan is not taken
problem-plan_rows = Some rows are wrong. Nothing is saved.
problem-plan_no_merge-title = Cannot be merged
problem-plan_no_merge = There is nothing to merge this topic with.
problem-plan_empty-title = The table is empty
problem-plan_empty = The table has no row.
problem-plan_unreadable-title = The file cannot be read
problem-plan_unreadable = This is no table: an XLSX, a CSV or rows copied from a spreadsheet are needed.
problem-plan_no_topics-title = No topics
problem-plan_no_topics = The first line has to name the columns, “Тема” or “topic” among them.
problem-plan_column_twice-title = A column is there twice
problem-plan_column_twice = Two columns have one name.
problem-plan_too_long-title = The plan is too long
problem-plan_too_long = A plan has up to 300 rows and 96 KB of text.
problem-plan_row = More cells than columns, or an unreadable line.
problem-plan_topic = A topic is needed, up to 300 characters.
problem-plan_control = Assessment: up to 100 characters.
problem-plan_homework = Homework: up to 500 characters.
problem-plan_hours = Hours: a number from 0 to 30; not 0 in the first row.
problem-plan_number = Number: a figure.

# The schedule of assessments
class-own = My class: { $it }
class-assessments = Assessments
class-readers = Who has read the diary
assessments-title = Schedule of assessments, { $it }
assessments-explained = Control works of opened lessons, and those that the plans name.
assessments-none = There are no control works in this period, neither in journals nor in plans.
assessments-problems = { $count ->
    [0] All works keep the norms.
    [one] { $count } work does not keep the norms.
   *[other] { $count } works do not keep the norms.
}
assessments-day = Day and lesson
assessments-subject = Subject
assessments-what = Work
assessments-norms = What is wrong
assessments-held = in the journal
assessments-planned = planned
notices-title = Notices of absence
notices-diary = Diary
notices-institutions = Places of learning
notices-none = Notices of the days on which the pupil will not come will stand here. There are none yet.
notices-sent = The notice is sent: teachers see it in their journals.
notices-sent-before = Notices sent
notices-overlap = Where notices overlap, the one sent last holds for each day.
notice-new = Report an absence
notice-from = First day
notice-until = Last day
notice-reason = Reason
notice-text = Anything else we should know (optional)
notice-explained = The text is read by the family, the class teacher and the head; other teachers see only days and reason. One notice covers up to 31 days.
notice-send = Send
notice-choice-illness = Illness
notice-choice-family = Family circumstances
notice-choice-event = Competition, olympiad, another event
notice-choice-other = Something else
notice-reason-illness = ill
notice-reason-family = family circumstances
notice-reason-event = competition or event
notice-reason-other = another reason
notice-told = { $sender ->
    [family] The family says
   *[school] The school was told
}: { $reason }, { $days }{ $document ->
    [1] {""} (document received)
   *[0] {""}
}
notice-in-force = in force
notice-over = over
notice-withdrawn = withdrawn
notice-by-school = Written down by the school.
notice-superseded = A later notice holds: { $it }.
notice-change-withdrawn = { $who }: withdrawn as a whole.
notice-change-shortened = { $who }: the last day is { $until } and not { $before }.
notice-document = Document received: { $it }
notice-document-received = Document received
notice-shorten-until = Last day
notice-shorten = Shorten
notice-withdraw = Withdraw
notice-come-back = Comes from today on
absences-note = Mark absences as told
absences-pending = { $lesson }: { $count } { $count ->
    [one] pupil is
   *[other] pupils are
} reported absent
absences-pending-here = { $count } { $count ->
    [one] pupil is
   *[other] pupils are
} reported absent and not yet marked
problem-notice_unreadable-title = The notice was not taken
problem-notice_unreadable = A first and a last day and a reason are needed. Nothing was sent.
problem-notice_text-title = The text is too long
problem-notice_text = A text has up to 200 characters. Nothing was sent.
problem-notice_order-title = The days are the wrong way round
problem-notice_order = The last day comes before the first.
problem-notice_too_long-title = Too many days
problem-notice_too_long = One notice covers up to 31 days. Send another one for the rest.
problem-notice_too_early-title = That day is long past
problem-notice_too_early = A family reports within 3 days, the school writes down within 7. Tell the class teacher of earlier days.
problem-notice_too_late-title = That is too far ahead
problem-notice_too_late = An absence can be reported up to three months ahead.
problem-notice_too_many-title = Too many notices
problem-notice_too_many = Up to 100 notices can be sent in a school year. Call the class teacher.
problem-notice_over-title = Those days are over
problem-notice_over = Days that are over stay as they were reported. If that is a mistake, tell the class teacher.
problem-notice_not_shorter-title = A notice only becomes shorter
problem-notice_not_shorter = For more days send a new notice.
problem-no_class-title = No class yet
problem-no_class = The pupil belongs to no class or group at present. Notices can be sent once the school has enrolled them.
problem-field-action = There is no such action.

class-register-link = Attendance of a day
class-register-title = Attendance of class { $it }
class-register-days = Days
class-register-before = Day before
class-register-after = Day after
class-register-show = Show
class-register-counts = Summary
class-register-pupils = In the class
class-register-present = At lessons
class-register-partly = Not at all lessons
class-register-absent = Absent
class-register-whole-day = of them all day
class-register-untold = of them without a notice
class-register-late = Late
class-register-unknown = Not marked yet
class-register-who-is-absent = Who is absent
class-register-all-day = absent all day
class-register-so-far = absent at the lessons opened so far
class-register-no-notice = No notice.
class-register-write = Write down a notice
class-register-write-for = Write down a notice: { $it }
class-register-no-lessons = There are no lessons on this day, neither in the timetable nor in the journals.
class-register-legend = “·” at the lesson; н, б, у, нп absent; (б), (у), (н) told and not marked yet; о late; осв exempt; “?” lesson not opened; “—” not a lesson of theirs. A day is missed if all of its lessons were.
class-register-not-theirs = not a lesson of this pupil
class-register-not-opened = lesson not opened
class-register-there = at the lesson
class-register-told = told to be absent, not marked yet
class-register-journal = journal
class-register-day = Day
class-register-state-unknown = not marked yet
class-register-state-present = at lessons
class-register-state-partly = not at all lessons

answers-title = Answers to homework
answers-set-on = Set: { $it }
answers-none = There is no answer yet. All that pupil and teacher write will stand here.
answers-your = Your answer
answers-send = Send the answer
answers-reply = What to say to the pupil (to return the work, say what there is to be done)
answers-accept = Accepted
answers-return = To be redone
answers-saved = Sent
answers-sent = waits to be looked at
answers-accepted = accepted
answers-to_redo = to be redone
problem-answer_text-title = The text was not taken
problem-answer_text = A text of up to 4,000 characters is needed; to return a work, say what there is to be done. Nothing was sent.
problem-answer_none-title = No answer yet
problem-answer_none = The pupil has not sent anything yet.
problem-answer_accepted-title = The work is accepted
problem-answer_accepted = The teacher has accepted this work: nothing more needs to be sent.
problem-answer_too_many-title = Too long a talk
problem-answer_too_many = A work has up to 50 messages. Talk about the rest in class.
problem-answers_changed-title = A new message came while you were writing
problem-answers_changed = Read it and send yours once more. Your text is not lost.
problem-answer_verdict-title = No such verdict
problem-answer_verdict = A work is accepted or returned.

homework-for-all = Homework for all
homework-for-some = Homework for { $count } { $count ->
    [one] pupil
   *[other] pupils
}
homework-for-whom = For whom (nobody ticked means all)
problem-field-pupils = Homework can be set only to those who were in the group that day.

alerts-title = Unusual changes
alerts-explained = Of the last 30 days: many corrections at once (15 or more within 10 minutes), changes in a period that had been locked, and marks that were entered or changed more than two weeks after their lesson.
alerts-none = There were no unusual changes. When there are any, you will see them here and on the page “Classes”.
alerts-new = new
alerts-kind-many = Many corrections in a short time
alerts-many-hint = One correction stands here for all of a series. How many there were and when is in the report “Unusual changes” under “Reports”.
alerts-kind-locked = Changes in a locked period that was opened again
alerts-kind-late = Marks long after their lesson
alerts-journal-unknown = A journal that is no more
alerts-pupil-unknown = A pupil who is in no list any more
alerts-reason = Reason
alerts-result = Result
alerts-thing = Of what
alerts-changes = { $count } { $count ->
    [one] change
   *[other] changes
}
alerts-see = Seen
alerts-seen-now = Marked as seen
alerts-seen = { $count ->
    [one] { $count } change seen by { $who }, { $at }
   *[other] { $count } changes seen by { $who }, { $at }
}
