//! One subject in a period: its lessons with topics, homework, marks and attendance; the average with its reasons, its way
//! through the period, and what it would become.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use gradebook::{Explanation, Lesson, PupilRow};
use model::{
    AcademicPeriod, Actor, Attendance, Average, GroupId, InstitutionId, LessonKey, Mark, PersonId, Weight,
};
use serde::Deserialize;
use ui::{DateStyle, Frame};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::SubjectLessonsView,
    handlers::{Choice, Reading},
    store,
    trend::{HEIGHT, Trend, WIDTH},
};

/// What is chosen in the address: the period, and what mark might come.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct SubjectChoice {
    institution: Option<InstitutionId>,
    period: Option<String>,
    mark: Option<String>,
    weight: Option<String>,
}

/// A mark that might come, and what the average becomes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WhatIf {
    pub(crate) mark: Mark,
    pub(crate) weight: Weight,
    pub(crate) average: Average,
}

impl WhatIf {
    /// The marks that the form offers.
    pub(crate) const MARKS: [u8; 4] = [5, 4, 3, 2];
    /// The weights that it offers, in hundredths; those of the journal's own works come to them.
    const WEIGHTS: [u16; 4] = [100, 150, 200, 300];

    /// Reads what was chosen. Nothing where no mark was.
    fn read(choice: &SubjectChoice, now: &Explanation) -> Result<Option<Self>, Problem> {
        let Some(mark) = choice.mark.as_deref().filter(|mark| !mark.is_empty()) else {
            return Ok(None);
        };
        let mark: Mark = mark.parse().map_err(|_| Problem::invalid("mark"))?;
        let weight = match choice.weight.as_deref().filter(|weight| !weight.is_empty()) {
            Some(weight) => weight.parse().map_err(|_| Problem::invalid("weight"))?,
            None => Weight::ONE,
        };
        let average = mark
            .grade()
            .and_then(|_| now.rule.average_if(now.average, mark, weight))
            .ok_or_else(|| Problem::invalid("mark"))?;
        Ok(Some(Self {
            mark,
            weight,
            average,
        }))
    }

    /// The weights to choose from: the usual ones and those that the journal has.
    fn weights(now: &Explanation) -> Vec<Weight> {
        let usual = Self::WEIGHTS
            .iter()
            .filter_map(|weight| Weight::try_from(*weight).ok());
        let mut weights: Vec<Weight> = usual
            .chain(now.reasons.iter().map(|reason| reason.weight))
            .collect();
        weights.sort_unstable();
        weights.dedup();
        weights
    }
}

/// A lesson of the subject as a pupil has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SubjectLesson {
    pub(crate) lesson: LessonKey,
    pub(crate) topic: String,
    pub(crate) homework: String,
    pub(crate) minutes: Option<u16>,
    pub(crate) due: Option<LessonKey>,
    pub(crate) marks: Vec<String>,
    pub(crate) attendance: Option<Attendance>,
    pub(crate) comment: Option<String>,
}

/// The lessons of a subject with the pupil's cells, by time. A cell without a lesson stands there too: a mark must not
/// vanish because its lesson was taken back.
pub(crate) fn lessons(given: &[Lesson], row: Option<&PupilRow>) -> Vec<SubjectLesson> {
    let mut keys: Vec<LessonKey> = given.iter().map(|lesson| lesson.lesson).collect();
    let cells = row.iter().flat_map(|row| &row.cells);
    keys.extend(
        cells
            .filter(|(_, cell)| !cell.value.is_empty())
            .map(|(key, _)| *key),
    );
    keys.sort_unstable();
    keys.dedup();
    let of = |key: LessonKey| {
        let lesson = given.iter().find(|lesson| lesson.lesson == key);
        let homework = lesson
            .and_then(|lesson| lesson.homework.clone())
            .unwrap_or_default();
        let value = row
            .and_then(|row| row.cells.get(&key))
            .map(|cell| cell.value.clone());
        let value = value.unwrap_or_default();
        SubjectLesson {
            lesson: key,
            topic: lesson.map(|lesson| lesson.topic.clone()).unwrap_or_default(),
            homework: homework.text,
            minutes: homework.minutes,
            due: homework.due,
            marks: value.marks.iter().map(|mark| mark.mark.short()).collect(),
            attendance: value.attendance,
            comment: value.comment,
        }
    };
    keys.into_iter().map(of).collect()
}

/// What a view of a subject is made of.
pub(crate) struct LoadedSubject {
    pub(crate) reading: Reading,
    pub(crate) period: AcademicPeriod,
    pub(crate) journal: GroupId,
    pub(crate) subject: String,
    /// The pupil's other subjects in the period, to go on to: those with a cell.
    pub(crate) others: Vec<(GroupId, String)>,
    pub(crate) lessons: Vec<SubjectLesson>,
    pub(crate) explanation: Explanation,
    pub(crate) trend: Trend,
}

/// One subject.
#[derive(Template)]
#[template(path = "subject.html")]
struct SubjectPage<'a> {
    frame: Frame<'a>,
    loaded: LoadedSubject,
    what_if: Option<WhatIf>,
}

