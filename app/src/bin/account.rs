//! What the browser of somebody who signs in runs: signing in, checkout, services, orders, notices.

fn main() {
    app::frame::start::<app::account::route::Route>();
}
