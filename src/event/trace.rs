//! The trace that a record is part of, as its headers say: [W3C Trace Context](https://www.w3.org/TR/trace-context/).

use std::collections::BTreeSet;

use crate::record::Header;

/// How many members `tracestate` may have, by the standard.
const STATE_MEMBERS_MAX: usize = 32;

/// The longest key and the longest value of a member, by the standard.
const STATE_PART_CHARS_MAX: usize = 256;

/// Where in a trace a record was sent from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceContext {
    /// The trace.
    pub trace_id: [u8; 16],
    /// The span that sent the record.
    pub parent_id: [u8; 8],
    /// Whether its sender may have recorded it.
    pub is_sampled: bool,
    /// What vendors add, as it came; `None` if there is none or it is malformed.
    pub state: Option<String>,
}

impl TraceContext {
    /// The context in a record's headers. By the rules of the standard, one that is malformed, or there twice, is none at
    /// all, and its `tracestate` is not looked at.
    #[must_use]
    pub fn of(headers: &[Header]) -> Option<Self> {
        let mut parents = named(headers, "traceparent");
        let (trace_id, parent_id, is_sampled) = parse_parent(parents.next()?.text()?)?;
        if parents.next().is_some() {
            return None;
        }
        // Several headers are one list, in their order.
        let states: Option<Vec<&str>> = named(headers, "tracestate").map(Header::text).collect();
        let state = states.map(|states| states.join(",")).filter(|state| is_state(state));
        Some(Self { trace_id, parent_id, is_sampled, state })
    }
}

fn named<'a>(headers: &'a [Header], name: &'static str) -> impl Iterator<Item = &'a Header> {
    headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name))
}

/// `version-traceid-parentid-flags`. Of a later version the first four fields are read, and more may follow.
fn parse_parent(text: &str) -> Option<([u8; 16], [u8; 8], bool)> {
    const LENGTH: usize = 55;
    let (known, rest) = text.split_at_checked(LENGTH)?;
    let fields: Vec<&str> = known.split('-').collect();
    let [version, trace, parent, flags] = fields[..] else { return None };
    let ([version], [flags]) = (hex::<1>(version)?, hex::<1>(flags)?);
    let (trace, parent) = (hex::<16>(trace)?, hex::<8>(parent)?);
    let is_right_length = if version == 0 { rest.is_empty() } else { rest.is_empty() || rest.starts_with('-') };
    let is_valid = version != 0xFF && is_right_length && trace != [0; 16] && parent != [0; 8];
    is_valid.then_some((trace, parent, flags & 1 == 1))
}

/// The bytes of exactly so many pairs of lower-case hex digits.
fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// Whether a text is a list of `key=value`, each key once.
fn is_state(text: &str) -> bool {
    let members: Vec<&str> =
        text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|member| !member.is_empty()).collect();
    let pairs: Option<Vec<(&str, &str)>> = members.iter().map(|member| member.split_once('=')).collect();
    let Some(pairs) = pairs else { return false };
    let keys: BTreeSet<&str> = pairs.iter().map(|(key, _)| *key).collect();
    (1..=STATE_MEMBERS_MAX).contains(&pairs.len())
        && keys.len() == pairs.len()
        && pairs.iter().all(|(key, value)| is_state_key(key) && is_state_value(value))
}

fn is_state_key(key: &str) -> bool {
    let legal = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@');
    let begins = key.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    begins && key.len() <= STATE_PART_CHARS_MAX && key.bytes().all(legal)
}

fn is_state_value(value: &str) -> bool {
    let legal = |byte: u8| matches!(byte, b' '..=b'~') && byte != b',' && byte != b'=';
    (1..=STATE_PART_CHARS_MAX).contains(&value.len()) && value.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    #[track_caller]
    fn check(headers: &[(&str, &str)], expected: Option<(bool, Option<&str>)>) {
        let headers: Vec<Header> = headers.iter().map(|&(name, value)| Header::new(name, value)).collect();
        let found = TraceContext::of(&headers);
        let told = found.as_ref().map(|found| (found.is_sampled, found.state.as_deref()));
        assert_eq!(told, expected, "{headers:?}");
        if let Some(found) = found {
            assert_eq!((found.trace_id[..2].to_vec(), found.parent_id[7]), (vec![0x4b, 0xf9], 0xb7));
        }
    }

    fn parent(version: &str, rest: &str) -> String {
        format!("{version}-{TRACE}-00f067aa0ba902b7-{rest}")
    }

    #[test]
    fn a_parent_is_read_by_the_rules_of_the_standard() {
        check(&[], None);
        for (text, expected) in [
            (parent("00", "01"), Some((true, None))),
            (parent("00", "00"), Some((false, None))),
            (parent("00", "03"), Some((true, None))),
            // A later version may add fields, after a hyphen.
            (parent("cc", "01-what-comes"), Some((true, None))),
            (parent("cc", "01"), Some((true, None))),
            (parent("cc", "01.what-comes"), None),
            (parent("00", "01-more"), None),
            (parent("ff", "01"), None),
            (parent("0", "01"), None),
            (parent("00", "1"), None),
            (parent("00", "0x"), None),
            (parent("00", "01").to_uppercase(), None),
            (format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)), None),
            (format!("00-{TRACE}-0000000000000000-01"), None),
            (format!("00-{TRACE}-00f067aa0ba902b7"), None),
            (format!("00_{TRACE}_00f067aa0ba902b7_01"), None),
            (format!("00-{}é-00f067aa0ba902b7-01", &TRACE[2..]), None),
            (format!(" {}", parent("00", "01")), None),
            (String::new(), None),
        ] {
            check(&[("traceparent", &text)], expected);
        }
        let text = parent("00", "01");
        check(&[("TraceParent", &text)], Some((true, None)));
        check(&[("traceparent", &text), ("traceparent", &text)], None);
    }

    #[test]
    fn a_malformed_state_is_left_out_and_the_parent_stays() {
        let text = parent("00", "01");
        let long = format!("a={}", "x".repeat(257));
        let many = (0..33).map(|number| format!("k{number}=1")).collect::<Vec<_>>().join(",");
        for (state, is_kept) in [
            ("congo=t61rcWkgMzE", true),
            ("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", true),
            ("fw529a3039@dt=FfkAAA== ", false),
            ("tenant@vendor=a b, x=1,", true),
            ("congo", false),
            ("Congo=1", false),
            ("a=1,a=2", false),
            ("a=", false),
            (&long, false),
            (&many, false),
            ("", false),
        ] {
            check(&[("traceparent", &text), ("tracestate", state)], Some((true, is_kept.then_some(state))));
        }
        check(&[("traceparent", &text), ("tracestate", "a=1"), ("tracestate", "b=2")], Some((true, Some("a=1,b=2"))));
        check(&[("traceparent", "00-x"), ("tracestate", "a=1")], None);
    }
}
