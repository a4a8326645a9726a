//! The same network as GraphML, for `NetworkX`, igraph, Cytoscape and Gephi.
//!
//! Keys are typed (<http://graphml.graphdrawing.org/specification.html>, with the attribute
//! extension `attr.name`, `attr.type`). The weight is a `double` named `weight`, the label a
//! `string` named `label`, and layout, size and colour bear the names that Gephi reads: `x`, `y`,
//! `size`, `r`, `g`, `b`. Node keys have the id `n_` and their name, edge keys `e_`.

use std::io::Write;

use crate::error::ExchangeError;
use crate::gexf::attributes;
use crate::instant::{append, write_count, write_real};
use crate::network::{Attribute, Kind, Network, Nodes};
use crate::xml::{drain, write_attribute, write_escaped, write_shown, write_value};

/// Writes `network` as GraphML and gives the output back.
///
/// # Errors
///
/// As [`Network::check`], before the first byte; or when the output takes no more bytes.
pub fn write<W: Write>(mut out: W, network: &Network<'_>) -> Result<W, ExchangeError> {
    network.check()?;
    let mut buffer = Vec::with_capacity(1 << 19);
    write_head(network, &mut buffer);
    write_nodes(&network.nodes, &mut buffer, &mut out)?;
    write_edges(network, &mut buffer, &mut out)?;
    buffer.extend_from_slice(b"  </graph>\n</graphml>\n");
    out.write_all(&buffer)?;
    out.flush()?;
    Ok(out)
}

fn write_head(network: &Network<'_>, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
          http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n  <desc>",
    );
    write_escaped(network.description, buffer);
    buffer.extend_from_slice(b" (");
    write_escaped(network.creator, buffer);
    buffer.extend_from_slice(b")</desc>\n");
    let nodes = &network.nodes;
    write_key("n_label", "node", "label", "string", buffer);
    if nodes.positions.is_some() {
        write_key("n_x", "node", "x", "double", buffer);
        write_key("n_y", "node", "y", "double", buffer);
    }
    if nodes.sizes.is_some() {
        write_key("n_size", "node", "size", "double", buffer);
    }
    if nodes.colours.is_some() {
        for channel in ["r", "g", "b"] {
            write_key(&format!("n_{channel}"), "node", channel, "int", buffer);
        }
    }
    write_keys("n_", "node", &attributes(&nodes.attributes, nodes.seen), buffer);
    write_key("e_weight", "edge", "weight", "double", buffer);
    write_keys("e_", "edge", &attributes(&network.edges.attributes, network.edges.seen), buffer);
    buffer.extend_from_slice(b"  <graph id=\"network\" edgedefault=\"undirected\">\n");
}

fn write_key(id: &str, of: &str, name: &str, kind: &str, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(b"  <key");
    write_attribute("id", id, buffer);
    write_attribute("for", of, buffer);
    write_attribute("attr.name", name, buffer);
    write_attribute("attr.type", kind, buffer);
    buffer.extend_from_slice(b"/>\n");
}

fn write_keys(prefix: &str, of: &str, attributes: &[Attribute<'_>], buffer: &mut Vec<u8>) {
    for attribute in attributes {
        let kind = match attribute.values.kind() {
            Kind::Integer => "long",
            Kind::Real => "double",
            Kind::Boolean => "boolean",
            Kind::Text => "string",
        };
        // Programs use the name to reach the value, so it is the id and not the title.
        write_key(&format!("{prefix}{}", attribute.id), of, attribute.id, kind, buffer);
    }
}

fn write_nodes(
    nodes: &Nodes<'_>,
    buffer: &mut Vec<u8>,
    out: &mut impl Write,
) -> Result<(), ExchangeError> {
    let attributes = attributes(&nodes.attributes, nodes.seen);
    for row in 0..nodes.ids.len() {
        let id = nodes.ids.get(row).unwrap_or_default();
        let label = nodes.labels.as_ref().and_then(|labels| labels.get(row)).unwrap_or(id);
        buffer.extend_from_slice(b"    <node");
        write_attribute("id", id, buffer);
        buffer.push(b'>');
        write_data("n_label", buffer, |buffer| write_shown(label, buffer));
        write_appearance(nodes, row, buffer);
        write_values("n_", &attributes, row, buffer);
        buffer.extend_from_slice(b"</node>\n");
        drain(buffer, out)?;
    }
    Ok(())
}

fn write_appearance(nodes: &Nodes<'_>, row: usize, buffer: &mut Vec<u8>) {
    if let Some((x, y)) = nodes.positions {
        for (key, values) in [("n_x", x), ("n_y", y)] {
            let value = values.get(row).copied().unwrap_or_default();
            write_data(key, buffer, |buffer| append(buffer, value));
        }
    }
    if let Some(size) = nodes.sizes.and_then(|sizes| sizes.get(row)) {
        write_data("n_size", buffer, |buffer| append(buffer, size));
    }
    if let Some(colour) = nodes.colours.and_then(|colours| colours.get(row)) {
        for (key, channel) in [("n_r", colour.red), ("n_g", colour.green), ("n_b", colour.blue)] {
            write_data(key, buffer, |buffer| write_count(u64::from(channel), buffer));
        }
    }
}

fn write_edges(
    network: &Network<'_>,
    buffer: &mut Vec<u8>,
    out: &mut impl Write,
) -> Result<(), ExchangeError> {
    let edges = &network.edges;
    let attributes = attributes(&edges.attributes, edges.seen);
    for (row, (&source, &target)) in edges.source.iter().zip(edges.target).enumerate() {
        buffer.extend_from_slice(b"    <edge");
        for (name, node) in [("source", source), ("target", target)] {
            write_attribute(name, network.nodes.ids.get(node as usize).unwrap_or_default(), buffer);
        }
        buffer.push(b'>');
        let weight = edges.weight.get(row).unwrap_or_default();
        write_data("e_weight", buffer, |buffer| write_real(weight, buffer));
        write_values("e_", &attributes, row, buffer);
        buffer.extend_from_slice(b"</edge>\n");
        drain(buffer, out)?;
    }
    Ok(())
}

fn write_data(key: &str, buffer: &mut Vec<u8>, value: impl FnOnce(&mut Vec<u8>)) {
    buffer.extend_from_slice(b"<data key=\"");
    buffer.extend_from_slice(key.as_bytes());
    buffer.extend_from_slice(b"\">");
    value(buffer);
    buffer.extend_from_slice(b"</data>");
}

/// Appends the attributes of a row; one without a value is left out.
fn write_values(prefix: &str, attributes: &[Attribute<'_>], row: usize, buffer: &mut Vec<u8>) {
    for attribute in attributes {
        let before = buffer.len();
        buffer.extend_from_slice(b"<data key=\"");
        buffer.extend_from_slice(prefix.as_bytes());
        // Checked to be a plain name, so it needs no escape.
        buffer.extend_from_slice(attribute.id.as_bytes());
        buffer.extend_from_slice(b"\">");
        if write_value(&attribute.values, row, buffer) {
            buffer.extend_from_slice(b"</data>");
        } else {
            buffer.truncate(before);
        }
    }
}
