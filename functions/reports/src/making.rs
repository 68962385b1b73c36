//! The queue's side: a message in, a report made class by class.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use futures_util::future::try_join_all;
use jiff::{Timestamp, tz::TimeZone};
use rosters::Group;
use store::{StoreError, Table};
use web::{Clock, Environment, StartError};

use crate::{
    run::{Claim, Made, MakeMessage, ReportKind, Run, RunState},
    school::Gathering,
    source::Sources,
    store::ReportStore,
};

/// Notable changes of a journal that one report looks at: a term has a few dozen, and a thousand are a story of their own.
const MOST_CHANGES: i32 = 1_000;

/// All that the jobs need.
#[derive(Debug, Clone)]
pub struct Jobs {
    sources: Sources,
    store: ReportStore,
    clock: Clock,
}

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error("the message is not one of a report")]
    Message(#[from] serde_json::Error),
    #[error("somebody else is at the report")]
    UnderWay,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Jobs {
    /// The jobs by their environment: `REPORTS_TABLE`, `REGISTRY_TABLE`, `SCHEDULES_TABLE`, `JOURNALS_TABLE`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let table = Table::new(database.clone(), environment.required("REPORTS_TABLE")?);
        Ok(Self {
            sources: crate::sources(environment, database)?,
            store: ReportStore::new(table),
            clock,
        })
    }

    async fn run(&self, body: &str) -> Result<(), JobError> {
        let message: MakeMessage = serde_json::from_str(body)?;
        let Some(stored) = self.store.run(&message.subject).await? else {
            return Ok(());
        };
        match stored.record.claim(message.number, self.clock.now()) {
            Claim::Nothing => Ok(()),
            Claim::Later => Err(JobError::UnderWay),
            Claim::Take => match self.make(stored.record, stored.version).await {
                // Whoever has taken over finishes it.
                Err(JobError::Store(StoreError::Conflict(_))) => Ok(()),
                other => other,
            },
        }
    }

    async fn make(&self, run: Run, version: u64) -> Result<(), JobError> {
        let subject = run.subject.clone();
        let mut classes = self.sources.rosters.classes(subject.institution).await?;
        classes.retain(|class| class.periods.iter().any(|period| period.id == subject.period));
        let total = classes.len();
        let mut run = run.step(RunState::Running, 0, total, self.clock.now());
        let mut version = self.store.note(run.clone(), Some(version)).await?;
        let weeks = match subject.kind {
            ReportKind::Load => self.sources.timetables.teachers_of(subject.institution).await?,
            _ => vec![],
        };
        let mut gathering = Gathering::new(subject.kind, weeks);
        for (before, class) in classes.iter().enumerate() {
            self.gather(&mut gathering, class, &run).await?;
            run = run.step(RunState::Running, before + 1, total, self.clock.now());
            version = self.store.note(run.clone(), Some(version)).await?;
        }
        let now = self.clock.now();
        let made = Made {
            subject,
            number: run.number,
            finished_at: now,
            content: gathering.finish().kept()?,
        };
        tracing::info!(institution = %made.subject.institution, kind = %made.subject.kind, classes = total, "report made");
        self.store
            .finish(run.step(RunState::Done, total, total, now), version, made)
            .await?;
        Ok(())
    }

    /// Adds a class to a report.
    async fn gather(&self, gathering: &mut Gathering, class: &Group, run: &Run) -> Result<(), JobError> {
        let Some((roster, taught)) = self.sources.class(class.group).await? else {
            return Ok(());
        };
        let period = class
            .periods
            .iter()
            .find(|period| period.id == run.subject.period);
        let Some(period) = period.cloned() else {
            return Ok(());
        };
        if let Gathering::Changes(changes) = gathering {
            let span = (start_of(&period, &class.zone()), self.clock.now());
            let found = taught.iter().map(|taught| {
                self.sources
                    .gradebook
                    .notable_changes(taught.group, span, MOST_CHANGES)
            });
            for (taught, found) in taught.iter().zip(try_join_all(found).await?) {
                changes.add(taught, &found);
            }
            return Ok(());
        }
        let today = self.clock.today(&class.zone());
        let with_timetable = run.subject.kind != ReportKind::Results;
        let source = self
            .sources
            .period(roster, period, taught, today, with_timetable)
            .await?;
        gathering.add(&source);
        Ok(())
    }
}

/// The moment at which a period begins where the class is.
fn start_of(period: &model::AcademicPeriod, zone: &TimeZone) -> Timestamp {
    let midnight = period.start.to_datetime(jiff::civil::Time::midnight());
    zone.to_timestamp(midnight).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Carries out the messages of a batch; those that failed, or came while somebody else is at it, come again.
pub async fn answer(jobs: &Jobs, event: SqsEvent) -> SqsBatchResponse {
    web::answer_batch(event, async |body: &str| jobs.run(body).await).await
}
