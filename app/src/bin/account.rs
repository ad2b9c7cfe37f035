//! What the browser of somebody who signs in runs: signing in, checkout, services, orders, notices.

fn main() {
    app::account::start();
}
