//! The command line. Exit codes: 0 good, 1 the answer is no, 2 wrong usage, 3 could not run.

mod backup;
mod check;
mod eval;
mod logging;
mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use shared::api::{OrganisationKind, Payee};
use shared::calendar::Offset;

use crate::clock::Clock;
use crate::mail::{self, MailError, Mailer, Security};
use crate::oidc::{self, OidcError, Provider};
use crate::store::Store;
use crate::usecases;

/// The answer to what was asked is no.
const NO: u8 = 1;
/// What was asked could not be done.
const COULD_NOT_RUN: u8 = 3;

/// A marketplace for enterprise apps, whose prices are exact.
#[derive(Parser)]
#[command(name = "quotient", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open the market: storefront and API on one port.
    Serve(Box<ServeArgs>),
    /// Answer evaluator requests, one JSON line from standard input for one line to standard output.
    Eval,
    /// Hold a sales configuration against its golden price cases.
    Check {
        /// A JSON file: {"config": …, "cases": [{"name", "request", "expect"} …]}.
        file: PathBuf,
    },
    /// Add an organisation to the market; prints the link by which its first member joins. The first one a market needs is
    /// its operator's. On a file, the server must not be running.
    AddOrganisation(AddOrganisationArgs),
    /// Bring the database's tables up to date, which `serve` does too.
    Migrate(StoreArgs),
    /// Check every invariant of a store; exit code 1 when something does not agree.
    Audit(AuditArgs),
    /// Write everything that a market keeps to one file, as it is at one moment. Servers may go on meanwhile. The signing key
    /// is not in it: it stays in the data folder, and a market that is restored without it makes itself another one.
    Backup(backup::BackupArgs),
    /// Restore a backup into an empty folder or database, of either kind, on which no server is running; then check every
    /// invariant, with exit code 1 when something does not agree. All of it is restored or nothing.
    Restore(backup::RestoreArgs),
}

/// Where the data is.
#[derive(Args)]
struct StoreArgs {
    /// The folder with the database and the signing key; made where it is missing.
    #[arg(long, env = "QUOTIENT_DATA", value_name = "DIR", default_value = "quotient-data")]
    data: PathBuf,
    /// Another database than the file in the data folder, for example `postgres://user@host/name`.
    #[arg(long, env = "QUOTIENT_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
}

/// An enterprise's own identity provider (OpenID Connect).
#[derive(Args)]
struct OidcArgs {
    /// An enterprise's own identity provider, where its members sign in (OpenID Connect): its issuer.
    #[arg(long, env = "QUOTIENT_OIDC_ISSUER", value_name = "URL", requires_all = ["oidc_client", "oidc_secret", "oidc_organisation", "origin"])]
    oidc_issuer: Option<String>,
    /// By which the provider knows this market.
    #[arg(long, env = "QUOTIENT_OIDC_CLIENT", value_name = "ID")]
    oidc_client: Option<String>,
    /// By which the provider believes it.
    #[arg(long, env = "QUOTIENT_OIDC_SECRET", value_name = "SECRET", hide_env_values = true)]
    oidc_secret: Option<String>,
    /// The id of the enterprise whose members it knows.
    #[arg(long, env = "QUOTIENT_OIDC_ORGANISATION", value_name = "ID")]
    oidc_organisation: Option<String>,
    /// The market's own address, to which the provider leads back to, for example `https://market.example`.
    #[arg(long, env = "QUOTIENT_ORIGIN", value_name = "URL")]
    origin: Option<String>,
}

impl OidcArgs {
    fn provider(&self) -> Result<Option<Provider>, OidcError> {
        let Self { oidc_issuer, oidc_client, oidc_secret, oidc_organisation, origin } = self;
        let all = (oidc_issuer, oidc_client, oidc_secret, oidc_organisation, origin);
        let (Some(issuer), Some(client), Some(secret), Some(organisation), Some(origin)) = all else { return Ok(None) };
        let settings = oidc::Settings {
            issuer: issuer.clone(),
            client: client.clone(),
            secret: secret.clone(),
            organisation: organisation.clone(),
            origin: origin.trim_end_matches('/').to_owned(),
        };
        Provider::new(settings).map(Some)
    }
}

