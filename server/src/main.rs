//! `quotient`: the whole market in one binary.

use std::process::ExitCode;

/// Answers are made of many small pieces; this one hands them out faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run()
}
