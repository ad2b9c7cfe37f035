//! Addresses that pages of any kind lead to.

/// The page to sign in on, and then to go to `next`.
pub fn sign_in(next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    ["/sign-in?next=", &next].concat()
}
