//! `cargo xtask crash`: kills the server under load, at every named point and at random, and looks whether anything was lost
//! or done twice. On SQLite and on PostgreSQL.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::postgres::{self, Commits, Postgres};
use crate::{apt, process, target_dir};

const TIMES: &str = "500";

/// Kills it so many times on each database.
pub(crate) fn crash(context: &Context, arguments: &[String]) -> Result<()> {
    let times = match arguments {
        [] => TIMES,
        [times] if times.parse::<u32>().is_ok() => times,
        _ => bail!("say how many times to kill the server: cargo xtask crash [{TIMES}]"),
    };
    apt::provide(context, &[&apt::POSTGRES])?;
    let programs = postgres::programs().context("PostgreSQL's programs are not there")?;
    let _claim = target_dir::claim(context)?;
    process::run(&mut context.cargo("build --package server --bin quotient --features faults"))?;
    // The next build without the feature would take its place.
    let binary = context.target.join("debug/quotient-with-faults");
    std::fs::copy(context.target.join("debug/quotient"), &binary)?;

    println!("\n=== on SQLite");
    process::run(&mut run(context, &binary, times))?;
    println!("\n=== on PostgreSQL");
    let postgres = Postgres::start(&programs, Commits::Quick)?;
    let mut command = run(context, &binary, times);
    process::run(command.args(["--database", &postgres.address()]).env("PATH", path_with(&programs)))
}

fn run(context: &Context, binary: &Path, times: &str) -> Command {
    let mut node = context.command("node");
    node.arg("tests/crash/run.mjs").arg("--bin").arg(binary).args(["--times", times]);
    node
}

/// PATH with PostgreSQL's own programs, which Debian leaves off it.
fn path_with(folder: &Path) -> std::ffi::OsString {
    let mut path = folder.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}
