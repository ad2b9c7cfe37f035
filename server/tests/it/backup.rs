//! Backing up a market that is open, and restoring it into either database.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use server::store::Store;
use server::store::backup::{Restore, RestoreError, Summary};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::store::fresh_database;
use super::trade::{Bench, story};

/// How many buy at a time while the backup is made.
const BUYERS: usize = 8;

/// Where a market is, or is to be.
struct Place {
    folder: TempDir,
    database: Option<String>,
}

impl Place {
    fn file() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), database: None }
    }

    async fn database(name: &str) -> Option<Self> {
        Some(Self { database: Some(fresh_database(name).await?), ..Self::file() })
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    async fn restore(&self, file: &Path) -> Result<Summary, RestoreError> {
        Store::restore(self.data(), self.database.as_deref(), Restore { file: file.to_owned() }).await
    }

    fn quotient(&self, command: &str, file: &str) -> Command {
        quotient(command, self.data(), self.database.as_deref(), file)
    }

    /// Every line of a backup, in an order of their own, without those that no two backups share.
    fn lines(&self) -> Vec<String> {
        let Output { status, stdout, stderr } = self.quotient("backup", "-").output().expect("run");
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        sorted(&String::from_utf8(stdout).expect("UTF-8"))
    }
}

fn quotient(command: &str, data: &Path, database: Option<&str>, file: &str) -> Command {
    let mut process = Command::new(env!("CARGO_BIN_EXE_quotient"));
    process.arg(command).arg(file).arg("--data").arg(data);
    process.args(database.iter().flat_map(|database| ["--database", database]));
    process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    process
}

fn sorted(backup: &str) -> Vec<String> {
    let lines = backup.lines().filter(|line| !line.starts_with("{\"quotient_backup\"") && !line.starts_with("{\"sha"));
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

/// Runs a command; its exit code and what it said.
fn said(command: &mut Command) -> (i32, String) {
    let Output { status, stdout, stderr } = command.output().expect("run");
    let text = [stdout, stderr].concat();
    (status.code().expect("an exit code"), String::from_utf8(text).expect("UTF-8"))
}

/// A market with a past, backed up by another process while orders are placed; the orders that were there before.
async fn backed_up_under_load(bench: &Bench, database: Option<&str>, file: &Path) -> Vec<String> {
    story(bench).await;
    let buy = async |key: String| bench.place(&bench.quote(1).await, "sandbox", &key).await.expect("placed").id;
    let before = join_all((0..BUYERS).map(|n| buy(format!("before-{n}")))).await;
    let ended = AtomicBool::new(false);
    let backup = async {
        let mut command = quotient("backup", bench.folder.path(), database, file.to_str().expect("UTF-8"));
        let done = tokio::task::spawn_blocking(move || said(&mut command)).await.expect("run");
        ended.store(true, Ordering::Relaxed);
        done
    };
    let bought = join_all((0..BUYERS).map(async |buyer| {
        let mut bought = 0;
        while !ended.load(Ordering::Relaxed) {
            buy(format!("during-{buyer}-{bought}")).await;
            bought += 1;
        }
        bought
    }));
    let ((code, text), bought) = tokio::join!(backup, bought);
    assert!(code == 0 && text.starts_with("Backed up "), "{code}: {text}");
    assert!(bought.iter().sum::<u32>() > 0, "nothing was placed meanwhile");
    before
}

/// Into each kind of database, and out of it again: the same rows, and nothing wrong with them.
async fn restored_everywhere(file: &Path, before: &[String], name: &str) {
    let text = std::fs::read_to_string(file).expect("the backup");
    let rows = sorted(&text);
    for id in before {
        assert!(text.contains(&format!("\n[\"{id}\",")), "{id} was acknowledged before");
    }
    let places = [Some(Place::file()), Place::database(name).await];
    for place in places.into_iter().flatten() {
        let file = file.to_str().expect("UTF-8");
        let (code, text) = said(&mut place.quotient("restore", file));
        assert!(code == 0 && text.contains("Restored ") && text.contains("Everything agrees"), "{code}: {text}");
        assert_eq!(place.lines(), rows);
        // Over a market in which something is nothing is restored, and nothing of it lost.
        let (code, text) = said(&mut place.quotient("restore", file));
        assert!(code == 3 && text.contains("there is a market already, with "), "{code}: {text}");
        assert_eq!(place.lines(), rows);
        // It opens, and a server that has it open is not pushed aside.
        let open = Store::open(place.data(), place.database.as_deref()).await.expect("opened");
        let refused = place.restore(Path::new(file)).await.expect_err("refused").to_string();
        let expected = if place.database.is_some() { "a server is running" } else { "another quotient is using" };
        assert!(refused.contains(expected), "{refused}");
        open.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_an_open_market_on_sqlite_is_restored_into_either_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bench, file) = (Bench::open(None).await, folder.path().join("market.backup"));
    let before = backed_up_under_load(&bench, None, &file).await;
    restored_everywhere(&file, &before, "from_sqlite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_an_open_market_on_postgresql_is_restored_into_either_database() {
    let Some(address) = fresh_database("backed_up").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (bench, file) = (Bench::open(Some(&address)).await, folder.path().join("market.backup"));
    let before = backed_up_under_load(&bench, Some(&address), &file).await;
    restored_everywhere(&file, &before, "from_postgresql").await;
}

/// A small market's backup.
async fn small(folder: &Path) -> (PathBuf, String) {
    let bench = Bench::open(None).await;
    bench.place(&bench.quote(1).await, "transfer", "one").await.expect("placed");
    let file = folder.join("small.backup");
    let (code, text) = said(&mut quotient("backup", bench.folder.path(), None, file.to_str().expect("UTF-8")));
    assert_eq!(code, 0, "{text}");
    let text = std::fs::read_to_string(&file).expect("the backup");
    (file, text)
}

/// With the hash that belongs to its content: what a person would do who edits it on purpose.
fn sealed(content: &str) -> String {
    use std::fmt::Write as _;
    let hash = Sha256::digest(content).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("written");
        hex
    });
    format!("{content}{{\"sha256\":\"{hash}\"}}\n")
}

