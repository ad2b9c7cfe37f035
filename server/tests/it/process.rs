//! The binary: its exit codes, its output, and that it stops in good order.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

fn quotient() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotient"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("started");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("an exit code"), text(stdout), text(stderr))
}

#[test]
fn exit_codes_say_good_no_usage_or_could_not_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let config = r#"{"sale_mode":"one_time","editions":[{"code":"a","name":"A","price":{"new":{"once":"5"}}}]}"#;
    let case = |total| {
        format!(
            r#"{{"config":{config},"cases":[{{"name":"one","request":{{"op":"purchase","selection":{{"edition":"a"}},"at":"2026-01-01T00:00:00Z"}},"expect":{{"total":"{total}"}}}}]}}"#
        )
    };
    let (good, bad, broken) = (file("good", &case("5.00")), file("bad", &case("6.00")), file("broken", "{"));
    let data = folder.path().join("data");
    let data = data.to_str().expect("UTF-8");
    for (arguments, code) in [
        (vec!["--version"], 0),
        (vec!["eval"], 0),
        (vec!["check", &good], 0),
        (vec!["migrate", "--data", data], 0),
        (vec!["check", &bad], 1),
        (vec![], 2),
        (vec!["check"], 2),
        (vec!["serve", "--listen", "nowhere"], 2),
        (vec!["serve", "--offset", "8"], 2),
        (vec!["check", &broken], 3),
        (vec!["check", "/nowhere/file"], 3),
        (vec!["migrate", "--data", data, "--database", "mysql://x"], 3),
        (vec!["migrate", "--data", &good], 3),
    ] {
        let (found, _, said) = run(quotient().args(&arguments));
        assert_eq!(found, code, "{arguments:?}: {said}");
        assert_eq!(said.is_empty(), code < 2, "{arguments:?}: who fails says why: {said}");
    }
}

#[test]
fn the_evaluator_answers_line_by_line() {
    let mut child = quotient().arg("eval").stdin(Stdio::piped()).spawn().expect("started");
    let mut requests = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..3 {
        requests.write_all(b"{\"op\":\"x\xff\"}\n").expect("sent");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("answered before the next request");
        assert!(answer.contains(r#""code":"malformed""#), "{answer}");
    }
    drop(requests);
    assert!(child.wait().expect("ended").success());
}

/// The demo market in a process of its own; killed with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("read");
    answer
}

#[test]
fn the_demo_market_opens_serves_and_closes() {
    let folder = tempfile::tempdir().expect("a folder");
    for round in 1..=2 {
        let mut command = quotient();
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("QUOTIENT_DEMO", "true")
            .env("QUOTIENT_DATA", folder.path());
        let mut serving = Serving(command.spawn().expect("started"));
        let mut first = String::new();
        BufReader::new(serving.0.stdout.take().expect("a pipe")).read_line(&mut first).expect("its address");
        let address = first.trim().strip_prefix("http://").expect("an address").to_owned();
        assert!(get(&address, "/healthz").starts_with("HTTP/1.1 200 "));
        assert_eq!(get(&address, "/api/products").matches(r#""slug":"#).count(), 6, "round {round}");

        let id = serving.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("sent").success());
        assert!(serving.0.wait().expect("ended").success(), "round {round}");
        let mut log = String::new();
        serving.0.stderr.take().expect("a pipe").read_to_string(&mut log).expect("read");
        for line in log.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            assert!(entry["level"] == "INFO", "{line}");
        }
        assert_eq!(log.contains("the demo market is set up"), round == 1, "{log}");
        assert!(log.contains("closed"), "{log}");
    }
}
