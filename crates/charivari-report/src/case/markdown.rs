//! Writes the document as Markdown (`CommonMark` with the tables of GitHub), for editors.

use std::collections::BTreeSet;

use super::doc::{Block, Document, Figure, Line, Place, Section, Span, Table, Tile, each_id, line};
use crate::{format, limits, show};

/// Writes the text.
pub(super) fn write(document: &Document) -> String {
    let mut ids = BTreeSet::new();
    each_id(document, &mut |id| _ = ids.insert(id.to_owned()));
    let mut writer = Writer { out: String::new(), ids, by_hour: document.by_hour };
    let mark =
        format!("**{} · {}**\n\n{}", document.mark, document.tlp, escaped(&document.mark_means));
    writer.paragraph(&mark);
    if let Some(synthetic) = &document.synthetic {
        writer.paragraph(&format!("**Synthetic data.** {}", data(synthetic, 4 * limits::TEXT)));
    }
    writer.paragraph(&format!("# {}", data(&document.title, limits::TEXT)));
    writer.paragraph(&escaped(&document.kicker));
    writer.facts(&document.facts);
    document.sections.iter().for_each(|section| writer.section(section));
    let tool = data(&document.tool, limits::NAME);
    writer.paragraph(&format!("---\n\nMade by {tool}. All times are in UTC."));
    writer.out
}

struct Writer {
    out: String,
    ids: BTreeSet<String>,
    by_hour: bool,
}

