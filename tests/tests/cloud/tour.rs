//! The pages that are looked at, by those who look at them, filled so that there is something to see.

use anyhow::Context;
use demo::Part;
use end_to_end::{
    journal::{Journal, PERIOD, child_in_seven_a},
    place::{Place, ask, read},
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// A page: its name for pictures, and its path.
type Page = (&'static str, String);
/// Those who look, each with the pages that they look at.
pub(crate) type Tour = Vec<(Option<Part>, Vec<Page>)>;

/// The lesson whose pages are looked at.
const LESSON: &str = "2026-09-04-01";

/// What the pages are about.
struct Subjects {
    /// Algebra of 7А.
    journal: String,
    /// A pupil of 7А.
    child: String,
    class: String,
    institution: String,
    /// Who teaches algebra.
    teacher: String,
    region: String,
    import: String,
    /// A draft of a timetable, made from the week that is published.
    draft: String,
    college: College,
}

/// What the pages of the college are about.
struct College {
    /// A student of 9ИС-151.
    student: String,
    /// Their group.
    group: String,
    /// A journal in which they have a result.
    journal: String,
}

/// The semester of the college that runs.
const SEMESTER: &str = "2026-s1";

/// The subjects, made once: two tests look at the same pages.
static SUBJECTS: OnceCell<Subjects> = OnceCell::const_new();

pub(crate) async fn tour(place: &Place) -> anyhow::Result<Tour> {
    let subjects = SUBJECTS.get_or_try_init(|| Subjects::make(place)).await?;
    Ok(vec![
        (None, of_nobody()),
        (Some(Part::Teacher), subjects.of_the_teacher()),
        (Some(Part::Parent), subjects.of_a_parent()),
        (Some(Part::Deputy), subjects.of_the_deputy()),
        (Some(Part::Head), subjects.of_the_head()),
        (Some(Part::FederalOperator), subjects.of_the_operator()),
        (Some(Part::Student), subjects.of_the_student()),
        (Some(Part::Tutor), subjects.of_the_tutor()),
        (
            Some(Part::Stranger),
            vec![
                ("nothing-here", "/identity/profile".to_owned()),
                ("no-diary", "/diary".to_owned()),
            ],
        ),
    ])
}

fn of_nobody() -> Vec<Page> {
    vec![
        ("sign-in", "/".to_owned()),
        ("sign-in-for-a-page", "/?return_to=%2Fdiary".to_owned()),
        ("signed-out", "/identity/signed-out".to_owned()),
        (
            "sign-in-refused",
            "/identity/callback?state=unknown&code=none".to_owned(),
        ),
    ]
}

impl Subjects {
    async fn make(place: &Place) -> anyhow::Result<Self> {
        let journal = Journal::of_algebra(place).await?;
        let parent = place.visitor(Part::Parent).await?;
        let child = child_in_seven_a(&parent).await?;
        fill(&journal, &child).await?;
        let children = read(&parent, "/api/identity/children").await?;
        let seven_a = seven_a(&children).context("no 7А")?;
        let operator = place.visitor(Part::FederalOperator).await?;
        let regions = read(&operator, "/api/registry/regions").await?;
        let region = text(&regions["regions"][0]["id"])?;
        let teacher = read(&place.visitor(Part::Teacher).await?, "/api/identity/profile").await?;
        let institution = text(&seven_a["institution"])?;
        Ok(Self {
            class: text(&seven_a["group"])?,
            teacher: text(&teacher["person"])?,
            import: a_finished_import(place, &region).await?,
            draft: a_draft(place, &institution).await?,
            college: College::attested(place).await?,
            journal: journal.id.clone(),
            child,
            institution,
            region,
        })
    }

    fn grid(&self) -> String {
        format!("/journals/{}/{PERIOD}", self.journal)
    }

    fn of_the_teacher(&self) -> Vec<Page> {
        let (grid, child) = (self.grid(), &self.child);
        vec![
            ("today", "/schedules/today?date=2026-11-23".to_owned()),
            ("own-week", "/schedules?date=2026-11-23".to_owned()),
            ("feeds", "/schedules/feeds".to_owned()),
            (
                "day-sheet",
                "/schedules/substitutions/sheet?date=2026-11-23".to_owned(),
            ),
            ("journals", "/journals".to_owned()),
            ("grid", grid.clone()),
            ("lesson", format!("{grid}/lessons/{LESSON}")),
            ("history", format!("{grid}/lessons/{LESSON}/cells/{child}")),
            ("average", format!("{grid}/pupils/{child}")),
            ("results", format!("{grid}/results")),
            ("result-history", format!("{grid}/results/{child}")),
            ("year", format!("{grid}/year")),
            ("lock", format!("{grid}/lock")),
            ("plan", format!("{grid}/plan")),
            ("marking", format!("/journals/marking/{}", self.institution)),
            ("reports-own", "/reports".to_owned()),
            ("reports-changes", "/reports/changes".to_owned()),
            ("profile", "/identity/profile".to_owned()),
            ("signed-in", "/identity/signed-in".to_owned()),
            ("sign-out", "/identity/sign-out".to_owned()),
            ("not-found", "/journals/nothing".to_owned()),
        ]
    }

    fn of_a_parent(&self) -> Vec<Page> {
        let (journal, child) = (&self.journal, &self.child);
        vec![
            ("children", "/diary".to_owned()),
            ("diary", format!("/diary/{child}?date=2026-09-04")),
            ("diary-this-week", format!("/diary/{child}")),
            ("diary-day", format!("/diary/{child}/day?date=2026-09-04")),
            ("homework", format!("/diary/{child}/homework")),
            ("news", format!("/diary/{child}/news")),
            ("marks", format!("/diary/{child}/marks?period={PERIOD}")),
            (
                "subject",
                format!("/diary/{child}/marks/{journal}?period={PERIOD}"),
            ),
            ("notices", format!("/journals/notices/{child}")),
            ("family-week", "/schedules?date=2026-11-23".to_owned()),
            ("family-feeds", "/schedules/feeds".to_owned()),
        ]
    }

    fn of_the_deputy(&self) -> Vec<Page> {
        let (draft, class, institution) = (&self.draft, &self.class, &self.institution);
        let editor = format!("/schedules/drafts/{draft}");
        let grid = self.grid();
        vec![
            (
                "register",
                format!("/journals/classes/{class}/register?date=2026-09-07"),
            ),
            (
                "assessments",
                format!("/journals/classes/{class}/assessments?period={PERIOD}"),
            ),
            ("generation", format!("{editor}/generation")),
            ("substitutions", "/schedules/substitutions".to_owned()),
            (
                "substitutions-offers",
                format!(
                    "/schedules/substitutions?absent={}&from=2026-11-23&until=2026-11-24",
                    self.teacher
                ),
            ),
            ("checks", "/schedules/checks?date=2026-11-23".to_owned()),
            ("calendar", "/schedules/calendar".to_owned()),
            ("buildings", "/schedules/buildings".to_owned()),
            ("drafts", "/schedules/drafts".to_owned()),
            ("editor-class", format!("{editor}?class={class}")),
            ("editor-teacher", format!("{editor}?teacher={}", self.teacher)),
            (
                "editor-cell",
                format!("{editor}/cell?class={class}&day=1&number=2"),
            ),
            ("publication", format!("{editor}/publication")),
            ("lock-deputy", format!("{grid}/lock")),
            ("class-results", format!("/journals/classes/{class}/results")),
            ("marking-deputy", format!("/journals/marking/{institution}")),
            ("alerts", format!("/journals/alerts/{institution}")),
        ]
    }

    fn of_the_head(&self) -> Vec<Page> {
        let class = &self.class;
        let school = format!("/reports/institutions/{}/{PERIOD}", self.institution);
        vec![
            ("classes", "/registry/classes".to_owned()),
            ("class", format!("/registry/classes/{class}")),
            (
                "institution",
                format!("/registry/institutions/{}", self.institution),
            ),
            (
                "class-week",
                format!("/schedules/classes/{class}?date=2026-11-23"),
            ),
            ("class-journals", format!("/journals?class={class}")),
            ("grid-read-only", self.grid()),
            (
                "class-readers",
                format!("/diary/classes/{class}/readers?date=2026-11-23"),
            ),
            ("reports", "/reports".to_owned()),
            ("reports-class", format!("/reports/classes/{class}/{PERIOD}")),
            ("reports-checks", format!("{school}/checks")),
            ("reports-school", school),
        ]
    }

    fn of_the_student(&self) -> Vec<Page> {
        let student = &self.college.student;
        vec![
            (
                "marks-student",
                format!("/diary/{student}/marks?period={SEMESTER}"),
            ),
            ("pass-book", format!("/diary/{student}/pass-book")),
        ]
    }

    fn of_the_tutor(&self) -> Vec<Page> {
        let College {
            student,
            group,
            journal,
        } = &self.college;
        vec![
            (
                "results-college",
                format!("/journals/{journal}/{SEMESTER}/results"),
            ),
            (
                "class-results-college",
                format!("/journals/classes/{group}/results?period={SEMESTER}"),
            ),
            ("pass-book-tutor", format!("/diary/{student}/pass-book")),
        ]
    }

    fn of_the_operator(&self) -> Vec<Page> {
        vec![
            ("regions", "/registry/regions".to_owned()),
            ("region", format!("/registry/regions/{}", self.region)),
            ("import", self.import.clone()),
            (
                "import-timetable",
                self.import.replace("/registry/imports/", "/schedules/imports/"),
            ),
        ]
    }
}

impl College {
    /// The student has failed an exam and passed it since, in the first journal of the tutor in which they learn.
    async fn attested(place: &Place) -> anyhow::Result<Self> {
        let student = read(&place.visitor(Part::Student).await?, "/api/identity/profile").await?;
        let student = text(&student["person"])?;
        let tutor = place.visitor(Part::Tutor).await?;
        let journals = read(&tutor, "/api/journals").await?;
        for journal in journals["journals"].as_array().into_iter().flatten() {
            let journal = text(&journal["id"])?;
            let results = format!("/api/journals/{journal}/{SEMESTER}/results");
            let (status, found) = ask(&tutor, Method::GET, &results, None, &[]).await?;
            let of_student = |row: &&Value| row["pupil"] == student.as_str();
            let rows = found["pupils"].as_array().into_iter().flatten();
            let Some(row) = rows.into_iter().find(of_student).filter(|_| status == 200) else {
                continue;
            };
            let mut version = row["result"]["version"].as_u64().unwrap_or(0);
            for (mark, date) in [("2", "2026-09-10"), ("4", "2026-09-17")] {
                let body = json!({ "mark": mark, "attestation": { "form": "exam", "date": date } });
                let seen = format!("\"{version}\"");
                let headers = [("if-match", seen.as_str())];
                let path = format!("{results}/{student}");
                let (status, set) = ask(&tutor, Method::PUT, &path, Some(&body), &headers).await?;
                anyhow::ensure!(status == 200, "the result of the student: {status} {set}");
                version = set["version"].as_u64().unwrap_or(0);
            }
            return Ok(Self {
                group: a_group_of(place).await?,
                student,
                journal,
            });
        }
        anyhow::bail!("the tutor has no journal of the student's")
    }
}

/// The group that the tutor leads, from the links of their journals.
async fn a_group_of(place: &Place) -> anyhow::Result<String> {
    let mut tutor = place.visitor(Part::Tutor).await?;
    let page = tutor.get("/journals").await?.body;
    let after = page.split("/journals/classes/").nth(1);
    let group = after.and_then(|rest| rest.split('/').next());
    Ok(group.context("the tutor leads no group")?.to_owned())
}

fn text(value: &Value) -> anyhow::Result<String> {
    Ok(value.as_str().context("not a text")?.to_owned())
}

/// The membership of class 7А among those of a parent's children.
fn seven_a(children: &Value) -> Option<&Value> {
    let children = children["children"].as_array()?.iter();
    let mut classes = children.filter_map(|child| child["classes"].as_array()).flatten();
    classes.find(|class| class["title"] == "7А")
}

/// Path of the first import of a region, that of the demo region: the last in its list.
async fn a_finished_import(place: &Place, region: &str) -> anyhow::Result<String> {
    let mut operator = place.visitor(Part::FederalOperator).await?;
    let page = operator.get(&format!("/registry/regions/{region}")).await?.body;
    let links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    let imports = links.filter(|path| path.starts_with("/registry/imports/"));
    Ok(imports
        .last()
        .context("the region's page lists no import")?
        .to_owned())
}

/// What the draft is called.
const TITLE: &str = "Расписание на II полугодие";

/// The draft that an earlier run has made, or a new one from the week that is published.
async fn a_draft(place: &Place, institution: &str) -> anyhow::Result<String> {
    let deputy = place.visitor(Part::Deputy).await?;
    let known = read(
        &deputy,
        &format!("/api/schedules/drafts?institution={institution}"),
    )
    .await?;
    let mut known = known["drafts"].as_array().into_iter().flatten();
    if let Some(draft) = known.find(|draft| draft["title"] == TITLE) {
        return text(&draft["draft"]);
    }
    let wanted = json!({
        "institution": institution,
        "title": TITLE,
        "from": "2027-01-11",
        "source": "published",
        "date": "2026-11-23",
    });
    let (status, made) = ask(&deputy, Method::POST, "/api/schedules/drafts", Some(&wanted), &[]).await?;
    text(&made["draft"]).with_context(|| format!("no draft was made: {status} {made}"))
}

/// Marks of every kind, so that pages have something to show.
async fn fill(journal: &Journal, child: &str) -> anyhow::Result<()> {
    for (number, entry) in (1..=12).zip(["5", "4 5", "н", "3", "", "б", "5", "2", "о 4", "5", "4", "3 5"])
    {
        let lesson = format!("2026-09-{:02}-01", 3 + number);
        journal.open(&lesson).await?;
        let stands = journal.cell(&lesson, child).await?;
        if stands.entry != entry {
            journal.set(&lesson, child, entry).await?;
        }
    }
    Ok(())
}
