//! One lesson.

use askama::Template;
use gradebook::{AnswerThread, ClassNotice, Lesson};
use jiff::civil::Date;
use model::{Attendance, LessonKey, MarkingSettings, Weight, Work, WorkKind};
use store::Stored;
use ui::Frame;
use web::Problem;

use super::{due_name, lesson_name, notices, work_name};
use crate::{
    absences::pending_at,
    due::offered,
    handlers::Sheet,
    journal::{Column, Row},
    lesson_form::{ContentForm, Refused},
};

/// One lesson: topic, homework, works, and the column of each work as a form.
#[derive(Template)]
#[template(path = "lesson.html")]
pub(crate) struct LessonPage<'a> {
    frame: Frame<'a>,
    sheet: Sheet,
    lesson: Stored<Lesson>,
    beside: Beside,
    refused: Vec<Refused>,
    is_undue: bool,
}

/// What stands beside a lesson.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The absences that were told.
    pub(crate) notices: Vec<ClassNotice>,
    /// How the pupils' work on the homework stands.
    pub(crate) answers: Vec<AnswerThread>,
    /// The lessons for which homework can be due; nothing for who cannot set any.
    pub(crate) coming: Vec<LessonKey>,
    /// Today, where the institution is.
    pub(crate) today: Date,
}

impl<'a> LessonPage<'a> {
    /// The page of a lesson of the journal, with the entries that were just refused.
    pub(crate) fn new(
        frame: Frame<'a>,
        sheet: Sheet,
        key: LessonKey,
        beside: Beside,
        refused: Vec<Refused>,
    ) -> Result<Self, Problem> {
        let lesson = sheet.journal.lesson(key).cloned();
        Ok(Self {
            frame,
            lesson: lesson.ok_or_else(Problem::not_found)?,
            sheet,
            beside,
            refused,
            is_undue: false,
        })
    }

    /// The same with a form that was not taken because its homework cannot be due at the lesson that was chosen: what was
    /// typed stands in it, and the version that was seen.
    #[must_use]
    pub(crate) fn undue(mut self, form: ContentForm) -> Self {
        let content = form.content.due_at(None);
        self.lesson.version = form.version;
        self.lesson.record.topic = content.topic;
        self.lesson.record.homework = content.homework;
        self.is_undue = true;
        self
    }

    /// The lesson for which the homework is due, where one is chosen.
    fn due(&self) -> Option<LessonKey> {
        self.lesson.record.homework.as_ref()?.due
    }

    /// The lessons that the form offers.
    fn offered(&self) -> Vec<LessonKey> {
        offered(&self.beside.coming, self.due())
    }

    fn is_due(&self, lesson: &LessonKey) -> bool {
        self.due().as_ref() == Some(lesson)
    }

    fn due_name(&self, lesson: &LessonKey) -> String {
        due_name(self.frame.texts, *lesson)
    }

    /// What was told of a pupil for this day, whatever the cell says by now.
    fn told(&self, row: &Row) -> Option<String> {
        let date = self.lesson.record.lesson.date;
        let notice = ClassNotice::on(&self.beside.notices, row.member.person, date)?;
        Some(notices::told(self.frame.texts, notice))
    }

    /// How many can be noted as absent because it was told of them.
    fn pending(&self) -> usize {
        match self.may_write() {
            true => pending_at(
                &self.sheet.journal,
                &self.lesson.record,
                &self.beside.notices,
                self.beside.today,
            ),
            false => 0,
        }
    }

    fn may_write(&self) -> bool {
        self.sheet.may_write()
    }

    fn has_marks(&self) -> bool {
        self.sheet.journal.format.has_marks()
    }

    /// Whether topic and homework are kept: a kindergarten's day has neither.
    fn has_topic(&self) -> bool {
        self.sheet.journal.roster.group.subject.is_some()
    }

    /// Grade 1 has no homework by default.
    fn is_without_homework(&self) -> bool {
        self.sheet.journal.roster.group.grade == Some(1)
    }

