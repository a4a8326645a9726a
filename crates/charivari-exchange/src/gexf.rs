//! A network as GEXF 1.3, so that Gephi opens it laid out, coloured and with its times.
//!
//! Namespaces and attributes follow the GEXF 1.3 schema (<https://gexf.net/schema.html>). The graph
//! is `mode="dynamic"`, its times `dateTime` intervals with both ends included. Every edge has a
//! `weight`. The conventions of Gephi are kept: ids are texts, every node has a label. Files are
//! valid against the RELAX NG schema of GEXF 1.3; the XML Schema published beside it knows no
//! `viz` elements in a node, so it refuses every file with colours.
//!
//! Characters that XML 1.0 forbids stand as `\u{1b}` in ids, labels and values alike. In labels the
//! embeddings, overrides and isolates of bidirectional text are shown in the same way.
//!
//! **Times and NetworkX.** `NetworkX` (3.6.1 and before) cannot read `start` and `end` in a file
//! whose time format is `dateTime`: it stops with `KeyError: 'dateTime'`. By default the interval
//! therefore stands in the attribute `intervals`, which GEXF 1.3 has for the same purpose: Gephi
//! reads it, `NetworkX` passes over it, and the attributes `first_seen` and `last_seen` tell it the
//! times. [`Times::StartEnd`] writes `start` and `end` for readers that know only these.

use std::io::Write;

use charivari_model::Timestamp;

use crate::error::ExchangeError;
use crate::instant::{append, write_count, write_instant, write_real};
use crate::network::{Attribute, Kind, Network, Span, Values};
use crate::xml::{drain, write_attribute, write_escaped, write_shown, write_value};

/// How lifetimes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// `intervals="<[first,last]>"`: Gephi and `NetworkX` both read the file.
    #[default]
    Intervals,
    /// `start="first" end="last"`: `NetworkX` does not read the file.
    StartEnd,
}

/// What is written beside the network.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// How lifetimes are written.
    pub times: Times,
    /// The date of the file as `2023-01-06`, for `lastmodifieddate`; left out by default, because
    /// the same input gives the same bytes.
    pub modified: Option<&'a str>,
}

/// Writes `network` as GEXF 1.3 with the default options and gives the output back.
///
/// # Errors
///
/// As [`Network::check`], before the first byte; or when the output takes no more bytes.
pub fn write<W: Write>(out: W, network: &Network<'_>) -> Result<W, ExchangeError> {
    write_with(out, network, Options::default())
}

/// Writes `network` as GEXF 1.3 and gives the output back.
///
/// # Errors
///
/// As [`write()`].
pub fn write_with<W: Write>(
    mut out: W,
    network: &Network<'_>,
    options: Options<'_>,
) -> Result<W, ExchangeError> {
    network.check()?;
    let mut buffer = Vec::with_capacity(1 << 19);
    write_head(network, options, &mut buffer);
    write_nodes(network, options.times, &mut buffer, &mut out)?;
    write_edges(network, options.times, &mut buffer, &mut out)?;
    buffer.extend_from_slice(b"  </graph>\n</gexf>\n");
    out.write_all(&buffer)?;
    out.flush()?;
    Ok(out)
}

fn write_head(network: &Network<'_>, options: Options<'_>, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
          version=\"1.3\">\n  <meta",
    );
    if let Some(date) = options.modified {
        write_attribute("lastmodifieddate", date, buffer);
    }
    buffer.extend_from_slice(b">\n    <creator>");
    write_escaped(network.creator, buffer);
    buffer.extend_from_slice(b"</creator>\n    <description>");
    write_escaped(network.description, buffer);
    buffer.extend_from_slice(
        b"</description>\n  </meta>\n  <graph mode=\"dynamic\" timeformat=\"dateTime\" \
          timerepresentation=\"interval\" defaultedgetype=\"undirected\" idtype=\"string\">\n",
    );
    write_attributes("node", &attributes(&network.nodes.attributes, network.nodes.seen), buffer);
    write_attributes("edge", &attributes(&network.edges.attributes, network.edges.seen), buffer);
}

/// The attributes and, where they are not there already, the times as attributes.
pub(crate) fn attributes<'a>(
    attributes: &[Attribute<'a>],
    seen: Option<Span<'a>>,
) -> Vec<Attribute<'a>> {
    let mut all = attributes.to_vec();
    if let Some(Span { first, last }) = seen {
        for (id, instants) in [("first_seen", first), ("last_seen", last)] {
            if !all.iter().any(|attribute| attribute.id == id) {
                all.push(Attribute { id, title: id, values: Values::Instants(instants) });
            }
        }
    }
    all
}

