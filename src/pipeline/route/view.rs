//! An event as conditions see it: the JSON of its fields, as far as they are read.

use std::collections::{BTreeMap, BTreeSet};

use jmespath::ast::Ast;
use jmespath::{Rcvar, Variable};
use serde::Serialize;

use crate::event::Event;

/// The one field of the object by which serde_json hands on a number in its own digits.
const NUMBER: &str = "$serde_json::private::Number";

/// The fields of `event` that have one of these names.
pub(super) fn of(event: &Event, names: &BTreeSet<&'static str>) -> Rcvar {
    let mut view = View { names, fields: BTreeMap::new() };
    // Taken apart, so that a new field cannot be forgotten here.
    let Event {
        schema,
        id,
        id_basis,
        status,
        revision,
        provenance,
        source,
        title,
        lede,
        body,
        authors,
        furniture,
        language,
        published,
        modified,
        dates,
        entities,
        fingerprint,
        warnings,
        ext,
    } = event;
    view.add("schema", schema);
    view.add("id", id);
    view.add("id_basis", id_basis);
    view.add("status", status);
    view.add("revision", revision);
    view.add("provenance", provenance);
    view.add("source", source);
    view.add("title", title);
    view.add("lede", lede);
    view.add("body", body);
    view.add("authors", authors);
    view.add("furniture", furniture);
    view.add("language", language);
    view.add("published", published);
    view.add("modified", modified);
    view.add("dates", dates);
    view.add("entities", entities);
    view.add("fingerprint", fingerprint);
    view.add("warnings", warnings);
    view.add("ext", ext);
    Rcvar::new(Variable::Object(view.fields))
}

struct View<'a> {
    names: &'a BTreeSet<&'static str>,
    fields: BTreeMap<String, Rcvar>,
}

impl View<'_> {
    fn add(&mut self, name: &str, value: &impl Serialize) {
        if self.names.contains(name) {
            let value = Variable::from_serializable(value).expect("an event has string keys and finite numbers alone");
            self.fields.insert(name.to_owned(), mended(Rcvar::new(value)));
        }
    }
}

/// The same value, its numbers as numbers. With serde_json's `arbitrary_precision` a number that was parsed goes from one
/// serializer to another as an object of one field.
fn mended(value: Rcvar) -> Rcvar {
    match &*value {
        Variable::Array(items) => Rcvar::new(Variable::Array(items.iter().cloned().map(mended).collect())),
        Variable::Object(fields) => {
            let digits = fields.get(NUMBER).and_then(|digits| digits.as_string());
            if let Some(number) = digits.and_then(|digits| digits.parse().ok()) {
                return Rcvar::new(Variable::Number(number));
            }
            let mended = fields.iter().map(|(name, value)| (name.clone(), mended(value.clone())));
            Rcvar::new(Variable::Object(mended.collect()))
        }
        Variable::Null | Variable::String(_) | Variable::Bool(_) | Variable::Number(_) | Variable::Expref(_) => value,
    }
}

/// Does the same for the literals of an expression.
pub(super) fn mend_literals(ast: &mut Ast) {
    match ast {
        Ast::Literal { value, .. } => *value = mended(value.clone()),
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. }
        | Ast::Condition { predicate: lhs, then: rhs, .. } => {
            [lhs, rhs].into_iter().for_each(|part| mend_literals(part))
        }
        Ast::Expref { ast: node, .. }
        | Ast::Flatten { node, .. }
        | Ast::Not { node, .. }
        | Ast::ObjectValues { node, .. } => mend_literals(node),
        Ast::Function { args: parts, .. } | Ast::MultiList { elements: parts, .. } => {
            parts.iter_mut().for_each(mend_literals);
        }
        Ast::MultiHash { elements, .. } => elements.iter_mut().for_each(|pair| mend_literals(&mut pair.value)),
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Slice { .. } => {}
    }
}
