//! The command line: exit codes, one line a record, no secret shown.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::articles::{native, plain};
use crate::process::{Running, UNHURRIED, wiredesk};

/// How long a process may take to come to its end on a busy machine.
const PATIENCE: Duration = Duration::from_secs(360);

fn output(words: &[&str]) -> Output {
    wiredesk().args(words).stdin(Stdio::null()).output().expect("runs")
}

/// Runs a command with this on its standard input.
fn piped(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // Writing and reading at once: neither pipe holds all of it. The program may end before it has read everything.
    let writer = std::thread::spawn(move || _ = stdin.write_all(&input));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("writes");
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every line of an output as JSON.
fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = text(&output.stdout);
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// What `enrich` makes of a file's bytes.
fn enriched(name: &str, bytes: &[u8]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    lines(&output(&["enrich", &path.display().to_string()]))
}

#[test]
fn whoever_reads_no_further_is_no_failure() {
    let man = ["man"].as_slice();
    let commands = [
        man,
        &["check"],
        &["schema"],
        &["schema", "--asyncapi"],
        &["completions", "bash"],
        &["enrich", "data/samples"],
        &["enrich", "data/samples", "--explain"],
        &["test", "examples/desk/cases", "--config", "examples/desk/wiredesk.toml"],
    ];
    for words in commands {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = wiredesk();
        command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).stdout(writer);
        let output = command.stderr(Stdio::piped()).output().expect("runs");
        let said = text(&output.stderr);
        assert!(output.status.success() && !said.contains("error") && !said.contains("panicked"), "{words:?}: {said}");
    }
    // What is asked for is done all the same: cases that fail are told by the exit code, too.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let cases = folder.path().join("cases.toml");
    std::fs::write(&cases, "[[case]]\nname = \"x\"\nrecord = \"It rained.\"\ndead_letter = \"empty\"\n")
        .expect("written");
    let mut command = wiredesk();
    let output = command.args(["test", &cases.display().to_string()]).stdout(writer).output().expect("runs");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn faults_of_the_configuration_are_named_all_at_once() {
    let output = wiredesk()
        .args(["check", "--set", "kafka.grop=x", "--set", "batch.records_max=none", "--set", "log.format=loud"])
        .env("WIREDESK__TOPICS__ENRICHED", "no topic")
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    for words in [
        "kafka.grop",
        "did you mean kafka.group?",
        "batch.records_max",
        "log.format",
        "topics.enriched",
        "environment WIREDESK__TOPICS__ENRICHED",
        "command line",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_usage_is_2_and_failure_is_1() {
    let code = |words: &[&str]| output(words).status.code();
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["publish"]), Some(2));
    assert_eq!(code(&["check", "--config", "/nonexistent/desk.toml"]), Some(2));
    assert_eq!(code(&["check", "--ready", "ftp://127.0.0.1/"]), Some(2));
    assert_eq!(code(&["check", "--ready", "http://127.0.0.1:9/readyz"]), Some(1));
    assert_eq!(code(&["enrich", "/nonexistent/article.txt"]), Some(1));
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--version"]), Some(0));
}

#[test]
fn check_shows_where_a_value_comes_from_and_no_secret() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, "[kafka]\ngroup = \"night\"\n[kafka.sasl]\nmechanism = \"PLAIN\"\nusername = \"desk\"\n")
        .expect("written");
    let output = wiredesk()
        .args([
            "check",
            "--config",
            &path.display().to_string(),
            "--set",
            "kafka.properties.ssl.keystore.password=hunter3",
        ])
        .env("WIREDESK__KAFKA__SASL__PASSWORD", "hunter2")
        .env("WIREDESK_KAFKA__BROKERS", "lost:9092")
        .output()
        .expect("runs");
    let (shown, said) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(shown.contains(&format!("kafka.group = \"night\"  # {}", path.display())), "{shown}");
    assert!(shown.contains("kafka.sasl.password = \"***\"  # environment WIREDESK__KAFKA__SASL__PASSWORD"), "{shown}");
    assert!(said.contains("WIREDESK_KAFKA__BROKERS"), "{said}");
    assert!(!shown.contains("hunter") && !said.contains("hunter"), "{shown}{said}");
}