/// To whom transfers go.
#[derive(Args, Clone)]
#[expect(clippy::struct_field_names, reason = "as the options are called")]
struct PayeeArgs {
    /// The holder of the account that transfers go to; orders say it to those who pay so.
    #[arg(long, env = "QUOTIENT_PAYEE_NAME", value_name = "NAME", requires_all = ["payee_bank", "payee_account"])]
    payee_name: Option<String>,
    /// The account's bank and branch.
    #[arg(long, env = "QUOTIENT_PAYEE_BANK", value_name = "BANK", requires = "payee_name")]
    payee_bank: Option<String>,
    /// The account's number.
    #[arg(long, env = "QUOTIENT_PAYEE_ACCOUNT", value_name = "NUMBER", requires = "payee_name")]
    payee_account: Option<String>,
}

impl PayeeArgs {
    fn payee(&self) -> Option<Payee> {
        let Self { payee_name, payee_bank, payee_account } = self.clone();
        Some(Payee { name: payee_name?, bank: payee_bank?, account: payee_account? })
    }
}

/// The market's own mail server, by which notices go out.
#[derive(Args)]
struct MailArgs {
    /// A mail server, by which notices also go out: its name. Without it nothing is mailed.
    #[arg(long, env = "QUOTIENT_SMTP_HOST", value_name = "NAME", requires_all = ["mail_from", "origin"])]
    smtp_host: Option<String>,
    /// Its port; the usual one of --smtp-security where it is not said.
    #[arg(long, env = "QUOTIENT_SMTP_PORT", value_name = "PORT")]
    smtp_port: Option<u16>,
    /// How the connection is guarded: by TLS from its beginning on, by STARTTLS, or not at all.
    #[arg(long, env = "QUOTIENT_SMTP_SECURITY", value_name = "tls|starttls|none", default_value = "tls", value_parser = security)]
    smtp_security: Security,
    /// As whom the market signs in there.
    #[arg(long, env = "QUOTIENT_SMTP_USER", value_name = "NAME", requires = "smtp_password")]
    smtp_user: Option<String>,
    /// With which password.
    #[arg(long, env = "QUOTIENT_SMTP_PASSWORD", value_name = "PASSWORD", hide_env_values = true)]
    smtp_password: Option<String>,
    /// Whom mail is from, for example `市场 <no-reply@market.example>`.
    #[arg(long, env = "QUOTIENT_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
}

impl MailArgs {
    /// `origin`: the market's own address, for links.
    fn mailer(&self, origin: Option<&str>) -> Result<Option<Mailer>, MailError> {
        let (Some(host), Some(from), Some(origin)) = (&self.smtp_host, &self.mail_from, origin) else {
            return Ok(None);
        };
        let settings = mail::Settings {
            host: host.clone(),
            port: self.smtp_port,
            security: self.smtp_security,
            credentials: self.smtp_user.clone().zip(self.smtp_password.clone()),
            from: from.clone(),
            origin: origin.trim_end_matches('/').to_owned(),
            patience: mail::PATIENCE,
        };
        Mailer::new(settings).map(Some)
    }
}

fn security(text: &str) -> Result<Security, &'static str> {
    Security::parse(text).ok_or("write tls, starttls or none")
}

#[derive(Args)]
struct AddOrganisationArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// What it does here.
    #[arg(long, env = "QUOTIENT_KIND", value_name = "enterprise|isv|operator", value_parser = kind)]
    kind: OrganisationKind,
    /// Its name.
    #[arg(long, env = "QUOTIENT_NAME", value_name = "NAME")]
    name: String,
}

fn kind(text: &str) -> Result<OrganisationKind, &'static str> {
    OrganisationKind::parse(text).ok_or("write enterprise, isv or operator")
}

