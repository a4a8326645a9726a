//! Which behaviours the data can feed: the behaviours themselves are asked, post by post.

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, ListArray, RecordBatch, StringArray};
use charivari_coordination::behaviours::{BEHAVIOURS, Behaviour, Emit, Scratch, TRACE, by_name};
use charivari_coordination::{Parameters, Post};
use charivari_ingest::profile::{PostSummary, TraceSummary};
use charivari_text::address::canonical_url;
use charivari_text::near::{KeyMaker, MIN_WEIGHT};
use serde::Serialize;

/// How many posts feed each behaviour, with the default parameters.
#[derive(Clone, Debug)]
pub(super) struct Feeds {
    /// Posts that touch an object, as the analysis would look at them.
    fed: Vec<u64>,
    /// Reposts that would touch one if reposts counted too.
    by_reposts: Vec<u64>,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { fed: vec![0; BEHAVIOURS.len()], by_reposts: vec![0; BEHAVIOURS.len()] }
    }
}

/// The behaviour that no post shows by itself.
const NEAR_TEXT: &str = "near-text";

/// The behaviour that needs a text model.
const MEANING: &str = "meaning";

const ONE_ACCOUNT: &str = "there is only one account, and acting together takes two";

/// Whether a behaviour can be asked of the data.
#[derive(Serialize)]
pub(super) struct Question {
    pub(super) behaviour: &'static str,
    /// Whether it is looked for when the analyst names none.
    pub(super) default: bool,
    pub(super) can_be_asked: bool,
    /// Rows that have what it needs: posts, or traces that are of it.
    pub(super) rows: u64,
    /// Why not, or what to know.
    pub(super) because: Option<String>,
}

