//! The screen, from 80 columns and 24 lines on.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Sparkline, Wrap};

use super::figures::{Figures, Partition};
use super::words::{count, duration, mebibytes, share};

const BAD: Style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
const GOOD: Style = Style::new().fg(Color::Green).add_modifier(Modifier::BOLD);
const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);

/// What is shown.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The instance.
    pub(super) address: String,
    /// What it is not ready for, or why it does not answer.
    pub(super) trouble: Option<String>,
    /// The last step: rates.
    pub(super) step: Option<Figures>,
    /// The last minute: latencies, stages, reasons, tags.
    pub(super) minute: Option<Figures>,
    /// Records read a second, the newest last.
    pub(super) history: Vec<u64>,
    /// Whether it is held.
    pub(super) is_paused: bool,
    /// Whether the keys are explained.
    pub(super) is_help: bool,
}

/// Draws everything.
pub(super) fn draw(frame: &mut Frame<'_>, view: &View) {
    let [head, rates, history, upper, lower, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(2),
        Constraint::Fill(3),
        Constraint::Fill(2),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    frame.render_widget(Paragraph::new(headline(view)), head);
    let Some((step, minute)) = view.step.as_ref().zip(view.minute.as_ref()) else {
        return frame.render_widget(Paragraph::new("Nothing to show yet."), rates);
    };
    frame.render_widget(Paragraph::new(rate_lines(step)), rates);
    // Its right end is now.
    let width = usize::from(history.width);
    let room = width.saturating_sub(view.history.len());
    let newest = &view.history[view.history.len().saturating_sub(width)..];
    let bars: Vec<u64> = std::iter::repeat_n(0, room).chain(newest.iter().copied()).collect();
    frame.render_widget(Sparkline::default().data(&bars).style(Style::new().fg(Color::Cyan)), history);
    let [partitions, costs] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(38)]).areas(upper);
    let lags = step.partitions.iter().map(partition_line).collect();
    boxed(frame, partitions, &format!("Lag by partition, {} here", step.partitions.len()), lags);
    boxed(frame, costs, "Latency and cost, last minute", cost_lines(minute));
    let [letters, tags] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(38)]).areas(lower);
    let reasons = minute.reasons.iter().map(|(reason, number)| pair(reason, &count(*number))).collect();
    boxed(frame, letters, "Dead letters, last minute", or_none(reasons));
    boxed(frame, tags, "Tags, last minute", tag_lines(minute));
    frame.render_widget(Paragraph::new(" q quit   p pause   ? help").style(DIM), keys);
    if view.is_help {
        help(frame);
    }
}

fn headline(view: &View) -> Line<'static> {
    let state = match &view.trouble {
        Some(trouble) => Span::styled(trouble.clone(), BAD),
        None => Span::styled("ready", GOOD),
    };
    let pause = if view.is_paused { "paused  " } else { "" };
    // What is wrong needs the room.
    let step = view.step.as_ref().filter(|_| view.trouble.is_none());
    let about = step.map(|step| format!("  {} rules {}", step.version, step.rules)).unwrap_or_default();
    Line::from(vec![
        Span::styled(format!(" {}", view.address), STRONG),
        Span::styled(about, DIM),
        Span::raw("  "),
        Span::styled(pause, BAD),
        state,
    ])
}

fn rate_lines(step: &Figures) -> Vec<Line<'static>> {
    let rate = |number| step.rate(number).map_or_else(|| "–".to_owned(), |rate| format!("{}/s", count(rate)));
    let dead = step.dead_share().map(|of_all| format!(" ({})", share(of_all))).unwrap_or_default();
    let alarming = |is_bad: bool| if is_bad { BAD } else { STRONG };
    let mut rates = vec![
        Span::raw(" read "),
        Span::styled(rate(step.consumed), STRONG),
        Span::raw("  written "),
        Span::styled(rate(step.produced), STRONG),
        Span::raw("  dead "),
        Span::styled(rate(step.dead) + &dead, alarming(step.dead > 0.0)),
    ];
    if step.dropped > 0.0 {
        rates.extend([Span::raw("  dropped "), Span::styled(rate(step.dropped), STRONG)]);
    }
    rates.push(Span::raw(format!("  in flight {}", mebibytes(step.inflight_bytes))));
    let stalled = step.partitions.iter().filter(|partition| partition.is_stalled).count();
    let [rewound, rebuilt, rebalances] = [step.rewound, step.rebuilt, step.rebalances].map(count);
    let state = vec![
        Span::raw(" lag "),
        Span::styled(step.lag(count), STRONG),
        Span::raw("  stalled "),
        Span::styled(stalled.to_string(), alarming(stalled > 0)),
        Span::raw(format!("  rewound {rewound}  rebuilt {rebuilt}  rebalances {rebalances}")),
    ];
    vec![Line::from(rates), Line::from(state)]
}

