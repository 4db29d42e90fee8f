//! Inputs out of samples, by a generator that a seed repeats.

/// What articles and pages are made of, and what has broken parsers elsewhere.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{\"a\":",
    b"[",
    b"}",
    b"]",
    b",",
    b":",
    b"null",
    b"NaN",
    b"1e999",
    b"\\ud800",
    b"\\u0000",
    b"\"body\":\"",
    b"\"url\":\"",
    b"\"@graph\":[",
    b"\"@type\":\"NewsArticle\",",
    b"<p>",
    b"</p>",
    b"<div>",
    b"<table><tr><td>",
    b"<script>",
    b"</script>",
    b"<!--",
    b"-->",
    b"<meta charset=\"",
    b"<svg>",
    b"<title>",
    b"<article>",
    b"<a href=\"",
    b"&amp;",
    b"&#x110000;",
    b"&#0;",
    b"<![CDATA[",
    b"\n\n",
    b"\r\n",
    b"\t",
    b"\xC2\xA0",
    b"\xE2\x80\xA8",
    b"\xE2\x80\x8F",
    b"\xCC\x81",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xF0\x9F\x98\x80",
    b"\xED\xA0\x80",
    b"\xC0\xAF",
    b"\xE1\xBB",
    b"\0",
    b"\x1B$B",
    b">> ",
    b"(Photo: ",
    b"VNA/CVN",
    b"2019-11",
    b"30/9",
    b"date 2019-11",
    b"Sumber: https://a.example/b",
    b" - ",
    b"https://",
    b"%25",
    b"%E1%BA%A1",
    b"?utm_source=",
    b"#!/",
    b"/amp",
    b"www.",
    b"1/2/2003",
    b"0000-00-00",
    b"99999999999999999999",
    b"\x1F\x8B\x08",
    b"\x28\xB5\x2F\xFD",
];

/// The longest input. What costs more than linear time shows well below.
const BYTES_MAX: usize = 256 * 1024;

/// A source of inputs.
pub(crate) struct Mutator<'a> {
    state: u64,
    samples: &'a [Vec<u8>],
}

impl<'a> Mutator<'a> {
    pub(crate) fn new(seed: u64, samples: &'a [Vec<u8>]) -> Self {
        Self { state: seed, samples }
    }

    /// The next input: a sample after one to six mutations.
    pub(crate) fn input(&mut self) -> Vec<u8> {
        let mut input = self.sample().to_vec();
        for _ in 0..=self.below(6) {
            self.mutate(&mut input);
        }
        input.truncate(BYTES_MAX);
        input
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = at + self.below(input.len() - at + 1);
        match self.below(11) {
            0 if at < input.len() => input[at] = self.byte(),
            1 if !input.is_empty() => input[0] = self.byte(),
            2 => drop(input.drain(at..end)),
            3 => input.truncate(at),
            4 => self.insert(input, at, 1),
            5 => {
                let part = input[at..end.min(at + 4096)].to_vec();
                self.paste(input, &part);
            }
            6 => {
                let other = self.sample();
                let from = self.below(other.len());
                let part = other[from..].to_vec();
                self.paste(input, &part);
            }
            // The same token over and over: nesting, and whatever looks back.
            7 => {
                let times = 1 << self.below(14);
                self.insert(input, at, times);
            }
            // The whole or a part of it over and over.
            8 => {
                let part = input[at..end.min(at + 64)].to_vec();
                let times = (BYTES_MAX / 8 / part.len().max(1)).min(1 << self.below(12));
                self.paste(input, &part.repeat(times));
            }
            9 => {
                let noise: Vec<u8> = (0..self.below(40)).map(|_| self.byte()).collect();
                self.paste(input, &noise);
            }
            _ => {
                for _ in 0..8 {
                    let at = self.below(input.len() + 1);
                    self.insert(input, at, 1);
                }
            }
        }
    }

    fn insert(&mut self, input: &mut Vec<u8>, at: usize, times: usize) {
        let token = TOKENS[self.below(TOKENS.len())].repeat(times);
        input.splice(at..at, token);
    }

    fn paste(&mut self, input: &mut Vec<u8>, part: &[u8]) {
        let at = self.below(input.len() + 1);
        input.splice(at..at, part.iter().copied());
    }

    fn sample(&mut self) -> &'a [u8] {
        let samples = self.samples;
        &samples[self.below(samples.len())]
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).expect("below the bound")
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
