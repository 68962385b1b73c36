//! A child's absences at one institution: who may do what with them, and the writes.

use access::{Access, Resource};
use axum::response::Response;
use gradebook::{ClassNotice, Notice, NoticeId, NoticeSender, PupilNotices, Signed};
use model::{AcademicYear, Actor, InstitutionId, PersonId, Role};
use rosters::{Membership, PersonCard};
use web::{PageContext, Problem, html};

use super::{Board, refusal};
use crate::{
    App,
    api::notices::{ChangeNotice, SendNotice},
    notices::{Listed, NewNotice, NoticeError, Sent, changed, listed, send},
    pages::notices::{NoticesPage, Told},
    store::Outcome,
};

/// So many times a write is tried that others come before.
const TRIES: usize = 3;

/// What came of an edit.
struct Edit {
    /// The notice before it, if it was there.
    before: Option<Notice>,
    /// Its number.
    number: u16,
    /// Whether there is anything to be written: it may have been so already.
    is_change: bool,
}

impl App {
    /// Loads a child and lets the actor at the absences at one institution; guardianship is asked of the database anew.
    pub(super) async fn board(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
        action: &str,
    ) -> Result<Board, Problem> {
        let card = self.rosters.card(child).await?.ok_or_else(Problem::not_found)?;
        let now = |class: &&Membership| class.holds_on(self.clock.today(&class.zone()));
        let mut classes: Vec<Membership> = card.classes.iter().filter(now).cloned().collect();
        classes.sort_by_key(|class| std::cmp::Reverse((class.grade.is_some(), class.periods.len())));
        let mut answer = Problem::not_found();
        for class in &classes {
            if institution.is_some_and(|institution| institution != class.institution) {
                continue;
            }
            let resource = self.child_in(actor, &card, class).await?;
            match self.access.decide(actor, "see_notices", action, &resource) {
                Access::Granted => return Ok(self.board_of(actor, &card, class, &classes, &resource)),
                Access::Forbidden => answer = Problem::forbidden(),
                Access::Hidden => {}
            }
        }
        let is_family = card.person.person == actor.person || card.is_represented_by(actor.person);
        if classes.is_empty() && is_family {
            answer = Problem::unacceptable("no_class");
        }
        Err(answer)
    }

    /// A child as a pupil of one class. Who teaches the class is asked only of a teacher who is not of the family.
    async fn child_in(
        &self,
        actor: &Actor,
        card: &PersonCard,
        class: &Membership,
    ) -> Result<Resource, Problem> {
        let mut class_teachers = vec![];
        if actor.roles.holds(Role::Teacher) && !card.is_represented_by(actor.person) {
            let today = self.clock.today(&class.zone());
            let teachers = self.rosters.teachers_of(class.group).await?;
            let now = teachers.iter().filter(|teacher| teacher.holds_on(today));
            class_teachers.extend(now.map(|teacher| teacher.person));
        }
        let guardians = card.guardians.iter().filter(|held| held.is_in_force());
        Ok(Resource::Child {
            id: card.person.person,
            guardians: guardians.map(|held| held.guardian).collect(),
            class_teachers,
            institutions: vec![class.institution],
        })
    }

    fn board_of(
        &self,
        actor: &Actor,
        card: &PersonCard,
        class: &Membership,
        classes: &[Membership],
        resource: &Resource,
    ) -> Board {
        let is_guardian = card.is_represented_by(actor.person);
        let is_family = is_guardian || card.person.person == actor.person;
        let elsewhere = |other: &&Membership| is_family && other.group != class.group;
        Board {
            others: classes.iter().filter(elsewhere).cloned().collect(),
            today: self.clock.today(&class.zone()),
            may_send: self.access.allows(actor, "send_notices", resource),
            may_confirm: self.access.allows(actor, "confirm_notices", resource),
            sender: if is_guardian {
                NoticeSender::Family
            } else {
                NoticeSender::School
            },
            child: card.clone(),
            class: class.clone(),
        }
    }

    /// Who sends or changes something now.
    async fn signed(&self, actor: &Actor, board: &Board) -> Result<Signed, Problem> {
        let guardians = &board.child.guardians;
        let by_name = if board.is_guardian(actor.person) {
            let held = guardians.iter().find(|held| held.guardian == actor.person);
            held.map(|held| held.guardian_name.initials())
        } else {
            let people = self.rosters.people(&[actor.person]).await?;
            people.first().map(|person| person.name.initials())
        };
        Ok(Signed {
            at: self.clock.now(),
            by: actor.person,
            by_name: by_name.unwrap_or_default(),
        })
    }