#[derive(Args)]
struct AuditArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The marketplace's civil time, a fixed offset from UTC.
    #[arg(long, env = "QUOTIENT_OFFSET", value_name = "OFFSET", default_value = "+08:00", value_parser = offset)]
    offset: Offset,
}

#[derive(Args)]
struct ServeArgs {
    /// The address to listen on.
    #[arg(long, env = "QUOTIENT_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    store: StoreArgs,
    /// Fill an empty market with the demo products; implies --sandbox.
    #[arg(long, env = "QUOTIENT_DEMO")]
    demo: bool,
    /// A market to try things out in: no real money.
    #[arg(long, env = "QUOTIENT_SANDBOX")]
    sandbox: bool,
    /// The marketplace's civil time, a fixed offset from UTC.
    #[arg(long, env = "QUOTIENT_OFFSET", value_name = "OFFSET", default_value = "+08:00", value_parser = offset)]
    offset: Offset,
    /// The site is only ever reached by HTTPS: tell browsers to insist on it.
    #[arg(long, env = "QUOTIENT_HSTS")]
    hsts: bool,
    /// How many proxies of yours stand in front, each of which adds to the header X-Forwarded-For.
    #[arg(long, env = "QUOTIENT_PROXIES", value_name = "NUMBER", default_value_t = 0)]
    proxies: u8,
    #[command(flatten)]
    oidc: OidcArgs,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    payee: PayeeArgs,
}

fn offset(text: &str) -> Result<Offset, &'static str> {
    text.parse().map_err(|_| "write an offset such as +08:00")
}

/// Why a command could not run, for a person.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Does what the command line asks.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => serve::run(&args),
        Command::Eval => eval::run(),
        Command::Check { file } => check::run(&file),
        Command::AddOrganisation(args) => add_organisation(&args),
        Command::Migrate(args) => migrate(&args),
        Command::Audit(args) => runtime().map_err(Failed::from).and_then(|runtime| runtime.block_on(report(&args))),
        Command::Backup(args) => backup::back_up(&args),
        Command::Restore(args) => backup::restore(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("quotient: {error}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// Opens the store, whose tables are up to date then.
async fn open(args: &StoreArgs) -> Result<Store, Failed> {
    make_data_folder(args)?;
    Ok(Store::open(&args.data, args.database.as_deref()).await?)
}

/// It will hold a key: nobody else's business.
fn make_data_folder(StoreArgs { data, .. }: &StoreArgs) -> Result<(), Failed> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(|error| format!("the data folder {}: {error}", data.display()).into())
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

fn add_organisation(args: &AddOrganisationArgs) -> Result<ExitCode, Failed> {
    runtime()?.block_on(async {
        let store = open(&args.store).await?;
        let now = Clock::system(Offset::CHINA).now();
        let added = usecases::add_organisation(&store, args.kind, &args.name, now).await;
        store.close().await;
        println!("{}", added.map_err(|failure| failure.to_string())?.link);
        Ok(ExitCode::SUCCESS)
    })
}

fn migrate(args: &StoreArgs) -> Result<ExitCode, Failed> {
    runtime()?.block_on(async {
        open(args).await?.close().await;
        println!("The tables are up to date.");
        Ok(ExitCode::SUCCESS)
    })
}

/// Audits a store and says what was found.
async fn report(args: &AuditArgs) -> Result<ExitCode, Failed> {
    let store = Store::look(&args.store.data, args.store.database.as_deref()).await?;
    let report = usecases::audit(&store, args.offset).await.map_err(|failure| failure.to_string())?;
    store.close().await;
    println!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_flag_has_its_variable() {
        let cli = Cli::command();
        cli.clone().debug_assert();
        for command in cli.get_subcommands() {
            for flag in command.get_arguments().filter(|flag| flag.get_long().is_some()) {
                let expected =
                    flag.get_long().map(|name| format!("QUOTIENT_{}", name.to_uppercase().replace('-', "_")));
                assert_eq!(flag.get_env().and_then(|name| name.to_str()), expected.as_deref());
            }
        }
    }
}
