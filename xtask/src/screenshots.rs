//! `cargo xtask screenshots`: the pictures in the documentation, taken of the store itself.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;

use crate::builds::{self, Profile};
use crate::context::Context;
use crate::{apt, node, process, server, target_dir, tools};

/// Starts a demo market of its own on a free port and lets the script write into `docs/`.
pub(crate) fn screenshots(context: &Context) -> Result<()> {
    apt::provide(context, &[&apt::BROWSER, &apt::CHINESE_FONT])?;
    let (chromium, _) = apt::browser()?;
    node::packages(context, "tests/e2e")?;
    tools::trunk(context)?;
    let _claim = target_dir::claim(context)?;
    builds::storefront(context)?;
    let binary = builds::server(context, Profile::Release)?;

    let docs = context.root.join("docs");
    let data = std::env::temp_dir().join(format!("quotient-screenshots-{}", std::process::id()));
    std::fs::create_dir_all(&docs)?;
    std::fs::create_dir_all(&data)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server::free_port()?));
    let child = server::start(&mut server::demo(context, &binary, address, &data), address)?;
    let taken = process::run(
        context
            .command("node")
            .arg("tests/e2e/screenshots.mjs")
            .arg(&docs)
            .env("QUOTIENT_URL", format!("http://{address}"))
            .env("QUOTIENT_BIN", &binary)
            .env("QUOTIENT_CHROMIUM", chromium),
    );
    server::stop(child)?;
    std::fs::remove_dir_all(&data)?;
    taken
}
