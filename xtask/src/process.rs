//! Starting other programs, and stopping them when somebody stops us.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// The program that we wait for; 0 when there is none.
static CURRENT: AtomicU32 = AtomicU32::new(0);
static INTERRUPTS: AtomicU32 = AtomicU32::new(0);

/// Ctrl-C, SIGTERM and SIGHUP are passed on to the program that runs, and xtask goes on just far
/// enough to clean up. The second one kills.
pub(crate) fn stop_children_when_interrupted() -> Result<()> {
    ctrlc::set_handler(|| {
        let signal = match INTERRUPTS.fetch_add(1, Ordering::SeqCst) {
            0 => "-TERM",
            _ => "-KILL",
        };
        match CURRENT.load(Ordering::SeqCst) {
            0 if signal == "-KILL" => std::process::exit(130),
            0 => {}
            pid => send(signal, pid),
        }
    })
    .context("setting the handler for Ctrl-C")
}

/// Whether somebody asked us to stop.
pub(crate) fn interrupted() -> bool {
    INTERRUPTS.load(Ordering::SeqCst) > 0
}

/// Runs the program to its end with its output passed through; a failure is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let child = spawn(command)?;
    let status = wait(child)?;
    if !status.success() {
        bail!("`{}` failed: {status}", shown(command));
    }
    Ok(())
}

/// Starts the program and says in words when it is not there.
pub(crate) fn spawn(command: &mut Command) -> Result<Child> {
    if interrupted() {
        bail!("stopped");
    }
    command.spawn().with_context(|| format!("`{}` cannot be started", shown(command)))
}

/// Waits for the program; until it ends it gets the signals that we get.
pub(crate) fn wait(mut child: Child) -> Result<ExitStatus> {
    CURRENT.store(child.id(), Ordering::SeqCst);
    if interrupted() {
        // The signal came between the start and the line above.
        send("-TERM", child.id());
    }
    let status = child.wait();
    CURRENT.store(0, Ordering::SeqCst);
    let status = status?;
    if interrupted() && !status.success() {
        bail!("stopped");
    }
    Ok(status)
}

/// What the program prints, when it is there and succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.trim().to_owned())
}

/// Sends a signal by way of the program `kill`: std has no such function, and unsafe is denied.
pub(crate) fn send(signal: &str, pid: u32) {
    // A process that has just ended is not an error.
    let _ = Command::new("kill").args([signal, &pid.to_string()]).stderr(Stdio::null()).status();
}

/// The one place that reads the clock, to say how long things took.
#[expect(
    clippy::disallowed_methods,
    reason = "a duration shown to a developer; nothing is decided by it but when to give up waiting"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
