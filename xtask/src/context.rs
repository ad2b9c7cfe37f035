//! Where things are, and the environment in which every other program is started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

/// The places that every command needs.
pub(crate) struct Context {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// What may be deleted at any time and is made again: tools, compiled code, the demo's data.
    pub(crate) cache: PathBuf,
    /// Tools that are installed once and found again by the next checkout.
    pub(crate) tools: PathBuf,
    /// Compiled code, outside the checkout, so that a fresh clone does not start from nothing.
    pub(crate) target: PathBuf,
}

impl Context {
    /// Reads `QUOTIENT_TOOLS`, `CARGO_TARGET_DIR` and `XDG_CACHE_HOME`.
    pub(crate) fn from_environment() -> Result<Self> {
        // Asked when running, not when compiling: with a shared target directory cargo may start
        // an xtask that another checkout compiled.
        let manifest = variable("CARGO_MANIFEST_DIR").context("start xtask with `cargo xtask`")?;
        let root = manifest.parent().context("xtask lies in the workspace")?;
        let cache = match variable("XDG_CACHE_HOME") {
            Some(cache) => cache,
            None => variable("HOME").context("HOME is not set")?.join(".cache"),
        }
        .join("quotient");
        Ok(Self {
            root: root.to_owned(),
            tools: variable("QUOTIENT_TOOLS").unwrap_or_else(|| cache.join("tools")),
            target: variable("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target")),
            cache,
        })
    }

    /// A program started in the checkout, which finds our tools first and our target directory.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.search_path()).env("CARGO_TARGET_DIR", &self.target);
        // `cargo run` sets these for xtask. Build scripts that watch them (ring's does) would run
        // again, and all that depends on them, whenever cargo is started once by us and once by hand.
        for (name, _) in std::env::vars_os() {
            if is_cargos_own(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        command
    }

    /// `cargo` with the arguments given, separated by spaces.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments.split_whitespace());
        command
    }

    /// Where one of the tools installed by us lies.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.tools.join("bin").join(name)
    }

    fn search_path(&self) -> OsString {
        let given = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.tools.join("bin")).chain(std::env::split_paths(&given));
        // Only a colon in a path could make the join fail, and then the tools are not found by name.
        std::env::join_paths(paths).unwrap_or(given)
    }
}

/// The path of the first of these programs that is on PATH.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| is_file(file))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file())
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn is_cargos_own(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| variable.starts_with(prefix))
        || matches!(variable, "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE")
}

#[cfg(test)]
mod tests {
    use super::is_cargos_own;

    #[test]
    fn what_the_person_sets_is_passed_on() {
        assert!(is_cargos_own("CARGO_PKG_NAME"));
        assert!(is_cargos_own("CARGO_MANIFEST_DIR"));
        assert!(!is_cargos_own("CARGO_HOME"));
        assert!(!is_cargos_own("CARGO_INCREMENTAL"));
        assert!(!is_cargos_own("CARGO_TARGET_DIR"));
    }
}
