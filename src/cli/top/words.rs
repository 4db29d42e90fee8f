//! Figures as a person reads them.

/// A count, or a rate: `7`, `1,234`, `12.3k`, `4.5M`; a rate below ten keeps a decimal.
pub(super) fn count(value: f64) -> String {
    match value {
        _ if value < 10.0 && value.fract() > 0.05 => format!("{value:.1}"),
        _ if value < 9_999.5 => {
            let digits = format!("{value:.0}");
            match digits.len() {
                4 => format!("{},{}", &digits[..1], &digits[1..]),
                _ => digits,
            }
        }
        _ if value < 999_950.0 => format!("{:.1}k", value / 1e3),
        _ if value < 999_950_000.0 => format!("{:.1}M", value / 1e6),
        _ => format!("{:.1}G", value / 1e9),
    }
}

/// A duration in seconds, from microseconds to hours.
pub(super) fn duration(seconds: f64) -> String {
    match seconds {
        _ if !seconds.is_finite() => "longer".to_owned(),
        0.0 => "0 s".to_owned(),
        _ if seconds < 0.001 => format!("{:.0} µs", seconds * 1e6),
        _ if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        _ if seconds < 10.0 && seconds.fract() > 0.05 => format!("{seconds:.1} s"),
        _ if seconds < 120.0 => format!("{seconds:.0} s"),
        _ if seconds < 7_200.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.0} h", seconds / 3_600.0),
    }
}

/// A share of one, in per cent.
pub(super) fn share(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 9.95 => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}

/// Bytes, in mebibytes.
pub(super) fn mebibytes(bytes: f64) -> String {
    format!("{:.1} MiB", bytes / 1_048_576.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_short() {
        let check = |found: String, expected: &str| assert_eq!(found, expected);
        check(count(0.0), "0");
        check(count(0.4), "0.4");
        check(count(7.0), "7");
        check(count(999.6), "1,000");
        check(count(1_234.0), "1,234");
        check(count(12_345.0), "12.3k");
        check(count(4_500_000.0), "4.5M");
        check(count(3e9), "3.0G");
        check(duration(0.0), "0 s");
        check(duration(0.000_012), "12 µs");
        check(duration(0.25), "250 ms");
        check(duration(2.5), "2.5 s");
        check(duration(60.0), "60 s");
        check(duration(600.0), "10 min");
        check(duration(86_400.0), "24 h");
        check(duration(f64::INFINITY), "longer");
        check(share(0.0), "0 %");
        check(share(0.004), "0.4 %");
        check(share(0.5), "50 %");
        check(mebibytes(3_355_443.2), "3.2 MiB");
    }
}
