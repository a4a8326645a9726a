//! Writes the document as a page.

use std::collections::BTreeSet;

use askama::Template;
use sha2::{Digest, Sha256};

use super::doc::{Block, Card, Document, Figure, Line, Place, Section, Span, Table, Tile, each_id};
use crate::page::base64;
use crate::page::data::{Data, Markup, When};
use crate::svg::{self, push_escaped};
use crate::{Error, format, page};

/// The look of what only the report of a case has.
const STYLE: &str = include_str!("../../templates/case/case.css");

#[derive(Template)]
#[template(path = "case/page.html", whitespace = "minimize")]
struct Page {
    title: Data,
    style: Markup,
    style_hash: String,
    tool: Data,
    kicker: String,
    tlp: &'static str,
    tlp_word: &'static str,
    level_word: &'static str,
    mark: &'static str,
    mark_means: String,
    synthetic: Option<Data>,
    facts: Markup,
    nav: Vec<(&'static str, &'static str)>,
    body: Markup,
}

/// Writes the page.
pub(super) fn write(document: &Document, level: &'static str) -> Result<String, Error> {
    let mut ids = BTreeSet::new();
    each_id(document, &mut |id| _ = ids.insert(id.to_owned()));
    let mut writer = Writer { out: String::new(), ids, by_hour: document.by_hour };
    writer.facts(&document.facts);
    let facts = std::mem::take(&mut writer.out);
    document.sections.iter().for_each(|section| writer.section(section));
    let label = document.tlp.label();
    let mark = document.mark;
    // Ours alone, so that it cannot end the string that it stands in.
    let synthetic = document.synthetic.is_some();
    let foot = if synthetic { "@bottom-left{content:\"Synthetic data\"}" } else { "" };
    let running =
        format!("@page{{@top-left{{content:\"{mark}\"}}@top-right{{content:\"{label}\"}}{foot}}}");
    let style = format!("{}{}{STYLE}{running}", svg::STYLE, page::PAGE_STYLE);
    let page = Page {
        title: Data::text(&document.title),
        style_hash: base64(&Sha256::digest(style.as_bytes())),
        style: Markup::ours(style),
        tool: Data::name(&document.tool),
        kicker: document.kicker.clone(),
        tlp: label,
        tlp_word: document.tlp.word(),
        level_word: level,
        mark,
        mark_means: document.mark_means.clone(),
        synthetic: document.synthetic.as_deref().map(Data::text),
        facts: Markup::ours(facts),
        nav: document.sections.iter().map(|it| (it.id, it.short)).collect(),
        body: Markup::ours(writer.out),
    };
    Ok(page.render()?)
}

/// Writes markup to the end of a string.
struct Writer {
    out: String,
    ids: BTreeSet<String>,
    by_hour: bool,
}

impl Writer {
    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn words(&mut self, words: &str) {
        push_escaped(&mut self.out, words);
    }