impl Writer {
    fn paragraph(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push_str("\n\n");
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn section(&mut self, section: &Section) {
        self.paragraph(&format!("<a id=\"{}\"></a>\n\n## {}", section.id, section.title));
        self.blocks(&section.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(_, line) => {
                let text = self.line(line);
                self.paragraph(&text);
            }
            Block::Heading(id, words) => {
                let anchor =
                    id.as_ref().map_or_else(String::new, |id| format!("<a id=\"{id}\"></a>\n\n"));
                self.paragraph(&format!("{anchor}### {}", escaped(words)));
            }
            Block::List(_, items) => self.list(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Figures(figures) => self.figures(figures),
            Block::Table(table) => self.table(table),
            Block::Card(card) => {
                let title = self.line(&card.title);
                self.paragraph(&format!("<a id=\"{}\"></a>\n\n#### {title}", card.id));
                self.blocks(&card.blocks);
            }
            Block::Fold(heading, blocks) | Block::Frame(heading, blocks) => {
                self.paragraph(&format!("**{}**", escaped(heading)));
                self.blocks(blocks);
            }
            Block::Quote(words) => self.paragraph(&format!("> {}", data(words, 4 * limits::TEXT))),
            Block::Places(places) => self.places(places),
            Block::Tiles(tiles) => self.tiles(tiles),
            Block::Chart { label, caption, .. } => {
                let caption = self.line(caption);
                self.paragraph(&format!(
                    "*{} (drawn in the HTML report).* {caption}",
                    escaped(label)
                ));
            }
            // What small charts draw stands in the tables.
            Block::Charts(_) => {}
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        let item = |it: &Figure| -> Line {
            let number = Span::Jump(it.to.clone(), it.number.clone());
            line![format!("{}: ", it.label), number, format!(" ({})", it.note)]
        };
        self.list(&figures.iter().map(item).collect::<Vec<_>>());
    }

    fn places(&mut self, places: &[Place]) {
        for place in places {
            let (head, source) = (self.line(&place.head), self.line(&place.source));
            let words = place.words.as_ref();
            let words = words
                .map_or_else(String::new, |words| format!(": “{}”", data(words, limits::TEXT)));
            self.push(&format!("- {head}{words} — {source}\n"));
        }
        self.push("\n");
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        for tile in tiles {
            let (id, code, seen) = (&tile.id, escaped(&tile.code), self.line(&tile.seen));
            let (name, why) = (data(&tile.name, limits::NAME), data(&tile.why, limits::TEXT));
            self.push(&format!("- <a id=\"{id}\"></a>**{code}** {name}. {seen}. {why}\n"));
        }
        self.push("\n");
    }

    fn list(&mut self, items: &[Line]) {
        for item in items {
            let text = self.line(item);
            self.push(&format!("- {text}\n"));
        }
        self.out.push('\n');
    }

    fn facts(&mut self, facts: &[(String, Line)]) {
        for (name, line) in facts {
            let text = self.line(line);
            self.push(&format!("- {}: {text}\n", escaped(name)));
        }
        self.out.push('\n');
    }

    fn table(&mut self, table: &Table) {
        self.paragraph(&format!("**{}**", escaped(&table.caption)));
        let titles: Vec<&str> = table.columns.iter().map(|column| column.title).collect();
        self.push(&format!("| {} |\n|", titles.join(" | ")));
        for column in &table.columns {
            self.out.push_str(if column.class == "n" { "---:|" } else { "---|" });
        }
        self.out.push('\n');
        for row in &table.rows {
            self.out.push('|');
            for (index, cell) in row.cells.iter().enumerate() {
                let anchor = row.id.as_ref().filter(|_| index == 0);
                let anchor = anchor.map_or_else(String::new, |id| format!("<a id=\"{id}\"></a>"));
                let text = self.line(cell);
                self.push(&format!(" {anchor}{text} |"));
            }
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn line(&self, line: &Line) -> String {
        let mut out: String = line.iter().map(|span| self.span(span)).collect();
        // A line that begins like a list, a heading or a rule would be one.
        if out.starts_with(['-', '+', '=', '#', '>']) {
            out.insert(0, '\\');
        } else if out.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = out.bytes().take_while(u8::is_ascii_digit).count();
            if out[digits..].starts_with(['.', ')']) {
                out.insert(digits, '\\');
            }
        }
        out
    }

    fn span(&self, span: &Span) -> String {
        match span {
            Span::Ours(words) => escaped(words),
            Span::Text(text) => data(text, 4 * limits::TEXT),
            Span::Name(name) => data(name, limits::NAME),
            Span::File(name) => escaped(&show::shorten(&show::file(name), limits::NAME)),
            Span::Code(code) => escaped(&show::shorten(&show::file(code), 64)),
            Span::Whole(words) => escaped(&show::file(words)),
            Span::Quoted(words) => format!("“{}”", data(words, 4 * limits::TEXT)),
            Span::Ref(record) => {
                let id = record.to_string();
                self.jump(&id, &id)
            }
            Span::Jump(id, words) => self.jump(id, words),
            Span::Time(time) if self.by_hour => format::hour(*time),
            Span::Time(time) => format::instant(*time),
            Span::Strong(words) => format!("**{}**", escaped(words)),
            Span::Tag(_, words) => {
                format!("[{}]", escaped(words)).replace('[', "\\[").replace(']', "\\]")
            }
            Span::Badge(_) => String::new(),
            Span::Missing(words) => format!("*{}*", escaped(words)),
        }
    }

    fn jump(&self, id: &str, words: &str) -> String {
        let words = escaped(words);
        if self.ids.contains(id) { format!("[{words}](#{id})") } else { words }
    }
}

/// A string from the case: safe to look at, then without meaning in Markdown.
fn data(raw: &str, limit: usize) -> String {
    escaped(&show::shorten(&show::text(raw), limit))
}

/// A text whose signs mean nothing in Markdown, nor in the HTML that it may hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_mean_nothing() {
        for (raw, shown) in [
            ("**a** | [b](c)", "\\*\\*a\\*\\* \\| \\[b\\](c)"),
            ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("https://a.example", "hxxps://a\\[.\\]example"),
            ("a\nb", "a\\\\nb"),
        ] {
            assert_eq!(data(raw, 100), shown);
        }
        let writer = Writer { out: String::new(), ids: BTreeSet::new(), by_hour: false };
        for (raw, shown) in [("1. x", "1\\. x"), ("- x", "\\- x"), ("2023", "2023")] {
            assert_eq!(writer.line(&vec![Span::Ours(raw.to_owned())]), shown);
        }
    }
}
