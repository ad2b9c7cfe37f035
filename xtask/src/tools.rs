//! What rustup and cargo install: the wasm target, trunk, wasm-bindgen.

use std::io::IsTerminal;
use std::process::Command;

use anyhow::Result;

use crate::context::Context;
use crate::process;

/// A program from crates.io at the one version that we use.
struct Tool {
    krate: &'static str,
    program: &'static str,
    version: &'static str,
    /// Whether the crate's own lock file can be used.
    locked: bool,
    minutes: u32,
}

const TRUNK: Tool = Tool {
    krate: "trunk",
    program: "trunk",
    // 0.22 wants a newer Rust than ours.
    version: "0.21.14",
    locked: true,
    minutes: 7,
};

const WASM_BINDGEN: Tool = Tool {
    krate: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    // The very version of the library in Cargo.lock, and of `[tools]` in Trunk.toml.
    version: "0.2.130",
    // Its lock file names a crate that has been withdrawn.
    locked: false,
    minutes: 5,
};

/// Adds the wasm target to the toolchain. Automatic installs by the toolchain file may be switched
/// off, so it is asked for by name.
pub(crate) fn wasm_target(context: &Context) -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let installed = process::output(context.command("rustup").args(["target", "list", "--installed"]));
    match installed {
        // A Rust without rustup: the compiler itself will say when the target is missing.
        None => Ok(()),
        Some(list) if list.lines().any(|line| line == TARGET) => Ok(()),
        Some(_) => {
            println!("Adding Rust's {TARGET} target (once, less than a minute).");
            process::run(context.command("rustup").args(["target", "add", TARGET]))
        }
    }
}

/// Trunk, which builds the storefront, and what it calls.
pub(crate) fn trunk(context: &Context) -> Result<()> {
    wasm_target(context)?;
    wasm_bindgen(context)?;
    install(context, &TRUNK)
}

/// wasm-bindgen and its test runner.
pub(crate) fn wasm_bindgen(context: &Context) -> Result<()> {
    install(context, &WASM_BINDGEN)
}

fn install(context: &Context, tool: &Tool) -> Result<()> {
    let program = context.tool(tool.program);
    let found = process::output(Command::new(program).arg("--version"));
    if found.is_some_and(|text| version_in(&text) == Some(tool.version)) {
        return Ok(());
    }
    println!(
        "Installing {} {} into {} (once, about {} minutes on two cores).",
        tool.krate,
        tool.version,
        context.tools.display(),
        tool.minutes
    );
    // A directory of its own that stays when the install is interrupted: the next one goes on there.
    let build = context.tools.join(format!("build-{}", tool.krate));
    process::run(
        context
            .cargo("install --force")
            // A person wants to see that it goes on; a log does not need four hundred lines of it.
            .args((!std::io::stderr().is_terminal()).then_some("--quiet"))
            .args(tool.locked.then_some("--locked"))
            .arg("--root")
            .arg(&context.tools)
            .arg(format!("{}@{}", tool.krate, tool.version))
            .env("CARGO_TARGET_DIR", &build)
            // These programs run for seconds: built lightly they are there in half the time.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64"),
    )?;
    std::fs::remove_dir_all(build)?;
    Ok(())
}

/// The version in what a program prints for `--version`: its first word that begins with a digit.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn versions_are_found_in_what_programs_print() {
        for (printed, version) in [
            ("trunk 0.21.14", Some("0.21.14")),
            ("wasm-bindgen 0.2.130\n", Some("0.2.130")),
            ("wasm-bindgen 0.2.130 (12ab34c)", Some("0.2.130")),
            ("trunk", None),
            ("", None),
        ] {
            assert_eq!(version_in(printed), version, "{printed}");
        }
    }

    #[test]
    fn trunk_and_we_want_the_same_wasm_bindgen() {
        let trunk_toml = include_str!("../../Trunk.toml");
        assert!(trunk_toml.contains(&format!("wasm_bindgen = \"{}\"", super::WASM_BINDGEN.version)));
    }
}
