//! One target directory for all checkouts, without one checkout seeing another's code.
//!
//! Cargo tells a workspace's crates apart by their path *inside* the workspace, and finds what
//! changed by the files' times. So in a directory that two checkouts share it may take the code
//! of the one for that of the other (tried). The dependencies are the same for both and are what
//! takes the time: when the checkout changes, only the workspace's own crates are thrown away.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::process;

/// While this lives, no other checkout builds into the target directory.
pub(crate) struct Claim {
    _lock: File,
}

/// Takes the target directory for this checkout, shared with other commands of the same checkout.
pub(crate) fn claim(context: &Context) -> Result<Claim> {
    std::fs::create_dir_all(&context.target)?;
    let path = context.target.join(".checkout");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .with_context(|| format!("opening {}", path.display()))?;
    loop {
        lock(&file, File::try_lock_shared)?;
        if is_ours(context, &mut file)? {
            return Ok(Claim { _lock: file });
        }
        file.unlock()?;
        lock(&file, File::try_lock)?;
        if !is_ours(context, &mut file)? {
            change_owner(context, &mut file)?;
        }
        // Back to a shared lock; in between another checkout may have taken it, hence the loop.
        file.unlock()?;
    }
}

fn is_ours(context: &Context, file: &mut File) -> Result<bool> {
    let mut owner = String::new();
    file.rewind()?;
    file.read_to_string(&mut owner)?;
    Ok(owner == context.root.to_string_lossy())
}

fn change_owner(context: &Context, file: &mut File) -> Result<()> {
    // First nobody owns it: interrupted half-way, the next command starts over.
    file.set_len(0)?;
    for place in [
        "",
        "--release",
        "--target wasm32-unknown-unknown",
        "--profile wasm",
        "--profile wasm --target wasm32-unknown-unknown",
    ] {
        let arguments = format!("clean --quiet --workspace {place}");
        if !process::spawn(&mut context.cargo(&arguments))?.wait()?.success() {
            bail!("`cargo {arguments}` failed");
        }
    }
    file.rewind()?;
    file.write_all(context.root.to_string_lossy().as_bytes())?;
    Ok(())
}

/// Waits for the lock, and says so; not inside the kernel, where Ctrl-C would not be heard.
fn lock(file: &File, attempt: impl Fn(&File) -> Result<(), TryLockError>) -> Result<()> {
    let mut told = false;
    loop {
        match attempt(file) {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Err(TryLockError::WouldBlock) if process::interrupted() => bail!("stopped"),
            Err(TryLockError::WouldBlock) => {
                if !told {
                    println!("Another checkout is building in the same target directory: waiting for it.");
                    told = true;
                }
                std::thread::sleep(Duration::from_millis(300));
            }
        }
    }
}