#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused_and_nothing_of_it_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (good, text) = small(folder.path()).await;
    let content = &text[..text.rfind("{\"sha256\"").expect("an end")];
    assert_eq!(sealed(content), text, "its hash is that of all lines before");
    let half = text.floor_char_boundary(text.len() / 2);
    let line = text[..half].rfind('\n').expect("a line") + 1;
    let next = line + text[line..].find('\n').expect("its end") + 1;
    let newer = content.replacen("\"0003_orders\",\"sha256\":\"", "\"0003_orders\",\"sha256\":\"00", 1);
    let cases = [
        ("cut off", text[..half].to_owned(), "its end is missing"),
        ("cut off after a line", text[..line].to_owned(), "its end is missing"),
        ("without its last line", content.to_owned(), "its end is missing"),
        ("an amount edited", text.replacen(",20800,", ",10800,", 1), "its content does not belong to the hash"),
        ("a price edited", text.replacen("208.00", "108.00", 1), "its content does not belong to the hash"),
        ("a line lost", [&text[..line], &text[next..]].concat(), "damaged: line "),
        ("a line twice", [&text[..next], &text[line..]].concat(), "damaged: line "),
        ("a line after the end", format!("{text}x\n"), "damaged: line "),
        ("a row of another width, sealed", sealed(&content.replacen("\n[", "\n[1,", 1)), "damaged: line "),
        ("bytes for a text, sealed", sealed(&content.replacen("\n[\"", "\n[7,\"", 1)), "damaged: line "),
        ("something else", "{}\n".to_owned(), "it is no backup of a market"),
        ("nothing", String::new(), "its end is missing"),
        ("of another line of versions", newer, "it was made by another version"),
        ("of a newer form", text.replacen("_backup\":1", "_backup\":2", 1), "which is newer"),
    ];
    let file = folder.path().join("bad.backup");
    for place in [Some(Place::file()), Place::database("damaged").await].into_iter().flatten() {
        for (what, bad, expected) in &cases {
            assert!(*bad != text, "{what}");
            std::fs::write(&file, bad).expect("written");
            let refused = place.restore(&file).await.expect_err(what).to_string();
            assert!(refused.contains(expected), "{what}: {refused}");
        }
        let missing = place.restore(&folder.path().join("nothing")).await.expect_err("missing").to_string();
        assert!(missing.contains("it cannot be read"), "{missing}");
        place.restore(&good).await.expect("still empty");
        assert_eq!(place.lines(), sorted(&text));
    }
}

