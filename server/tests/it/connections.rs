//! Over a real connection: what a client sees that sends too much, or is still served when the server stops.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::support::{TestMarket, example};

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

async fn start(market: &TestMarket) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let router = market.router.clone();
    let server = tokio::spawn(server::http::serve(listener, router, async {
        let _ = stopped.await;
    }));
    Running { address, stop, server }
}

fn head(length: usize) -> String {
    format!(
        "POST /api/prices HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer))
        .await
        .expect("in time")
        .expect("read");
    String::from_utf8(answer).expect("UTF-8")
}

#[tokio::test]
async fn who_sends_two_megabytes_reads_why_they_were_refused() {
    let market = TestMarket::open().await;
    let running = start(&market).await;
    let mut stream = TcpStream::connect(running.address).await.expect("connected");
    let body = vec![b' '; 2 * 1024 * 1024];
    stream.write_all(head(body.len()).as_bytes()).await.expect("sent");
    stream.write_all(&body).await.expect("sent to the end");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("body_too_large"), "{answer}");
}

#[tokio::test]
async fn what_is_under_way_is_finished_when_the_server_stops() {
    let market = TestMarket::open().await;
    let running = start(&market).await;
    let body = example().to_string();
    let mut stream = TcpStream::connect(running.address).await.expect("connected");
    stream.write_all(head(body.len()).as_bytes()).await.expect("sent");
    // Long enough for the server to have begun reading.
    tokio::time::sleep(Duration::from_millis(200)).await;
    running.stop.send(()).expect("still running");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(TcpStream::connect(running.address).await.is_err(), "no new connection is taken");
    stream.write_all(body.as_bytes()).await.expect("sent");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""total":"208.00""#), "{answer}");
    running.server.await.expect("stopped in good order");
}

#[tokio::test]
async fn what_is_no_http_ends_its_own_connection_only() {
    let market = TestMarket::open().await;
    let running = start(&market).await;
    for noise in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01".as_slice(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/prices HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(running.address).await.expect("connected");
        stream.write_all(noise).await.expect("sent");
        stream.shutdown().await.expect("closed");
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    let mut stream = TcpStream::connect(running.address).await.expect("connected");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("sent");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200 "));
}
