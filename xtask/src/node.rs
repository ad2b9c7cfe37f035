//! Packages from npm for the browser tests and the page benchmarks.
//!
//! They lie among the tools, one folder per lock file, and the checkout gets a link: the next fresh
//! clone installs nothing, and what is ignored by git stays small.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::context::{Context, find_program};
use crate::process;

/// Installs the packages of `folder` (of the checkout) exactly as its lock file says.
pub(crate) fn packages(context: &Context, folder: &str) -> Result<()> {
    if find_program(&["node"]).is_none() || find_program(&["npm"]).is_none() {
        bail!("Node.js 20 or newer with npm is needed: install your system's packages `nodejs` and `npm`");
    }
    let folder = context.root.join(folder);
    let link = folder.join("node_modules");
    if is_real_folder(&link) {
        println!("{} is a folder of your own: used as it is.", link.display());
        return Ok(());
    }
    let manifest = folder.join("package.json");
    let lock = folder.join("package-lock.json");
    let locked = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let home = context.tools.join("node").join(key(&locked));
    if !home.exists() {
        println!("Installing npm packages for {} (once, less than a minute).", folder.display());
        // Under another name until complete, so that an interrupted install is not taken for one.
        let part = home.with_extension(format!("part-{}", std::process::id()));
        fs::create_dir_all(&part)?;
        fs::copy(&manifest, part.join("package.json"))?;
        fs::copy(&lock, part.join("package-lock.json"))?;
        // No package of ours needs a script to run at install, so none may.
        process::run(
            context.command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&part),
        )?;
        if fs::rename(&part, &home).is_err() {
            // Somebody else was faster.
            fs::remove_dir_all(&part)?;
        }
    }
    point(&link, &home.join("node_modules"))
}

fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

fn point(link: &Path, to: &Path) -> Result<()> {
    if fs::read_link(link).is_ok_and(|old| old == to) {
        return Ok(());
    }
    if fs::symlink_metadata(link).is_ok() {
        fs::remove_file(link)?;
    }
    std::os::unix::fs::symlink(to, link).with_context(|| format!("linking {}", link.display()))
}

/// A name for the folder of a lock file: FNV-1a, which std lacks and which never changes.
fn key(content: &[u8]) -> String {
    let hash = content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn the_key_is_fnv_1a() {
        assert_eq!(key(b""), "cbf29ce484222325");
        assert_eq!(key(b"foobar"), "85944171f73967e8");
    }
}
