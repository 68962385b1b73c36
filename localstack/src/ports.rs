//! The ports of the local cloud.

use std::net::{Ipv4Addr, TcpListener};

use serde::{Deserialize, Serialize};

use crate::failure::failure;

/// One port for each server of the local cloud; all of them listen on the loopback interface only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ports {
    /// The public URL.
    pub edge: u16,
    /// MiniStack.
    pub emulator: u16,
    /// The embedded DynamoDB.
    pub database: u16,
    /// The simulator of ESIA.
    pub esia: u16,
    /// The signer of requests to ESIA.
    pub signer: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            edge: 8080,
            emulator: 4566,
            database: 4567,
            esia: 8091,
            signer: 8092,
        }
    }
}

impl Ports {
    /// Five ports that are free now, for a cloud beside a running one.
    ///
    /// # Errors
    /// The system gives no port.
    pub fn free() -> anyhow::Result<Self> {
        // All five are held until the last is known: the system may give a released port again.
        let held = std::array::from_fn::<_, 5, _>(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let mut ports = [0; 5];
        for (port, listener) in ports.iter_mut().zip(held) {
            *port = listener?.local_addr()?.port();
        }
        let [edge, emulator, database, esia, signer] = ports;
        Ok(Self {
            edge,
            emulator,
            database,
            esia,
            signer,
        })
    }

    fn named(self) -> [(u16, &'static str, &'static str); 5] {
        [
            (self.edge, "the public URL", "--port"),
            (self.emulator, "the emulator", "--emulator-port"),
            (self.database, "the database", "--database-port"),
            (self.esia, "the simulator of ESIA", "--esia-port"),
            (self.signer, "the signer", "--signer-port"),
        ]
    }

    /// Refuses to go on where another program listens.
    pub(crate) fn check(self) -> anyhow::Result<()> {
        for (port, server, flag) in self.named() {
            if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
                return Err(failure(
                    format!("port {port} ({server}) is taken by another program"),
                    format!(
                        "stop that program (`ss -ltnp | grep :{port}` names it) or choose another port with {flag}"
                    ),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::causes;

    #[test]
    fn a_taken_port_is_named_with_the_flag_that_moves_it() -> anyhow::Result<()> {
        let ports = Ports::free()?;
        let _held = TcpListener::bind((Ipv4Addr::LOCALHOST, ports.database))?;
        let error = ports.check().expect_err("the port is held");
        assert!(causes(&error).contains(&format!("port {} (the database) is taken", ports.database)));
        assert!(format!("{error:#}").contains("--database-port"));
        Ok(())
    }

    #[test]
    fn free_ports_differ() -> anyhow::Result<()> {
        let Ports {
            edge,
            emulator,
            database,
            esia,
            signer,
        } = Ports::free()?;
        let mut ports = vec![edge, emulator, database, esia, signer];
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 5);
        Ok(())
    }
}