fn write_attributes(class: &str, attributes: &[Attribute<'_>], buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(b"    <attributes");
    write_attribute("class", class, buffer);
    buffer.extend_from_slice(b" mode=\"static\">\n");
    for attribute in attributes {
        buffer.extend_from_slice(b"      <attribute");
        write_attribute("id", attribute.id, buffer);
        write_attribute("title", attribute.title, buffer);
        let kind = match attribute.values.kind() {
            Kind::Integer => "long",
            Kind::Real => "double",
            Kind::Boolean => "boolean",
            Kind::Text => "string",
        };
        write_attribute("type", kind, buffer);
        buffer.extend_from_slice(b"/>\n");
    }
    buffer.extend_from_slice(b"    </attributes>\n");
}

fn write_nodes(
    network: &Network<'_>,
    times: Times,
    buffer: &mut Vec<u8>,
    out: &mut impl Write,
) -> Result<(), ExchangeError> {
    let nodes = &network.nodes;
    let columns = Columns::new(&attributes(&nodes.attributes, nodes.seen));
    buffer.extend_from_slice(b"    <nodes count=\"");
    write_count(nodes.ids.len() as u64, buffer);
    buffer.extend_from_slice(b"\">\n");
    for row in 0..nodes.ids.len() {
        let id = nodes.ids.get(row).unwrap_or_default();
        let label = nodes.labels.as_ref().and_then(|labels| labels.get(row)).unwrap_or(id);
        buffer.extend_from_slice(b"      <node");
        write_attribute("id", id, buffer);
        buffer.extend_from_slice(b" label=\"");
        write_shown(label, buffer);
        buffer.push(b'"');
        write_lifetime(nodes.seen, row, times, buffer);
        buffer.push(b'>');
        columns.write(row, buffer);
        write_appearance(network, row, buffer);
        buffer.extend_from_slice(b"</node>\n");
        drain(buffer, out)?;
    }
    buffer.extend_from_slice(b"    </nodes>\n");
    Ok(())
}

/// Appends colour, position and size in the order of the schema's examples.
fn write_appearance(network: &Network<'_>, row: usize, buffer: &mut Vec<u8>) {
    let nodes = &network.nodes;
    if let Some(colour) = nodes.colours.and_then(|colours| colours.get(row)) {
        for (start, channel) in
            [("<viz:color r=\"", colour.red), ("\" g=\"", colour.green), ("\" b=\"", colour.blue)]
        {
            buffer.extend_from_slice(start.as_bytes());
            write_count(u64::from(channel), buffer);
        }
        buffer.extend_from_slice(b"\"/>");
    }
    if let Some((x, y)) = nodes.positions {
        buffer.extend_from_slice(b"<viz:position x=\"");
        append(buffer, x.get(row).copied().unwrap_or_default());
        buffer.extend_from_slice(b"\" y=\"");
        append(buffer, y.get(row).copied().unwrap_or_default());
        buffer.extend_from_slice(b"\" z=\"0\"/>");
    }
    if let Some(size) = nodes.sizes.and_then(|sizes| sizes.get(row)) {
        buffer.extend_from_slice(b"<viz:size value=\"");
        append(buffer, size);
        buffer.extend_from_slice(b"\"/>");
    }
}

fn write_edges(
    network: &Network<'_>,
    times: Times,
    buffer: &mut Vec<u8>,
    out: &mut impl Write,
) -> Result<(), ExchangeError> {
    let edges = &network.edges;
    let columns = Columns::new(&attributes(&edges.attributes, edges.seen));
    buffer.extend_from_slice(b"    <edges count=\"");
    write_count(edges.source.len() as u64, buffer);
    buffer.extend_from_slice(b"\">\n");
    for (row, (&source, &target)) in edges.source.iter().zip(edges.target).enumerate() {
        buffer.extend_from_slice(b"      <edge id=\"");
        write_count(row as u64, buffer);
        buffer.push(b'"');
        for (name, node) in [("source", source), ("target", target)] {
            write_attribute(name, network.nodes.ids.get(node as usize).unwrap_or_default(), buffer);
        }
        buffer.extend_from_slice(b" weight=\"");
        write_real(edges.weight.get(row).unwrap_or_default(), buffer);
        buffer.push(b'"');
        write_lifetime(edges.seen, row, times, buffer);
        buffer.push(b'>');
        columns.write(row, buffer);
        buffer.extend_from_slice(b"</edge>\n");
        drain(buffer, out)?;
    }
    buffer.extend_from_slice(b"    </edges>\n");
    Ok(())
}

fn write_lifetime(seen: Option<Span<'_>>, row: usize, times: Times, buffer: &mut Vec<u8>) {
    let Some((&first, &last)) = seen.and_then(|span| span.first.get(row).zip(span.last.get(row)))
    else {
        return;
    };
    let (start, middle, end): (&[u8], &[u8], &[u8]) = match times {
        Times::Intervals => (b" intervals=\"&lt;[", b",", b"]&gt;\""),
        Times::StartEnd => (b" start=\"", b"\" end=\"", b"\""),
    };
    // A reader refuses an interval that ends before it starts.
    let (first, last): (Timestamp, Timestamp) = (first.min(last), first.max(last));
    buffer.extend_from_slice(start);
    write_instant(first, buffer);
    buffer.extend_from_slice(middle);
    write_instant(last, buffer);
    buffer.extend_from_slice(end);
}

/// Attribute columns with the constant part of their elements written once.
struct Columns<'a> {
    columns: Vec<(Vec<u8>, Values<'a>)>,
}

impl<'a> Columns<'a> {
    fn new(attributes: &[Attribute<'a>]) -> Self {
        let columns = attributes
            .iter()
            .map(|attribute| {
                let mut start = b"<attvalue".to_vec();
                write_attribute("for", attribute.id, &mut start);
                start.extend_from_slice(b" value=\"");
                (start, attribute.values.clone())
            })
            .collect();
        Self { columns }
    }

    /// Appends the values of a row; an attribute without a value is left out.
    fn write(&self, row: usize, buffer: &mut Vec<u8>) {
        buffer.extend_from_slice(b"<attvalues>");
        for (start, values) in &self.columns {
            let before = buffer.len();
            buffer.extend_from_slice(start);
            if write_value(values, row, buffer) {
                buffer.extend_from_slice(b"\"/>");
            } else {
                buffer.truncate(before);
            }
        }
        buffer.extend_from_slice(b"</attvalues>");
    }
}
