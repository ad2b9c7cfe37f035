//! What a buyer's browser runs.

fn main() {
    app::start::storefront();
}
