//! `cargo xtask bench`: builds the store as it is deployed and runs the benchmarks of `tests/`.

use anyhow::{Context as _, Result, bail};

use crate::builds::{self, Profile};
use crate::context::Context;
use crate::postgres::{self, Commits, Postgres};
use crate::{apt, node, process, target_dir, tools};

const FOLDER: &str = "tests/bench";

#[derive(Clone, Copy)]
enum Kind {
    /// A bench target of the crate `tests`.
    Native,
    /// A script for Node, which measures in Chromium.
    Script(&'static str),
}

const BENCHMARKS: [(&str, Kind); 11] = [
    ("pricing", Kind::Native),
    ("eval", Kind::Native),
    ("http", Kind::Native),
    ("orders", Kind::Native),
    ("postgres", Kind::Native),
    ("scale", Kind::Native),
    ("workbench", Kind::Native),
    ("wasm", Kind::Script("tests/bench/pages/wasm-vs-decimal.mjs")),
    ("paths", Kind::Script("tests/bench/pages/paths.mjs")),
    ("editor", Kind::Script("tests/bench/pages/workbench.mjs")),
    ("pages", Kind::Script("tests/bench/pages/run.mjs")),
];

/// Runs the benchmarks named, or all. One that is not there or fails is named at the end; the others
/// run all the same.
pub(crate) fn bench(context: &Context, names: &[String]) -> Result<()> {
    let chosen = chosen(names)?;
    if chosen.iter().any(|(_, kind)| matches!(kind, Kind::Script(_))) {
        apt::provide(context, &[&apt::BROWSER, &apt::CHINESE_FONT])?;
        apt::browser()?;
        node::packages(context, FOLDER)?;
    }
    tools::trunk(context)?;
    // Whoever measures orders waits for the disk, as a market does.
    let postgres = match postgres::programs() {
        Some(programs) if chosen.iter().any(|(name, _)| *name == "postgres") => {
            Some(Postgres::start(&programs, Commits::Durable)?)
        }
        _ => None,
    };
    let _claim = target_dir::claim(context)?;
    builds::storefront(context)?;
    let binary = builds::server(context, Profile::Release)?;

    let manifest =
        std::fs::read_to_string(context.root.join("tests/Cargo.toml")).context("reading tests/Cargo.toml")?;
    let offered = bench_targets(&manifest);
    let mut bad = Vec::new();
    for (name, kind) in chosen {
        println!("\n=== {name}");
        let (is_there, mut command) = match kind {
            Kind::Native => {
                (offered.contains(&name), context.cargo(&format!("bench --quiet --package tests --bench {name}")))
            }
            Kind::Script(path) => {
                let mut node = context.command("node");
                node.arg(path).envs(apt::chromium().map(|path| ("QUOTIENT_CHROMIUM", path)));
                (context.root.join(path).exists(), node)
            }
        };
        command.envs(postgres.as_ref().map(|postgres| ("QUOTIENT_TEST_POSTGRES", postgres.address())));
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
        return Ok(());
    }
    bail!("{}", bad.join(", "))
}

fn chosen(names: &[String]) -> Result<Vec<(&'static str, Kind)>> {
    let known = BENCHMARKS.map(|(name, _)| name);
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no benchmark `{unknown}`; there are: {}", known.join(", "));
    }
    Ok(BENCHMARKS
        .into_iter()
        .filter(|&(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name))
        .collect())
}

/// The names of the `[[bench]]` sections of a manifest.
fn bench_targets(manifest: &str) -> Vec<&str> {
    manifest
        .split("\n[")
        .filter_map(|section| section.trim_start_matches('[').strip_prefix("bench]]"))
        .filter_map(|section| {
            let line = section.lines().find(|line| line.trim_start().starts_with("name"))?;
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