impl Feeds {
    /// Asks every behaviour about every post of a batch.
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let parameters = Parameters::default();
        let columns = Columns::of(batch);
        let (mut post, mut scratch) = (Post::default(), Scratch::default());
        let (mut maker, mut key) = (KeyMaker::new(), String::new());
        for row in 0..batch.num_rows() {
            columns.read(row, &mut post);
            for (place, behaviour) in BEHAVIOURS.iter().enumerate() {
                // Whether a text is a near-copy is known once all are; it may be one if it is long.
                key.clear();
                let mut touches = matches!(behaviour.name(), NEAR_TEXT | MEANING)
                    && maker.key_into(post.text, &mut key) >= MIN_WEIGHT;
                let mut take = |_: &str| touches = true;
                behaviour.objects(&post, &parameters, &mut Emit::new(&mut scratch, &mut take));
                let counts = behaviour.is_of_reposts() || !post.is_repost;
                let seen = if counts { &mut self.fed } else { &mut self.by_reposts };
                seen[place] += u64::from(touches);
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let add = |sums: &mut [u64], more: &[u64]| {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        };
        add(&mut self.fed, &other.fed);
        add(&mut self.by_reposts, &other.by_reposts);
    }

    /// What can be asked of posts, the most specific behaviour first.
    pub(super) fn questions(&self, posts: &PostSummary) -> Vec<Question> {
        let counts = self.fed.iter().zip(&self.by_reposts);
        BEHAVIOURS
            .iter()
            .zip(counts)
            .map(|(behaviour, (fed, by_reposts))| question(*behaviour, *fed, *by_reposts, posts))
            .collect()
    }
}

fn question(behaviour: &dyn Behaviour, fed: u64, by_reposts: u64, posts: &PostSummary) -> Question {
    // One post meets nobody.
    let can_be_asked = fed > 1 && posts.activity.accounts.count > 1;
    let because = if can_be_asked {
        let how = if behaviour.name() == MEANING { "--text-model" } else { "--by" };
        (!behaviour.is_default()).then(|| format!("with {how} only"))
    } else if posts.activity.accounts.count < 2 {
        Some(ONE_ACCOUNT.to_owned())
    } else if fed == 1 {
        Some("only one post has what it takes, and acting together takes two".to_owned())
    } else if by_reposts > 1 {
        Some(format!(
            "only reposts have what it takes ({by_reposts}); --include-reposts lets them count"
        ))
    } else {
        Some(lack(behaviour.name(), posts))
    };
    Question {
        behaviour: behaviour.name(),
        default: behaviour.is_default(),
        can_be_asked,
        rows: fed,
        because,
    }
}

/// What can be asked of traces: they name their behaviour themselves.
pub(super) fn of_traces(traces: &TraceSummary) -> Vec<Question> {
    let is_asked = traces.activity.accounts.count > 1;
    let mut questions: Vec<Question> = Vec::new();
    let mut unnamed = traces.rows;
    for named in &traces.behaviours {
        let Some((_, behaviour)) = by_name(&named.name) else { continue };
        unnamed = unnamed.saturating_sub(named.rows);
        questions.push(Question {
            behaviour: behaviour.name(),
            default: behaviour.is_default(),
            can_be_asked: is_asked,
            rows: named.rows,
            because: (!behaviour.is_default()).then(|| "with --by only".to_owned()),
        });
    }
    if unnamed > 0 {
        questions.push(Question {
            behaviour: TRACE,
            default: true,
            can_be_asked: is_asked,
            rows: unnamed,
            because: Some("no behaviour is named: --by NAME says which it is".to_owned()),
        });
    }
    if !is_asked {
        for question in &mut questions {
            question.because = Some(ONE_ACCOUNT.to_owned());
        }
    }
    questions
}

/// What the posts lack for a behaviour, as a sentence.
fn lack(behaviour: &str, posts: &PostSummary) -> String {
    let parameters = Parameters::default();
    match behaviour {
        "repost" => "no post says that it passes another on".to_owned(),
        "media" => "no post names its pictures or videos".to_owned(),
        "text" | NEAR_TEXT if posts.fields.of("text") == 0 => "no post has a text".to_owned(),
        "text" => format!("no text has {} letters or digits or more", parameters.min_text),
        NEAR_TEXT => format!("no text has {MIN_WEIGHT} letters or digits or more"),
        "hashtag-sequence" if posts.fields.of("hashtags") > 0 => {
            format!("no post has {} hashtags or more", parameters.min_sequence)
        }
        "hashtag" | "hashtag-sequence" => "no post has a hashtag".to_owned(),
        "link" | "domain" if posts.fields.of("links") > 0 => {
            "no link leads to a web address that can be compared".to_owned()
        }
        "link" | "domain" => "no post has a link".to_owned(),
        "reply" => "no post names the post it replies to".to_owned(),
        "mention" => "no post mentions an account".to_owned(),
        _ => "no post has what it takes".to_owned(),
    }
}

/// The columns that behaviours read.
struct Columns<'a> {
    batch: &'a RecordBatch,
    texts: [Option<&'a StringArray>; 8],
    lists: [Option<&'a ListArray>; 4],
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Self {
        let text = |name| batch.column_by_name(name).and_then(|column| column.as_string_opt());
        let list = |name| batch.column_by_name(name).and_then(|column| column.as_list_opt());
        let texts = [
            "platform",
            "post_id",
            "account_id",
            "handle",
            "text",
            "repost_of",
            "reply_to",
            "reply_to_account",
        ];
        Self {
            batch,
            texts: texts.map(text),
            lists: ["hashtags", "links", "mentions", "media"].map(list),
        }
    }

    fn read(&self, row: usize, post: &mut Post<'a>) {
        let flag = |name| {
            let column = self.batch.column_by_name(name).and_then(|column| column.as_boolean_opt());
            column.is_some_and(|flags| flags.is_valid(row) && flags.value(row))
        };
        let times = self.batch.column_by_name("time");
        let times = times.and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        post.time = times.map_or(0, |times| times.value(row));
        post.is_repost = flag("is_repost");
        [
            post.platform,
            post.id,
            post.account,
            post.handle,
            post.text,
            post.repost_of,
            post.reply_to,
            post.reply_to_account,
        ] = self.texts.map(|column| value(column, row));
        let lists = [&mut post.hashtags, &mut post.links, &mut post.mentions, &mut post.media];
        for (list, column) in lists.into_iter().zip(self.lists) {
            values(column, row, list);
        }
        post.addresses.clear();
        post.addresses.extend(post.links.iter().filter_map(|link| canonical_url(link)));
    }
}

fn value(column: Option<&StringArray>, row: usize) -> &str {
    column.filter(|column| column.is_valid(row)).map_or("", |column| column.value(row))
}

fn values<'a>(column: Option<&'a ListArray>, row: usize, out: &mut Vec<&'a str>) {
    out.clear();
    let Some(lists) = column.filter(|lists| lists.is_valid(row)) else { return };
    let Some(texts) = lists.values().as_string_opt::<i32>() else { return };
    let offsets = lists.value_offsets();
    let ends = (usize::try_from(offsets[row]), usize::try_from(offsets[row + 1]));
    if let (Ok(from), Ok(to)) = ends {
        out.extend((from..to).map(|at| texts.value(at)));
    }
}
