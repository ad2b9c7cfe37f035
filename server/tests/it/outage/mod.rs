//! What the market does while its store cannot: it says so in words, reads on where it can, loses nothing, and goes on by
//! itself when the outage is over. The failures are real: a file that may not grow, a lock, a database that is cut off.

mod process;
mod proxy;

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use server::clock::Stopwatch;

use super::store::fresh_database;
use super::support::example;
use process::{Answer, Serving};
use proxy::{Mode, Proxy};

/// No answer may take longer, whatever has happened to the store.
const LONGEST: Duration = Duration::from_secs(12);
/// How many ask at once meanwhile.
const CROWD: usize = 60;

/// What is under way when the outage begins.
struct UnderWay {
    /// Nobody pays for it: it is to be closed meanwhile.
    unpaid: String,
    /// Its payment is to be notified meanwhile.
    paid: String,
    /// It is to be ordered from meanwhile.
    quote: String,
}

fn begin(server: &Serving) -> UnderWay {
    let unpaid = server.order("unpaid");
    server.post("/api/sandbox/clock", None, &json!({"advance": "PT23H59M"})).expect(200);
    let paid = server.order("paid");
    let pay = server.post(&format!("/api/orders/{paid}/pay"), Some("pay"), &json!({"method": "sandbox"})).expect(200);
    let payment = pay["address"].as_str().expect("a page").rsplit('/').next().expect("an id").to_owned();
    // It is sent again a minute later.
    server.post(&format!("/api/sandbox/payments/{payment}"), None, &json!({"play": "lost"})).expect(200);
    let quote = server.quote();
    server.post("/api/sandbox/clock", None, &json!({"advance": "PT58S"})).expect(200);
    UnderWay { unpaid, paid, quote }
}

fn order(server: &Serving, quote: &str) -> Answer {
    server.post("/api/orders", Some("meanwhile"), &json!({"quote": quote, "method": "sandbox", "agreement": 1}))
}

/// Orders, again and again with the same key until the store is back.
fn order_at_last(server: &Serving, quote: &str) -> Value {
    let watch = Stopwatch::start();
    loop {
        let answer = order(server, quote);
        if answer.status == 201 || watch.elapsed() > LONGEST {
            return answer.expect(201);
        }
        answer.unavailable();
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// While the store is out, for longer than until the work under way is due. `reads`: they go on.
fn meanwhile(server: &Serving, under_way: &UnderWay, reads: bool) {
    let watch = Stopwatch::start();
    std::thread::scope(|scope| {
        let ordered = scope.spawn(|| order(server, &under_way.quote));
        let crowd: Vec<_> = (0..CROWD).map(|_| scope.spawn(|| server.post("/api/quotes", None, &example()))).collect();
        for one in crowd {
            one.join().expect("answered").unavailable();
        }
        ordered.join().expect("answered").unavailable();
    });
    for page in ["/", "/p/data-analytics-2", "/api/products/data-analytics-2"] {
        assert_eq!(server.get(page).status, 200, "{page}");
    }
    assert_eq!(server.post("/api/prices", None, &example()).expect(200)["total"], "208.00");
    for path in ["/healthz", "/api/orders", "/api/services", "/api/notices", "/account/orders"] {
        let answer = server.get(path);
        assert_eq!(answer.status, if reads { 200 } else { 503 }, "{path}: {answer:?}");
    }
    std::thread::sleep(Duration::from_secs(3).saturating_sub(watch.elapsed()));
}

/// It goes on by itself: what was refused is done once, what was due is done, and nothing is wrong.
fn afterwards(server: &Serving, under_way: &UnderWay, audit: &mut Command) {
    let made = order_at_last(server, &under_way.quote);
    assert_eq!(order(server, &under_way.quote).expect(201), made);

    let state = |id: &str| server.get(&format!("/api/orders/{id}")).expect(200)["state"]["is"].clone();
    let expected = [(&under_way.unpaid, "cancelled"), (&under_way.paid, "paid")];
    let watch = Stopwatch::start();
    while expected.iter().any(|(id, expected)| state(id) != *expected) && watch.elapsed() < LONGEST {
        std::thread::sleep(Duration::from_millis(100));
    }
    for (id, expected) in expected {
        assert_eq!(state(id), expected, "{id}");
    }
    let orders = server.get("/api/orders").expect(200)["orders"].as_array().map(Vec::len);
    assert_eq!(orders, Some(3));
    let audited = audit.output().expect("run");
    assert!(audited.status.success(), "{}", String::from_utf8_lossy(&audited.stdout));
}

#[test]
fn a_full_disk() {
    let server = Serving::start(None);
    let under_way = begin(&server);
    if !server.let_files_grow(Some(1)) {
        println!("no prlimit here: not told");
        return;
    }
    meanwhile(&server, &under_way, true);
    assert!(server.let_files_grow(None));
    afterwards(&server, &under_way, &mut server.audit(None));
}

#[test]
fn a_file_that_another_process_has_locked() {
    let server = Serving::start(None);
    let under_way = begin(&server);
    let other = rusqlite::Connection::open(server.data().join("quotient.db")).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    meanwhile(&server, &under_way, true);
    other.execute_batch("ROLLBACK").expect("let go");
    afterwards(&server, &under_way, &mut server.audit(None));
}

async fn through_a_proxy(name: &str) -> Option<(Proxy, Serving, String)> {
    let address = fresh_database(name).await?;
    let (before, rest) = address.split_once('@').expect("a user");
    let (host, database) = rest.split_once('/').expect("a database");
    let proxy = Proxy::start(host).await;
    let through = format!("{before}@127.0.0.1:{}/{database}", proxy.port());
    let server = tokio::task::spawn_blocking(move || Serving::start(Some(&through)));
    Some((proxy, server.await.expect("started"), address))
}

/// `out` cuts PostgreSQL off, `back` gives it back.
async fn cut_off(name: &str, out: Mode) {
    let Some((mut proxy, server, address)) = through_a_proxy(name).await else { return };
    let server = &server;
    let under_way = tokio::task::block_in_place(|| begin(server));
    proxy.set(out).await;
    tokio::task::block_in_place(|| meanwhile(server, &under_way, false));
    proxy.set(Mode::Open).await;
    tokio::task::block_in_place(|| afterwards(server, &under_way, &mut server.audit(Some(&address))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_gone_and_comes_back() {
    cut_off("gone", Mode::Gone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_hangs_and_goes_on() {
    cut_off("hangs", Mode::Hanging).await;
}

/// The answer to a COMMIT is lost: nobody knows whether it was done. Asked again with the same key it is done once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost() {
    let Some((mut proxy, server, address)) = through_a_proxy("commit").await else { return };
    let quote = tokio::task::block_in_place(|| server.quote());
    proxy.set(Mode::Gone).await;
    proxy.set(Mode::LosingTheCommitOf("INSERT INTO orders")).await;
    tokio::task::block_in_place(|| {
        // Until its way is found again; then comes the commit whose answer is lost.
        let watch = Stopwatch::start();
        while !proxy.has_lost() {
            assert!(watch.elapsed() < LONGEST);
            order(&server, &quote).unavailable();
        }
        let id = order_at_last(&server, &quote)["id"].clone();
        let orders = server.get("/api/orders").expect(200);
        let ids: Vec<&Value> = orders["orders"].as_array().expect("a list").iter().map(|order| &order["id"]).collect();
        assert_eq!(ids, [&id]);
        let audited = server.audit(Some(&address)).output().expect("run");
        assert!(audited.status.success(), "{}", String::from_utf8_lossy(&audited.stdout));
    });
}
