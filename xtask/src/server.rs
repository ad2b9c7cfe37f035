//! Starting `quotient serve` and waiting until it answers.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::process;

const PATIENCE: Duration = Duration::from_mins(1);

/// The command that serves the demo market; flags of the person's own come last.
pub(crate) fn demo(context: &Context, binary: &Path, address: SocketAddr, data: &Path) -> Command {
    let mut command = context.command(binary);
    command
        .args(["serve", "--demo", "--listen", &address.to_string()])
        .arg("--data")
        .arg(data)
        // Ctrl-C reaches xtask alone, which passes it on: otherwise the server would hear it twice.
        .process_group(0);
    command
}

/// Starts the server and returns when `/healthz` answers.
pub(crate) fn start(command: &mut Command, address: SocketAddr) -> Result<Child> {
    let mut child = process::spawn(command)?;
    let since = process::now();
    while !is_healthy(address) {
        if let Some(status) = child.try_wait()? {
            bail!("the server ended before it answered: {status}");
        }
        if process::interrupted() || since.elapsed() > PATIENCE {
            stop(child)?;
            bail!("the server did not answer on {address}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(child)
}

/// Asks the server to stop and waits until it has.
pub(crate) fn stop(mut child: Child) -> Result<()> {
    process::send("-TERM", child.id());
    child.wait()?;
    Ok(())
}

/// The first port from 8080 on that nobody uses.
pub(crate) fn port_from_8080() -> Result<u16> {
    (8080..8180)
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .context("the ports 8080 to 8179 are all taken")
}

/// Any port that nobody uses.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn is_healthy(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut answer = [0; 16];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