fn partition_line(partition: &Partition) -> Line<'static> {
    let records = partition.lag_records.map_or_else(|| "unknown".to_owned(), count);
    let seconds = partition.lag_seconds.map(duration).unwrap_or_default();
    let (word, style) = if partition.is_stalled { ("stalled", BAD) } else { (&*seconds, STRONG) };
    let value = Span::styled(format!("{records:>8} {word:>8}"), style);
    Line::from(vec![Span::raw(format!("{:<20} ", partition.name)), value])
}

fn cost_lines(minute: &Figures) -> Vec<Line<'static>> {
    let quantiles = [("end to end", minute.latency), ("commit", minute.commit)];
    let quantiles = quantiles.into_iter().filter_map(|(name, found)| {
        let found = found?;
        let value = format!("half {}, 99 % {}", duration(found.half), duration(found.most));
        Some(Line::from(vec![Span::raw(format!("{name:<11}")), Span::styled(value, STRONG)]))
    });
    let stages = minute.stages.iter().map(|(stage, mean)| pair(stage, &format!("{:>9}", duration(*mean))));
    or_none(quantiles.chain(stages).collect())
}

fn tag_lines(minute: &Figures) -> Vec<Line<'static>> {
    let entities = minute.entities.map(|mean| pair("entities an article", &count(mean)));
    let missing = minute.missing.iter().map(|(tag, of_all)| pair(&format!("without {tag}"), &share(*of_all)));
    let languages: Vec<String> =
        minute.languages.iter().map(|(tag, number)| format!("{tag} {}", count(*number))).collect();
    let languages = (!languages.is_empty()).then(|| Line::raw(languages.join("  ")));
    or_none(entities.into_iter().chain(missing).chain(languages).collect())
}

fn pair(name: &str, value: &str) -> Line<'static> {
    Line::from(vec![Span::raw(format!("{name:<20} ")), Span::styled(value.to_owned(), STRONG)])
}

fn or_none(lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    if lines.is_empty() { vec![Line::styled("none", DIM)] } else { lines }
}

/// Lines in a frame; where they do not all fit the last one says how many are left out.
fn boxed(frame: &mut Frame<'_>, area: Rect, title: &str, mut lines: Vec<Line<'static>>) {
    let room = usize::from(area.height.saturating_sub(2));
    if lines.len() > room && room > 0 {
        let left_out = lines.len() - (room - 1);
        lines.truncate(room - 1);
        lines.push(Line::styled(format!("and {left_out} more"), DIM));
    }
    let text = Paragraph::new(lines).wrap(Wrap { trim: true });
    frame.render_widget(text.block(Block::bordered().title(format!(" {title} "))), area);
}

fn help(frame: &mut Frame<'_>) {
    let lines = [
        "q, Esc   quit",
        "p        hold what is shown, or go on",
        "?        this",
        "",
        "Rates are those of the last step. Partitions that",
        "stand still come first, then the longest lag.",
        "Latencies are upper bounds: half of the records,",
        "and 99 %, took at most so long.",
    ];
    let width = frame.area().width.min(54);
    let height = frame.area().height.min(10);
    let area = Rect::new((frame.area().width - width) / 2, (frame.area().height - height) / 2, width, height);
    frame.render_widget(Clear, area);
    let text: Vec<Line<'_>> = lines.into_iter().map(Line::raw).collect();
    frame.render_widget(Paragraph::new(text).block(Block::bordered().title(" Help ")), area);
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
