//! The console in a real browser: Chromium, driven by `tests/browser/console.mjs`, before the program in `dev` mode.
//!
//! It needs Chromium, Node.js and `npm ci` in `tests/browser`. Where they are missing the test says SKIP and why; with
//! `CI=true` that is a failure.

use std::path::Path;
use std::process::Command;

use crate::cluster::say;
use crate::process::{Running, UNHURRIED, wiredesk};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// Names under which distributions install it.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser, or what is missing.
fn browser() -> Result<String, String> {
    let answers = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success());
    if !answers("node") {
        return Err("no Node.js".to_owned());
    }
    if !Path::new(FOLDER).join("node_modules/playwright-core").is_dir() {
        return Err("`npm ci` has not been run in tests/browser".to_owned());
    }
    let named = std::env::var("CHROMIUM").into_iter();
    let known = BROWSERS.iter().map(|name| (*name).to_owned());
    named.chain(known).find(|name| answers(name)).ok_or_else(|| "no Chromium".to_owned())
}

/// The whole path of a program that the shell would find.
fn path_of(program: &str) -> String {
    let found = Command::new("which").arg(program).output().expect("which runs");
    String::from_utf8_lossy(&found.stdout).trim().to_owned()
}

#[test]
fn the_console_works_in_a_real_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(why) => {
            let why = format!("SKIP the console in a browser: {why}");
            assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{why}; with CI=true that is a failure");
            return say(&why);
        }
    };
    let unhurried = format!("shutdown.drain_ms_max={UNHURRIED}");
    let keys = [
        "http.listen=127.0.0.1:0",
        &unhurried,
        "routes.vietnam.topic=news.enriched.vietnam",
        "routes.vietnam.when=language.tag == 'vi'",
    ];
    let mut command = wiredesk();
    let mut dev =
        Running::start(command.args(["dev", "--pace", "100"]).args(keys.iter().flat_map(|key| ["--set", *key])));
    let address = format!("http://{}/", dev.address());
    let mut node = Command::new("node");
    node.current_dir(FOLDER).arg("console.mjs").arg(&address).env("CHROMIUM", path_of(&browser));
    // Pictures for a person to look at, where they are asked for.
    node.args(std::env::var("WIREDESK_PICTURES").ok());
    let told = node.output().expect("node runs");
    let said = format!("{}{}", String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{said}");
    say(said.trim_end());
    dev.stop();
}
