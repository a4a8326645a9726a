//! Recipes: how to make of a message what it was before somebody changed it (draft, section 4).

use serde_json::Value;

use super::form::{Message, counts, line};

/// How to undo a change.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    header: Part<Fields>,
    body: Part<Vec<Step>>,
}

/// Names of fields, lower case, and how to make what stood there.
type Fields = Vec<(String, Vec<Step>)>;

/// What a recipe says of a part of the message.
#[derive(Clone, Debug)]
enum Part<T> {
    /// It was not changed.
    Kept,
    /// It was changed, and what it was is not told.
    Lost,
    /// It is made in this way.
    Made(T),
}

/// A step of making a part.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    /// From here to there, the first being 1, both included.
    Copy(usize, usize),
    /// These.
    Put(Vec<String>),
}

/// Why a change cannot be undone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Stuck {
    /// Who made it does not tell how.
    Untold,
    /// What is told does not fit the message, for this reason.
    Unfit(String),
}

impl Recipe {
    /// Reads a recipe; the fault in words where it is none.
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(json).map_err(|_| "it is no JSON".to_owned())?;
        let whole = value.as_object().ok_or("it is no object")?;
        if !whole.contains_key("h") && !whole.contains_key("b") {
            return Err("it says nothing of the header or the body".to_owned());
        }
        let body = match whole.get("b") {
            None => Part::Kept,
            Some(Value::Null) => Part::Lost,
            Some(value) => Part::Made(steps(value)?),
        };
        Ok(Self { header: header(whole.get("h"))?, body })
    }

    /// The names of fields that it changes, lower case; nothing where it does not tell.
    pub(super) fn fields(&self) -> Option<Vec<&str>> {
        match &self.header {
            Part::Kept => Some(Vec::new()),
            Part::Lost => None,
            Part::Made(fields) => Some(fields.iter().map(|(name, _)| name.as_str()).collect()),
        }
    }

    /// Whether it changes the body.
    pub(super) const fn changes_body(&self) -> bool {
        !matches!(self.body, Part::Kept)
    }

    /// Whether fields were added and nothing else was done.
    pub(super) fn only_adds(&self) -> bool {
        let kept = |steps: &[Step]| steps.iter().all(|step| matches!(step, Step::Copy(..)));
        let header = match &self.header {
            Part::Kept => true,
            Part::Lost => false,
            Part::Made(fields) => fields.iter().all(|(_, steps)| kept(steps)),
        };
        header && !self.changes_body()
    }

    /// Makes of a message what it was before.
    pub(super) fn undo<'a>(&self, mut message: Message<'a>) -> Result<Message<'a>, Stuck> {
        match &self.header {
            Part::Kept => {}
            Part::Lost => return Err(Stuck::Untold),
            Part::Made(fields) => {
                for (name, steps) in fields.iter().filter(|(name, _)| counts(name.as_bytes())) {
                    let old = message.fields.remove(name.as_bytes()).unwrap_or_default();
                    let new = made(steps, &old, |value| line(name.as_bytes(), value.as_bytes()))?;
                    if !new.is_empty() {
                        message.fields.insert(name.clone().into_bytes(), new);
                    }
                }
            }
        }
        match &self.body {
            Part::Kept => Ok(message),
            Part::Lost => Err(Stuck::Untold),
            Part::Made(steps) => {
                let lines: Vec<&[u8]> = lines(&message.body);
                let new = made(steps, &lines, |line| line.as_bytes())?;
                let body =
                    new.iter().flat_map(|line| [*line, b"\r\n"]).collect::<Vec<_>>().concat();
                Ok(message.with_body(body))
            }
        }
    }
}

fn header(value: Option<&Value>) -> Result<Part<Fields>, String> {
    let fields = match value {
        None => return Ok(Part::Kept),
        Some(Value::Null) => return Ok(Part::Lost),
        Some(value) => value.as_object().ok_or("what it says of the header is no object")?,
    };
    let mut made = Fields::new();
    for (name, value) in fields {
        let name = name.to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
            return Err("a name in it is not that of a field".to_owned());
        }
        made.push((name, steps(value)?));
    }
    made.sort_by(|a, b| a.0.cmp(&b.0));
    if made.windows(2).any(|two| two[0].0 == two[1].0) {
        return Err("it names a field twice".to_owned());
    }
    Ok(Part::Made(made))
}

fn steps(value: &Value) -> Result<Vec<Step>, String> {
    let mut end = 0;
    let mut steps = Vec::new();
    for value in value.as_array().ok_or("its steps are no list")? {
        let step = step(value).ok_or("a step in it is neither c nor d in their form")?;
        if let Step::Copy(from, to) = step {
            if from <= end || to < from {
                return Err("its steps do not go forward".to_owned());
            }
            end = to;
        }
        steps.push(step);
    }
    Ok(steps)
}

fn step(value: &Value) -> Option<Step> {
    let step = value.as_object().filter(|step| step.len() == 1)?;
    if let Some(range) = step.get("c") {
        let place = |value: &Value| usize::try_from(value.as_u64()?).ok();
        return match range.as_array()?.as_slice() {
            [from, to] => Some(Step::Copy(place(from)?, place(to)?)),
            _ => None,
        };
    }
    let text = |value: &Value| -> Option<String> {
        let text = value.as_str()?;
        (!text.contains(['\r', '\n'])).then(|| text.to_owned())
    };
    let texts: Vec<String> = step.get("d")?.as_array()?.iter().map(text).collect::<Option<_>>()?;
    (!texts.is_empty()).then_some(Step::Put(texts))
}

