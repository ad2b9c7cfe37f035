//! `cargo xtask bench`: builds the store as it is deployed and runs the benchmarks of `tests/`.

use anyhow::{Context as _, Result, bail};

use crate::builds::{self, Profile};
use crate::context::Context;
use crate::{apt, node, process, target_dir, tools};

/// Bench targets of the crate `tests`; then come the pages.
const NATIVE: [&str; 3] = ["pricing", "eval", "http"];
const PAGES: &str = "pages";
const FOLDER: &str = "tests/bench";
const PAGES_SCRIPT: &str = "tests/bench/pages/run.mjs";

/// Runs the benchmarks named, or all. One that is not there or fails is named at the end; the others
/// run all the same.
pub(crate) fn bench(context: &Context, names: &[String]) -> Result<()> {
    let all = NATIVE.into_iter().chain([PAGES]);
    if let Some(unknown) = names
        .iter()
        .find(|name| all.clone().all(|known| known != *name))
    {
        let known: Vec<&str> = all.collect();
        bail!(
            "there is no benchmark `{unknown}`; there are: {}",
            known.join(", ")
        );
    }
    let chosen: Vec<&str> = all
        .filter(|name| names.is_empty() || names.iter().any(|wanted| wanted == name))
        .collect();

    if chosen.contains(&PAGES) {
        apt::provide(context, &[&apt::BROWSER, &apt::CHINESE_FONT])?;
        apt::browser()?;
        node::packages(context, FOLDER)?;
    }
    tools::trunk(context)?;
    let _claim = target_dir::claim(context)?;
    builds::storefront(context)?;
    let binary = builds::server(context, Profile::Release)?;

    let manifest = std::fs::read_to_string(context.root.join("tests/Cargo.toml"))
        .context("reading tests/Cargo.toml")?;
    let offered = bench_targets(&manifest);
    let mut bad = Vec::new();
    for name in chosen {
        println!("\n=== {name}");
        let mut command = if name == PAGES {
            let mut command = context.command("node");
            command.arg(PAGES_SCRIPT);
            if let Some(chromium) = apt::chromium() {
                command.env("QUOTIENT_CHROMIUM", chromium);
            }
            command
        } else {
            context.cargo(&format!("bench --quiet --package tests --bench {name}"))
        };
        let is_there = match name {
            PAGES => context.root.join(PAGES_SCRIPT).exists(),
            _ => offered.contains(&name),
        };
        if !is_there {
            println!("not there");
            bad.push(format!("{name} is not there"));
        } else if let Err(error) = process::run(command.env("QUOTIENT_BIN", &binary)) {
            if process::interrupted() {
                return Err(error);
            }
            println!("{error:#}");
            bad.push(format!("{name} failed"));
        }
    }
    if bad.is_empty() {
        Ok(())
    } else {
        bail!("{}", bad.join(", "))
    }
}

/// The names of the `[[bench]]` sections of a manifest.
fn bench_targets(manifest: &str) -> Vec<&str> {
    manifest
        .split("\n[")
        .filter_map(|section| section.trim_start_matches('[').strip_prefix("bench]]"))
        .filter_map(|section| {
            let line = section
                .lines()
                .find(|line| line.trim_start().starts_with("name"))?;
            line.split('"').nth(1)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::bench_targets;

    #[test]
    fn bench_targets_are_read_from_the_manifest() {
        let manifest = "[package]\nname = \"tests\"\n\n[[test]]\nname = \"market\"\n\n[[bench]]\nname = \"pricing\"\n\
                        path = \"bench/pricing.rs\"\nharness = false\n\n[[bench]]\nharness = false\nname = \"http\"\n";
        assert_eq!(bench_targets(manifest), ["pricing", "http"]);
        assert!(bench_targets("[package]\nname = \"tests\"\n").is_empty());
    }
}