#[test]
fn enrich_gives_one_line_a_record_in_input_order() {
    let value = |number| text(native(number).value.as_deref().expect("a value"));
    let mut input = String::new();
    for number in 0..60 {
        input.push_str(&if number % 5 == 4 { format!("{{\"broken\": {number}") } else { value(number) });
        input.push('\n');
    }
    for threads in ["1", "3"] {
        let output = piped(wiredesk().args(["enrich", "--threads", threads]), input.as_bytes());
        let lines = lines(&output);
        assert_eq!(lines.len(), 60);
        for (number, line) in lines.iter().enumerate() {
            if number % 5 == 4 {
                assert_eq!(line["dead_letter"]["reason"], "malformed_json", "{line}");
            } else {
                assert_eq!(line["ext"]["desk"], number, "{line}");
            }
        }
        let said = text(&output.stderr);
        assert!(said.contains("60 records: 48 events, 12 dead letters (malformed_json 12), 0 dropped"), "{said}");
    }
}

#[test]
fn enrich_reads_files_folders_and_lines() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let put = |name: &str, bytes: Vec<u8>| std::fs::write(folder.path().join(name), bytes).expect("written");
    put("a.txt", plain(1).value.expect("a value"));
    put("b.json", native(2).value.expect("a value"));
    let mut two = native(3).value.expect("a value");
    two.push(b'\n');
    two.extend(native(4).value.expect("a value"));
    put("c.ndjson", two);
    let found = lines(&output(&["enrich", &folder.path().display().to_string()]));
    assert_eq!(found.len(), 4);
    assert_eq!(found[0]["provenance"]["topic"], "a.txt");
    let ids: BTreeSet<&str> = found.iter().filter_map(|event| event["id"].as_str()).collect();
    assert_eq!(ids.len(), 4);
    let pretty = output(&["enrich", "--pretty", &folder.path().join("a.txt").display().to_string()]);
    let event: Value = serde_json::from_slice(&pretty.stdout).expect("one event over many lines");
    assert_eq!(event["id"], found[0]["id"]);
}

#[test]
fn enrich_explains_what_it_read() {
    let article = r#"{"published_at": "2024-03-14", "language": "en", "text": "The ministers of both countries met yesterday in the old town hall."}"#;
    let shown = piped(wiredesk().args(["enrich", "--explain"]), article.as_bytes());
    let told = text(&shown.stdout);
    assert!(told.contains("= 2024-03-13, by rule relative-day, counted from publication 2024-03-14"), "{told}");
    // Beside the events, standard output is what it is without explanations.
    let both = piped(wiredesk().args(["enrich", "--explain", "--json"]), article.as_bytes());
    let plain = piped(wiredesk().args(["enrich"]), article.as_bytes());
    assert_eq!(both.stdout, plain.stdout);
    assert!(text(&both.stderr).contains("by rule relative-day"), "{}", text(&both.stderr));
}

#[test]
fn enrich_refuses_bad_input_with_a_reason_and_goes_on() {
    let reason = |name: &str, bytes: &[u8]| {
        let lines = enriched(name, bytes);
        assert_eq!(lines.len(), 1, "{name}");
        lines[0]["dead_letter"]["reason"].as_str().unwrap_or("an event").to_owned()
    };
    assert_eq!(reason("empty.txt", b""), "empty");
    assert_eq!(reason("brace.json", b"{"), "malformed_json");
    assert_eq!(reason("deep.json", format!("{{\"a\": {}", "[".repeat(200_000)).as_bytes()), "malformed_json");
    let closed = format!("{{\"body\": \"x\", \"a\": {}{}}}", "[".repeat(65), "]".repeat(65));
    assert_eq!(reason("nested.json", closed.as_bytes()), "malformed_json");
    let large = format!("{{\"body\": \"{}\"}}", "word ".repeat(9 * 1024 * 1024 / 5));
    assert_eq!(reason("large.json", large.as_bytes()), "too_large");
    // A linear congruential generator: bytes that follow no charset, the same in every run.
    let noise: Vec<u8> = (0..20_000_u32)
        .scan(7_u32, |state, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 24) as u8)
        })
        .collect();
    assert!(["undecodable", "unsupported"].contains(&reason("noise.bin", &noise).as_str()));
    assert!(enriched("empty.ndjson", b"").is_empty());
}

