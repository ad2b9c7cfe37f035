//! Notices by mail, at a mail server of the tests' own that also plays what mail servers do.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_util::future::join;
use serde_json::json;
use server::keys::QuotationKey;
use server::mail::{Mailer, Security, Settings as MailSettings};
use server::store::mails::Take;
use server::usecases::{Market, Settings};
use shared::api::Role;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::store::fresh_database;
use super::trade::{Bench, asked, caller};

/// What the mail server does with a connection.
#[derive(Clone, Copy, Debug)]
enum Play {
    /// Closes it at once.
    Refuse,
    /// Says nothing.
    Hang,
    /// Closes it while it is told the letter.
    CloseInTheMiddle,
    /// Has no time for a sender (450).
    Busy,
    /// Reads the letter and does not take it (451).
    NotTaken,
}

/// A letter as it arrived.
#[derive(Clone, Debug)]
struct Arrived {
    to: String,
    head: String,
    text: String,
}

impl Arrived {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_else(|| panic!("{name} in {}", self.head))
    }
}

/// A mail server.
struct Post {
    port: u16,
    letters: Arc<Mutex<Vec<Arrived>>>,
    plays: Arc<Mutex<VecDeque<Play>>>,
}

impl Post {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (letters, plays) = (Arc::default(), Arc::default());
        let post = Self { port, letters: Arc::clone(&letters), plays: Arc::clone(&plays) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let play = plays.lock().expect("unpoisoned").pop_front();
                tokio::spawn(serve(stream, play, Arc::clone(&letters)));
            }
        });
        post
    }

    fn play(&self, plays: &[Play]) {
        self.plays.lock().expect("unpoisoned").extend(plays);
    }

    /// What has arrived since it was last asked.
    fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.letters.lock().expect("unpoisoned"))
    }

    fn settings(&self) -> Settings {
        let mail = MailSettings {
            host: "127.0.0.1".to_owned(),
            port: Some(self.port),
            security: Security::None,
            credentials: None,
            from: "演示市场 <market@market.example>".to_owned(),
            origin: "https://market.example".to_owned(),
            patience: Duration::from_millis(500),
        };
        let mailer = Mailer::new(mail).expect("a mailer");
        Settings { sandbox: true, mailer: Some(Arc::new(mailer)), ..Settings::default() }
    }
}

async fn serve(stream: TcpStream, play: Option<Play>, letters: Arc<Mutex<Vec<Arrived>>>) {
    match play {
        Some(Play::Refuse) => return,
        Some(Play::Hang) => return tokio::time::sleep(Duration::from_secs(20)).await,
        _ => {}
    }
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut to = String::new();
    if write.write_all(b"220 test ESMTP\r\n").await.is_err() {
        return;
    }
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-test\r\n250 8BITMIME\r\n",
            "MAIL" if matches!(play, Some(Play::Busy)) => b"450 4.3.2 busy\r\n",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                b"250 ok\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.expect("written");
                let mut data = Vec::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if matches!(play, Some(Play::CloseInTheMiddle)) {
                        return;
                    }
                    if line == "." {
                        break;
                    }
                    data.push(line);
                }
                if matches!(play, Some(Play::NotTaken)) {
                    b"451 4.3.0 try again\r\n"
                } else {
                    letters.lock().expect("unpoisoned").push(read_letter(&to, &data));
                    b"250 taken\r\n"
                }
            }
            "QUIT" => return drop(write.write_all(b"221 bye\r\n").await),
            _ => b"250 ok\r\n",
        };
        if write.write_all(answer).await.is_err() {
            return;
        }
    }
}

fn read_letter(to: &str, lines: &[String]) -> Arrived {
    let blank = lines.iter().position(String::is_empty).expect("a head");
    let (head, body) = (lines[..blank].join("\n"), &lines[blank + 1..]);
    let text = if head.contains("Content-Transfer-Encoding: base64") {
        String::from_utf8(BASE64.decode(body.concat()).expect("base64")).expect("UTF-8")
    } else if head.contains("Content-Transfer-Encoding: quoted-printable") {
        unquoted(&body.join("\n"))
    } else {
        body.join("\n")
    };
    Arrived { to: to.to_owned(), head, text: text.replace("\r\n", "\n") }
}

/// Quoted-printable (RFC 2045), read.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("hexadecimal"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// To whom letters went, in order of the alphabet.
fn to(letters: &[Arrived]) -> Vec<&str> {
    let mut to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    to
}

