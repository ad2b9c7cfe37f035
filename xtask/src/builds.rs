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

/// Builds the storefront into `dist/`, always as it is deployed.
pub(crate) fn storefront(context: &Context) -> Result<()> {
    // Trunk works offline, which it passes on to cargo: what it compiles has to be there.
    process::run(&mut context.cargo("fetch --quiet --target wasm32-unknown-unknown"))?;
    process::run(
        context
            .command(context.tool("trunk"))
            .args(["build", "--release"])
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