#[test]
fn enrich_ends_quietly_when_its_reader_has_seen_enough() {
    let mut line = native(1).value.expect("a value");
    line.push(b'\n');
    let mut command = wiredesk();
    command.arg("enrich").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let writer = std::thread::spawn(move || {
        for _ in 0..4_000 {
            if stdin.write_all(&line).is_err() {
                break;
            }
        }
    });
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_exact(&mut [0; 100]).expect("something comes out");
    drop(stdout);
    let ended = child.wait_with_output().expect("ends");
    writer.join().expect("writes");
    let said = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn schema_is_the_one_that_is_checked_in() {
    let output = output(&["schema"]);
    assert_eq!(output.status.code(), Some(0));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/event.schema.json");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text(&output.stdout) == kept, "docs/event.schema.json is not what `wiredesk schema` prints: write it anew");
}

#[test]
fn completions_are_printed_for_every_shell_and_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = output(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for word in ["wiredesk", "enrich", "dlq", "top", "dead-letters"] {
            assert!(text(&output.stdout).contains(word), "{word:?} is not in the completions of {shell}");
        }
    }
    // A real shell reads them, and offers what is left.
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("wiredesk.bash");
    std::fs::write(&path, output(&["completions", "bash"]).stdout).expect("written");
    let offers = "source \"$1\"; COMP_WORDS=(wiredesk dlq re); COMP_CWORD=2; _wiredesk wiredesk re dlq; echo \"${COMPREPLY[@]}\"";
    let bash = Command::new("bash").args(["--norc", "-c", offers, "-"]).arg(&path).output().expect("bash runs");
    assert_eq!(text(&bash.stdout).trim(), "replay", "{}", text(&bash.stderr));
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let page = output(&["man"]);
    assert_eq!(page.status.code(), Some(0));
    assert!(text(&page.stdout).contains(".TH wiredesk 1"), "{}", text(&page.stdout));
    let folder = tempfile::tempdir().expect("a scratch folder");
    let pages = folder.path().join("man1");
    assert_eq!(output(&["man", "--out", &pages.display().to_string()]).status.code(), Some(0));
    for name in
        ["wiredesk", "wiredesk-run", "wiredesk-top", "wiredesk-dlq", "wiredesk-dlq-replay", "wiredesk-completions"]
    {
        let page = std::fs::read_to_string(pages.join(format!("{name}.1"))).unwrap_or_else(|_| panic!("no {name}.1"));
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH NAME"), "{page}");
    }
    assert_eq!(output(&["man", "--out", "/proc/none"]).status.code(), Some(1));
}

#[test]
fn the_asyncapi_document_names_the_topics_of_the_configuration() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("desk.toml");
    let keys =
        "topics.latest = \"desk.latest\"\n[routes.vietnam]\ntopic = \"desk.vi\"\nwhen = \"language.tag == 'vi'\"\n";
    std::fs::write(&path, keys).expect("written");
    let words =
        ["schema", "--asyncapi", "--set", "topics.enriched=desk.events", "--config", &path.display().to_string()];
    let output = output(&words);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["channels"]["enriched"]["address"], "desk.events");
    assert_eq!(document["channels"]["raw"]["address"], "news.raw");
    assert_eq!(document["channels"]["route-vietnam"]["address"], "desk.vi");
    assert!(document["channels"]["latest"]["messages"]["tombstone"].is_object(), "{document:#}");
}

