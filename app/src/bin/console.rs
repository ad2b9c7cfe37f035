//! What the browser of a vendor or of the market's operator runs.

fn main() {
    app::frame::start::<app::console::route::Route>();
}
