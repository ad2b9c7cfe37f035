//! `cargo xtask test`: all checks, each a step that can be run alone.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::builds::{self, Profile};
use crate::context::Context;
use crate::postgres::{self, Commits, Postgres};
use crate::{apt, node, process, target_dir, tools};

const E2E: &str = "tests/e2e";

/// In the order in which they run: what fails fast comes first, and the storefront before the
/// server, which has it inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Fmt,
    Clippy,
    Storefront,
    Native,
    Wasm,
    E2e,
}

const STEPS: [(Step, &str); 6] = [
    (Step::Fmt, "fmt"),
    (Step::Clippy, "clippy"),
    (Step::Storefront, "storefront"),
    (Step::Native, "native"),
    (Step::Wasm, "wasm"),
    (Step::E2e, "e2e"),
];

/// Runs the steps named, or all; stops at the first that fails.
pub(crate) fn test(context: &Context, names: &[String]) -> Result<()> {
    let steps = chosen(names)?;
    set_up(context, &steps)?;
    let _claim = target_dir::claim(context)?;

    let mut report = Vec::new();
    for &(step, name) in &steps {
        println!("\n=== {name}");
        let since = process::now();
        let result = step.run(context);
        report.push((name, since.elapsed(), result.is_ok()));
        if let Err(error) = result {
            println!("\n{error:#}");
            break;
        }
    }

    println!("\n=== summary");
    for &(name, took, good) in &report {
        println!("{name:<10} {:>6}  {}", clock(took), if good { "ok" } else { "FAILED" });
    }
    for (_, name) in &steps[report.len()..] {
        println!("{name:<10}      –  did not run");
    }
    match report.last() {
        Some(&(name, _, false)) => bail!("the step `{name}` failed"),
        _ => Ok(()),
    }
}

fn chosen(names: &[String]) -> Result<Vec<(Step, &'static str)>> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|(_, known)| known != name)) {
        let known: Vec<&str> = STEPS.iter().map(|&(_, name)| name).collect();
        bail!("there is no step `{unknown}`; there are: {}", known.join(", "));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    Ok(STEPS
        .into_iter()
        // A journey through yesterday's storefront would prove nothing.
        .filter(|&(step, name)| wanted(name) || step == Step::Storefront && wanted("e2e"))
        .collect())
}

/// All set-up comes before the first step: what is missing shows now and not in twenty minutes.
fn set_up(context: &Context, steps: &[(Step, &'static str)]) -> Result<()> {
    let has = |step: Step| steps.iter().any(|&(chosen, _)| chosen == step);
    let mut needs = Vec::new();
    if has(Step::Native) {
        needs.push(&apt::POSTGRES);
    }
    if has(Step::Wasm) || has(Step::E2e) {
        needs.push(&apt::BROWSER);
    }
    if has(Step::E2e) {
        needs.push(&apt::CHINESE_FONT);
    }
    apt::provide(context, &needs)?;
    if has(Step::Wasm) || has(Step::E2e) {
        apt::browser()?;
    }
    if has(Step::E2e) {
        node::packages(context, E2E)?;
    }
    if has(Step::Clippy) || has(Step::Wasm) {
        tools::wasm_target(context)?;
    }
    if has(Step::Wasm) {
        tools::wasm_bindgen(context)?;
    }
    if has(Step::Storefront) {
        tools::trunk(context)?;
    }
    Ok(())
}

impl Step {
    fn run(self, context: &Context) -> Result<()> {
        match self {
            Self::Fmt => process::run(&mut context.cargo("fmt --all --check")),
            Self::Clippy => clippy(context),
            Self::Storefront => builds::storefront(context),
            Self::Native => native(context),
            Self::Wasm => wasm(context),
            Self::E2e => e2e(context),
        }
    }
}

fn clippy(context: &Context) -> Result<()> {
    for place in ["--workspace", "--target wasm32-unknown-unknown -p shared -p app --features app/csr"] {
        process::run(&mut context.cargo(&format!("clippy --quiet {place} --all-targets -- -D warnings")))?;
    }
    Ok(())
}

fn native(context: &Context) -> Result<()> {
    let binary = builds::server(context, Profile::Dev)?;
    let postgres = postgres::programs().map(|programs| Postgres::start(&programs, Commits::Quick)).transpose()?;
    let has_nextest = process::output(&mut context.cargo("nextest --version")).is_some();
    let mut tests =
        context.cargo(if has_nextest { "nextest run --workspace" } else { "test --workspace --lib --bins --tests" });
    tests.env("QUOTIENT_BIN", binary);
    match &postgres {
        Some(postgres) => {
            tests.env("QUOTIENT_TEST_POSTGRES", postgres.address());
        }
        None => println!("Without PostgreSQL the store's story runs on SQLite alone."),
    }
    process::run(&mut tests)?;
    process::run(&mut context.cargo("test --quiet --doc --package shared"))
}

fn wasm(context: &Context) -> Result<()> {
    let (_, driver) = apt::browser()?;
    process::run(
        context
            .cargo("test --target wasm32-unknown-unknown -p shared -p app --features app/csr --tests")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", context.tool("wasm-bindgen-test-runner"))
            .env("CHROMEDRIVER", driver)
            // Also those tests that do not ask for a browser: a buyer's is where this code runs.
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            // Seconds. Unoptimised wasm on a busy machine is slow; the default is 20.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
    )
}

fn e2e(context: &Context) -> Result<()> {
    let (chromium, _) = apt::browser()?;
    let binary = builds::server(context, Profile::Dev)?;
    let journeys = journeys(context)?;
    process::run(
        context
            .command("node")
            .args(["--test", "--test-reporter=spec"])
            .args(journeys)
            .env("QUOTIENT_BIN", binary)
            .env("QUOTIENT_CHROMIUM", chromium),
    )
}

/// The files of journeys; listed here because Node 20 does not expand patterns itself.
fn journeys(context: &Context) -> Result<Vec<PathBuf>> {
    let folder = context.root.join(E2E);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{} has no *.test.mjs", folder.display());
    }
    Ok(files)
}

fn clock(took: Duration) -> String {
    let seconds = took.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{chosen, clock};

    fn names(wanted: &[&str]) -> String {
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        match chosen(&wanted) {
            Ok(steps) => steps.iter().map(|&(_, name)| name).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn steps_run_in_their_own_order() {
        assert_eq!(names(&[]), "fmt clippy storefront native wasm e2e");
        assert_eq!(names(&["wasm", "fmt"]), "fmt wasm");
        assert_eq!(names(&["e2e"]), "storefront e2e");
        assert_eq!(names(&["lint"]), "there is no step `lint`; there are: fmt, clippy, storefront, native, wasm, e2e");
    }

    #[test]
    fn durations_are_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_millis(7_900)), "0:07");
        assert_eq!(clock(Duration::from_secs(754)), "12:34");
    }
}
