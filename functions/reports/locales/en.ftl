reports = Reports
reports-none = The reports of classes in which you are the class teacher or teach will be here.
reports-of-classes = Reports of classes
reports-whole = all subjects
reports-own-part = your subjects
reports-path = Path
reports-periods = Periods
reports-class-title = Report of class { $it }
reports-download = Download as a table (XLSX)
reports-until = By the journals as of { $it }.
reports-part-only = Only the journals that you keep are shown: full days missed and how pupils stand are for the class teacher.
reports-preliminary = The report is preliminary: { $count } { $count ->
    [one] result is not set yet, in its place counts
   *[other] results are not set yet, in their place counts
} what the average proposes.
reports-summary = Summary
reports-success = Success
reports-quality = Quality
reports-mean = Mean
reports-formulas = Quality is the share of those with nothing but “4” and “5”; success is the share of those without “2”, fail and “not assessed”. Counted are pupils with at least one result. The formulas are the usage of schools’ reports: no federal act sets them.
reports-standings = How pupils stand
reports-standing = Standing
reports-standing-excellent = nothing but “5”
reports-standing-good = “4” and “5”
reports-standing-satisfactory = with “3”
reports-standing-failing = failing
reports-standing-unassessed = without results
reports-one-four = with one “4”, the others “5”
reports-one-three = with one “3”, the others “4” and “5”
reports-pupils = Pupils
reports-pupil = Pupil
reports-who = Who
reports-results = Results by subject
reports-results-caption = Results and averages; * — the result is not set yet, the average proposes it
reports-quality-by-subject = Quality by subject
reports-averages = Averages
reports-no-journals = The class has no journals in this period yet.
reports-attendance = Attendance
reports-attendance-caption = Lessons and full days missed; a day counts as missed if every lesson of the class or subgroup was missed
reports-absence-by-reason = Lessons missed by reason
reports-reason-ill = illness
reports-reason-excused = excused
reports-reason-open = not told
reports-reason-unexcused = unexcused
reports-lessons = Lessons
reports-days = Days
reports-late = Late
reports-in-a-row = Days in a row
reports-total = in all
reports-class-total = The class
reports-debts = Debts
reports-debts-none = Nothing is owed.
reports-debt = What
reports-debt-owed = a work by { $it }
reports-debt-overdue = a work overdue since { $it }
reports-debt-not-assessed = not assessed on { $it }
reports-debt-owed-short = work
reports-debt-overdue-short = overdue work
reports-debt-not-assessed-short = not assessed
reports-debt-no-marks = no marks in the period
reports-subject = Subject
reports-date = Date
reports-class = Class
reports-teacher = Teacher
reports-of-schools = Reports of the school
reports-of-school = Results, attendance, load, checks
reports-school-title = Reports of the school, { $it }
reports-kind-results = Results of the period
reports-kind-results-what = Quality and success by class, subject and teacher.
reports-kind-attendance = Attendance
reports-kind-attendance-what = Lessons and full days missed by class and reason.
reports-kind-load = Teachers’ load
reports-kind-load-what = Lessons by the timetable with its substitutions, lessons given by the journals, hours a week.
reports-kind-checks = Checks of the journals
reports-kind-checks-what = What does not fit together: marks for missed lessons, entries in two journals at one time, lessons without a topic, journals not filled in, results off the average.
reports-kind-changes = Unusual changes
reports-kind-changes-what = Many changes in a short time, changes in a locked period, marks long after their lesson.
reports-run-none = not made yet
reports-run-under-way = being made
reports-run-stopped = stopped
reports-run-done = ready
reports-progress = Being made: { $done } of { $total } classes done
reports-waiting = Waits its turn
reports-comes-anew = The page renews itself.
reports-stopped = The making has stopped. Nothing is lost: make the report once more.
reports-make = Make
reports-make-anew = Make anew
reports-finished = Made { $it }
reports-not-made = The report will be here. Making it takes up to a few minutes; the page can be closed.
reports-clean = Nothing was found.
reports-cut = { $listed } of { $total } are shown, the gravest first.
reports-filter = What was found
reports-filter-all = All
reports-by-class = By class
reports-by-subject = By subject
reports-by-teacher = By teacher
reports-school-total = The school
reports-one-four-short = with one “4”
reports-one-three-short = with one “3”
reports-passed = pass
reports-failed = fail
reports-not-assessed = not assessed
reports-exempt = exempt
reports-quality-by-class = Quality by class
reports-attended = Lessons attended
reports-attended-by-class = Lessons attended by class
reports-load = Load
reports-groups = Groups
reports-planned = By the timetable
reports-given = Given
reports-not-given = Not given
reports-hours = Hours a week
reports-hours-by-teacher = Hours a week by teacher
reports-findings = Findings
reports-findings-by-kind = Findings by kind
reports-finding = What
reports-severity = Severity
reports-severity-warns = have a look
reports-severity-informs = for information
reports-finding-mark_of_absent = mark of an absent
reports-finding-two_at_once = in two journals
reports-finding-not_filled = not filled in
reports-finding-no_topic = without a topic
reports-finding-result_below = below the average
reports-finding-result_above = above the average
reports-found-mark_of_absent = Mark { $it } for a lesson that the pupil missed
reports-found-two_at_once = Something stands in another journal at the same time: { $it }
reports-found-not_filled = { $count } { $count ->
    [one] lesson
   *[other] lessons
} older than three days not filled in
reports-found-no_topic = A lesson without a topic
reports-found-result_below = Result { $it } is below what the average { $average } proposes
reports-found-result_above = Result { $it } is above what the average { $average } proposes
reports-unusual = Unusual changes
reports-unusual-many = { $count } { $count ->
    [one] change
   *[other] changes
} in a short time
reports-unusual-locked = { $count } { $count ->
    [one] change
   *[other] changes
} in a locked period
reports-unusual-late = { $count } { $count ->
    [one] mark
   *[other] marks
} long after the lesson
reports-from = From
reports-to = To
reports-why = Reason
reports-foreign = What others changed
reports-foreign-what = Changes of the last two weeks in your journals that were not yours: what stood and what stands. Ordinary first marks are not told of.
reports-foreign-none = In two weeks nobody but you has changed anything in your journals.
reports-foreign-lesson = lesson of { $it }
reports-foreign-result = result
reports-before = Was
reports-after = Is
reports-when = When
