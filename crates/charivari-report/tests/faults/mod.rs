//! What can be wrong with a page: elements that act, addresses that load, links without an
//! end, drawings that are not well formed.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Everything that is wrong with a page.
pub(crate) fn faults(page: &str) -> Vec<String> {
    let (mut faults, mut ids, mut ends) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut reader = Reader::from_str(page);
    // The few void elements of HTML are not closed.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event().expect("the page can be scanned") {
            Event::Start(element) | Event::Empty(element) => {
                look(&element, &mut faults, &mut ids, &mut ends);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    faults.extend(ends.difference(&ids).map(|end| format!("no element with id {end}")));
    faults.extend(drawings(page));
    faults
}

fn look(
    element: &BytesStart,
    faults: &mut Vec<String>,
    ids: &mut BTreeSet<String>,
    ends: &mut BTreeSet<String>,
) {
    const ACTING: [&str; 10] =
        ["script", "img", "iframe", "object", "embed", "link", "base", "form", "use", "image"];
    let name = element.name().as_ref().to_ascii_lowercase();
    if ACTING.contains(&name.as_str()) {
        faults.push(format!("element {name}"));
    }
    for attribute in element.html_attributes() {
        let attribute = attribute.expect("attributes can be read");
        let key = attribute.key.as_ref().to_ascii_lowercase();
        let value = attribute.value.clone().into_owned();
        match key.as_str() {
            "id" if !ids.insert(value.clone()) => faults.push(format!("id {value} twice")),
            "href" => match value.strip_prefix('#') {
                Some(end) => _ = ends.insert(end.to_owned()),
                None => faults.push(format!("link to {value}")),
            },
            "aria-labelledby" => ends.extend(value.split(' ').map(str::to_owned)),
            "src" | "srcset" | "style" | "action" | "xlink:href" => {
                faults.push(format!("{key}={value}"));
            }
            _ if key.starts_with("on") => faults.push(format!("{key}={value}")),
            _ => {}
        }
    }
}

/// Drawings that no reader of XML would take.
fn drawings(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for part in page.split("<svg ").skip(1) {
        let svg = format!("<svg {}</svg>", part.split("</svg>").next().unwrap_or_default());
        let mut reader = Reader::from_str(&svg);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    faults.push(format!("a drawing that is not well formed: {error}"));
                    break;
                }
            }
        }
        if svg.contains("NaN") || svg.contains("\"inf") {
            faults.push("a drawing with what is no number".to_owned());
        }
    }
    faults
}
