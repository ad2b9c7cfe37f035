//! Two people's work on one form, put together.
//!
//! What only one of them changed is taken from that one; rows are known by their id. Where both changed the same field, mine
//! stands, and both are told apart in a [`Conflict`]: nothing goes without somebody having seen it.

use serde_json::{Map, Value};

use super::{Form, Id};

/// A field that both have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where: keys of fields, ids of rows.
    pub path: Vec<Step>,
    /// What I wrote, which stands now.
    pub mine: Value,
    /// What the other one wrote.
    pub theirs: Value,
}

/// A step of the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field by its name.
    Key(String),
    /// A row by its id.
    Row(Id),
}

/// `mine` and `theirs`, both begun from `base`, as one, with every field that both have changed.
pub fn merge(base: &Form, mine: &Form, theirs: &Form) -> (Form, Vec<Conflict>) {
    let value = |form: &Form| serde_json::to_value(form).unwrap_or_default();
    let (base_value, theirs_value) = (value(base), value(theirs));
    let mut mine_value = value(mine);
    // Both have given the same ids to what they added.
    renumber(&mut mine_value, base.next, theirs.next.saturating_sub(base.next));
    let mut merge = Merge { path: Vec::new(), conflicts: Vec::new() };
    let merged = merge.values(Some(&base_value), &mine_value, &theirs_value);
    // A merge of two forms has the shape of one.
    let mut form: Form = serde_json::from_value(merged).unwrap_or_else(|_| mine.clone());
    form.next = theirs.next.max(base.next) + mine.next.saturating_sub(base.next);
    (form, merge.conflicts)
}

impl Conflict {
    /// `form` with what the other one wrote in this field.
    pub fn take_theirs(&self, form: &Form) -> Form {
        let mut value = serde_json::to_value(form).unwrap_or_default();
        if let Some(place) = self.path.iter().try_fold(&mut value, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Row(id) => value.as_array_mut()?.iter_mut().find(|row| id_of(row) == Some(*id)),
        }) {
            *place = self.theirs.clone();
        }
        serde_json::from_value(value).unwrap_or_else(|_| form.clone())
    }
}

struct Merge {
    path: Vec<Step>,
    conflicts: Vec<Conflict>,
}

impl Merge {
    fn values(&mut self, base: Option<&Value>, mine: &Value, theirs: &Value) -> Value {
        if mine == theirs || base == Some(theirs) {
            return mine.clone();
        }
        if base == Some(mine) {
            return theirs.clone();
        }
        match (base, mine, theirs) {
            (base, Value::Object(mine), Value::Object(theirs)) => {
                Value::Object(self.objects(base.and_then(Value::as_object), mine, theirs))
            }
            (base, Value::Array(mine), Value::Array(theirs)) => {
                let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                Value::Array(if mine.iter().chain(theirs).all(|row| id_of(row).is_some()) {
                    self.rows(base, mine, theirs)
                } else {
                    sets(base, mine, theirs)
                })
            }
            _ => {
                let path = self.path.clone();
                if path != [Step::Key("next".to_owned())] {
                    self.conflicts.push(Conflict { path, mine: mine.clone(), theirs: theirs.clone() });
                }
                mine.clone()
            }
        }
    }

    fn objects(
        &mut self,
        base: Option<&Map<String, Value>>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Map<String, Value> {
        let null = Value::Null;
        let mut keys: Vec<&String> = mine.keys().chain(theirs.keys()).collect();
        keys.sort();
        keys.dedup();
        let mut merged = Map::new();
        for key in keys {
            self.path.push(Step::Key(key.clone()));
            let of = |map: &'_ Map<String, Value>| map.get(key).unwrap_or(&null).clone();
            let value = self.values(base.and_then(|base| base.get(key)), &of(mine), &of(theirs));
            self.path.pop();
            if mine.contains_key(key) || !value.is_null() {
                merged.insert(key.clone(), value);
            }
        }
        merged
    }

    /// Rows in the order of who moved them, else in theirs, with what I added behind what it stood behind.
    fn rows(&mut self, base: &[Value], mine: &[Value], theirs: &[Value]) -> Vec<Value> {
        let find = |rows: &'_ [Value], id: Id| rows.iter().find(|row| id_of(row) == Some(id)).cloned();
        let ids = |rows: &[Value]| -> Vec<Id> { rows.iter().filter_map(id_of).collect() };
        let (base_ids, mine_ids, their_ids) = (ids(base), ids(mine), ids(theirs));
        let common = |order: &[Id]| -> Vec<Id> {
            order.iter().filter(|id| base_ids.contains(id) && mine_ids.contains(id)).copied().collect()
        };
        let moved = common(&mine_ids) != common(&base_ids);
        let (first, second) = if moved { (&mine_ids, &their_ids) } else { (&their_ids, &mine_ids) };
        let mut order = first.clone();
        for (place, id) in second.iter().enumerate() {
            if !order.contains(id) {
                let before = second[..place].iter().rev().find_map(|before| order.iter().position(|at| at == before));
                order.insert(before.map_or(0, |before| before + 1), *id);
            }
        }
        let mut merged = Vec::new();
        for id in order {
            let (was, mine, theirs) = (find(base, id), find(mine, id), find(theirs, id));
            let row = match (was, mine, theirs) {
                (was, Some(mine), Some(theirs)) => {
                    self.path.push(Step::Row(id));
                    let row = self.values(was.as_ref(), &mine, &theirs);
                    self.path.pop();
                    Some(row)
                }
                // One took away what the other has not touched; what was worked on stays.
                (Some(was), Some(row), None) | (Some(was), None, Some(row)) => (was != row).then_some(row),
                (None, row, None) | (None, None, row) => row,
                (Some(_), None, None) => None,
            };
            merged.extend(row);
        }
        merged
    }
}

/// Lists of plain values, such as the terms that are sold: what either added is in, what either took away is out.
fn sets(base: &[Value], mine: &[Value], theirs: &[Value]) -> Vec<Value> {
    let kept = theirs.iter().filter(|value| mine.contains(value) || !base.contains(value));
    let added = mine.iter().filter(|value| !base.contains(value) && !theirs.contains(value));
    kept.chain(added).cloned().collect()
}

fn id_of(row: &Value) -> Option<Id> {
    row.get("id")?.as_u64()?.try_into().ok()
}

/// Moves every id from `first` on up by so many.
fn renumber(value: &mut Value, first: Id, by: Id) {
    let shifted = |id: &Value| {
        let id: Id = id.as_u64()?.try_into().ok()?;
        (id >= first).then(|| Value::from(id + by))
    };
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match key.as_str() {
                    "id" => *value = shifted(value).unwrap_or_else(|| value.take()),
                    "upgrades" => {
                        for id in value.as_array_mut().into_iter().flatten().filter_map(Value::as_array_mut).flatten() {
                            *id = shifted(id).unwrap_or_else(|| id.take());
                        }
                    }
                    // Somebody else's JSON.
                    "case" => {}
                    _ => renumber(value, first, by),
                }
            }
        }
        Value::Array(rows) => rows.iter_mut().for_each(|row| renumber(row, first, by)),
        _ => {}
    }
}
