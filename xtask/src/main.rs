//! The project's own commands, `cargo xtask <command>`. Each one looks for what it needs, installs
//! what is missing outside the checkout, says so before it does, and leaves the checkout clean.
//!
//! Nothing here knows what the market does: it builds, starts and tests the other crates.

mod apt;
mod bench;
mod builds;
mod context;
mod crash;
mod node;
mod postgres;
mod process;
mod run;
mod screenshots;
mod server;
mod target_dir;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::context::Context;

const USAGE: &str = "\
Usage: cargo xtask <command>

  run [-- <flags for `quotient serve`>]   build the store, start it with the demo market, open a page
  test [<step>...]                        every check, or the steps named: fmt clippy storefront native wasm e2e
  bench [<name>...]                       every benchmark, or those named
  crash [<times>]                         kill the server under load, and look whether anything is lost
  screenshots                             write the pictures in docs/

Tools are installed once, in $QUOTIENT_TOOLS or ~/.cache/quotient/tools.
Compiled code goes to $CARGO_TARGET_DIR or ~/.cache/quotient/target.";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();

    if matches!(command.as_str(), "" | "help" | "--help" | "-h") {
        println!("{USAGE}");
        return Ok(());
    }

    process::stop_children_when_interrupted()?;
    let context = Context::from_environment()?;
    match command.as_str() {
        "run" => run::run(&context, &rest),
        "test" => test::test(&context, &rest),
        "bench" => bench::bench(&context, &rest),
        "crash" => crash::crash(&context, &rest),
        "screenshots" => screenshots::screenshots(&context),
        unknown => bail!("there is no command `{unknown}`\n\n{USAGE}"),
    }
}
