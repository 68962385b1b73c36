//! The local cloud: everything that My School needs of AWS and of Gosuslugi, on one machine and without Docker.
//!
//! [`Cloud::start`] goes through the steps below and shows each with the time it took; the program (`main.rs`) prints the
//! address and the personas and stays until Ctrl-C, the end-to-end tests start a second cloud on free ports with a state
//! folder of its own ([`Options::separate`]).
//!
//! | step | module | what |
//! |---|---|---|
//! | ports | [`ports`](crate::Ports) | each is free, or the message names the one that is not |
//! | packages, tools | `packages`, `tools` | Debian packages; pinned Python and npm packages under `.local/tools` |
//! | functions | `functions` | one `cargo build` of every binary that `template.yaml` names |
//! | emulator | `emulator`, `children` | MiniStack; it and everything else ends with this program, however that ends |
//! | database | `database` | the embedded DynamoDB, a SQLite file, served over HTTP by this process |
//! | gosuslugi | `gosuslugi` | the simulator of ESIA and the signer |
//! | deploy | `deployment`, `deploy`, `provider` | `infra/data.yaml`, `infra/identity.yaml` and `template.yaml` by SAM, as operators do |
//! | assets | `assets` | own files, fonts and icons under a folder named by their hash |
//! | edge | `edge` | the stand-in for the CDN: the one public URL |
//! | demo region | `region`, `visitor` | imported as regions do, by a signed-in operator through the API |
//!
//! Under the state folder (`.local/cloud`) lies all that is kept; deleting it forgets everything.

mod assets;
mod aws;
mod children;
mod cloud;
mod console;
mod database;
mod deploy;
mod deployment;
mod edge;
mod emulator;
mod failure;
mod fonts;
mod functions;
mod gosuslugi;
mod options;
mod packages;
mod ports;
mod programs;
mod provider;
mod record;
mod region;
mod tools;
mod visitor;

pub use assets::write_assets;
pub use cloud::{Cloud, reset};
pub use console::Console;
pub use deployment::deploy_functions;
pub use failure::Advice;
pub use options::Options;
pub use ports::Ports;
pub use region::{operator_hash, personas};
pub use tools::{Tools, prepare_tools};
pub use visitor::{Answer, Visitor};