/// Lets what waits be tried, so many times.
async fn tried(bench: &Bench, times: usize) {
    for _ in 0..times {
        bench.market.send_mail().await.expect("tried");
        bench.market.clock().pass(Duration::from_hours(2));
    }
}

async fn story(database: Option<&str>) {
    let post = Post::open().await;
    let mut bench = Bench::open_with(database, post.settings()).await;
    bench.buyer = caller("demo-buyer-admin", "demo-enterprise", Role::BuyerAdmin);

    // Whom it concerns is told, once: the ISV's two, the operator and no auditor.
    let order = bench.place(&bench.quote(1).await, "transfer", "mailed").await.expect("placed").id;
    tried(&bench, 2).await;
    let letters = post.arrived();
    assert_eq!(to(&letters), ["chen.jianguo@isv.example", "zhao.min@isv.example", "zhou.lei@operator.example"]);
    for letter in &letters {
        assert!(letter.text.contains(&format!("https://market.example/console/orders/{order}")), "{}", letter.text);
        assert!(letter.text.contains("¥208.00") && letter.header("From").ends_with("<market@market.example>"));
    }
    let mut ids: Vec<&str> = letters.iter().map(|letter| letter.header("Message-ID")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3);

    // However often the mail server fails, the letter arrives, once.
    post.play(&[Play::Refuse, Play::Hang, Play::CloseInTheMiddle, Play::Busy, Play::NotTaken]);
    let body = json!({"amount": "200.00", "reason": "老客户\n优惠"}).to_string();
    bench
        .market
        .reprice_order(&bench.isv, asked("reprice-mailed", b""), &order, body.as_bytes())
        .await
        .expect("repriced");
    tried(&bench, 5).await;
    assert!(post.arrived().is_empty(), "five attempts failed");
    tried(&bench, 3).await;
    let letters = post.arrived();
    assert_eq!(to(&letters), ["wang.xiaoming@enterprise.example"]);
    assert!(letters[0].text.contains(&format!("https://market.example/account/orders/{order}")));

    // In English, for who reads that; finance is told of money.
    let body = br#"{"language":"en"}"#;
    bench.market.set_language(&bench.buyer, asked("english", body), body).await.expect("set");
    bench.confirm(&order, "210.00", "too-much").await;
    tried(&bench, 1).await;
    let letters = post.arrived();
    let returned: Vec<&Arrived> = letters.iter().filter(|letter| letter.to.ends_with("enterprise.example")).collect();
    assert_eq!(returned.len(), 2, "{letters:?}");
    for letter in returned {
        let english = letter.to.starts_with("wang");
        assert_eq!(letter.text.contains("goes back"), english, "{}", letter.text);
        assert_eq!(letter.text.contains("正在退回"), !english, "{}", letter.text);
    }

    two_servers(&bench, &post).await;
}

/// Two servers send what waits at the same time, each letter once; what a server took and never sent, another sends.
async fn two_servers(bench: &Bench, post: &Post) {
    let key = QuotationKey::open(bench.folder.path()).expect("a key");
    let clock = server::clock::Clock::standing_at(bench.market.clock().now());
    let other = Market::open(bench.store.clone(), key, clock, post.settings()).await.expect("another server");
    for n in 0..12 {
        bench.place(&bench.quote(1).await, "sandbox", &format!("two-{n}")).await.expect("placed");
    }
    let lost = Take { now: bench.market.clock().wall(), offset: shared::calendar::Offset::CHINA, lease: 300 };
    let lost = bench.store.write(lost).await.expect("taken").expect("a mail");
    let (one, two) = join(bench.market.send_mail(), other.send_mail()).await;
    one.and(two).expect("sent");
    let letters = post.arrived();
    assert_eq!(letters.len(), 23, "each of 12 to two, but the one that was taken");
    bench.market.clock().pass(Duration::from_mins(6));
    tried(bench, 2).await;
    let late = post.arrived();
    assert_eq!(to(&late), [lost.email.as_str()]);
    let mut ids: Vec<&str> = letters.iter().chain(&late).map(|letter| letter.header("Message-ID")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 24, "each once");
}

#[tokio::test]
async fn the_story_of_mail_on_sqlite() {
    story(None).await;
}

#[tokio::test]
async fn the_story_of_mail_on_postgresql() {
    let Some(address) = fresh_database("mail").await else { return };
    story(Some(&address)).await;
}
