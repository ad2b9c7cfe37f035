//! The demo market in a process of its own, asked over HTTP by its demo buyer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use server::clock::Stopwatch;
use tempfile::TempDir;

use super::LONGEST;
use crate::support::example;

/// Killed with the test.
pub(super) struct Serving {
    process: Child,
    address: String,
    cookie: String,
    folder: TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    body: String,
}

impl Answer {
    #[track_caller]
    pub(super) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// The store is out, which is said in words, with when to ask again.
    #[track_caller]
    pub(super) fn unavailable(&self) {
        let problem = self.expect(503);
        assert_eq!(problem["code"], "store_unavailable", "{problem}");
        assert!(problem["zh"].as_str().is_some_and(|zh| zh.contains("稍后重试")), "{problem}");
        assert!(self.head.to_lowercase().contains("\r\nretry-after: 5"), "{}", self.head);
    }
}

impl Serving {
    pub(super) fn start(database: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // A write beyond the size that files may have fails, instead of ending the process.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_quotient")]);
        command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
        command.args(database.iter().flat_map(|database| ["--database", database]));
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut first = String::new();
        BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut first).expect("its address");
        let address = first.trim().strip_prefix("http://").expect("an address").to_owned();
        let mut server = Self { process, address, cookie: String::new(), folder };
        let signed_in = server.post("/api/demo/session", None, &json!({"account": "demo-buyer-admin"}));
        signed_in.expect(200);
        let cookies = signed_in.head.lines().filter_map(|line| line.split_once(": "));
        let cookies = cookies.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        let cookies: Vec<&str> = cookies.filter_map(|(_, cookie)| cookie.split(';').next()).collect();
        server.cookie = cookies.join("; ");
        server
    }

    pub(super) fn data(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", "")
    }

    pub(super) fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Answer {
        let key = key.map(|key| format!("idempotency-key: {key}\r\n")).unwrap_or_default();
        self.ask("POST", path, &key, &body.to_string())
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let watch = Stopwatch::start();
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(LONGEST)).expect("set");
        let (cookie, length) = (&self.cookie, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: {cookie}\r\n{headers}\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        assert!(watch.elapsed() < LONGEST, "{path} took {:?}", watch.elapsed());
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(super) fn quote(&self) -> String {
        self.post("/api/quotes", None, &example()).expect(201)["id"].as_str().expect("an id").to_owned()
    }

    pub(super) fn order(&self, key: &str) -> String {
        let body = json!({"quote": self.quote(), "method": "sandbox", "agreement": 1});
        self.post("/api/orders", Some(key), &body).expect(201)["id"].as_str().expect("an id").to_owned()
    }

    /// How large, in bytes, the files may grow that the process writes; `false` where that cannot be set.
    pub(super) fn let_files_grow(&self, to: Option<u64>) -> bool {
        let limit = to.map_or("unlimited".to_owned(), |to| to.to_string());
        let (process, limit) = (format!("--pid={}", self.process.id()), format!("--fsize={limit}:"));
        Command::new("prlimit").args([process, limit]).status().is_ok_and(|status| status.success())
    }

    /// An audit beside the server.
    pub(super) fn audit(&self, database: Option<&str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quotient"));
        command.arg("audit").arg("--data").arg(self.data());
        command.args(database.iter().flat_map(|database| ["--database", database]));
        command
    }
}
