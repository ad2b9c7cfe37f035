//! A client on one keep-alive connection. It reads no more of an answer than it must: on the same two cores, what the
//! generator spends is missing at the server.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 16 * 1024], filled: 0 })
    }

    /// Sends a request and waits for its whole answer, head and body, whose status it must have.
    pub(crate) async fn ask(&mut self, request: &str, status: &str) -> io::Result<&str> {
        self.stream.write_all(request.as_bytes()).await?;
        self.filled = 0;
        while !is_whole(&self.buffer[..self.filled]) {
            if self.filled == self.buffer.len() {
                self.buffer.resize(self.filled * 2, 0);
            }
            let read = self.stream.read(&mut self.buffer[self.filled..]).await?;
            assert!(read > 0, "the server hung up");
            self.filled += read;
        }
        let answer = str::from_utf8(&self.buffer[..self.filled]).expect("UTF-8");
        assert!(answer.strip_prefix("HTTP/1.1 ").is_some_and(|answer| answer.starts_with(status)), "{answer}");
        Ok(answer)
    }
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let text = str::from_utf8(&answer[..head]).expect("ASCII");
    let length = text.split("\r\ncontent-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    // Where there is none, nothing follows.
    let length: usize = length.map_or(0, |digits| digits.parse().expect("a number"));
    answer.len() >= head + 4 + length
}

/// A request with a JSON body; `headers` end with CR LF.
pub(crate) fn post(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\n{headers}content-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}
