//! What the browser of an ISV runs who works on a sales configuration.

fn main() {
    app::frame::start::<app::workbench::route::Route>();
}
