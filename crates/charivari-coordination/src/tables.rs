//! The results as tables. Their columns are described in `docs/outputs.md` and stay as they are.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::UInt32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use charivari_model::schema::instant;
use rayon::prelude::*;

use crate::communities::GroupKind;
use crate::error::Error;
use crate::groups::Group;
use crate::network::{Network, layer_name, layer_names};
use crate::significance::Replication;
use crate::store::Store;

/// What joins several names in one cell.
const JOIN: &str = "|";

/// How many acts make one batch.
const BATCH: usize = 1 << 20;

/// The results of one run, ready to be written.
pub struct Tables<'n> {
    /// What was read.
    pub store: &'n Store,
    /// What was found.
    pub network: &'n Network,
    /// The groups, in their order.
    pub groups: &'n [Group],
}

fn batch(fields: Vec<Field>, arrays: Vec<ArrayRef>) -> Result<RecordBatch, Error> {
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|error| Error::Table(error.to_string()))
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn count(name: &str) -> Field {
    Field::new(name, DataType::Int64, false)
}

fn counts(values: impl Iterator<Item = u64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(
        values.map(|value| i64::try_from(value).unwrap_or(i64::MAX)),
    ))
}

fn times(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from_iter_values(values).with_timezone("UTC"))
}

fn seconds_field(name: &str) -> Field {
    Field::new(name, DataType::Float64, false)
}

fn seconds(values: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(values))
}

fn joined(layers: u32) -> String {
    layer_names(layers).collect::<Vec<_>>().join(JOIN)
}

