norm-severity-forbids = Not allowed
norm-severity-warns = Check
norm-severity-informs = For information
norm-citation = { $document }, { $clause }, in force since { $from }
norm-citation-until = { $document }, { $clause }, in force from { $from } to { $until }
norm-unsure = Compare with the document: { $it }
norm-cycle-a = week A
norm-cycle-b = week B
norm-kept = All norms are kept.
norm-lapsing = { $document }, { $clause }: in force only until { $until }. A new table of norms is needed.
norm-unmatched-unknown-name = The difficulty of “{ $subject }” is not known: the table has no such name.
norm-unmatched-no-points-in-grade = “{ $subject }” has no points of difficulty in this grade.

norm-week-load = { $class }: { $measured ->
    [one] { $measured } lesson
   *[other] { $measured } lessons
} a week, at most { $limit } allowed
norm-day-load = { $class }, { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}: { $measured ->
    [one] { $measured } lesson
   *[other] { $measured } lessons
}, at most { $limit } allowed
norm-day-load-once = { $class }, { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}: { $measured ->
    [one] { $measured } lesson
   *[other] { $measured } lessons
} — more than { $limit } only once a week and only with the lesson the norm names
norm-week-days = { $class }: lessons on { $measured ->
    [one] { $measured } day
   *[other] { $measured } days
} a week, at most { $limit } allowed
norm-lesson-length = { $classes }: { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
} of { $measured ->
    [one] { $measured } minute
   *[other] { $measured } minutes
}, at most { $limit } allowed
norm-day-begins-early = { $classes }: { $count ->
    [one] { $count } lesson begins
   *[other] { $count } lessons begin
} at { $measured }, before { $limit }
norm-day-ends-late = { $classes }: { $count ->
    [one] { $count } lesson ends
   *[other] { $count } lessons end
} at { $measured }, after { $limit }
norm-first-number = { $classes }: { $measured ->
    [0] { $count ->
        [one] { $count } zero lesson
       *[other] { $count } zero lessons
    }
   *[other] { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    } with number { $measured }
}, lessons are counted from { $limit }
norm-shift = { $class } is taught in shift { $measured }, { $limit ->
    [1] only the first one is allowed
   *[other] none after shift { $limit } is allowed
}
norm-break = { $classes }: the break after lesson { $number } ({ $start }–{ $end }) is { $measured ->
    [one] { $measured } minute
   *[other] { $measured } minutes
}, at least { $limit } needed
norm-long-break = { $classes }: no long break after one of the lessons { $after }: the longest there is { $measured ->
    [one] { $measured } minute
   *[other] { $measured } minutes
}, { $most ->
    [0] at least { $limit }
   *[other] { $limit }–{ $most }
}{ $pair ->
    [0] { "" }
   *[other] {" "}or two of { $pair }
} needed
norm-pupil-windows = { $class }, { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}: { $measured ->
    [one] { $measured } empty lesson
   *[other] { $measured } empty lessons
} in the pupils’ day{ $limit ->
    [0] { "" }
   *[other] , at most { $limit } allowed
}
norm-teacher-windows = { $teacher }, { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}: { $measured ->
    [one] { $measured } empty lesson
   *[other] { $measured } empty lessons
} in a row, at most { $limit } allowed unless the teacher asked for more
norm-hardest-days = { $class }: the hardest day is { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} ({ $measured ->
    [one] { $measured } point
   *[other] { $measured } points
}), but should be { $first ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} and (or) { $second ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} (now { $limit })
norm-hard-lessons = { $class }: { $measured ->
    [one] { $measured } hard lesson is first or last
   *[other] { $measured } hard lessons are first or last
} (hard: from { $points ->
    [one] { $points } point
   *[other] { $points } points
})
norm-double-lessons = { $class }: { $measured ->
    [one] { $measured } double lesson
   *[other] { $measured } double lessons
}
norm-homework = { $class }: homework of { $measured ->
    [one] { $measured } minute
   *[other] { $measured } minutes
}, at most { $limit } allowed{ $unknown ->
    [0] { "" }
    [one] . { $unknown } more piece has no duration
   *[other] . { $unknown } more pieces have no duration
}
norm-assessments-a-day = { $class }: { $measured ->
    [one] { $measured } assessment
   *[other] { $measured } assessments
} on one day, at most { $limit } recommended
norm-assessment-interval = { $class }, { $subject }: { $measured ->
    [0] another assessment of the parallel is on the same day
    [one] another assessment of the parallel ({ $date }) is { $measured } day away
   *[other] another assessment of the parallel ({ $date }) is { $measured } days away
}, at least { $limit } recommended
norm-assessment-share = { $class }, { $subject }: assessments take { $measured ->
    [one] { $measured } hour
   *[other] { $measured } hours
} of { $yearly } a year, at most { $limit }% recommended
norm-assessment-first-lesson = { $class }, { $subject }: an assessment at the first lesson of the day (number { $measured })
norm-assessment-last-lesson = { $class }, { $subject }: an assessment at the last lesson of the day (number { $measured })
