//! `cargo xtask run`: from a fresh clone to a store in the browser.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::builds::{self, Profile};
use crate::context::{Context, find_program};
use crate::{process, server, target_dir, tools};

/// The page that is opened: the product of the worked example.
const FIRST_PAGE: &str = "/p/data-analytics-2";

/// Builds the store, starts it with the demo market and stays until it is stopped.
pub(crate) fn run(context: &Context, arguments: &[String]) -> Result<()> {
    let flags = match arguments.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => arguments,
    };
    for ours in ["--listen", "--data", "--demo"] {
        if flags.iter().any(|flag| flag.split('=').next() == Some(ours)) {
            bail!(
                "`{ours}` is set by this command; to choose it yourself start `quotient serve` (`cargo run --release -- serve`)"
            );
        }
    }
    tools::trunk(context)?;

    println!("Building the store (a quarter of an hour the first time, then a minute or two).");
    let claim = target_dir::claim(context)?;
    builds::storefront(context)?;
    let binary = builds::server(context, Profile::Release)?;
    drop(claim);

    let port = server::port_from_8080()?;
    if port != 8080 {
        println!("Port 8080 is taken by another program: using {port}.");
    }
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let data = context.cache.join("demo-data");
    std::fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
    let child = server::start(server::demo(context, &binary, address, &data).args(flags), address)?;

    let page = format!("http://{address}{FIRST_PAGE}");
    println!("\nThe store is open: {page}\nIts data is in {}. Ctrl-C stops it.\n", data.display());
    open(&page);

    let status = process::wait(child)?;
    if !status.success() {
        bail!("the server ended: {status}");
    }
    println!("The store is closed.");
    Ok(())
}

/// Opens the page where there is a screen; where there is none, the address is printed already.
fn open(page: &str) {
    let has_screen =
        cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if !has_screen {
        return;
    }
    if let Some(opener) = find_program(&["xdg-open", "open"]) {
        let _ = Command::new(opener).arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    }
}