#[test]
fn dev_shows_events_in_many_languages_and_dead_letters() {
    let mut command = wiredesk();
    command.args(["dev", "--once", "--pace", "1", "--set", "http.listen=127.0.0.1:0"]);
    let (status, said) = Running::start(&mut command).wait(PATIENCE);
    assert_eq!(status.code(), Some(0), "{said}");
    // The line of an event begins with its language, padded to four characters.
    let tag = |line: &str| {
        let tag = line.split(' ').next().filter(|tag| matches!(tag.len(), 2..=3))?;
        let known = tag.chars().all(|c| c.is_ascii_lowercase());
        known.then(|| tag.to_owned())
    };
    let languages: BTreeSet<String> = said.lines().filter_map(tag).collect();
    assert!(languages.len() >= 8, "{languages:?} in:\n{said}");
    for words in ["in memory", "dead empty", "dead malformed_json", "gone"] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

#[test]
fn a_running_instance_can_be_asked_whether_it_is_ready() {
    let mut command = wiredesk();
    let unhurried = format!("shutdown.drain_ms_max={UNHURRIED}");
    command.args(["dev", "--pace", "200", "--set", "http.listen=127.0.0.1:0", "--set", &unhurried]);
    let mut running = Running::start(&mut command);
    let address = running.address();
    running.await_words("dead empty");
    let asked = output(&["check", "--ready", &format!("http://{address}/readyz")]);
    assert_eq!(asked.status.code(), Some(0), "{}", text(&asked.stderr));
    let missing = output(&["check", "--ready", &format!("http://{address}/nowhere")]);
    assert_eq!(missing.status.code(), Some(1));
    running.signal("INT");
    let (status, said) = running.wait(PATIENCE);
    assert_eq!(status.code(), Some(0), "{said}");
}

/// Runs `test` on the sample desk, or on cases of the test's own.
fn tried(words: &[&str]) -> Output {
    let mut command = wiredesk();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("test").args(words);
    command.args(["--config", "examples/desk/wiredesk.toml"]).output().expect("runs")
}

#[test]
fn the_cases_of_the_sample_desk_pass() {
    let output = tried(&["examples/desk/cases"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    assert!(text(&output.stdout).ends_with("\n6 cases: 6 passed, 0 failed\n"), "{}", text(&output.stdout));
}

#[test]
fn a_case_that_fails_is_told_with_what_differs() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let (cases, report) = (folder.path().join("cases.toml"), folder.path().join("report.xml"));
    let words = "\"A ferry was late.\"";
    let two =
        format!("[[case]]\nname = \"fails\"\nrecord = {words}\nroutes = [\"france\"]\nevent.language.tag = \"fr\"\n")
            + &format!("[[case]]\nname = \"passes\"\nrecord = {words}\nroutes = []\n");
    std::fs::write(&cases, two).expect("written");
    let path = cases.display().to_string();
    let output = tried(&[&path, "--junit", &report.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    for line in [
        "event.language.tag: expected \"fr\", found \"en\"",
        "routes: expected france, found none",
        "2 cases: 1 passed, 1 failed",
    ] {
        assert!(said.contains(line), "{line:?} is not in:\n{said}");
    }
    let xml = std::fs::read_to_string(report).expect("a report");
    assert!(xml.contains("<testsuites tests=\"2\" failures=\"1\">"), "{xml}");
    let json: Value = serde_json::from_slice(&tried(&[&path, "--json"]).stdout).expect("JSON");
    assert_eq!((&json["failed"], &json["cases"][1]["failures"]), (&1.into(), &serde_json::json!([])));
    assert_eq!(tried(&[&path, "--only", "passes"]).status.code(), Some(0));
}

#[test]
fn every_fault_of_cases_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let cases = folder.path().join("cases.toml");
    let faulty = "[[case]]\nname = \"a\"\nfile = \"none.json\"\nroutes = [\"nowhere\"]\n\
        [[case]]\nname = \"a\"\nrecord = \"x\"\ndead_letter = \"sad\"\n[[case]]\nname = \"b\"\n";
    std::fs::write(&cases, faulty).expect("written");
    let output = tried(&[&cases.display().to_string(), "no-such-folder"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    for words in [
        "none.json: ",
        "there is no route nowhere in the configuration, only: ferries, france",
        "another case has this name",
        "dead_letter is \"sad\", which is none of empty,",
        "needs one of file, record, and retraction = true",
        "expects nothing, or several things",
        "no-such-folder: ",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}
