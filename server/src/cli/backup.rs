//! `quotient backup` and `quotient restore`.

use std::fs::File;
use std::io::{self, BufWriter, IntoInnerError, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use shared::calendar::Offset;
use tempfile::NamedTempFile;

use super::{AuditArgs, Failed, StoreArgs, make_data_folder, report, runtime};
use crate::clock::Clock;
use crate::store::Store;
use crate::store::backup::{self, BackUp, Restore, Summary};

#[derive(Args)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Where to write it; `-` for standard output. An earlier backup there is replaced once this one is complete.
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct RestoreArgs {
    #[command(flatten)]
    into: AuditArgs,
    /// The backup; `-` for standard input.
    file: PathBuf,
}

pub(super) fn back_up(args: &BackupArgs) -> Result<ExitCode, Failed> {
    runtime()?.block_on(async {
        let store = Store::look(&args.store.data, args.store.database.as_deref()).await?;
        let written = if args.file == Path::new("-") {
            Ok(write(&store, io::stdout()).await?.1)
        } else {
            to_file(&store, &args.file).await
        };
        store.close().await;
        // Standard output may be the backup.
        eprintln!("Backed up {}.", written?);
        Ok(ExitCode::SUCCESS)
    })
}

async fn write<W: Write + Send + 'static>(store: &Store, out: W) -> Result<(W, Summary), Failed> {
    let made_at = Clock::system(Offset::CHINA).now();
    let (out, summary) = store.read(BackUp::new(BufWriter::with_capacity(1 << 16, out), made_at)).await?;
    Ok((out.into_inner().map_err(IntoInnerError::into_error)?, summary))
}

/// It stands there when it is complete and on the disk, and can be read by its owner only.
async fn to_file(store: &Store, file: &Path) -> Result<Summary, Failed> {
    let named = |error: io::Error| format!("{}: {error}", file.display());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !may_be_replaced(file).map_err(named)? {
        return Err(format!("{} is there and is no backup: nothing was written", file.display()).into());
    }
    let (written, summary) = write(store, NamedTempFile::new_in(folder).map_err(named)?).await?;
    written.as_file().sync_all().map_err(named)?;
    written.persist(file).map_err(|error| named(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(named)?;
    Ok(summary)
}

/// A name that was mistaken for another must not cost anybody a database.
fn may_be_replaced(file: &Path) -> io::Result<bool> {
    if !file.try_exists()? {
        return Ok(true);
    }
    let mut beginning = Vec::new();
    File::open(file)?.take(backup::TELLING as u64).read_to_end(&mut beginning)?;
    Ok(backup::is_backup(&beginning))
}

pub(super) fn restore(args: &RestoreArgs) -> Result<ExitCode, Failed> {
    let (store, file) = (&args.into.store, &args.file);
    runtime()?.block_on(async {
        make_data_folder(store)?;
        let input = if file == Path::new("-") { Path::new("/dev/stdin") } else { file };
        let restored = Store::restore(&store.data, store.database.as_deref(), Restore { file: input.to_owned() }).await;
        let summary = restored.map_err(|error| format!("{}: {error}. Nothing was restored.", file.display()))?;
        println!("Restored {summary}.");
        report(&args.into).await
    })
}
