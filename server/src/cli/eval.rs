//! `quotient eval`: lines in, lines out, in the same order.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;

use shared::eval::Evaluator;

use super::Failed;

/// What is no UTF-8 is answered like any other line that is no JSON.
const NO_JSON: &str = "\u{fffd}";

pub(super) fn run() -> Result<ExitCode, Failed> {
    match answer_all(io::stdin().lock(), io::stdout().lock()) {
        // Whoever reads the answers has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(ExitCode::SUCCESS),
    }
}

fn answer_all(requests: impl Read, answers: impl Write) -> io::Result<()> {
    let mut requests = BufReader::with_capacity(1 << 16, requests);
    let mut answers = BufWriter::with_capacity(1 << 16, answers);
    let mut evaluator = Evaluator::default();
    let mut line = Vec::new();
    loop {
        // Nothing is kept back from one who waits for an answer before asking again.
        if requests.buffer().is_empty() {
            answers.flush()?;
        }
        line.clear();
        if requests.read_until(b'\n', &mut line)? == 0 {
            return answers.flush();
        }
        let text = str::from_utf8(&line).unwrap_or(NO_JSON).trim_end_matches(['\r', '\n']);
        answers.write_all(evaluator.answer(text).as_bytes())?;
        answers.write_all(b"\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(requests: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        answer_all(requests, &mut out).expect("memory");
        String::from_utf8(out).expect("UTF-8").lines().map(str::to_owned).collect()
    }

    #[test]
    fn each_line_has_its_answer_and_none_stops_the_run() {
        let good = r#"{"op":"credit","subscription":{"edition":"a","trial":false,"anchor_day":1},"at":"2026-01-01T00:00:00Z"}"#;
        let mut requests = format!("{good}\n\nNaN\r\n").into_bytes();
        requests.extend(b"{\"op\":\"credit\xff\"}\n");
        requests.extend(good.as_bytes());
        let answers = answers(&requests);
        assert_eq!(answers.len(), 5);
        assert_eq!(answers[0], r#"{"ok":{"credit":"0.00"}}"#);
        for answer in &answers[1..4] {
            assert!(answer.starts_with(r#"{"err":{"violations":[{"code":"malformed","at":"","#), "{answer}");
        }
        assert_eq!(answers[4], answers[0]);
    }

    #[test]
    fn nothing_asked_is_nothing_answered() {
        assert!(answers(b"").is_empty());
    }

    /// Hands out one line at a time and notes how much had been answered by then.
    struct Waiting<'a> {
        lines: Vec<&'a [u8]>,
        answered: &'a std::cell::RefCell<Vec<u8>>,
        seen: Vec<usize>,
    }

    impl Read for &mut Waiting<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.seen.push(self.answered.borrow().split(|byte| *byte == b'\n').count() - 1);
            let Some(line) = self.lines.pop() else { return Ok(0) };
            buffer[..line.len()].copy_from_slice(line);
            Ok(line.len())
        }
    }

    struct Answered<'a>(&'a std::cell::RefCell<Vec<u8>>);

    impl Write for Answered<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn one_who_waits_for_the_answer_gets_it() {
        let answered = std::cell::RefCell::default();
        let mut waiting = Waiting { lines: vec![b"1\n"; 3], answered: &answered, seen: Vec::new() };
        answer_all(&mut waiting, Answered(&answered)).expect("memory");
        assert_eq!(waiting.seen, [0, 1, 2, 3]);
    }
}
