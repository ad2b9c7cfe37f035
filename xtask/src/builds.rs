//! Building the store: the storefront for the browser, then the server with the storefront inside.

use std::path::PathBuf;

use anyhow::Result;

use crate::context::Context;
use crate::process;

/// How the server is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// With the checks for overflow and the debug assertions, as the native tests are.
    Dev,
    /// As it is deployed.
    Release,
}

/// What people download besides the storefront: a page `app/NAME.html` with a wasm of its own, into `dist/apps/NAME`.
const APPS: [&str; 3] = ["account", "console", "workbench"];

/// Builds the storefront and the other apps into `dist/`, always as they are deployed.
pub(crate) fn storefront(context: &Context) -> Result<()> {
    // Trunk works offline, which it passes on to cargo: what it compiles has to be there.
    process::run(&mut context.cargo("fetch --quiet --target wasm32-unknown-unknown"))?;
    // The storefront first: Trunk empties the folder that it builds into.
    trunk(context, &[])?;
    for app in APPS {
        let (page, dist, url) = (format!("app/{app}.html"), format!("dist/apps/{app}"), format!("/apps/{app}/"));
        trunk(context, &["--dist", &dist, "--public-url", &url, &page])?;
    }
    Ok(())
}

fn trunk(context: &Context, arguments: &[&str]) -> Result<()> {
    process::run(
        context
            .command(context.tool("trunk"))
            .args(["build", "--release"])
            .args(arguments)
            // Trunk reads this variable as its own flag and refuses every value but true and false.
            .env_remove("NO_COLOR"),
    )
}

/// Builds the server and says where it is.
pub(crate) fn server(context: &Context, profile: Profile) -> Result<PathBuf> {
    let (arguments, folder) = match profile {
        // The whole workspace, for the same features of the dependencies as in the native tests:
        // otherwise they would be compiled a second time.
        Profile::Dev => ("build --workspace --bin quotient", "debug"),
        Profile::Release => ("build --release --package server --bin quotient", "release"),
    };
    process::run(&mut context.cargo(arguments))?;
    Ok(context.target.join(folder).join("quotient"))
}
