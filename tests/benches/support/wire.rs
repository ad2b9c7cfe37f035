//! What a server says to its database, heard on the way: a relay that understands enough of PostgreSQL's protocol.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedReadHalf;

use crate::market::listen;

/// A statement that was run, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) statement: String,
    pub(crate) values: Vec<Value>,
}

/// A value as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

pub(crate) type Heard = Arc<Mutex<Vec<Said>>>;

/// Listens, and passes on to the database at `to`.
pub(crate) async fn relay(to: SocketAddr) -> (SocketAddr, Heard) {
    let (listener, address) = listen().await;
    let heard = Heard::default();
    let all = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let heard = Arc::clone(&all);
            let database = TcpStream::connect(to).await.expect("the database");
            // Otherwise each statement waits for the acknowledgement of the one before, and time passes within an order.
            for stream in [&client, &database] {
                stream.set_nodelay(true).expect("a socket");
            }
            let (from, mut back) = client.into_split();
            let (mut answers, mut on) = database.into_split();
            tokio::spawn(async move { tokio::io::copy(&mut answers, &mut back).await });
            // It ends when either side hangs up.
            tokio::spawn(async move {
                let mut hears = Hears { from, heard, prepared: HashMap::new() };
                let mut first = true;
                while let Ok(message) = hears.message(first).await {
                    first = false;
                    if on.write_all(&message).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (address, heard)
}

struct Hears {
    from: OwnedReadHalf,
    heard: Heard,
    /// Statements with the types of their values, by the name they were given.
    prepared: HashMap<String, (String, Vec<u32>)>,
}

impl Hears {
    /// The next message as it came; the first one has no letter.
    async fn message(&mut self, first: bool) -> std::io::Result<Vec<u8>> {
        let mut message = vec![0; if first { 4 } else { 5 }];
        self.from.read_exact(&mut message).await?;
        let head = message.len();
        let length = u32::from_be_bytes(message[head - 4..].try_into().expect("four")) as usize;
        message.resize(head - 4 + length, 0);
        self.from.read_exact(&mut message[head..]).await?;
        if !first {
            self.hear(message[0], Reader(&message[head..]));
        }
        Ok(message)
    }

    fn hear(&mut self, letter: u8, mut body: Reader<'_>) {
        match letter {
            b'Q' => self.note(body.text(), Vec::new()),
            b'P' => {
                let (name, statement) = (body.text(), body.text());
                let types = (0..body.small()).map(|_| body.int()).collect();
                self.prepared.insert(name, (statement, types));
            }
            b'B' => {
                let (_, name) = (body.text(), body.text());
                let formats = body.small();
                body.take(2 * usize::from(formats));
                let (statement, types) = self.prepared[&name].clone();
                let count = body.small();
                let values = types.into_iter().take(count.into()).map(|kind| body.value(kind)).collect();
                self.note(statement, values);
            }
            _ => {}
        }
    }

    fn note(&self, statement: String, values: Vec<Value>) {
        self.heard.lock().expect("no panic").push(Said { statement, values });
    }
}

struct Reader<'m>(&'m [u8]);

impl<'m> Reader<'m> {
    fn take(&mut self, count: usize) -> &'m [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn text(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0).expect("a text");
        let text = String::from_utf8(self.take(end).to_vec()).expect("UTF-8");
        self.take(1);
        text
    }

    fn small(&mut self) -> u16 {
        u16::from_be_bytes(self.take(2).try_into().expect("two"))
    }

    fn int(&mut self) -> u32 {
        u32::from_be_bytes(self.take(4).try_into().expect("four"))
    }

    /// A value in PostgreSQL's binary format: `int8`, `bytea`, else a text.
    fn value(&mut self, kind: u32) -> Value {
        let length = self.int();
        if length == u32::MAX {
            return Value::Null;
        }
        let bytes = self.take(length as usize).to_vec();
        match kind {
            20 => Value::Int(i64::from_be_bytes(bytes.try_into().expect("eight"))),
            17 => Value::Bytes(bytes),
            _ => Value::Text(String::from_utf8(bytes).expect("UTF-8")),
        }
    }
}
