//! What must hold before a network is written, so that no reader meets half a network.

use super::{Attribute, Edges, Network, Nodes, Span};
use crate::error::ExchangeError;

/// Names that GEXF, GraphML or their readers use for themselves.
const RESERVED: [&str; 20] = [
    "b", "color", "end", "g", "id", "interval", "key", "kind", "label", "r", "size", "source",
    "start", "target", "timeset", "viz", "weight", "x", "y", "z",
];

impl Network<'_> {
    /// Checks lengths, ends of edges, ids and numbers.
    ///
    /// Both writers do this before their first byte.
    ///
    /// # Errors
    ///
    /// When columns differ in length, an edge ends at no node, two nodes share an id, an attribute
    /// has a reserved or repeated id, or a weight, size or position is not finite.
    pub fn check(&self) -> Result<(), ExchangeError> {
        check_nodes(&self.nodes)?;
        check_edges(&self.edges, self.nodes.ids.len())
    }
}

fn check_nodes(nodes: &Nodes<'_>) -> Result<(), ExchangeError> {
    let rows = nodes.ids.len();
    if let Some(labels) = &nodes.labels {
        same_length("labels of the nodes", rows, labels.len())?;
    }
    if let Some(colours) = nodes.colours {
        same_length("colours of the nodes", rows, colours.len())?;
    }
    if let Some(sizes) = nodes.sizes {
        same_length("sizes of the nodes", rows, sizes.len())?;
        all_finite("size of a node", sizes.iter().map(|&size| f64::from(size)))?;
    }
    if let Some((x, y)) = nodes.positions {
        for values in [x, y] {
            same_length("positions of the nodes", rows, values.len())?;
            all_finite("position of a node", values.iter().map(|&value| f64::from(value)))?;
        }
    }
    check_span("nodes", rows, nodes.seen)?;
    check_attributes("nodes", rows, &nodes.attributes)?;
    unique_ids(nodes)
}

fn check_edges(edges: &Edges<'_>, nodes: usize) -> Result<(), ExchangeError> {
    let rows = edges.source.len();
    same_length("targets of the edges", rows, edges.target.len())?;
    same_length("weights of the edges", rows, edges.weight.len())?;
    all_finite("weight of an edge", (0..rows).filter_map(|row| edges.weight.get(row)))?;
    for (edge, ends) in edges.source.iter().zip(edges.target).enumerate() {
        for &met in [ends.0, ends.1] {
            if met as usize >= nodes {
                return Err(ExchangeError::NoSuchNode { edge, met, nodes });
            }
        }
    }
    check_span("edges", rows, edges.seen)?;
    check_attributes("edges", rows, &edges.attributes)
}

fn same_length(what: &str, expected: usize, met: usize) -> Result<(), ExchangeError> {
    if expected == met {
        return Ok(());
    }
    Err(ExchangeError::Length { what: format!("column of {what}"), expected, met })
}

fn all_finite(what: &'static str, values: impl Iterator<Item = f64>) -> Result<(), ExchangeError> {
    match values.enumerate().find(|(_, value)| !value.is_finite()) {
        Some((row, met)) => Err(ExchangeError::NotFinite { what, row, met }),
        None => Ok(()),
    }
}

fn check_span(what: &str, rows: usize, span: Option<Span<'_>>) -> Result<(), ExchangeError> {
    let Some(span) = span else { return Ok(()) };
    same_length(&format!("first instants of the {what}"), rows, span.first.len())?;
    same_length(&format!("last instants of the {what}"), rows, span.last.len())
}

fn check_attributes(
    what: &'static str,
    rows: usize,
    attributes: &[Attribute<'_>],
) -> Result<(), ExchangeError> {
    for (position, attribute) in attributes.iter().enumerate() {
        let id = attribute.id;
        same_length(&format!("attribute `{id}` of the {what}"), rows, attribute.values.len())?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let reason = if id.is_empty() || !id.bytes().all(plain) {
            "not a plain name"
        } else if RESERVED.contains(&id) {
            "reserved"
        } else if attributes.iter().take(position).any(|other| other.id == id) {
            "there twice"
        } else {
            continue;
        };
        return Err(ExchangeError::AttributeId { what, id: id.to_owned(), reason });
    }
    Ok(())
}

fn unique_ids(nodes: &Nodes<'_>) -> Result<(), ExchangeError> {
    let id = |row: usize| nodes.ids.get(row).unwrap_or_default();
    let mut rows: Vec<usize> = (0..nodes.ids.len()).collect();
    rows.sort_unstable_by(|&a, &b| id(a).cmp(id(b)).then(a.cmp(&b)));
    for pair in rows.windows(2) {
        if let &[first, second] = pair
            && id(first) == id(second)
        {
            return Err(ExchangeError::RepeatedId { first, second, id: id(first).to_owned() });
        }
    }
    Ok(())
}
