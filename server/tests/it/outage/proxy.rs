//! What stands between the market and PostgreSQL, and can be cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What becomes of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Open,
    /// They are closed, and new ones refused.
    Gone,
    /// They stay, and nothing comes through.
    Hanging,
    /// The first that sends this text and then a COMMIT is closed before it hears what became of it.
    LosingTheCommitOf(&'static str),
}

pub(super) struct Proxy {
    port: u16,
    to: Arc<str>,
    mode: watch::Sender<Mode>,
    /// The answer to a COMMIT was lost.
    lost: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Before the server at `to`, host and port.
    pub(super) async fn start(to: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.and_then(|it| it.local_addr()).expect("a port").port();
        let mode = watch::Sender::new(Mode::Open);
        let mut proxy = Self { port, to: to.into(), mode, lost: Arc::default(), accepting: None };
        proxy.set(Mode::Open).await;
        proxy
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn has_lost(&self) -> bool {
        self.lost.load(Ordering::SeqCst)
    }

    pub(super) async fn set(&mut self, mode: Mode) {
        self.mode.send_replace(mode);
        if mode == Mode::Gone {
            if let Some(accepting) = self.accepting.take() {
                accepting.abort();
                let _ = accepting.await;
            }
        } else if self.accepting.is_none() {
            let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("the same port");
            let (to, mode, lost) = (Arc::clone(&self.to), self.mode.clone(), Arc::clone(&self.lost));
            self.accepting = Some(tokio::spawn(async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(connection(client, Arc::clone(&to), mode.subscribe(), Arc::clone(&lost)));
                }
            }));
        }
    }
}

async fn connection(client: TcpStream, to: Arc<str>, mode: watch::Receiver<Mode>, lost: Arc<AtomicBool>) {
    let Ok(server) = TcpStream::connect(&*to).await else { return };
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let deaf = Arc::new(AtomicBool::new(false));
    let mut cut = mode.clone();
    // Whichever ends first takes the others, and both connections, with it.
    tokio::select! {
        () = ask(from_client, to_server, mode.clone(), &deaf, &lost) => {}
        () = answer(from_server, to_client, mode, &deaf) => {}
        _ = cut.wait_for(|mode| *mode == Mode::Gone) => {}
    }
}

async fn ask(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut mode: watch::Receiver<Mode>,
    deaf: &AtomicBool,
    lost: &AtomicBool,
) {
    let (mut buffer, mut said) = (vec![0; 1 << 16], Vec::new());
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let part = &buffer[..length];
        let now = mode.wait_for(|mode| *mode != Mode::Hanging).await.map(|mode| *mode);
        let Ok(now) = now else { return };
        let mut loses = false;
        if let Mode::LosingTheCommitOf(text) = now
            && !lost.load(Ordering::SeqCst)
        {
            said.extend_from_slice(part);
            loses = holds(&said, text.as_bytes()) && holds(part, b"COMMIT");
        }
        deaf.fetch_or(loses, Ordering::SeqCst);
        if to.write_all(part).await.is_err() {
            return;
        }
        if loses {
            // By then it is done.
            tokio::time::sleep(Duration::from_millis(500)).await;
            lost.store(true, Ordering::SeqCst);
            return;
        }
    }
}

async fn answer(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut mode: watch::Receiver<Mode>, deaf: &AtomicBool) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if mode.wait_for(|mode| *mode != Mode::Hanging).await.is_err() {
            return;
        }
        if !deaf.load(Ordering::SeqCst) && to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