    fn section(&mut self, section: &Section) {
        let id = section.id;
        self.put(&format!("<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">"));
        self.words(section.title);
        self.put("</h2>");
        self.blocks(&section.blocks);
        self.put("</section>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(class, line) => self.element("p", class, line),
            Block::Heading(id, words) => {
                let id = id.as_ref().map_or_else(String::new, |id| format!(" id=\"{id}\""));
                self.put(&format!("<h3{id}>"));
                self.words(words);
                self.put("</h3>");
            }
            Block::List(class, items) => {
                self.put(&format!("<ul{}>", class_of(class)));
                for item in items {
                    self.element("li", "", item);
                }
                self.put("</ul>");
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Figures(figures) => self.figures(figures),
            Block::Table(table) => self.table(table),
            Block::Card(card) => self.card(card),
            Block::Fold(summary, blocks) => self.fold(summary, blocks),
            Block::Frame(heading, blocks) => self.frame(heading, blocks),
            Block::Quote(words) => {
                self.put(&format!("<blockquote class=\"said\">{}</blockquote>", Data::long(words)));
            }
            Block::Places(places) => self.places(places),
            Block::Tiles(tiles) => self.tiles(tiles),
            Block::Chart { label, svg, legend, caption } => self.chart(label, svg, legend, caption),
            Block::Charts(charts) => self.charts(charts),
        }
    }

    fn charts(&mut self, charts: &[(Line, String)]) {
        self.put("<div class=\"charts\">");
        for (caption, svg) in charts {
            self.put("<figure>");
            self.element("figcaption", "", caption);
            self.put(svg);
            self.put("</figure>");
        }
        self.put("</div>");
    }

    fn frame(&mut self, heading: &str, blocks: &[Block]) {
        self.put("<div class=\"fits\"><p class=\"fits-h\">");
        self.words(heading);
        self.put("</p>");
        self.blocks(blocks);
        self.put("</div>");
    }

    fn fold(&mut self, summary: &str, blocks: &[Block]) {
        self.put("<details><summary>");
        self.words(summary);
        self.put("</summary>");
        self.blocks(blocks);
        self.put("</details>");
    }

    fn element(&mut self, name: &str, class: &str, line: &Line) {
        self.put(&format!("<{name}{}>", class_of(class)));
        self.line(line);
        self.put(&format!("</{name}>"));
    }

    fn facts(&mut self, facts: &[(String, Line)]) {
        self.put("<dl class=\"facts\">");
        for (name, line) in facts {
            self.put("<div><dt>");
            self.words(name);
            self.put("</dt>");
            self.element("dd", "", line);
            self.put("</div>");
        }
        self.put("</dl>");
    }

    fn figures(&mut self, figures: &[Figure]) {
        self.put("<dl class=\"figures\">");
        for figure in figures {
            self.put("<div><dt>");
            self.words(&figure.label);
            self.put(&format!("</dt><dd><a href=\"#{}\">", figure.to));
            self.words(&figure.number);
            self.put("</a><span>");
            self.words(&figure.note);
            self.put("</span></dd></div>");
        }
        self.put("</dl>");
    }

    /// On a phone the cells of a row stand below each other, so that each carries its column's name.
    fn table(&mut self, table: &Table) {
        self.put("<table class=\"stack\"><caption>");
        self.words(&table.caption);
        self.put("</caption><thead><tr>");
        for column in &table.columns {
            self.put(&format!("<th scope=\"col\"{}>", class_of(column.class)));
            self.words(column.title);
            self.put("</th>");
        }
        self.put("</tr></thead><tbody>");
        for row in &table.rows {
            let id = row.id.as_ref().map_or_else(String::new, |id| format!(" id=\"{id}\""));
            self.put(&format!("<tr{id}>"));
            for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                let (name, scope) = if index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                let (class, title) = (class_of(column.class), column.title);
                self.put(&format!("<{name}{scope}{class} data-name=\"{title}\">"));
                self.line(cell);
                self.put(&format!("</{name}>"));
            }
            self.put("</tr>");
        }
        self.put("</tbody></table>");
    }

    fn card(&mut self, card: &Card) {
        let id = &card.id;
        self.put(&format!(
            "<article class=\"card\" id=\"{id}\" aria-labelledby=\"{id}-h\"><h4 class=\"card-h\" id=\"{id}-h\">"
        ));
        self.line(&card.title);
        self.put("</h4>");
        self.blocks(&card.blocks);
        self.put("</article>");
    }

    fn places(&mut self, places: &[Place]) {
        self.put("<ol class=\"posts\">");
        for place in places {
            self.put("<li>");
            self.element("p", "where", &place.head);
            if let Some(words) = &place.words {
                self.put(&format!("<blockquote>{}</blockquote>", Data::text(words)));
            }
            self.element("p", "source", &place.source);
            self.put("</li>");
        }
        self.put("</ol>");
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        self.put("<ul class=\"tiles\">");
        for tile in tiles {
            self.put(&format!("<li id=\"{}\"><p class=\"code\">", tile.id));
            self.words(&tile.code);
            self.put(&format!("</p><p class=\"tile-name\">{}</p>", Data::name(&tile.name)));
            self.element("p", "seen", &tile.seen);
            self.put(&format!("<p class=\"why\">{}</p></li>", Data::text(&tile.why)));
        }
        self.put("</ul>");
    }

    fn chart(&mut self, label: &str, svg: &str, legend: &[Line], caption: &Line) {
        self.put("<figure><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.words(label);
        self.put("\">");
        self.put(svg);
        self.put("</div><figcaption>");
        if !legend.is_empty() {
            self.put("<ul class=\"legend\">");
            for item in legend {
                self.element("li", "", item);
            }
            self.put("</ul>");
        }
        self.element("p", "", caption);
        self.put("</figcaption></figure>");
    }

    fn line(&mut self, line: &Line) {
        for span in line {
            self.span(span);
        }
    }

    fn span(&mut self, span: &Span) {
        match span {
            Span::Ours(words) => self.words(words),
            Span::Text(text) => self.put(&Data::long(text).to_string()),
            Span::Name(name) => self.put(&Data::name(name).to_string()),
            Span::File(name) => self.put(&Data::file(name).to_string()),
            Span::Code(code) => {
                self.put(&format!("<code>{}</code>", Data::digest(code)));
            }
            Span::Whole(words) => self.put(&format!("<code>{}</code>", Data::whole(words))),
            Span::Quoted(words) => self.put(&format!("<q>{}</q>", Data::long(words))),
            Span::Ref(record) => {
                let id = record.to_string();
                self.jump(&id, &id);
            }
            Span::Jump(id, words) => self.jump(id, words),
            Span::Time(time) if self.by_hour => {
                let (exact, shown) = (time.to_string(), format::hour(*time));
                self.put(&format!("<time datetime=\"{exact}\">{shown}</time>"));
            }
            Span::Time(time) => self.put(&When(*time).to_string()),
            Span::Strong(words) => {
                self.put("<strong>");
                self.words(words);
                self.put("</strong>");
            }
            Span::Tag(class, words) => {
                self.put(&format!("<span class=\"tag {class}\">"));
                self.words(words);
                self.put("</span>");
            }
            Span::Badge(markup) => self.put(markup),
            Span::Missing(words) => {
                self.put("<span class=\"none\">");
                self.words(words);
                self.put("</span>");
            }
        }
    }

    /// A link, or the words alone where the report does not show the place.
    fn jump(&mut self, id: &str, words: &str) {
        let is_there = self.ids.contains(id);
        if is_there {
            self.put(&format!("<a href=\"#{id}\">"));
        }
        self.words(words);
        if is_there {
            self.put("</a>");
        }
    }
}

fn class_of(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") }
}
