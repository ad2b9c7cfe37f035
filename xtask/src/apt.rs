//! What Debian's packages bring: the browser, a font, PostgreSQL.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::context::{Context, find_program};
use crate::{postgres, process};

/// Something of the system's that a command needs.
pub(crate) struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

/// Chromium and the driver of the same version.
pub(crate) const BROWSER: Need = Need {
    what: "Chromium and its driver",
    packages: &["chromium", "chromium-driver"],
    is_there: || chromium().is_some() && chromedriver().is_some(),
};

/// A font with Chinese characters: without it pictures show empty boxes.
pub(crate) const CHINESE_FONT: Need = Need {
    what: "a font for Chinese",
    packages: &["fonts-noto-cjk", "fontconfig"],
    is_there: || process::output(Command::new("fc-list").arg(":lang=zh")).is_some_and(|fonts| !fonts.is_empty()),
};

/// PostgreSQL's server programs.
pub(crate) const POSTGRES: Need =
    Need { what: "PostgreSQL", packages: &["postgresql"], is_there: || postgres::programs().is_some() };

/// Where Chromium is.
pub(crate) fn chromium() -> Option<PathBuf> {
    find_program(&["chromium", "chromium-browser", "google-chrome"])
}

/// Where its driver is.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    find_program(&["chromedriver"])
}

/// Installs what is missing where that works without a question; says in words what stays missing.
pub(crate) fn provide(context: &Context, needs: &[&Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if let Some(apt) = apt_get(context) {
        let names: Vec<&str> = missing.iter().map(|need| need.what).collect();
        println!("Installing {} with apt (once, a minute or two).", names.join(", "));
        let packages = missing.iter().flat_map(|need| need.packages);
        process::run(apt().args(["update", "-qq"]))?;
        process::run(apt().args(["install", "-qq", "--yes", "--no-install-recommends"]).args(packages))?;
    }
    for need in missing.iter().filter(|need| !(need.is_there)()) {
        let packages = need.packages.join(" ");
        println!("Missing: {}. On Debian: `apt-get install {packages}`.", need.what);
    }
    Ok(())
}

/// The browser and its driver, or an error that says what to install.
pub(crate) fn browser() -> Result<(PathBuf, PathBuf)> {
    chromium()
        .zip(chromedriver())
        .context("Chromium and its driver are needed: install your system's packages `chromium` and `chromium-driver`")
}

/// How to call apt-get here without being asked for a password, if there is a way.
fn apt_get(context: &Context) -> Option<impl Fn() -> Command> {
    find_program(&["apt-get"])?;
    let is_root = process::output(Command::new("id").arg("-u"))? == "0";
    if !is_root {
        process::output(Command::new("sudo").args(["--non-interactive", "true"]))?;
    }
    Some(move || {
        let mut command = context.command(if is_root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    })
}
