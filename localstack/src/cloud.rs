//! Starting and stopping the whole.

use std::{
    fs,
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::Context;
use tokio::{runtime::Runtime, sync::oneshot, time::sleep};

use crate::{
    aws::Aws,
    console::Console,
    database::LocalDatabase,
    deploy::{self, Deployer},
    deployment::Deployment,
    edge,
    emulator::{self, Emulator},
    failure::{Advise, failure},
    functions,
    gosuslugi::Gosuslugi,
    options::Options,
    packages,
    record::Record,
    region,
    tools::{Tools, prepare_tools},
};

/// A running local cloud. Dropping it stops it.
///
/// It runs on threads of its own, so it can be shared by tests that each have a runtime.
#[derive(Debug)]
pub struct Cloud {
    addresses: Addresses,
    tools: Tools,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Where a cloud answers.
#[derive(Debug, Clone)]
struct Addresses {
    public: String,
    emulator: String,
    database: String,
    esia: String,
}

impl Cloud {
    /// Carries out every step and returns when the public URL answers.
    ///
    /// # Errors
    /// The first step that fails, with its name and, in most cases, an [`Advice`](crate::Advice).
    pub fn start(options: Options, console: Console) -> anyhow::Result<Self> {
        let (ready, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let addresses = Addresses {
            public: options.public_origin(),
            emulator: format!("http://127.0.0.1:{}", options.ports.emulator),
            database: format!("http://127.0.0.1:{}", options.ports.database),
            esia: format!("http://localhost:{}", options.ports.esia),
        };
        let thread = thread::Builder::new().name("cloud".to_owned()).spawn(move || {
            Runtime::new()?.block_on(async {
                match Running::start(&options, console).await {
                    Ok((running, tools)) => {
                        // A receiver that is gone means that nobody waits any more: then it stops at once.
                        if ready.send(Ok(tools)).is_ok() {
                            let _ = stopped.await;
                        }
                        running.stop(console).await
                    }
                    Err(error) => {
                        let _ = ready.send(Err(error));
                        Ok(())
                    }
                }
            })
        })?;
        let tools = started.recv().context("the local cloud's thread ended")??;
        Ok(Self {
            addresses,
            tools,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Origin of the pages and of the API as browsers see it, without a trailing slash.
    pub fn public_url(&self) -> &str {
        &self.addresses.public
    }

    /// Endpoint of the emulated AWS services but DynamoDB.
    pub fn aws_endpoint(&self) -> &str {
        &self.addresses.emulator
    }

    /// Endpoint of the embedded DynamoDB.
    pub fn database_endpoint(&self) -> &str {
        &self.addresses.database
    }

    /// Origin of the simulator of ESIA as browsers see it.
    pub fn esia_url(&self) -> &str {
        &self.addresses.esia
    }

    /// Programs and packages that the cloud was prepared with.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// Stops everything in order, so that the emulator writes its state.
    ///
    /// # Errors
    /// Something could not be stopped in order; it is stopped all the same.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.end()
    }

    fn end(&mut self) -> anyhow::Result<()> {
        if let Some(stop) = self.stop.take() {
            // The thread has ended already if nobody receives.
            let _ = stop.send(());
        }
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(anyhow::anyhow!("the local cloud's thread panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.end();
    }
}

/// What a start needs before anything runs.
struct Prepared {
    lock: fs::File,
    tools: Tools,
    template: String,
}

impl Prepared {
    /// Makes sure that nothing is in the way, installs tools and compiles the functions.
    async fn new(options: &Options, console: Console) -> anyhow::Result<Self> {
        fs::create_dir_all(&options.state)
            .context("the state folder could not be made")
            .advise("the folder of the checkout has to be writable")?;
        let lock = lock(options).await?;
        emulator::end_earlier(&options.state)?;
        options.ports.check()?;
        moved(options)?;
        console
            .step("Debian packages", packages::prepare(console))
            .await?;
        let tools = console.step("tools", prepare_tools(options)).await?;
        let (template, binaries) = functions::template(options)?;
        let folder = deploy::folder(options);
        let built = functions::build(options, &folder, &binaries, console.is_shown());
        console.step("functions", built).await?;
        Ok(Self {
            lock,
            tools,
            template,
        })
    }
}

/// What runs, in the order of its start.
struct Running {
    database: LocalDatabase,
    emulator: Emulator,
    gosuslugi: Gosuslugi,
    edge: tokio::task::JoinHandle<()>,
    _lock: fs::File,
}

impl Running {
    async fn start(options: &Options, console: Console) -> anyhow::Result<(Self, Tools)> {
        let Prepared {
            lock,
            tools,
            template,
        } = Prepared::new(options, console).await?;
        let aws = Aws::new(options.ports.emulator);
        let database = LocalDatabase::start(&options.state, options.ports.database);
        let mut database = console.step("database", database).await?;
        let emulator = console
            .step("emulator", Emulator::start(options, &tools, &aws))
            .await?;
        let region = console.step("demo region", region::made()).await?;
        let mut gosuslugi = console
            .step("keys of Gosuslugi", Gosuslugi::prepare(&options.state))
            .await?;
        console.line(&format!(
            "    requests to the simulator are signed by {}",
            gosuslugi.signature()
        ));
        let deployer = Deployer {
            options,
            tools: &tools,
            aws: &aws,
        };
        let deployment = Deployment { deployer, console };
        let deployed = deployment
            .all(&template, &database, &emulator, &gosuslugi, &region)
            .await;
        let origins = match deployed {
            Ok(origins) => origins,
            Err(error) => {
                database.stop().await;
                return Err(error);
            }
        };
        console
            .step("Gosuslugi", gosuslugi.serve(options, region.personas.clone()))
            .await?;
        let edge = console.step("public URL", edge::serve(options, &origins)).await?;
        if let Some(imported) = console
            .step("import of the demo region", region::import(options, &region))
            .await?
        {
            console.line(&format!("    {imported}"));
            emulator.checkpoint().await?;
        }
        Ok((
            Self {
                database,
                emulator,
                gosuslugi,
                edge,
                _lock: lock,
            },
            tools,
        ))
    }

    async fn stop(mut self, console: Console) -> anyhow::Result<()> {
        console.line("stopping");
        self.edge.abort();
        self.gosuslugi.stop();
        // The emulator ends its functions and writes its state; only then may the database go that they write to.
        tokio::task::spawn_blocking(move || drop(self.emulator)).await?;
        self.database.stop().await;
        Ok(())
    }
}

/// Keeps other processes from starting a cloud with the same state. The system lifts the lock when this process ends,
/// however it ends; one that is just ending is given two seconds.
async fn lock(options: &Options) -> anyhow::Result<fs::File> {
    let file = fs::File::create(options.state.join("lock"))?;
    for _ in 0..20 {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) => sleep(Duration::from_millis(100)).await,
            Err(fs::TryLockError::Error(error)) => {
                return Err(error).context("the state folder could not be locked");
            }
        }
    }
    Err(failure(
        "the local cloud is running already",
        format!(
            "open {}, or stop it with Ctrl-C in its terminal",
            options.public_origin()
        ),
    ))
}

/// Refuses a cloud that would listen elsewhere than its state says: addresses are part of what is deployed.
fn moved(options: &Options) -> anyhow::Result<()> {
    match Record::read(&options.state) {
        Some(record) if record.ports.edge != options.ports.edge => Err(failure(
            format!(
                "this cloud was set up for port {}, not {}",
                record.ports.edge, options.ports.edge
            ),
            format!(
                "start it with --port {}, or forget it with `cargo run -- reset`",
                record.ports.edge
            ),
        )),
        _ => Ok(()),
    }
}

/// Forgets everything that a cloud keeps.
///
/// # Errors
/// It is running.
pub fn reset(options: &Options) -> anyhow::Result<()> {
    if emulator::is_running(&options.state) {
        return Err(failure(
            "the local cloud is running",
            "stop it first (Ctrl-C in its terminal)",
        ));
    }
    match fs::remove_dir_all(&options.state) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