impl Tables<'_> {
    /// Edges, by source and target.
    ///
    /// # Errors
    /// `E0414` if the columns do not fit together, which would be a fault here.
    pub fn edges(&self) -> Result<RecordBatch, Error> {
        let edges = &self.network.edges.edges;
        let account = |account: u32| self.network.account(self.store, account);
        let fields = vec![
            text("source"),
            text("target"),
            count("acts"),
            count("weight"),
            count("posts_source"),
            count("posts_target"),
            Field::new("mean_delay_s", DataType::Float64, false),
            Field::new("first_seen", instant(), false),
            Field::new("last_seen", instant(), false),
            text("behaviours"),
            seconds_field("window_s"),
            Field::new("p_value", DataType::Float64, true),
            Field::new("q_value", DataType::Float64, true),
            Field::new("significant", DataType::Boolean, true),
        ];
        let tested = |edge: usize| self.network.tests.get(edge).copied().flatten();
        let all = 0..edges.len();
        let significant = |edge| tested(edge).map(|_| self.network.is_significant(edge));
        let window = |edge| self.network.window_of(edge) as f64 / 1e6;
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(edges.iter().map(|edge| account(edge.source)))),
            Arc::new(StringArray::from_iter_values(edges.iter().map(|edge| account(edge.target)))),
            counts(edges.iter().map(|edge| edge.acts)),
            counts(edges.iter().map(|edge| edge.weight)),
            counts(edges.iter().map(|edge| edge.posts_source)),
            counts(edges.iter().map(|edge| edge.posts_target)),
            seconds(edges.iter().map(crate::edges::Edge::mean_delay_s)),
            times(edges.iter().map(|edge| edge.first_seen)),
            times(edges.iter().map(|edge| edge.last_seen)),
            Arc::new(StringArray::from_iter_values(edges.iter().map(|edge| joined(edge.layers)))),
            seconds(all.clone().map(window)),
            Arc::new(all.clone().map(|edge| tested(edge).map(|t| t.p)).collect::<Float64Array>()),
            Arc::new(all.clone().map(|edge| tested(edge).map(|t| t.q)).collect::<Float64Array>()),
            Arc::new(all.map(significant).collect::<BooleanArray>()),
        ];
        batch(fields, arrays)
    }

    /// The layers of each edge; empty where one layer was looked for.
    ///
    /// # Errors
    /// As [`Tables::edges`].
    pub fn layers(&self) -> Result<RecordBatch, Error> {
        let layers = &self.network.edges.layers;
        let edge = |number: u32| &self.network.edges.edges[number as usize];
        let account = |account: u32| self.network.account(self.store, account);
        let fields = vec![
            text("source"),
            text("target"),
            text("behaviour"),
            count("acts"),
            count("weight"),
            Field::new("mean_delay_s", DataType::Float64, false),
        ];
        let delay =
            |layer: &crate::edges::Layer| layer.delay as f64 / 1e6 / layer.acts.max(1) as f64;
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(
                layers.iter().map(|l| account(edge(l.edge).source)),
            )),
            Arc::new(StringArray::from_iter_values(
                layers.iter().map(|l| account(edge(l.edge).target)),
            )),
            Arc::new(StringArray::from_iter_values(layers.iter().map(|l| layer_name(l.layer)))),
            counts(layers.iter().map(|layer| layer.acts)),
            counts(layers.iter().map(|layer| layer.weight)),
            seconds(layers.iter().map(delay)),
        ];
        batch(fields, arrays)
    }

    /// Every account with a post, by key; groups and components count from 1.
    ///
    /// # Errors
    /// As [`Tables::edges`].
    pub fn accounts(&self) -> Result<RecordBatch, Error> {
        let traces = &self.network.traces;
        let accounts: Vec<u32> = (0..traces.accounts() as u32)
            .filter(|account| traces.account_posts[*account as usize] > 0)
            .collect();
        let mut node = vec![None; traces.accounts()];
        for (number, account) in self.network.nodes.iter().enumerate() {
            node[*account as usize] = Some(number);
        }
        let node = |account: &u32| node[*account as usize];
        let platform = |account: &u32| {
            let name = traces.account_name[*account as usize];
            let len = self.store.platforms[name as usize] as usize;
            self.store.accounts.get(name).get(..len).unwrap_or_default()
        };
        let handle = |account: &u32| {
            let name = traces.account_name[*account as usize];
            self.store.handles[name as usize].as_ref().map(|(_, handle)| handle.as_str())
        };
        let label = |name: &str| Field::new(name, DataType::UInt32, true);
        let fields = vec![
            text("account_id"),
            text("platform"),
            Field::new("handle", DataType::Utf8, true),
            label("group"),
            label("syndication"),
            label("component"),
            count("posts"),
            count("acts"),
            count("neighbours"),
        ];
        let group = |account: &u32, kind: GroupKind| {
            let group = node(account).and_then(|node| self.network.groups[node])?;
            (self.network.group_kinds[group as usize] == kind).then_some(group + 1)
        };
        let of_kind = |kind: GroupKind| -> ArrayRef {
            Arc::new(accounts.iter().map(|account| group(account, kind)).collect::<UInt32Array>())
        };
        let component = |account: &u32| node(account).map(|node| self.network.components[node] + 1);
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(
                accounts.iter().map(|account| self.network.account(self.store, *account)),
            )),
            Arc::new(StringArray::from_iter_values(accounts.iter().map(platform))),
            Arc::new(accounts.iter().map(handle).collect::<StringArray>()),
            of_kind(GroupKind::Coordinated),
            of_kind(GroupKind::Syndication),
            Arc::new(accounts.iter().map(component).collect::<UInt32Array>()),
            counts(accounts.iter().map(|account| traces.account_posts[*account as usize])),
            counts(
                accounts
                    .iter()
                    .map(|account| node(account).map_or(0, |n| self.network.node_acts[n])),
            ),
            counts(
                accounts
                    .iter()
                    .map(|account| node(account).map_or(0, |n| self.network.degrees[n].into())),
            ),
        ];
        batch(fields, arrays)
    }

    /// Groups, the largest first, numbered from 1.
    ///
    /// # Errors
    /// As [`Tables::edges`].
    pub fn groups(&self) -> Result<RecordBatch, Error> {
        let groups = self.groups;
        let fields = vec![
            Field::new("group", DataType::UInt32, false),
            text("group_kind"),
            count("accounts"),
            count("edges"),
            count("acts"),
            count("weight"),
            Field::new("density", DataType::Float64, false),
            Field::new("mean_delay_s", DataType::Float64, false),
            Field::new("first_seen", instant(), false),
            Field::new("last_seen", instant(), false),
            text("behaviours"),
            count("objects"),
            text("top_objects"),
            Field::new("e_value", DataType::Float64, true),
            Field::new("p_value", DataType::Float64, true),
        ];
        let held = |value: fn(&Replication) -> f64| -> ArrayRef {
            let of = |group| self.network.replications.get(group).map(value);
            Arc::new((0..groups.len()).map(of).collect::<Float64Array>())
        };
        let top = |group: &Group| {
            let names: Vec<&str> = group
                .top_objects
                .iter()
                .take(5)
                .map(|shared| self.network.object(self.store, shared.object))
                .collect();
            names.join(JOIN)
        };
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(UInt32Array::from_iter_values(1..=groups.len() as u32)),
            Arc::new(StringArray::from_iter_values(
                self.network.group_kinds.iter().map(|kind| kind.name()),
            )),
            counts(groups.iter().map(|group| group.nodes.len() as u64)),
            counts(groups.iter().map(|group| group.edges.len() as u64)),
            counts(groups.iter().map(|group| group.acts)),
            counts(groups.iter().map(|group| group.weight)),
            seconds(groups.iter().map(Group::density)),
            seconds(groups.iter().map(Group::mean_delay_s)),
            times(groups.iter().map(|group| group.first_seen)),
            times(groups.iter().map(|group| group.last_seen)),
            Arc::new(StringArray::from_iter_values(
                groups.iter().map(|group| joined(group.layers)),
            )),
            counts(groups.iter().map(|group| group.objects)),
            Arc::new(StringArray::from_iter_values(groups.iter().map(top))),
            held(|held| held.e_value),
            held(|held| held.p_value),
        ];
        batch(fields, arrays)
    }

    /// The columns of [`Tables::acts`].
    pub fn acts_schema() -> SchemaRef {
        let names = DataType::Dictionary(Box::new(DataType::UInt32), Box::new(DataType::Utf8));
        let name = |column: &str| Field::new(column, names.clone(), false);
        Arc::new(Schema::new(vec![
            name("behaviour"),
            name("object"),
            name("source"),
            name("target"),
            name("post_source"),
            name("post_target"),
            Field::new("time_source", instant(), false),
            Field::new("time_target", instant(), false),
            Field::new("delay_s", DataType::Float64, false),
            Field::new("counted", DataType::Boolean, false),
        ]))
    }

    /// The acts behind the edges, batch by batch, by source, target, layer, object (the
    /// one touched first comes first) and time.
    ///
    /// # Errors
    /// As [`Tables::edges`]; also what `take` returns.
    pub fn acts<E: From<Error>>(
        &self,
        mut take: impl FnMut(&RecordBatch) -> Result<(), E>,
    ) -> Result<(), E> {
        let names = Names::of(self);
        let mut kept = self.network.edges.kept().peekable();
        while kept.peek().is_some() {
            let numbers: Vec<usize> = kept.by_ref().take(BATCH).collect();
            take(&self.acts_batch(&names, &numbers)?)?;
        }
        Ok(())
    }

    fn acts_batch(&self, names: &Names, numbers: &[usize]) -> Result<RecordBatch, Error> {
        let traces = &self.network.traces;
        let acts: Vec<crate::acts::Act> =
            numbers.iter().map(|number| self.network.edges.acts[*number]).collect();
        let source = |act: &crate::acts::Act| act.source as usize;
        let target = |act: &crate::acts::Act| act.target as usize;
        let object = |act: &crate::acts::Act| names.object_of_trace[source(act)];
        let counted = |at: usize| self.network.edges.counted.get(at).copied().unwrap_or(true);
        let delay = |act: &crate::acts::Act| {
            (traces.time[source(act)] - traces.time[target(act)]).abs() as f64 / 1e6
        };
        let column = |keys: Vec<u32>, values: &ArrayRef| -> Result<ArrayRef, Error> {
            let keys = UInt32Array::from(keys);
            let array = DictionaryArray::<UInt32Type>::try_new(keys, Arc::clone(values))
                .map_err(|error| Error::Table(error.to_string()))?;
            Ok(Arc::new(array))
        };
        let layers = acts.iter().map(|act| names.layer_of_object[object(act) as usize].into());
        let account = |trace: usize| names.account[traces.account[trace] as usize];
        let post = |trace: usize| names.post[traces.post[trace] as usize];
        // Columns do not depend on each other, and there are millions of rows.
        let columns: [&(dyn Fn() -> Result<ArrayRef, Error> + Sync); 10] = [
            &|| column(layers.clone().collect(), &names.layers),
            &|| {
                column(
                    acts.iter().map(|act| names.object[object(act) as usize]).collect(),
                    &names.objects,
                )
            },
            &|| column(acts.iter().map(|act| account(source(act))).collect(), &names.accounts),
            &|| column(acts.iter().map(|act| account(target(act))).collect(), &names.accounts),
            &|| column(acts.iter().map(|act| post(source(act))).collect(), &names.posts),
            &|| column(acts.iter().map(|act| post(target(act))).collect(), &names.posts),
            &|| Ok(times(acts.iter().map(|act| traces.time[source(act)]))),
            &|| Ok(times(acts.iter().map(|act| traces.time[target(act)]))),
            &|| Ok(seconds(acts.iter().map(delay))),
            &|| Ok(Arc::new(numbers.iter().map(|at| Some(counted(*at))).collect::<BooleanArray>())),
        ];
        let arrays = columns.par_iter().map(|column| column()).collect::<Result<_, Error>>()?;
        RecordBatch::try_new(Self::acts_schema(), arrays)
            .map_err(|error| Error::Table(error.to_string()))
    }
}