#[tokio::test]
async fn a_restore_that_is_killed_half_way_leaves_an_empty_market() {
    let folder = tempfile::tempdir().expect("a folder");
    let (good, text) = small(folder.path()).await;
    for place in [Some(Place::file()), Place::database("killed").await].into_iter().flatten() {
        // A server was started once and stopped again: still nothing in it.
        Store::open(place.data(), place.database.as_deref()).await.expect("opened").close().await;
        let mut process = place.quotient("restore", "-").stdin(Stdio::piped()).spawn().expect("started");
        let mut input = process.stdin.take().expect("a pipe");
        input.write_all(&text.as_bytes()[..text.len() - 10]).expect("sent");
        input.flush().expect("sent");
        std::thread::sleep(Duration::from_millis(500));
        assert!(process.try_wait().expect("asked").is_none(), "it waits for the rest");
        process.kill().expect("killed");
        process.wait().expect("ended");
        place.restore(&good).await.expect("still empty");
        assert_eq!(place.lines(), sorted(&text));
    }
}

/// Tables of an older version are backed up as they are, and restored as they are today.
#[tokio::test]
async fn an_older_versions_backup_is_brought_up_to_date() {
    const OLD: [(&str, &str); 2] = [
        ("0001_market", include_str!("../../migrations/0001_market.sql")),
        ("0002_people", include_str!("../../migrations/0002_people.sql")),
    ];
    let old = Place::file();
    let connection = rusqlite::Connection::open(old.data().join("quotient.db")).expect("a file");
    connection.execute_batch("CREATE TABLE migrations (name TEXT PRIMARY KEY, hash BLOB NOT NULL)").expect("made");
    for (name, definitions) in OLD {
        connection.execute_batch(definitions).expect("made");
        let hash = Sha256::digest(definitions).to_vec();
        connection.execute("INSERT INTO migrations VALUES (?1, ?2)", rusqlite::params![name, hash]).expect("kept");
    }
    connection
        .execute_batch(
            "INSERT INTO organisations VALUES ('o', 'isv', '甲公司', 1); \
             INSERT INTO products VALUES ('p', 1, 1, '{}', 1, 'o'); \
             INSERT INTO sessions SELECT x'00', 'm', 1, 2, 3 WHERE 0",
        )
        .expect("filled");
    drop(connection);
    let file = old.data().join("old.backup");
    assert_eq!(said(&mut old.quotient("backup", file.to_str().expect("UTF-8"))).0, 0);
    for place in [Some(Place::file()), Place::database("older").await].into_iter().flatten() {
        let (code, text) = said(&mut place.quotient("restore", file.to_str().expect("UTF-8")));
        assert!(code == 0 && text.contains("Everything agrees"), "{text}");
        let lines = place.lines();
        assert!(lines.iter().any(|line| line == r#"["o","isv","甲公司",1,null]"#), "{lines:?}");
        assert!(lines.iter().any(|line| line == r#"["甲公","o"]"#), "what is in its name: {lines:?}");
        assert!(lines.iter().any(|line| line.starts_with(r#"{"table":"orders""#)), "today's tables: {lines:?}");
    }
}

/// Who goes back to an older program does not work on tables that it does not know, nor back up half of them.
#[tokio::test]
async fn tables_of_a_newer_version_are_left_alone() {
    let place = Place::file();
    Store::open(place.data(), None).await.expect("opened").close().await;
    let connection = rusqlite::Connection::open(place.data().join("quotient.db")).expect("the file");
    connection.execute("INSERT INTO migrations VALUES ('9999_later', x'00')", []).expect("kept");
    let Err(error) = Store::open(place.data(), None).await else { panic!("opened") };
    assert!(error.to_string().contains("newer version, which has `9999_later`"), "{error}");
    let (code, text) = said(&mut place.quotient("backup", "-"));
    assert!(code == 3 && text.contains("newer version"), "{text}");
}

#[tokio::test]
async fn a_backup_replaces_an_earlier_one_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let (file, text) = small(folder.path()).await;
    assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    let place = Place::file();
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();

    let (code, said_) = said(&mut place.quotient("backup", &at("small.backup")));
    assert!(code == 3 && said_.contains("there is no market in "), "{said_}");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), text, "a backup that fails leaves the earlier one");

    place.restore(&file).await.expect("restored");
    assert_eq!(said(&mut place.quotient("backup", &at("small.backup"))).0, 0);
    assert_eq!(sorted(&std::fs::read_to_string(&file).expect("there")), sorted(&text));
    let (code, said_) = said(&mut place.quotient("backup", &at("nowhere/backup")));
    assert!(code == 3 && said_.contains("nowhere"), "{said_}");

    let database = place.data().join("quotient.db");
    let before = std::fs::read(&database).expect("there");
    let (code, said_) = said(&mut place.quotient("backup", database.to_str().expect("UTF-8")));
    assert!(code == 3 && said_.contains("is no backup"), "{said_}");
    assert_eq!(std::fs::read(&database).expect("there"), before);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left lying about");
}
