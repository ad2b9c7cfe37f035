//! The yardstick on PostgreSQL: the statements of an order, as the server was heard to say them, run by `pgbench`, each
//! transaction sent as one batch.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::wire::{Said, Value};

/// What is longer is a document, and the same for everybody.
const ID: usize = 100;
/// What is larger is an instant.
const NUMBER: i64 = 1_000_000;
/// Orders of one client lie below this.
pub(crate) const APART: usize = 1_000_000;

/// The folder of PostgreSQL's programs, if `pgbench` and `psql` are among them.
pub(crate) fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().find(|folder| ["pgbench", "psql"].iter().all(|name| folder.join(name).is_file()))
}

/// Runs statements in a database.
pub(crate) fn psql(programs: &Path, address: &str, statements: &str) {
    let done = Command::new(programs.join("psql"))
        .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statements, address])
        .output()
        .expect("psql");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Two orders of `buyer-0`, as they were heard, made into a script: what differs between the two is made anew for each order
/// of each client, the enterprise is the client's, and all else is as it was. Returned with how `quotation` begins in it.
pub(crate) fn script(one: &[Said], other: &[Said], quotation: &str) -> (String, String) {
    assert_eq!(one.len(), other.len(), "two orders are the same statements");
    let mut ids = Ids::default();
    let mut script = format!("\\set n :n + 1\n\\set u :client_id * {APART} + :n\n");
    let mut open = false;
    for (said, again) in one.iter().zip(other) {
        assert_eq!(said.statement, again.statement);
        if said.statement.starts_with("BEGIN") {
            script += "\\startpipeline\n";
            open = true;
        }
        let mut statement = said.statement.split_whitespace().collect::<Vec<_>>().join(" ");
        // From the last, so that $1 is not taken for the beginning of $12.
        for (at, (value, other)) in said.values.iter().zip(&again.values).enumerate().rev() {
            statement = statement.replace(&format!("${}", at + 1), &ids.expression(value, other));
        }
        writeln!(script, "{statement};").expect("a text");
        if open && (said.statement == "COMMIT" || said.statement == "ROLLBACK") {
            script += "\\endpipeline\n";
            open = false;
        }
    }
    let known = ids.0.iter().position(|id| id == quotation).expect("the quotation is asked for");
    (script, anew(known))
}

/// Ids that were told apart so far.
#[derive(Default)]
struct Ids(Vec<String>);

impl Ids {
    fn expression(&mut self, value: &Value, other: &Value) -> String {
        match (value, other) {
            (Value::Null, _) => "NULL".to_owned(),
            (Value::Int(a), Value::Int(b)) if a != b && *a < NUMBER => format!("({a} + {} * :n)", b - a),
            (Value::Int(number), _) => number.to_string(),
            (Value::Bytes(bytes), _) => {
                let digits = bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
                format!("'\\x{digits}'::bytea")
            }
            (Value::Text(text), _) if text.len() > ID => literal(text),
            (Value::Text(text), _) if text == "enterprise-0" || text == "buyer-0" => {
                format!("({}::text || :client_id::text)", literal(text.trim_end_matches('0')))
            }
            (Value::Text(text), Value::Text(other)) if text != other => self.made_anew(text),
            (Value::Text(text), _) => literal(text),
        }
    }

    /// Of a text with an id in it: the id becomes another one for each order, and the rest stays.
    fn made_anew(&mut self, text: &str) -> String {
        let known = self.0.iter().position(|id| text.contains(&**id)).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        let (before, after) = text.split_once(&*self.0[known]).expect("contained");
        format!("({}::text || :u::text || {}::text)", literal(&format!("{before}{}", anew(known))), literal(after))
    }
}

/// How an id that is made anew begins; the number of the order follows.
fn anew(known: usize) -> String {
    format!("made-{known}-")
}

/// A text as a statement has it; `pgbench` takes a colon for the beginning of a variable.
fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a"))
}

/// Runs the script with so many clients; returns how many orders a second that made. `from` is where the orders' numbers begin.
pub(crate) fn run(programs: &Path, address: &str, script: &Path, clients: usize, each: usize, from: usize) -> f64 {
    let done = Command::new(programs.join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=1", "--client", &clients.to_string()])
        .args(["--transactions", &each.to_string(), "--define", &format!("n={from}"), "--file"])
        .arg(script)
        .arg(address)
        .output()
        .expect("pgbench");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.unwrap_or_else(|| panic!("no rate: {said}"))
}