    pub(super) async fn listed_notices(&self, board: &Board) -> Result<Vec<Listed>, Problem> {
        let gradebook = &self.journals.gradebook;
        let found = gradebook
            .notices_of(board.child.person.person, board.class.institution)
            .await?;
        let lists = found
            .into_iter()
            .map(|list| Ok((list.record.year()?, list.record)));
        Ok(listed(&lists.collect::<Result<Vec<_>, store::StoreError>>()?))
    }

    pub(super) async fn notices_page(
        &self,
        actor: &Actor,
        page: &PageContext,
        board: Board,
        told: Told,
        saved: Option<u8>,
    ) -> Result<Response, Problem> {
        let listed = self.listed_notices(&board).await?;
        let texts = self.translations.of(page.locale);
        let mut frame = page.frame(texts, texts.get("notices-title"), Some(actor));
        frame.notice = saved.map(|what| texts.get(if what == 1 { "notices-sent" } else { "saved" }));
        html(&NoticesPage {
            frame,
            board,
            listed,
            told,
        })
    }

    /// Sends a notice; whether it is a new one.
    pub(super) async fn send_notice(
        &self,
        actor: &Actor,
        board: &Board,
        body: &SendNotice,
    ) -> Result<Result<(Listed, bool), NoticeError>, Problem> {
        let days = (body.from.as_str(), body.until.as_str());
        let new = match NewNotice::parse(days, &body.reason, &body.text, board.sender, board.today) {
            Ok(new) => new,
            Err(error) => return Ok(Err(error)),
        };
        let signed = self.signed(actor, board).await?;
        let year = AcademicYear::of(new.from);
        self.edit_notices(board, year, |list| {
            let sent = send(
                list,
                new.clone(),
                (board.sender, board.class.group),
                signed.clone(),
            )?;
            let (after, is_change) = match sent {
                Sent::New(notice) => (notice, true),
                Sent::Repeated(notice) => (notice, false),
            };
            Ok(Some(Edit {
                before: None,
                number: after.number,
                is_change,
            }))
        })
        .await
    }

    pub(super) async fn change_notice(
        &self,
        actor: &Actor,
        (child, notice): (PersonId, String),
        institution: Option<InstitutionId>,
        body: &ChangeNotice,
    ) -> Result<(Board, Listed), Problem> {
        let board = self.board(actor, child, institution, body.action()).await?;
        let wanted = body.wanted()?;
        let id: NoticeId = notice.parse().map_err(|_| Problem::not_found())?;
        let signed = self.signed(actor, &board).await?;
        let edited = self.edit_notices(&board, id.year, |list| {
            let Some(notice) = list.notices.iter_mut().find(|notice| notice.number == id.number) else {
                return Ok(None);
            };
            let before = notice.clone();
            let after = changed(&before, wanted, &signed, board.today)?;
            let is_change = after.is_some();
            if let Some(after) = after {
                *notice = after;
            }
            Ok(Some(Edit {
                before: Some(before),
                number: id.number,
                is_change,
            }))
        });
        let (listed, _) = edited.await?.map_err(refusal)?;
        Ok((board, listed))
    }

    /// Changes the notices of a year as they stand, and with them what the weeks of the class show to which each was sent: the
    /// pupil may be in another class by now. Whoever comes second sees what the first has done and decides by it. Gives the
    /// notice and whether anything was written.
    async fn edit_notices(
        &self,
        board: &Board,
        year: AcademicYear,
        edit: impl Fn(&mut PupilNotices) -> Result<Option<Edit>, NoticeError>,
    ) -> Result<Result<(Listed, bool), NoticeError>, Problem> {
        let (child, at) = (board.child.person.person, board.class.institution);
        for _ in 0..TRIES {
            let lists = self.journals.gradebook.notices_of(child, at).await?;
            let name = year.to_string();
            let known = lists.into_iter().find(|list| list.record.year == name);
            let (version, mut list) = known.map_or_else(
                || (0, PupilNotices::new(child, at, year)),
                |known| (known.version, known.record),
            );
            let edit = match edit(&mut list) {
                Ok(edit) => edit.ok_or_else(Problem::not_found)?,
                Err(error) => return Ok(Err(error)),
            };
            let of = |notice: &Notice| ClassNotice::of(child, year, notice);
            let all = listed(&[(year, list.clone())]);
            let own = all.into_iter().find(|listed| listed.id.number == edit.number);
            let shown = own.ok_or_else(Problem::not_found)?;
            if !edit.is_change {
                return Ok(Ok((shown, false)));
            }
            let before = edit.before.as_ref().and_then(of);
            let weeks = ClassNotice::show(shown.notice.class, before.as_ref(), shown.shown.as_ref());
            if let Outcome::Done(()) = self.journals.set_notices(list, version, weeks).await? {
                return Ok(Ok((shown, true)));
            }
        }
        Err(Problem::conflict("journal_changed"))
    }
}