impl SubjectPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn day(&self, lesson: LessonKey) -> String {
        let texts = self.frame.texts;
        format!(
            "{}\u{a0}{}",
            texts.weekday_short(lesson.date),
            texts.date(lesson.date, DateStyle::Short)
        )
    }

    fn due_day(&self, lesson: &LessonKey) -> String {
        self.day(*lesson)
    }

    fn size(&self) -> String {
        format!("0 0 {WIDTH} {HEIGHT}")
    }

    fn weights(&self) -> Vec<Weight> {
        WhatIf::weights(&self.loaded.explanation)
    }

    fn is_weight(&self, weight: Weight) -> bool {
        self.what_if.map_or(Weight::ONE, |chosen| chosen.weight) == weight
    }

    fn is_mark(&self, grade: u8) -> bool {
        self.what_if
            .is_some_and(|chosen| chosen.mark == Mark::Grade(grade))
    }

    /// «Если получить 5 с весом 2, средний балл станет 4,33.»
    fn then(&self, chosen: &WhatIf) -> String {
        let args = [
            ("mark", chosen.mark.to_string().into()),
            ("weight", chosen.weight.to_string().into()),
            ("average", chosen.average.to_string().into()),
        ];
        self.frame.texts.with("what-if-then", &args)
    }

    /// «с 3,50 до 4,20»: what the chart shows, in words.
    fn way(&self) -> String {
        let steps = &self.loaded.trend.steps;
        let of =
            |step: Option<&crate::trend::Step>| step.map(|step| step.average.to_string()).unwrap_or_default();
        let args = [
            ("first", of(steps.first()).into()),
            ("last", of(steps.last()).into()),
            ("count", steps.len().into()),
        ];
        self.frame.texts.with("trend-way", &args)
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((child, journal)): Path<(PersonId, GroupId)>,
    Query(choice): Query<SubjectChoice>,
) -> Result<Response, Problem> {
    let loaded = app.subject(&actor, child, journal, &choice).await?;
    let what_if = WhatIf::read(&choice, &loaded.explanation)?;
    let texts = app.translations.of(page.locale);
    html(&SubjectPage {
        frame: page.frame(texts, loaded.subject.clone(), Some(&actor)),
        loaded,
        what_if,
    })
}

/// One subject of a child in a period: its lessons with topic, homework, marks and attendance, and the way of the average.
#[utoipa::path(get, path = "/api/diary/{child}/marks/{journal}", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("journal" = String, Path, description = "the journal of the subject"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions"),
        ("period" = Option<String>, Query, description = "short name of the period; the current one if left out")),
    responses((status = 200, body = SubjectLessonsView),
        (status = 404, description = "no such child, subject or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((child, journal)): Path<(PersonId, GroupId)>,
    Query(choice): Query<SubjectChoice>,
) -> Result<axum::Json<SubjectLessonsView>, Problem> {
    let loaded = app.subject(&actor, child, journal, &choice).await?;
    Ok(axum::Json(SubjectLessonsView::of(&loaded)))
}

impl App {
    async fn subject(
        &self,
        actor: &Actor,
        child: PersonId,
        journal: GroupId,
        choice: &SubjectChoice,
    ) -> Result<LoadedSubject, Problem> {
        let period = Choice {
            institution: choice.institution,
            date: None,
            period: choice.period.clone(),
        };
        let reading = self.reading(actor, child, period.institution).await?;
        let period = reading
            .period(period.period.as_deref(), reading.today)?
            .cloned()
            .ok_or_else(Problem::not_found)?;
        let learns = reading.class.learns_in.iter().any(|held| held.group == journal);
        let (mut rows, mut given) = if learns {
            let given = async { Ok(store::lessons_of(&self.gradebook, journal, &period).await?) };
            tokio::try_join!(self.rows(&reading, Some(&period)), given)?
        } else {
            // Of a group that was left before there are still the pupil's own marks, and no lessons of others to read.
            (self.rows(&reading, Some(&period)).await?, vec![])
        };
        given.retain(|lesson| crate::horizon::learns(&reading.class.learns_in, journal, lesson.lesson.date));
        for lesson in &mut given {
            // What is set to others is none of theirs.
            lesson.homework = lesson.homework.take().filter(|homework| homework.is_for(child));
        }
        rows.sort_by(|a, b| a.subject.cmp(&b.subject));
        let row = rows.iter().find(|row| row.key.journal == journal);
        let subject = match (row, given.first()) {
            (Some(row), _) => row.subject.clone(),
            (None, Some(lesson)) => lesson.subject.clone(),
            (None, None) => self.subject_of_group(&reading, journal).await?,
        };
        Ok(LoadedSubject {
            journal,
            subject,
            others: rows
                .iter()
                .map(|row| (row.key.journal, row.subject.clone()))
                .collect(),
            lessons: lessons(&given, row),
            explanation: row.map(Explanation::of).unwrap_or_default(),
            trend: row.map(Trend::of).unwrap_or_default(),
            period,
            reading,
        })
    }

    /// What is taught in a group in which the child learns and has no mark yet.
    async fn subject_of_group(&self, reading: &Reading, journal: GroupId) -> Result<String, Problem> {
        let learns = reading.class.learns_in.iter().any(|held| held.group == journal);
        let group = if learns {
            self.rosters.group(journal).await?
        } else {
            None
        };
        Ok(group.ok_or_else(Problem::not_found)?.subject.unwrap_or_default())
    }
}