/// What the steps make of what was there. Nothing is copied twice, since steps only go forward.
fn made<'s, T: Clone>(
    steps: &'s [Step],
    old: &[T],
    put: impl Fn(&'s str) -> T,
) -> Result<Vec<T>, Stuck> {
    let mut new = Vec::new();
    for step in steps {
        match step {
            Step::Copy(from, to) => {
                let part = old.get(from - 1..*to).ok_or_else(|| {
                    Stuck::Unfit("it names lines or fields that are not there".to_owned())
                })?;
                new.extend_from_slice(part);
            }
            Step::Put(texts) => new.extend(texts.iter().map(|text| put(text))),
        }
    }
    Ok(new)
}

/// The lines of a body without their line ends.
fn lines(body: &[u8]) -> Vec<&[u8]> {
    let whole = body.split_inclusive(|&byte| byte == b'\n');
    whole
        .map(|line| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            line.strip_suffix(b"\r").unwrap_or(line)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::form::Rules;
    use super::*;
    use crate::raw::Raw;

    fn undone(message: &[u8], json: &str) -> Result<String, Stuck> {
        let raw = Raw::parse(message);
        let before = Recipe::parse(json.as_bytes()).unwrap();
        let message = before.undo(Message::new(&raw.fields, raw.body))?;
        let lines = message.lines(Rules::Read).into_iter().flat_map(|(_, line)| line).copied();
        Ok(String::from_utf8(lines.chain(message.body.iter().copied()).collect()).unwrap())
    }

    const MESSAGE: &[u8] =
        b"Comments: 3\r\nComments: 2\r\nSubject: [l] a\r\nComments: 1\r\n\r\none\r\n\r\nthree";

    #[test]
    fn a_recipe_makes_what_was_there_before() {
        let cases = [
            (
                r#"{"b":[{"c":[1,1]}]}"#,
                "comments:1\r\ncomments:2\r\ncomments:3\r\nsubject:[l] a\r\none\r\n",
            ),
            (
                r#"{"h":{"Comments":[{"c":[1,1]},{"d":["new",""]},{"c":[3,3]}],"subject":[{"d":[" a  b"]}]}}"#,
                "comments:1\r\ncomments:new\r\ncomments:\r\ncomments:3\r\nsubject:a b\r\none\r\n\r\nthree",
            ),
            (
                r#"{"h":{"comments":[],"received":[{"c":[1,9]}]},"b":[{"d":["x"]},{"c":[2,3]}],"more":1}"#,
                "subject:[l] a\r\nx\r\n\r\nthree\r\n",
            ),
            (r#"{"b":[]}"#, "comments:1\r\ncomments:2\r\ncomments:3\r\nsubject:[l] a\r\n"),
        ];
        for (json, expected) in cases {
            assert_eq!(undone(MESSAGE, json).unwrap(), expected, "{json}");
        }
        assert_eq!(undone(MESSAGE, r#"{"b":null}"#), Err(Stuck::Untold));
        assert_eq!(undone(MESSAGE, r#"{"h":null}"#), Err(Stuck::Untold));
        for json in [r#"{"b":[{"c":[1,4]}]}"#, r#"{"h":{"to":[{"c":[1,1]}]}}"#] {
            assert!(matches!(undone(MESSAGE, json), Err(Stuck::Unfit(_))), "{json}");
        }
    }

    #[test]
    fn fields_that_were_added_are_told_from_what_was_changed() {
        for (json, expected) in [
            (r#"{"h":{"list-id":[],"comments":[{"c":[1,2]}]}}"#, true),
            (r#"{"h":{"list-id":[{"d":["a"]}]}}"#, false),
            (r#"{"h":null}"#, false),
            (r#"{"h":{"list-id":[]},"b":[{"c":[1,1]}]}"#, false),
        ] {
            assert_eq!(Recipe::parse(json.as_bytes()).unwrap().only_adds(), expected, "{json}");
        }
    }

    #[test]
    fn what_is_no_recipe_is_refused() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"h":[]}"#,
            r#"{"b":{}}"#,
            r#"{"h":{"a":null}}"#,
            r#"{"h":{"a b":[]}}"#,
            r#"{"h":{"a":[],"A":[]}}"#,
            r#"{"b":[{"z":true}]}"#,
            r#"{"b":[{"c":[1,1],"d":["a"]}]}"#,
            r#"{"b":[{"c":[0,1]}]}"#,
            r#"{"b":[{"c":[2,1]}]}"#,
            r#"{"b":[{"c":[1]}]}"#,
            r#"{"b":[{"c":[1,2.5]}]}"#,
            r#"{"b":[{"c":[1,18446744073709551616]}]}"#,
            r#"{"b":[{"c":[1,2]},{"c":[2,3]}]}"#,
            r#"{"b":[{"d":[]}]}"#,
            r#"{"b":[{"d":["a\nb"]}]}"#,
            &format!("{}1", "[".repeat(100_000)),
        ] {
            assert!(Recipe::parse(json.as_bytes()).is_err(), "{}", &json[..json.len().min(60)]);
        }
    }
}