/// The texts that acts point to, each once, and where each number finds its text.
struct Names {
    layers: ArrayRef,
    objects: ArrayRef,
    accounts: ArrayRef,
    posts: ArrayRef,
    object_of_trace: Vec<u32>,
    layer_of_object: Vec<u8>,
    object: Vec<u32>,
    account: Vec<u32>,
    post: Vec<u32>,
}

impl Names {
    fn of(tables: &Tables<'_>) -> Self {
        let (traces, store) = (&tables.network.traces, tables.store);
        let object_of_trace = crate::edges::objects_of_traces(traces);
        let mut used = Used::new(traces.objects(), traces.accounts(), store.rows());
        let edges = &tables.network.edges;
        for act in edges.kept().map(|number| edges.acts[number]) {
            used.objects[object_of_trace[act.source as usize] as usize] = true;
            for trace in [act.source as usize, act.target as usize] {
                used.accounts[traces.account[trace] as usize] = true;
                used.posts[traces.post[trace] as usize] = true;
            }
        }
        let (object, objects) =
            collect(&used.objects, |object| tables.network.object(store, object));
        let (account, accounts) = collect(&used.accounts, |at| tables.network.account(store, at));
        let (post, posts) = collect(&used.posts, |row| store.post_key(row));
        let layer_of_object =
            (0..traces.objects()).map(|object| traces.layer(store, object)).collect();
        let mut layers = StringBuilder::new();
        for layer in 0..=crate::behaviours::BEHAVIOURS.len() as u8 {
            layers.append_value(layer_name(layer));
        }
        Self {
            layers: Arc::new(layers.finish()),
            objects,
            accounts,
            posts,
            object_of_trace,
            layer_of_object,
            object,
            account,
            post,
        }
    }
}

/// Which objects, accounts and posts any act points to.
struct Used {
    objects: Vec<bool>,
    accounts: Vec<bool>,
    posts: Vec<bool>,
}

impl Used {
    fn new(objects: usize, accounts: usize, posts: usize) -> Self {
        Self {
            objects: vec![false; objects],
            accounts: vec![false; accounts],
            posts: vec![false; posts],
        }
    }
}

/// The place of each used number among the used ones, and their texts.
fn collect<'t>(used: &[bool], name: impl Fn(u32) -> &'t str) -> (Vec<u32>, ArrayRef) {
    let mut place = vec![0; used.len()];
    let mut texts = StringBuilder::new();
    let used = used.iter().enumerate().filter(|(_, used)| **used);
    for (next, (number, _)) in used.enumerate() {
        place[number] = next as u32;
        texts.append_value(name(number as u32));
    }
    (place, Arc::new(texts.finish()))
}