    fn is_reopened(&self) -> bool {
        self.sheet.reopening().is_some()
    }

    fn weight_of(&self, kind: &WorkKind) -> Weight {
        let state = self.sheet.journal.state.as_ref();
        state.map_or_else(
            || MarkingSettings::default().weight_of(*kind),
            |state| state.record.marking.weight_of(*kind),
        )
    }

    /// A date of publication as a field of a form holds it.
    fn field(&self, date: &Option<Date>) -> String {
        date.map(|date| date.to_string()).unwrap_or_default()
    }

    fn address(&self) -> String {
        let lesson = &self.lesson.record;
        format!(
            "/journals/{}/{}/lessons/{}",
            lesson.journal, lesson.period, lesson.lesson
        )
    }

    fn heading(&self) -> String {
        let texts = self.frame.texts;
        lesson_name(texts, self.sheet.journal.format, self.lesson.record.lesson)
    }

    fn columns(&self) -> Vec<Column<'_>> {
        self.sheet
            .journal
            .columns()
            .into_iter()
            .filter(|column| column.lesson.lesson == self.lesson.record.lesson)
            .collect()
    }

    fn pupils(&self) -> Vec<&Row> {
        let date = self.lesson.record.lesson.date;
        self.sheet
            .journal
            .rows
            .iter()
            .filter(|row| row.was_member(date))
            .collect()
    }

    fn work_name(&self, work: &Work) -> String {
        work_name(self.frame.texts, work)
    }

    fn work_kinds(&self) -> [WorkKind; 7] {
        WorkKind::ALL
    }

    fn can_add_work(&self) -> bool {
        self.lesson.record.works.len() < usize::from(model::WorkId::MOST)
    }

    fn homework(&self) -> String {
        self.lesson
            .record
            .homework
            .as_ref()
            .map(|homework| homework.text.clone())
            .unwrap_or_default()
    }

    /// Whether the homework is set to a pupil, among others who are chosen.
    fn is_chosen(&self, row: &Row) -> bool {
        let homework = self.lesson.record.homework.as_ref();
        homework.is_some_and(|homework| homework.pupils.contains(&row.member.person))
    }

    /// To how many pupils the homework is set; nothing where it is for all.
    fn chosen(&self) -> usize {
        let homework = self.lesson.record.homework.as_ref();
        homework.map_or(0, |homework| homework.pupils.len())
    }

    fn minutes(&self) -> String {
        let minutes = self
            .lesson
            .record
            .homework
            .as_ref()
            .and_then(|homework| homework.minutes);
        minutes.map(|minutes| minutes.to_string()).unwrap_or_default()
    }

    /// How a pupil's work on the homework stands.
    fn answer(&self, row: &Row) -> Option<&'static str> {
        let mut answers = self.beside.answers.iter();
        let thread = answers.find(|thread| thread.pupil == row.member.person)?;
        Some(thread.state.as_str())
    }

    /// The pupils who have answered, those first whose work waits to be looked at.
    fn answered(&self) -> Vec<(&Row, String)> {
        let of = |row| self.answer(row).map(|state| (row, state));
        let mut answered: Vec<_> = self.pupils().into_iter().filter_map(of).collect();
        answered.sort_by_key(|(_, state)| *state != "sent");
        let name = |state: &str| self.frame.texts.get(&format!("answers-{state}"));
        answered
            .into_iter()
            .map(|(row, state)| (row, name(state)))
            .collect()
    }

    fn refusal(&self, row: &Row) -> Option<&Refused> {
        self.refused
            .iter()
            .find(|refused| refused.pupil == row.member.person)
    }

    fn refusal_text(&self, refused: &Refused) -> String {
        self.frame.texts.get(&format!("problem-{}", refused.code))
    }

    fn letters(&self) -> &'static [Attendance] {
        self.sheet.journal.format.letters()
    }
}
