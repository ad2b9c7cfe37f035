//! A PostgreSQL for the length of a test run: its own cluster in a temporary folder, gone afterwards.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::context::find_program;
use crate::{process, server};

/// What a commit waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commits {
    /// The disk, as PostgreSQL is delivered.
    Durable,
    /// Nothing: what a test leaves has not to survive a power cut.
    Quick,
}

/// A running cluster; dropping it stops the server and deletes its files.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
}

/// The folder of PostgreSQL's server programs, which Debian leaves off PATH; the newest version.
pub(crate) fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let bin = entry.path().join("bin");
            bin.join("initdb").exists().then_some((version, bin))
        })
        .max();
    match newest {
        Some((_, bin)) => Some(bin),
        None => Some(find_program(&["initdb"])?.parent()?.to_owned()),
    }
}

impl Postgres {
    /// Makes a cluster with the programs found and waits until it answers.
    pub(crate) fn start(programs: &Path, commits: Commits) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("quotient-postgres-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("making {}", folder.display()))?;
        Self::start_in(programs, &folder, commits).inspect_err(|_| {
            let _ = fs::remove_dir_all(&folder);
        })
    }

    fn start_in(programs: &Path, folder: &Path, commits: Commits) -> Result<Self> {
        // PostgreSQL refuses to run as root; Debian's package made a user for it.
        let is_root = process::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
        if is_root {
            let own = Command::new("chown").arg("postgres").arg(folder).status();
            if !own.is_ok_and(|status| status.success()) {
                bail!("PostgreSQL does not run as root, and there is no user `postgres`");
            }
        }
        let program = |name: &str| {
            let path = programs.join(name);
            let mut command = if is_root {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(path);
                command
            } else {
                Command::new(path)
            };
            command.current_dir(folder);
            command
        };

        let data = folder.join("data");
        let log = folder.join("log");
        let made = process::output(
            program("initdb")
                .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"])
                .arg("--pgdata")
                .arg(&data),
        );
        made.context("PostgreSQL's initdb failed")?;

        let port = server::free_port()?;
        let log_file = fs::File::create(&log)?;
        let server = process::spawn(
            program("postgres")
                .arg("-D")
                .arg(&data)
                .arg("-k")
                .arg(folder)
                .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
                .args(["-c", "max_connections=200"])
                .args(if commits == Commits::Quick { &["-c", "fsync=off"][..] } else { &[] })
                .stdout(Stdio::null())
                .stderr(log_file),
        )?;
        let mut started = Self { server, folder: folder.to_owned(), port };
        started.wait_until_ready(&log)?;
        Ok(started)
    }

    /// The address for `QUOTIENT_TEST_POSTGRES`.
    pub(crate) fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, log: &Path) -> Result<()> {
        for _ in 0..150 {
            let said = fs::read_to_string(log).unwrap_or_default();
            if self.server.try_wait()?.is_some() {
                bail!("PostgreSQL ended at once: {said}");
            }
            // The port opens a moment before the server takes connections; the log says when it does.
            if said.contains("ready to accept connections") && TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        bail!("PostgreSQL did not answer within 30 seconds")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Immediate shutdown: the data is thrown away anyway.
        process::send("-QUIT", self.server.id());
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
